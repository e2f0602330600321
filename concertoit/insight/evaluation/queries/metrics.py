"""What the platform counts that can be a sign of change: from cases, training and the logbook, over a period.

Numbers are exact and the shares know their denominator. What counts fewer than ``SMALLEST`` people or cases is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.queries.figures import evidence as case_facts
from concertoit.field.logbook.enums import EntryKind, ReferralState
from concertoit.field.logbook.models import Entry, Referral
from concertoit.ground.spaces.models import Space
from concertoit.ground.surveys.enums import Moment
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries.results import change_of
from concertoit.together.events.models import Registration, Session

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Number:
    """What was counted; no value when there are too few. ``out_of``: the denominator of a share (in percent)."""

    value: Decimal | None
    out_of: int | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A count of the platform: its sentence, its unit, and where it comes from."""

    code: str
    label: Any
    unit: Any
    source: Any
    count: Callable[[Space, date, date], Number]


def _whole(number: int) -> Number:
    return Number(Decimal(number) if number == 0 or number >= SMALLEST else None)


def _share(part: int, whole: int) -> Number:
    """A share in percent, to one decimal. Not told when it, its complement or its denominator would be too few."""
    if whole < SMALLEST or 0 < part < SMALLEST or 0 < whole - part < SMALLEST:
        return Number(None, whole if whole >= SMALLEST else None)
    return Number((Decimal(part) * 100 / whole).quantize(Decimal("0.1")), whole)


def _of_cases(code: str) -> Callable[[Space, date, date], Number]:
    return lambda space, since, until: _whole(case_facts(space, since, until).get(code, 0))


def _case_share(part: str, whole: Callable[[Mapping[str, int]], int]) -> Callable[[Space, date, date], Number]:
    def count(space: Space, since: date, until: date) -> Number:
        facts = case_facts(space, since, until)
        return _share(facts.get(part, 0), whole(facts))

    return count


def _told_living(facts: Mapping[str, int]) -> int:
    return sum(facts.get(f"cases.living.{code}", 0) for code in ("better", "partly", "same"))


def _investigated(facts: Mapping[str, int]) -> int:
    return facts.get("cases.delay.investigate.met", 0) + facts.get("cases.delay.investigate.late", 0)


def _sessions(space: Space, since: date, until: date) -> Number:
    rows = Session.objects.filter(
        event__space=space, starts_at__date__gte=since, starts_at__date__lte=until, cancelled_on=None
    )
    return Number(Decimal(rows.count()))


def _trained(space: Space, since: date, until: date) -> Number:
    rows = Registration.objects.filter(
        session__event__space=space, session__starts_at__date__gte=since, session__starts_at__date__lte=until,
        present=True,
    )  # fmt: skip
    return _whole(rows.count())


def _learned(space: Space, since: date, until: date) -> Number:
    """The mean change between before and after on the same people, in points of a hundred, over the period's surveys."""
    total, people = Decimal(0), 0
    rows = Survey.objects.filter(
        space=space, moment=Moment.AFTER, created_at__date__gte=since, created_at__date__lte=until
    )
    for survey in rows.order_by("pk"):
        change = change_of(survey)
        if change is not None and change.paired_before is not None and change.paired_after is not None:
            gain = (change.paired_after - change.paired_before) * 100
            total += change.pairs * Decimal(gain.numerator) / Decimal(gain.denominator)
            people += change.pairs
    if people < SMALLEST:
        return Number(None, None)
    return Number((total / people).quantize(Decimal("0.1")), people)


def _interventions(*, collective: bool) -> Callable[[Space, date, date], Number]:
    def count(space: Space, since: date, until: date) -> Number:
        rows = Entry.objects.filter(space=space, on__gte=since, on__lte=until, deleted_at=None)
        whole = rows.count()
        return _share(rows.filter(kind=EntryKind.COLLECTIVE).count(), whole) if collective else _whole(whole)

    return count


def _served(space: Space, since: date, until: date) -> Number:
    """Referrals whose service was received, among those whose end is known."""
    rows = Referral.objects.filter(space=space, on__gte=since, on__lte=until)
    ended = (
        ReferralState.RECEIVED, ReferralState.REFUSED, ReferralState.GIVEN_UP, ReferralState.NO_NEWS,
        ReferralState.WAITING,
    )  # fmt: skip
    return _share(rows.filter(state=ReferralState.RECEIVED).count(), rows.filter(Q(state__in=ended)).count())


_CASES, _LOGBOOK, _TRAINING = _("Dossiers d’insalubrité"), _("Journal de bord"), _("Formations et sondages")
METRICS: tuple[Metric, ...] = (
    Metric("cases.opened", _("Dossiers connus de l’équipe"), _("dossiers"), _CASES, _of_cases("cases.opened")),
    Metric("cases.closed", _("Dossiers fermés"), _("dossiers"), _CASES, _of_cases("cases.closed")),
    Metric("cases.visits", _("Visites faites"), _("visites"), _CASES, _of_cases("cases.visits")),
    Metric(
        "cases.better", _("Ménages qui vivent dans un logement salubre à la fermeture, parmi ceux dont on le sait"),
        "%", _CASES, _case_share("cases.living.better", _told_living),
    ),
    Metric(
        "cases.in_time", _("Enquêtes faites dans le délai"), "%", _CASES,
        _case_share("cases.delay.investigate.met", _investigated),
    ),
    Metric("training.sessions", _("Séances de formation et d’échange tenues"), _("séances"), _TRAINING, _sessions),
    Metric("training.present", _("Présences aux séances"), _("présences"), _TRAINING, _trained),
    Metric(
        "training.learned", _("Gain moyen de connaissances, avant et après, sur les mêmes personnes"),
        pgettext_lazy("pourcentage", "points"), _TRAINING, _learned,
    ),
    Metric("logbook.entries", _("Interventions"), _("interventions"), _LOGBOOK, _interventions(collective=False)),
    Metric(
        "logbook.collective", _("Interventions qui soutiennent l’action collective"), "%", _LOGBOOK,
        _interventions(collective=True),
    ),
    Metric(
        "logbook.served", _("Références suivies d’un service reçu, parmi celles qui ont une fin"), "%", _LOGBOOK,
        _served,
    ),
)  # fmt: skip
BY_CODE = {metric.code: metric for metric in METRICS}
