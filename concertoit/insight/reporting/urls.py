"""Addresses of filings."""

from django.urls import path

from concertoit.insight.reporting import views

app_name = "reporting"
BASE = "demarches/<slug:slug>/depots/"
urlpatterns = [
    path(BASE, views.filings, name="filings"),
    path(BASE + "deposer/", views.file_form, name="file"),
    path(BASE + "formulaire.<slug:extension>", views.form_file, name="form"),
    path(BASE + "<int:filing_id>/", views.filing, name="filing"),
    path(BASE + "<int:filing_id>/formulaire.<slug:extension>", views.filing_file, name="filing_file"),
]
