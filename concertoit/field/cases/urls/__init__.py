"""Addresses of the cases of unsanitary housing, one module for each part of the room."""

from django.urls import URLPattern, URLResolver

from concertoit.field.cases.urls import cell, complexity, grid, intake, support, work

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    *intake.urlpatterns, *work.urlpatterns,
    *grid.urlpatterns, *support.urlpatterns, *cell.urlpatterns, *complexity.urlpatterns,
]  # fmt: skip
