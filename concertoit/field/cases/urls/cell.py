"""Addresses of emergency cells."""

from django.urls import URLPattern, URLResolver, path

from concertoit.field.cases.views import cell, cell_acts, cell_after

IN = "demarches/<slug:slug>/cellules/"
ONE = f"{IN}<slug:reference>/"
LINK = "cellule/<str:token>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(IN, cell.cells, name="cells"),
    path(f"{IN}activer/", cell.cell_new, name="cell_new"),
    path(ONE, cell.cell, name="cell"),
    path(f"{ONE}en-direct/", cell.cell_live, name="cell_live"),
    path(f"{ONE}appeler/", cell.cell_call, name="cell_call"),
    path(f"{ONE}lever/", cell.cell_stand_down, name="cell_stand_down"),
    path(f"{ONE}membre/<int:member_id>/role/", cell.cell_role, name="cell_role"),
    path(f"{ONE}geste/<slug:act>/", cell_acts.cell_act, name="cell_act"),
    path(f"{ONE}ligne/<int:number>/corriger/", cell_acts.cell_correct, name="cell_correct"),
    path(f"{ONE}retour/", cell_after.cell_review, name="cell_review"),
    path(f"{ONE}retour/action/", cell_after.cell_review_action, name="cell_review_action"),
    path(f"{ONE}journal.<slug:extension>", cell_after.cell_file, name="cell_file"),
    path(LINK, cell_acts.cell_link, name="cell_link"),
    path(f"{LINK}en-direct/", cell_acts.cell_link_live, name="cell_link_live"),
    path(f"{LINK}geste/<slug:act>/", cell_acts.cell_link_act, name="cell_link_act"),
]
