"""What goes in and out of a plan."""

from django.urls import path

from concertoit.together.plans.views import importing

IMPORT = "demarches/<slug:slug>/plan/import/"
ONE = IMPORT + "<int:import_id>/"
urlpatterns = [
    path(IMPORT, importing.start, name="import_start"),
    path(IMPORT + "modele.<slug:extension>", importing.template, name="import_template"),
    path(ONE, importing.preview, name="import_preview"),
    path(ONE + "colonnes/", importing.columns, name="import_columns"),
    path(ONE + "confirmer/", importing.confirm, name="import_confirm"),
    path(ONE + "abandonner/", importing.discard, name="import_discard"),
    path(ONE + "annuler/", importing.undo, name="import_undo"),
    path(ONE + "textes/<int:number>/", importing.place, name="import_place"),
    path(ONE + "elements/<str:node_id>/", importing.node, name="import_node"),
    path(ONE + "elements/<str:node_id>/retirer/", importing.node_remove, name="import_node_remove"),
]
