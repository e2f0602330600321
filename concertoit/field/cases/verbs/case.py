"""Sentences about a case itself."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.opened": _("{actor} a ouvert le dossier {object}"),
}
