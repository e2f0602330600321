"""Sentences of the journal about events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "event.created": _("{actor} a préparé l’activité {object}"),
    "event.updated": _("{actor} a modifié l’activité {object}"),
    "event.announced": _("{actor} a annoncé l’activité {object}"),
    "event.withdrawn": _("{actor} a retiré l’annonce de l’activité {object}"),
    "event.done": _("{actor} a déclaré terminée l’activité {object}"),
    "event.removed": _("{actor} a supprimé l’activité {object}"),
    "event.synthesis": _("{actor} a diffusé la synthèse de l’activité {object}"),
    "event.session_added": _("{actor} a ajouté une séance à l’activité {object}"),
    "event.session_changed": _("{actor} a modifié une séance de l’activité {object}"),
    "event.session_cancelled": _("{actor} a annulé une séance de l’activité {object}"),
    "event.registered": _("{actor} a inscrit une personne à l’activité {object}"),
    "event.presence": _("{actor} a pris les présences de l’activité {object}"),
    "programme.created": _("{actor} a ouvert la programmation {object}"),
    "programme.updated": _("{actor} a modifié la programmation {object}"),
    "need.expressed": _("{actor} a exprimé le besoin {object}"),
    "need.changed": _("{actor} a donné suite au besoin {object}"),
}
