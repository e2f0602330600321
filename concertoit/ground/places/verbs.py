"""Sentences of the journal about the territory."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "places.municipalities_loaded": _("{actor} a chargé le répertoire des municipalités ({object})"),
    "places.boundaries_loaded": _("{actor} a chargé des contours ({object})"),
}
