"""Sentences of the journal about evaluation."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "evaluation.axis_saved": _("{actor} a inscrit l’axe {object} de la stratégie de changement"),
    "evaluation.change_added": _("{actor} a ajouté un changement attendu : {object}"),
    "evaluation.change_edited": _("{actor} a modifié un changement attendu : {object}"),
    "evaluation.change_retired": _("{actor} a retiré un changement attendu : {object}"),
    "evaluation.change_resumed": _("{actor} a repris un changement attendu : {object}"),
    "evaluation.sign_saved": _("{actor} a inscrit un signe de changement : {object}"),
    "evaluation.value_kept": _("{actor} a retenu la valeur {note} pour {object}"),
    "evaluation.read": _("{actor} a donné sa lecture : {object} ({note})"),
    "evaluation.pasted": _("{actor} a apporté une stratégie de changement : {note} changements"),
}
FIELDS = {
    "text": _("changement attendu"),
    "kind": _("sorte"),
    "audience": _("chez qui"),
    "axes": _("axes"),
    "seen": _("le voit-on?"),
}
