"""Addresses: meetings of bodies and committees."""

from django.urls import URLPattern

app_name = "meetings"
urlpatterns: list[URLPattern] = []
