"""Sentences about the observation grid: points and levels, never what a household said of itself."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.grid_drafted": _("{actor} a ouvert un brouillon de la grille d’observation ({object})"),
    "cases.grid_changed": _("{actor} a modifié le brouillon de la grille ({object})"),
    "cases.grid_thresholds": _("{actor} a modifié les seuils de la grille ({object})"),
    "cases.grid_adopted": _("{actor} a mis en usage la grille adoptée ({object})"),
    "cases.grid_discarded": _("{actor} a jeté le brouillon de la grille ({object})"),
    "cases.observed": _("{actor} a rempli la grille d’observation du dossier {object}"),
    "cases.sheet_finished": _("{actor} a terminé une grille du dossier {object}"),
    "cases.observation_set_aside": _("{actor} a écarté l’observation {note} du dossier {object}"),
    "cases.observation_back": _("{actor} a repris l’observation {note} du dossier {object}"),
    "cases.grade_confirmed": _("{actor} a confirmé la cote {note} du dossier {object}"),
    "cases.decision_recorded": _("{actor} a inscrit la décision d’une autorité au dossier {object}"),
    "cases.need_told": _("{actor} a noté le besoin d’accompagnement du ménage, dossier {object}"),
}
