"""Sentences of the journal about deciding together: one dictionary per part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORKSHOPS: dict[str, Any] = {
    "workshop.created": _("{actor} a préparé l’atelier {object}"),
}
REVIEWS: dict[str, Any] = {
    "review.created": _("{actor} a préparé la révision {object}"),
}
PRIORITISATION: dict[str, Any] = {}
CONSENT: dict[str, Any] = {}

SENTENCES = {**WORKSHOPS, **REVIEWS, **PRIORITISATION, **CONSENT}
