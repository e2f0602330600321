"""Sentences about accompaniment: that something was written, never what."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.note_written": _("{actor} a signé une note d’accompagnement au dossier {object}"),
    "cases.path_stepped": _("{actor} a inscrit une étape du parcours du locataire au dossier {object}"),
    "cases.referral_received": _("{actor} a inscrit qu’un organisme a dirigé le ménage vers l’équipe : {object}"),
    "cases.referral_answered": _("{actor} a donné des nouvelles à l’organisme qui avait dirigé le ménage : {object}"),
    "cases.letter_produced": _("{actor} a produit une lettre au dossier {object}"),
    "cases.letter_voided": _("{actor} a annulé une lettre du dossier {object}"),
    "cases.letter_named": _("{actor} a téléchargé une lettre avec le nom du ménage : {object}"),
    "cases.message_written": _("{actor} a écrit un message au dossier {object}"),
    "cases.tenant_wrote": _("Le ménage a écrit un message au dossier {object}"),
}
