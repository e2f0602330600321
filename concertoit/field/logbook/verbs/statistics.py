"""Sentences of the journal about published figures."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "logbook.figures_published": _("{actor} a publié des statistiques : {object}"),
}
FIELDS = {
    "period": _("période"),
    "smallest": _("plus petit compte montré"),
    "sha256": _("empreinte"),
}
