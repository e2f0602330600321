"""The coco's budget recommendation: started from a count, written by people with reasons, published to the plenary."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.core.typography import money
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CountKind, PrioritisationState
from concertoit.together.decisions.models import Prioritisation, Recommendation, RecommendationLine
from concertoit.together.decisions.notifications import prioritisation as notifications
from concertoit.together.decisions.queries.money import balances_of, lines_of, recommendation_of
from concertoit.together.decisions.queries.prioritisation import Counted, found, latest, money_of
from concertoit.together.decisions.queries.prioritisation_people import table_users
from concertoit.together.decisions.rules.money_count import RULES
from concertoit.together.decisions.services.prioritisation import journal, locked

FROM_NOTHING = "nothing"
STARTS = (*RULES, FROM_NOTHING)


def starting_amounts(counted: Counted, rule: str) -> dict[tuple[str, str], Decimal]:
    """What a rule funds, by year and option key."""
    if rule == FROM_NOTHING:
        return {}
    return {
        (year["year"], one["key"]): Decimal(one["cost"]) / 100
        for year in counted.outcome["years"]
        for one in year[rule]["funded"]
    }


@transaction.atomic
def start(*, viewer: Viewer, pk: int, rule: str) -> Recommendation:
    """Start from what a rule funds, or from nothing; whatever was written before, and not published, is replaced."""
    viewer.must("money.recommend")
    row = locked(viewer, pk, state=PrioritisationState.CLOSED)
    counted = latest(row, CountKind.MONEY)
    if counted is None:
        raise DomainError(_("Le compte de l’argent n’est pas encore fait."))
    if rule not in STARTS:
        raise DomainError(_("Choisissez un point de départ."), field="rule")
    existing = recommendation_of(row)
    if existing is not None:
        _must_not_be_published(existing)
        existing.delete()
    recommendation = Recommendation.objects.create(
        space=row.space, prioritisation=row, result=counted.row, started_from=rule
    )
    amounts = starting_amounts(counted, rule)
    RecommendationLine.objects.bulk_create(
        RecommendationLine(
            space=row.space, recommendation=recommendation, request=one,
            amount=amounts.get((one.year, str(one.option.key)), Decimal("0.00")),
        )
        for one in money_of(row).requests
    )  # fmt: skip
    journal(viewer.user, "money.recommendation_started", row, after={"from": rule})
    return recommendation


def _must_not_be_published(recommendation: Recommendation) -> None:
    if recommendation.published_at is not None:
        raise DomainError(_("Cette recommandation est publiée : reprenez-la d’abord pour la modifier."))


def recommended(row: Prioritisation) -> Recommendation:
    """The recommendation of a prioritisation, held. Raises ``NotVisible`` when it was not started."""
    return must_exist(Recommendation.objects.select_for_update().filter(prioritisation=row).first())


@transaction.atomic
def write(
    *, viewer: Viewer, pk: int, lines: Mapping[int, tuple[Decimal, str]], note: str | None = None
) -> Recommendation:
    """Write amounts and reasons by request. An amount that is not the one of the starting rule needs a reason.

    Raises ``DomainError`` (on the field ``motif-<request>`` or ``montant-<request>``), and then nothing is written.
    """
    viewer.must("money.recommend")
    row = locked(viewer, pk)
    recommendation = recommended(row)
    _must_not_be_published(recommendation)
    counted = latest(row, CountKind.MONEY)
    rule_says = starting_amounts(counted, recommendation.started_from) if counted else {}
    changed = []
    for line in lines_of(recommendation):
        if line.request_id not in lines:
            continue
        amount, reason = lines[line.request_id]
        if (amount, reason) != (line.amount, line.reason):
            _must_be_sound(line, amount, reason, rule_says)
            before = {"amount": f"{line.amount:.2f}", "reason": line.reason}
            line.amount, line.reason = amount, reason
            changed.append(line)
            after = {"amount": f"{amount:.2f}", "reason": reason}
            label = f"{line.request.option.code} {line.request.year}".strip()
            journal(viewer.user, "money.recommendation_changed", row, note=label, before=before, after=after)
    RecommendationLine.objects.bulk_update(changed, ["amount", "reason"])
    if note is not None and note != recommendation.note:
        recommendation.note = note
        journal(viewer.user, "money.recommendation_changed", row, after={"reason": note})
    recommendation.save()
    return recommendation


def _must_be_sound(
    line: RecommendationLine, amount: Decimal, reason: str, rule_says: dict[tuple[str, str], Decimal]
) -> None:
    pk = line.request_id
    if amount < 0:
        raise DomainError(_("Un montant ne peut pas être négatif."), field=f"montant-{pk}")
    if amount > line.request.amount:
        raise DomainError(
            _("C’est plus que ce qui est demandé (%(asked)s).") % {"asked": money(line.request.amount)},
            field=f"montant-{pk}",
        )
    proposed = rule_says.get((line.request.year, str(line.request.option.key)), Decimal("0.00"))
    if amount != proposed and not reason:
        raise DomainError(
            _("Dites pourquoi : la règle de départ proposait %(amount)s.") % {"amount": money(proposed)},
            field=f"motif-{pk}",
        )


@transaction.atomic
def publish(*, viewer: Viewer, pk: int) -> Recommendation:
    """Show the recommendation to the plenary. Raises ``DomainError`` when a year goes over its envelope."""
    viewer.must("money.publish")
    row = locked(viewer, pk)
    recommendation = recommended(row)
    _must_not_be_published(recommendation)
    for balance in balances_of(row, lines_of(recommendation)):
        if balance.exceeds:
            over = {"year": balance.year or _("toute la période"), "over": money(-balance.left)}
            raise DomainError(_("%(year)s : la recommandation dépasse l’enveloppe de %(over)s.") % over)
    recommendation.published_at = timezone.now()
    recommendation.save()
    total = sum((line.amount for line in lines_of(recommendation)), Decimal(0))
    journal(viewer.user, "money.recommendation_published", row, after={"total": f"{total:.2f}"})
    notifications.recommendation_published(row=row, users=table_users(row.space), actor=viewer.user)
    return recommendation


@transaction.atomic
def take_back(*, viewer: Viewer, pk: int) -> Recommendation:
    """Take a published recommendation back to write it again; not once it was applied."""
    viewer.must("money.publish")
    row = locked(viewer, pk)
    recommendation = recommended(row)
    if recommendation.applied_at is not None:
        raise DomainError(_("Cette recommandation est déjà dans l’ébauche : changez plutôt le budget de l’ébauche."))
    recommendation.published_at = None
    recommendation.save()
    journal(viewer.user, "money.recommendation_changed", row, after={"reason": _("reprise pour la modifier")})
    return recommendation


def shown(viewer: Viewer, pk: int) -> tuple[Prioritisation, Recommendation | None]:
    """The recommendation as the viewer may see it: the plenary sees it once published. Raises ``NotVisible``."""
    row = found(viewer, pk)
    one = recommendation_of(row)
    if viewer.can("money.recommend"):
        if row.state != PrioritisationState.CLOSED:
            raise NotVisible("")
        return row, one
    if one is None or one.published_at is None:
        raise NotVisible("")
    return row, one
