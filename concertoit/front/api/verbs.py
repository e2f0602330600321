"""Sentences of the journal about the interfaces."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "api.key_given": _("{actor} a donné une clé à {object}"),
    "api.key_retired": _("{actor} a retiré la clé de {object}"),
}
