"""Sentences of the journal about small works: numbers and towns, never who asked."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "works.pilot_saved": _("{actor} a fixé ce que le projet de menus travaux admet"),
    "works.received": _("{actor} a inscrit la demande {object}"),
    "works.moved": _("{actor} a fait passer la demande {object} à « {note} »"),
    "works.changed": _("{actor} a complété la demande {object}"),
    "works.followed": _("{actor} a pris des nouvelles après la demande {object}"),
    "works.handyperson_saved": _("{actor} a inscrit {object} parmi les personnes qui aident"),
    "works.research": _("{actor} a noté l’accord pour la recherche de la demande {object}"),
    "works.extracted": _("{actor} a fait une extraction pour {object}"),
    "works.anonymised": _("{actor} a rendu anonyme la demande {object}"),
}
FIELDS = {
    "state": _("état"),
    "works": _("travaux"),
    "handyperson": _("aide"),
    "visit_at": _("visite le"),
    "hours": _("heures"),
    "materials": _("matériaux"),
    "labour": _("main-d’œuvre"),
}
