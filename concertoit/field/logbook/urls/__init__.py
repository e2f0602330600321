"""Addresses of the logbook, one module for each part of the room."""

from django.urls import URLPattern, URLResolver

app_name = "logbook"
urlpatterns: list[URLPattern | URLResolver] = []
