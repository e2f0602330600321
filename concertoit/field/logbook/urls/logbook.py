"""Addresses of the logbook itself: entry, list, register, lists of terms."""

from django.urls import path

from concertoit.field.logbook.views import entries, entries_list, imports, lists, workers

IN = "demarches/<slug:slug>/journal-de-bord/"
urlpatterns = [
    path(IN, entries.logbook, name="logbook"),
    path(f"{IN}interventions/", entries_list.entries, name="entries"),
    path(f"{IN}interventions.<str:extension>", entries_list.entries_file, name="entries_file"),
    path(f"{IN}interventions/<int:entry_id>/", entries.entry, name="entry"),
    path(f"{IN}interventions/<int:entry_id>/retirer/", entries.retire, name="entry_retire"),
    path(f"{IN}interventions/<int:entry_id>/remettre/", entries.restore, name="entry_restore"),
    path(f"{IN}tableaux/", imports.imports, name="imports"),
    path(f"{IN}tableaux/modele.xlsx", imports.import_template, name="import_template"),
    path(f"{IN}tableaux/<int:import_id>/", imports.table, name="import"),
    path(f"{IN}tableaux/<int:import_id>/suite/", imports.import_settle, name="import_settle"),
    path(f"{IN}tableaux/<int:import_id>/a-corriger.csv", imports.import_refused, name="import_refused"),
    path(f"{IN}equipe/", workers.workers, name="workers"),
    path(f"{IN}equipe/<int:membership_id>/", workers.worker, name="worker"),
    path(f"{IN}equipe/nouvelle/", workers.team_new, name="team_new"),
    path(f"{IN}equipe/<int:team_id>/place/", workers.seat_new, name="seat_new"),
    path(f"{IN}equipe/place/<int:seat_id>/fin/", workers.seat_end, name="seat_end"),
    path(f"{IN}immeubles/", workers.sites, name="sites"),
    path(f"{IN}immeubles/nouveau/", workers.site_new, name="site_new"),
    path(f"{IN}immeubles/<int:site_id>/", workers.site, name="site"),
    path(f"{IN}listes/", lists.lists, name="lists"),
    path(f"{IN}listes/<int:term_id>/offrir/", lists.term_toggle, name="term_toggle"),
]
