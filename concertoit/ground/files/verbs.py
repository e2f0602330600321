"""Sentences of the journal about files."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "files.attached": _("{actor} a joint le fichier {object}"),
    "files.retired": _("{actor} a retiré le fichier {object}"),
    "files.brought_back": _("{actor} a remis le fichier {object}"),
}
