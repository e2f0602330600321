"""Addresses: workshops, reviews, prioritisation, consent and adoption."""

from django.urls import URLPattern

app_name = "decisions"
urlpatterns: list[URLPattern] = []
