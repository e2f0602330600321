"""Sentences of the journal about démarches."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "space.created": _("{actor} a ouvert la démarche {object}"),
    "space.updated": _("{actor} a modifié la démarche {object}"),
    "body.created": _("{actor} a ajouté l’instance {object}"),
    "body.updated": _("{actor} a modifié l’instance {object}"),
    "committee.created": _("{actor} a annoncé le comité {object}"),
    "committee.updated": _("{actor} a modifié le comité {object}"),
    "committee.active": _("{actor} a formé le comité {object}"),
    "committee.closed": _("{actor} a mis fin au comité {object}"),
    "committee.merged": _("{actor} a fusionné le comité {object} avec un autre"),
    "committee.merged_undone": _("{actor} a annulé la fusion du comité {object}"),
    "seat.added": _("{actor} a fait siéger {object}"),
    "seat.ended": _("{actor} a mis fin au siège de {object}"),
    "membership.added": _("{actor} a ajouté la participation de {object}"),
    "membership.changed": _("{actor} a modifié la participation de {object}"),
    "membership.ended": _("{actor} a mis fin à la participation de {object}"),
    "invitation.sent": _("{actor} a invité {object}"),
    "invitation.resent": _("{actor} a renvoyé l’invitation à {object}"),
    "invitation.withdrawn": _("{actor} a retiré l’invitation à {object}"),
    "invitation.accepted": _("{actor} a accepté l’invitation envoyée à {object}"),
    "priority.created": _("{actor} a ajouté la priorité {object}"),
    "priority.updated": _("{actor} a modifié la priorité {object}"),
    "priority.moved": _("{actor} a déplacé la priorité {object}"),
    "priority.removed": _("{actor} a retiré la priorité {object}"),
    "participants.exported": _("{actor} a exporté la liste des participantes et participants"),
}
