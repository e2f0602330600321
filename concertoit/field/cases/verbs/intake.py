"""Sentences about reports, households, consents and lists: numbers and places, never a name."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.report_received": _("{actor} a reçu le signalement {object}"),
    "cases.report_opened": _("{actor} a ouvert un dossier à partir du signalement {object}"),
    "cases.report_attached": _("{actor} a joint le signalement {object} à un dossier"),
    "cases.report_set_aside": _("{actor} a mis de côté le signalement {object}"),
    "cases.report_reconsidered": _("{actor} a remis à regarder le signalement {object}"),
    "cases.report_placed": _("{actor} a précisé l’adresse du signalement {object}"),
    "cases.report_word": _("{actor} a ajouté au signalement {object}"),
    "cases.report_question": _("{actor} a posé une question au sujet du signalement {object}"),
    "cases.report_handled": _("{actor} a réglé une demande au sujet du signalement {object}"),
    "cases.household_changed": _("{actor} a changé la fiche du ménage, dossier {object}"),
    "cases.person_written": _("{actor} a écrit qui joindre, dossier {object}"),
    "cases.person_removed": _("{actor} a effacé une personne du ménage, dossier {object}"),
    "cases.consent_given": _("{actor} a noté un consentement du ménage, dossier {object}"),
    "cases.consent_withdrawn": _("{actor} a noté le retrait d’un consentement du ménage, dossier {object}"),
    "cases.data_exported": _("{actor} a remis à la personne ce qui la concerne, dossier {object}"),
    "cases.list_read": _("{actor} a lu la liste de cas {object}"),
    "cases.list_confirmed": _("{actor} a importé la liste de cas {object}"),
    "cases.list_discarded": _("{actor} a abandonné la liste de cas {object}"),
}
