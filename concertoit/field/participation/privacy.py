"""What tenant participation keeps about people, why, and until when.

Members and candidates are people of the directory (``identity.person``); what is here is where they live and what they
say. Electors are in ``ground.ballots``.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.models import MediationAgreement, MediationParty
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

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

PARTIES_MONTHS, AGREEMENT_MONTHS = 6, 24
register_purpose(
    Purpose(
        "mediators",
        _("Savoir quelles personnes locataires font de la médiation, et où elles n’interviennent pas"),
        Basis.NECESSARY,
        0,
        _("la durée de leur engagement, puis la mémoire des médiations"),
    )
)
register_purpose(
    Purpose(
        "mediation_parties",
        _("Joindre les parties d’une médiation à laquelle elles consentent, et les suivre quelques mois"),
        Basis.NECESSARY,
        PARTIES_MONTHS,
        _("la fin de la médiation"),
        _("Choix de la plateforme"),
    )
)
register_purpose(
    Purpose(
        "mediation_agreement",
        _("Garder ce que les parties ont convenu, pour les deux personnes qui ont fait la médiation"),
        Basis.NECESSARY,
        AGREEMENT_MONTHS,
        _("la signature de l’entente"),
        _("Choix de la plateforme"),
    )
)
register_field(
    "participation.mediator", "person", "email", "languages", "home", "availability", purpose="mediators"
)  # fmt: skip
register_field("participation.mediationseat", "email", purpose="mediators")
register_field("participation.mediationparty", "name", "reach", "complex", purpose="mediation_parties")
register_field("participation.mediationagreement", "text", purpose="mediation_agreement")


def parties_due(today: date) -> list[int]:
    """Parties that can still be reached, of mediations that ended long enough ago."""
    ended = MediationParty.objects.filter(request__closed_on__lte=months_before(today, PARTIES_MONTHS))
    kept = ended.exclude(Q(name="") & Q(reach=""))
    return list(kept.order_by("pk").values_list("pk", flat=True))


def forget_parties(ids: list[int]) -> None:
    """Leave role and complex. Twice changes nothing."""
    MediationParty.objects.filter(pk__in=ids).update(name="", reach="")


def agreements_due(today: date) -> list[int]:
    """Agreements signed long enough ago."""
    rows = MediationAgreement.objects.filter(signed_on__lte=months_before(today, AGREEMENT_MONTHS))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def forget_agreements(ids: list[int]) -> None:
    """Destroy them: the parties have their copies."""
    MediationAgreement.objects.filter(pk__in=ids).delete()


register_remover(
    Remover(
        "participation.parties", _("parties de médiations terminées"), "mediation_parties", Gone.ANONYMISED,
        parties_due, forget_parties,
    )
)  # fmt: skip
register_remover(
    Remover(
        "participation.agreements", _("ententes de médiation"), "mediation_agreement", Gone.DESTROYED,
        agreements_due, forget_agreements,
    )
)  # fmt: skip
