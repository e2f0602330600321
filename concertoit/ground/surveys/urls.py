"""Addresses: forms and answers, also through a personal link without an account."""

from django.urls import URLPattern

app_name = "surveys"
urlpatterns: list[URLPattern] = []
