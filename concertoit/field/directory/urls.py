"""Addresses of the directory."""

from django.urls import path

from concertoit.field.directory.views import browse, edit, exchange

app_name = "directory"
IN = "demarches/<slug:slug>/repertoire/"
ONE = f"{IN}services/<int:service_id>/"
urlpatterns = [
    path(IN, browse.services, name="services"),
    path(f"{IN}qui-peut-aider/", browse.finder, name="finder"),
    path(f"{IN}services/nouveau/", edit.service_edit, name="service_new"),
    path(f"{IN}ailleurs/", edit.elsewhere, name="elsewhere"),
    path(ONE, browse.service, name="service"),
    path(f"{ONE}modifier/", edit.service_edit, name="service_edit"),
    path(f"{ONE}retirer/", edit.service_retire, name="service_retire"),
    path(f"{ONE}cacher/", edit.service_hide, name="service_hide"),
    path(f"{ONE}confirmer/", edit.confirmation_ask, name="confirmation_ask"),
    path(f"{IN}confirmations/<int:ask_id>/traiter/", edit.confirmation_settle, name="confirmation_settle"),
    path(f"{IN}repertoire.<str:extension>", exchange.export_file, name="export_file"),
    path(f"{IN}import/", exchange.import_start, name="import_start"),
    path(f"{IN}import/<int:import_id>/", exchange.import_preview, name="import_preview"),
    path(f"{IN}import/<int:import_id>/suite/", exchange.import_settle, name="import_settle"),
    path("fiche/<str:token>/", edit.confirmation, name="confirmation"),
]
