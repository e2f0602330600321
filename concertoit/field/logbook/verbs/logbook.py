"""Sentences of the journal about entries, workers, buildings and lists: days and places, never a person met."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "entry.made": _("{actor} a inscrit l’intervention {object}"),
    "entry.corrected": _("{actor} a corrigé l’intervention {object}"),
    "entry.retired": _("{actor} a retiré l’intervention {object}"),
    "entry.restored": _("{actor} a remis l’intervention {object}"),
    "logbook.table_read": _("{actor} a lu le tableau d’interventions {object}"),
    "logbook.table_brought": _("{actor} a inscrit les interventions du tableau {object}"),
    "logbook.table_undone": _("{actor} a défait le tableau d’interventions {object}"),
    "logbook.table_discarded": _("{actor} a abandonné le tableau d’interventions {object}"),
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
    "entries": _("interventions"),
    "from": _("du"),
    "to": _("au"),
}
