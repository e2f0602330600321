"""Addresses of the observation grid: the one of a démarche, and what it says of a case."""

from django.urls import URLPattern, URLResolver, path

from concertoit.field.cases.urls.work import ONE
from concertoit.field.cases.views import grid_case, grid_fill, grid_versions

OF = f"{ONE}grille/"
ALL = "demarches/<slug:slug>/grille-observation/"
VERSION = f"{ALL}<int:number>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(OF, grid_case.grid, name="grid"),
    path(f"{OF}remplir/", grid_fill.fill, name="grid_fill"),
    path(f"{OF}comparer/", grid_case.compare, name="grid_compare"),
    path(f"{OF}confirmer/", grid_case.confirm, name="grid_confirm"),
    path(f"{OF}decision/", grid_case.decision, name="grid_decision"),
    path(f"{OF}observations/<int:observation_id>/ecarter/", grid_case.set_aside, name="grid_set_aside"),
    path(f"{OF}<int:sheet_id>/", grid_case.sheet, name="grid_sheet"),
    path(f"{OF}<int:sheet_id>/terminer/", grid_case.finish, name="grid_finish"),
    path(f"{ONE}besoin/", grid_case.need, name="grid_need"),
    path(ALL, grid_versions.versions, name="grid_versions"),
    path(f"{ALL}brouillon/", grid_versions.draft, name="grid_draft"),
    path(VERSION, grid_versions.version, name="grid_version"),
    path(f"{VERSION}points/nouveau/", grid_versions.item, name="grid_item_new"),
    path(f"{VERSION}points/<str:code>/", grid_versions.item, name="grid_item"),
    path(f"{VERSION}dimensions/nouvelle/", grid_versions.dimension, name="grid_dimension_new"),
    path(f"{VERSION}dimensions/<str:code>/", grid_versions.dimension, name="grid_dimension"),
    path(f"{VERSION}seuils/", grid_versions.thresholds, name="grid_thresholds"),
    path(f"{VERSION}adopter/", grid_versions.adopt, name="grid_adopt"),
    path(f"{VERSION}jeter/", grid_versions.discard, name="grid_discard"),
    path(f"{VERSION}importer/", grid_versions.load, name="grid_import"),
    path(f"{VERSION}papier/", grid_versions.paper, name="grid_paper"),
    path(f"{VERSION}grille.<str:extension>", grid_versions.file, name="grid_file"),
]
