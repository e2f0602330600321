"""Counting, keeping what was counted, and counting again to prove it. Slow counts leave the page for a job."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.models import Job
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CountKind, MoneyQuestion, PrioritisationState
from concertoit.together.decisions.models import CountResult, Prioritisation
from concertoit.together.decisions.notifications import prioritisation as notifications
from concertoit.together.decisions.queries.prioritisation import found, money_of, options_of, papers_of
from concertoit.together.decisions.queries.prioritisation_people import table_users
from concertoit.together.decisions.rules.money_count import count_money, money_settings
from concertoit.together.decisions.rules.prioritisation import THRESHOLDS
from concertoit.together.decisions.rules.prioritisation_count import count_grades, grades_settings, quiet
from concertoit.together.decisions.rules.prioritisation_record import (
    Paper,
    canonical,
    code_version,
    digest_of,
    in_order,
    sha256,
)
from concertoit.together.decisions.rules.prioritisation_short_list import count_short_list, short_list_settings
from concertoit.together.decisions.services.prioritisation import close_form, journal, locked

Counter = Callable[[Mapping[str, Any], Sequence[Paper], Callable[[int], object]], dict[str, Any]]
COUNTERS: dict[str, Counter] = {
    CountKind.GRADES: count_grades,
    CountKind.MONEY: count_money,
    CountKind.SHORT_LIST: count_short_list,
}
# Above this many answers (voices by actions) the count is a job; below, it takes less than half a second.
INLINE = 50_000
SHORT_LIST_MOST = 12


def settings_of(row: Prioritisation, kind: CountKind) -> dict[str, Any]:
    """What a count needs beside the ballots, from what the form asked."""
    if kind == CountKind.GRADES:
        keys = [str(option.key) for option in options_of(row)]
        return grades_settings(keys, row.families_mapping, THRESHOLDS)
    money = money_of(row)
    years = [
        {
            "year": one.year,
            "envelope": int(one.amount * 100),
            "requests": {str(r.option.key): int(r.amount * 100) for r in money.requests if r.year == one.year},
        }
        for one in money.envelopes
    ]
    return money_settings(
        years, by_points=row.money == MoneyQuestion.ALLOT, seed=row.seed, mapping=row.families_mapping,
        smallest=THRESHOLDS.group,
    )  # fmt: skip


def is_slow(row: Prioritisation) -> bool:
    """Whether counting takes longer than a page should."""
    return row.options.count() * row.ballots.count() > INLINE


@transaction.atomic
def count(*, row: Prioritisation, actor: Any = None) -> Job | None:
    """Count a closed form: at once, or by a job (answered) when there is much to count."""
    if is_slow(row):
        asked_by = actor.pk if actor else None
        return enqueue(
            "decisions.count", payload={"prioritisation": row.pk}, space_id=row.space_id, asked_by_id=asked_by,
            dedup_key=str(row.pk),
        )  # fmt: skip
    count_now(row=row, actor=actor)
    return None


@transaction.atomic
def count_now(
    *, row: Prioritisation, actor: Any = None, progress: Callable[[int], object] = quiet
) -> list[CountResult]:
    """Count the grades, and the money when it was asked. A count that is already there is not made again."""
    if row.state != PrioritisationState.CLOSED:
        raise DomainError(_("Les réponses se comptent une fois le formulaire fermé."))
    papers = in_order(papers_of(row))
    digest = digest_of(papers)
    kinds = [CountKind.GRADES] + ([CountKind.MONEY] if row.money != MoneyQuestion.NONE else [])
    made = []
    for kind in kinds:
        if not CountResult.objects.filter(prioritisation=row, kind=kind).exists():
            made.append(_keep(row, kind, settings_of(row, kind), papers, digest, actor, progress))
    if made:
        notifications.results_ready(row=row, users=table_users(row.space), actor=actor)
    return made


@transaction.atomic
def close(*, viewer: Viewer, pk: int) -> Job | None:
    """Close the form before its deadline, and count; answers the job when there is much to count."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.OPEN)
    return close_and_count(row=row, actor=viewer.user)


@transaction.atomic
def close_and_count(*, row: Prioritisation, actor: Any = None) -> Job | None:
    """Close for good and count; the caller has checked the policy, or it is the deadline."""
    return count(row=close_form(row=row, actor=actor), actor=actor)


def _keep(
    row: Prioritisation, kind: CountKind, settings: dict[str, Any], papers: Sequence[Paper], digest: str, actor: Any,
    progress: Callable[[int], object] = quiet,
) -> CountResult:  # fmt: skip
    """Count, and keep everything needed to count again. ``digest`` is the one of the ballots."""
    outcome = COUNTERS[kind](settings, papers, progress)
    written = canonical(settings), canonical(outcome)
    result = CountResult.objects.create(
        space=row.space, prioritisation=row, kind=kind, settings=written[0], outcome=written[1],
        ballots_digest=digest, code_version=code_version(), sha256=sha256("\n".join(written)),
        computed_at=timezone.now(), computed_by=actor,
    )  # fmt: skip
    journal(actor, "prioritisation.counted", row, note=str(CountKind(kind).label), after={"sha256": result.sha256})
    return result


@transaction.atomic
def short_list(*, viewer: Viewer, pk: int, keys: Sequence[int]) -> CountResult:
    """Order a few actions between themselves, from the same ballots, by the Schulze method."""
    viewer.must("prioritisation.analyse")
    row = locked(viewer, pk, state=PrioritisationState.CLOSED)
    known = [option.key for option in options_of(row) if option.key in set(keys)]
    if not 2 <= len(known) <= SHORT_LIST_MOST:
        most = {"most": SHORT_LIST_MOST}
        raise DomainError(_("Choisissez de 2 à %(most)s actions pour une courte liste.") % most, field="options")
    settings = short_list_settings([str(key) for key in known])
    papers = in_order(papers_of(row))
    return _keep(row, CountKind.SHORT_LIST, settings, papers, digest_of(papers), viewer.user)


@dataclass(frozen=True, slots=True)
class Verified:
    """What counting again says: whether the ballots, the record and the outcome are those that were kept."""

    result: CountResult
    same_ballots: bool
    same_record: bool
    same_outcome: bool
    same_code: bool

    @property
    def holds(self) -> bool:
        return self.same_ballots and self.same_record and self.same_outcome


def verify(*, viewer: Viewer, pk: int, result_id: int) -> Verified:
    """Count again from the ballots and the settings kept, and compare; writes nothing. Raises ``NotVisible``."""
    row = found(viewer, pk)
    result = must_exist(CountResult.objects.filter(prioritisation=row, pk=result_id).first())
    papers = in_order(papers_of(row))
    again = COUNTERS[result.kind](json.loads(result.settings), papers, quiet)
    return Verified(
        result=result,
        same_ballots=digest_of(papers) == result.ballots_digest,
        same_record=sha256(f"{result.settings}\n{result.outcome}") == result.sha256,
        same_outcome=canonical(again) == result.outcome,
        same_code=code_version() == result.code_version,
    )
