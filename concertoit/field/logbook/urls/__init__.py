"""Addresses of the logbook, one module for each part of the room."""

from django.urls import URLPattern, URLResolver

from concertoit.field.logbook.urls import referrals, statistics

app_name = "logbook"
urlpatterns: list[URLPattern | URLResolver] = [*referrals.urlpatterns, *statistics.urlpatterns]
