"""Sentences of the journal about surveys."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "survey.created": _("{actor} a préparé le sondage {object}"),
    "survey.updated": _("{actor} a modifié le sondage {object}"),
    "survey.opened": _("{actor} a ouvert le sondage {object}"),
    "survey.closed": _("{actor} a fermé le sondage {object}"),
    "survey.reopened": _("{actor} a rouvert le sondage {object}"),
    "survey.removed": _("{actor} a supprimé le sondage {object}"),
    "survey.invited": _("{actor} a invité des personnes à répondre au sondage {object}"),
    "survey.paper": _("{actor} a saisi une réponse sur papier au sondage {object}"),
    "survey.copied": _("{actor} a copié le sondage {object}"),
}
