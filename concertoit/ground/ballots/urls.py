"""Addresses: counting rules and the secret ballot box."""

from django.urls import URLPattern

app_name = "ballots"
urlpatterns: list[URLPattern] = []
