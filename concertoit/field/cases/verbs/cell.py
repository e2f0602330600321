"""Sentences about emergency cells."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cases.cell_activated": _("{actor} a activé la cellule d’urgence {object}"),
    "cases.cell_exercise": _("{actor} a lancé un exercice de cellule d’urgence : {object}"),
    "cases.cell_stood_down": _("{actor} a levé la cellule d’urgence {object}"),
    "cases.cell_reviewed": _("{actor} a écrit le retour sur la cellule {object}"),
}
