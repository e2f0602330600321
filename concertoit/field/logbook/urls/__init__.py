"""Addresses of the logbook, one module for each part of the room."""

from django.urls import URLPattern, URLResolver

from concertoit.field.logbook.urls import logbook, referrals, statistics

app_name = "logbook"
urlpatterns: list[URLPattern | URLResolver] = [
    *logbook.urlpatterns, *referrals.urlpatterns, *statistics.urlpatterns,
]  # fmt: skip
