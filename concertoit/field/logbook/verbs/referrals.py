"""Sentences of the journal about referrals: a number, never a person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "referral.noted": _("{actor} a noté la référence {object}"),
    "referral.moved": _("{actor} a mis à jour la référence {object} : {note}"),
    "referral.answered": _("Réponse reçue par lien personnel pour la référence {object} : {note}"),
    "referral.expired": _("La référence {object} est restée sans nouvelles"),
    "referral.sent": _("{actor} a envoyé un lien de réponse pour la référence {object}"),
    "referral.reminded": _("Rappel envoyé à la ressource pour la référence {object}"),
    "referral.handover_given": _("{actor} a joint des coordonnées, avec accord, à la référence {object}"),
    "referral.handover_removed": _("{actor} a retiré les coordonnées jointes à la référence {object}"),
}
FIELDS = {
    "state": _("état"),
    "refusal": _("motif du refus"),
    "destination": _("vers"),
    "service": _("ressource"),
    "consent": _("accord de la personne"),
}
