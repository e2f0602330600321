"""What tenant participation keeps about people, why, and until when.

Members and candidates are people of the directory (``identity.person``); what is here is where they live and what they
say. Electors are in ``ground.ballots``.
"""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "representation",
        _("Savoir qui représente les locataires, d’où, et jusqu’à quand"),
        Basis.NECESSARY,
        0,
        _("la durée du mandat, puis la mémoire du comité consultatif"),
        _("Loi sur la Société d’habitation du Québec, art. 57.1 et 58.4"),
    )
)
register_purpose(
    Purpose(
        "election_minutes",
        _("Tenir une élection que l’on peut vérifier : candidatures, comptes, témoins, contestations"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, avec le procès-verbal"),
    )
)
register_field(
    "participation.mandate", "person", "complex", purpose="representation", label=_("membre et son ensemble")
)
register_field("participation.candidacy", "person", "complex", "statement", purpose="election_minutes")
register_field("participation.scrutineer", "name", purpose="election_minutes")
register_field("participation.complaint", "author_label", "text", purpose="election_minutes")
register_field("participation.election", "president", purpose="election_minutes")
register_purpose(
    Purpose(
        "representations",
        _("Savoir ce que les locataires demandent à l’office et ce qu’il répond, sans nommer personne"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche"),
    )
)
register_field("participation.representation", "text", "answer", "answered_as", purpose="representations")
register_field("participation.representationstep", "text", "signed_as", purpose="representations")
