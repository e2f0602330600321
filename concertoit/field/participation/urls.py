"""Addresses: tenants' associations, consultative committee, elections."""

from django.urls import URLPattern

app_name = "participation"
urlpatterns: list[URLPattern] = []
