"""Sentences of the journal about entries, workers, buildings and lists: days and places, never a person met."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "entry.made": _("{actor} a inscrit l’intervention {object}"),
    "entry.corrected": _("{actor} a corrigé l’intervention {object}"),
    "entry.retired": _("{actor} a retiré l’intervention {object}"),
    "entry.restored": _("{actor} a remis l’intervention {object}"),
    "logbook.site_added": _("{actor} a ajouté l’immeuble desservi {object}"),
    "logbook.site_changed": _("{actor} a changé l’immeuble desservi {object}"),
    "logbook.worker_added": _("{actor} a inscrit le poste : {object}"),
    "logbook.worker_changed": _("{actor} a changé le poste : {object}"),
    "logbook.team_added": _("{actor} a ouvert l’équipe {object}"),
    "logbook.seat_added": _("{actor} a donné une place dans l’équipe {object} : {note}"),
    "logbook.seat_ended": _("{actor} a terminé une place dans l’équipe {object} : {note}"),
    "logbook.term_added": _("{actor} a ajouté aux listes du journal de bord : {object}"),
    "logbook.term_retired": _("{actor} n’offre plus dans les listes du journal de bord : {object}"),
    "logbook.term_offered": _("{actor} offre de nouveau dans les listes du journal de bord : {object}"),
}
FIELDS = {
    "on": _("date"),
    "site": _("immeuble"),
    "kind": _("forme"),
    "collective_object": _("ce qui est soutenu"),
    "clienteles": _("clientèles"),
    "activities": _("activités"),
    "minutes": _("minutes"),
    "people": _("personnes présentes"),
    "note": _("note"),
}
