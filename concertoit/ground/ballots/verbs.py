"""Sentences of the journal about votes: that a vote opened, how many are on its list; never that somebody voted."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "ballot.prepared": _("{actor} a préparé le scrutin « {object} »"),
    "ballot.list_written": _("{actor} a inscrit des personnes sur la liste électorale de « {object} »"),
    "ballot.list_corrected": _("{actor} a corrigé la liste électorale de « {object} » : {note}"),
    "ballot.list_removed": _("{actor} a retiré une inscription de la liste électorale de « {object} » : {note}"),
    "ballot.opened": _("{actor} a ouvert le scrutin « {object} » et figé sa liste électorale"),
    "ballot.codes_issued": _("{actor} a remis des codes de vote pour « {object} » : {note}"),
    "ballot.strike_undone": _("{actor} a défait un émargement de « {object} » : {note}"),
    "ballot.closed": _("{actor} a clos le scrutin « {object} »"),
}
FIELDS = {
    "electors": _("inscriptions"),
    "added": _("ajoutées"),
    "options": _("candidatures"),
    "codes": _("codes"),
    "voted": _("ont voté"),
    "poured": _("bulletins en ligne versés dans l’urne de papier"),
}
