"""Sentences about complex cases. None says what a person answered."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.complex_proposed": _("Les règles proposent le dossier {object} comme cas complexe"),
    "cases.complex_no_longer": _("Les règles ne proposent plus le dossier {object} comme cas complexe"),
    "cases.complex_decided": _("{actor} a décidé que le dossier {object} est un cas complexe"),
    "cases.complex_declined": _("{actor} a décidé que le dossier {object} n’est pas un cas complexe"),
    "cases.complex_answered": _("{actor} a répondu à une question sur le dossier {object}"),
    "cases.rules_drafted": _("{actor} a ouvert une ébauche des règles des cas complexes : {object}"),
    "cases.rules_discarded": _("{actor} a jeté l’ébauche des règles des cas complexes : {object}"),
    "cases.rules_adopted": _("{actor} a inscrit l’adoption des règles des cas complexes : {object}"),
}
