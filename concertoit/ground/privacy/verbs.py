"""Sentences of the journal about privacy."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "privacy.consent_given": _("{actor} a noté un consentement\u00a0: {object}"),
    "privacy.consent_withdrawn": _("{actor} a noté le retrait d’un consentement\u00a0: {object}"),
    "privacy.destroyed": _("{actor} a appliqué la conservation\u00a0: {object}"),
    "privacy.incident_noted": _("{actor} a inscrit un incident au registre\u00a0: {object}"),
    "privacy.incident_updated": _("{actor} a mis à jour l’incident\u00a0: {object}"),
}
