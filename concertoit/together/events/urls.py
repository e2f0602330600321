"""Addresses: training, visits and gatherings."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
