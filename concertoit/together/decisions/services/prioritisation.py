"""The life of a prioritisation: prepared from a version of the plan, opened, closed. Nothing is decided by it."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import Disclosure, MoneyQuestion, PrioritisationState, VoiceMode
from concertoit.together.decisions.models import (
    Envelope,
    FundingRequest,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.queries.prioritisation_plan import ActionOfPlan, actions_of, versions_to_prioritise
from concertoit.together.decisions.rules.prioritisation import THRESHOLDS
from concertoit.together.decisions.rules.prioritisation_families import MAPPING, merged_small
from concertoit.together.decisions.rules.prioritisation_record import Paper, canonical
from concertoit.together.decisions.services import prioritisation_index as search
from concertoit.together.plans.models import PlanVersion

FROZEN_AT_OPENING = ("voice_mode", "disclosure", "live", "money")


def locked(viewer: Viewer, pk: int, *, state: PrioritisationState | None = None) -> Prioritisation:
    """A prioritisation of the démarche, held until the end of the transaction.

    Raises ``NotVisible`` for another's, ``DomainError`` when it is not in the state that the act needs.
    """
    row = must_exist(Prioritisation.objects.select_for_update().filter(space=viewer.space, pk=pk).first())
    if state is not None and row.state != state:
        raise DomainError(_("Cette priorisation est %(state)s : ce n’est plus possible.") % {"state": words(row)})
    return row


def words(row: Prioritisation) -> str:
    return str(PrioritisationState(row.state).label).lower()


def journal(actor: Any, verb: str, row: Prioritisation, **values: Any) -> None:
    """One line about a prioritisation."""
    record(
        actor=actor, verb=verb, object_type="decisions.prioritisation", object_id=row.pk, object_label=row.title,
        space_id=row.space_id, **values,
    )  # fmt: skip


@transaction.atomic
def create(*, viewer: Viewer, version: PlanVersion, title: str, **settings: Any) -> Prioritisation:
    """Prepare a form from the actions of a draft, or of the version in force, with what they ask for by year.

    Raises ``NotVisible`` for a version that cannot be prioritised, ``DomainError`` for one without any action.
    """
    viewer.must("prioritisation.prepare")
    if version.pk not in {one.pk for one in versions_to_prioritise(viewer)}:
        raise NotVisible("")
    actions = actions_of(version)
    if not actions:
        raise DomainError(_("Cette version n’a aucune action à prioriser."), field="version")
    row = Prioritisation(
        space=viewer.space, plan=version.plan, version=version, version_label=str(version)[:120],
        title=title, seed=secrets.token_hex(16), families_mapping=MAPPING, created_by=viewer.user,
    )  # fmt: skip
    _write(row, settings)
    _copy(row, actions)
    journal(viewer.user, "prioritisation.created", row, after={"version": row.version_label})
    return row


def _write(row: Prioritisation, settings: dict[str, Any]) -> None:
    """Keep settings that make sense together."""
    for name, value in settings.items():
        setattr(row, name, value)
    if row.live and row.disclosure == Disclosure.NOBODY:
        raise DomainError(
            _("Sans résultats provisoires : ils trahiraient des réponses que personne ne doit pouvoir lire."),
            field="live",
        )
    row.save()


def _copy(row: Prioritisation, actions: list[ActionOfPlan]) -> None:
    options = [
        PriorityOption(
            space=row.space, prioritisation=row, item_id=action.node.item_id, key=key,
            axis_number=action.axis_number, axis_title=action.axis_title, code=action.node.code,
            title=action.node.title, description=action.node.description, carriers=", ".join(action.carriers),
        )
        for key, action in enumerate(actions, 1)
    ]  # fmt: skip
    PriorityOption.objects.bulk_create(options)
    requests = [
        FundingRequest(space=row.space, option=option, year=one.year, amount=one.amount, sources=one.sources)
        for option, action in zip(options, actions, strict=True)
        for one in action.asked.values()
    ]
    FundingRequest.objects.bulk_create(requests)
    years = sorted({one.year for one in requests})
    Envelope.objects.bulk_create(
        Envelope(space=row.space, prioritisation=row, year=year, amount=0, position=place)
        for place, year in enumerate(years)
    )


@transaction.atomic
def write_settings(*, viewer: Viewer, pk: int, **settings: Any) -> Prioritisation:
    """Change the words, and, before opening, the way voices count and what may be read."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk)
    if row.state == PrioritisationState.CLOSED:
        raise DomainError(_("Cette priorisation est fermée : ce qui a été demandé ne change plus."))
    if row.state == PrioritisationState.OPEN and any(
        name in settings and getattr(row, name) != settings[name] for name in FROZEN_AT_OPENING
    ):
        raise DomainError(_("Ce qui a été annoncé à l’ouverture ne change plus."))
    if row.state == PrioritisationState.OPEN:
        _must_be_ahead(settings.get("deadline", row.deadline))
    if settings.get("voice_mode", row.voice_mode) != row.voice_mode:
        Voice.objects.filter(prioritisation=row).delete()
    before = {"title": row.title, "deadline": row.deadline.isoformat() if row.deadline else None}
    _write(row, settings)
    after = {"title": row.title, "deadline": row.deadline.isoformat() if row.deadline else None}
    journal(viewer.user, "prioritisation.changed", row, before=before, after=after)
    search.changed(row)
    return row


@transaction.atomic
def choose_options(*, viewer: Viewer, pk: int, keys: set[int]) -> int:
    """Keep these actions on the form and take the others off it, before opening; answers how many stay."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    options = PriorityOption.objects.filter(prioritisation=row)
    if not options.filter(key__in=keys).exists():
        raise DomainError(_("Gardez au moins une action."))
    options.exclude(key__in=keys).delete()
    journal(viewer.user, "prioritisation.changed", row, after={"options": len(keys)})
    return options.count()


@transaction.atomic
def remove(*, viewer: Viewer, pk: int) -> None:
    """Throw away a form that was never opened."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    journal(viewer.user, "prioritisation.removed", row, before={"title": row.title})
    row.delete()


def _must_be_ahead(deadline: datetime | None) -> None:
    if deadline is None:
        raise DomainError(_("Donnez une date limite."), field="deadline")
    if deadline <= timezone.now():
        raise DomainError(_("La date limite doit être à venir."), field="deadline")


def missing(row: Prioritisation) -> list[str]:
    """What must still be done before opening, in sentences; empty when it may open."""
    found = []
    if not PriorityOption.objects.filter(prioritisation=row).exists():
        found.append(_("Gardez au moins une action."))
    if not Voice.objects.filter(prioritisation=row).exists():
        found.append(_("Dites qui répond : aucune voix n’est sur la liste."))
    if row.deadline is None or row.deadline <= timezone.now():
        found.append(_("Donnez une date limite à venir."))
    if row.money != MoneyQuestion.NONE:
        asked = set(FundingRequest.objects.filter(option__prioritisation=row).values_list("year", flat=True))
        funded = Envelope.objects.filter(prioritisation=row, amount__gt=0).values_list("year", flat=True)
        if not asked:
            found.append(_("Inscrivez au moins une demande de budget, ou retirez la question sur l’argent."))
        found += [
            _("Inscrivez l’enveloppe disponible : %(year)s.") % {"year": year or _("toute la période")}
            for year in sorted(asked - set(funded))
        ]
    return found


@transaction.atomic
def open_form(*, viewer: Viewer, pk: int) -> Prioritisation:
    """Open the form: from here on, what was announced does not change. Raises ``DomainError`` with what is missing."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    if lacking := missing(row):
        raise DomainError(" ".join(lacking))
    row.state, row.opened_at = PrioritisationState.OPEN, timezone.now()
    row.save()
    announced = {name: str(getattr(row, name)) for name in FROZEN_AT_OPENING}
    journal(viewer.user, "prioritisation.opened", row, after=announced)
    search.changed(row)
    return row


def is_open(row: Prioritisation) -> bool:
    """Whether an answer is still taken; the deadline closes by itself, whenever the worker passes."""
    return row.state == PrioritisationState.OPEN and row.deadline is not None and timezone.now() < row.deadline


@transaction.atomic
def close_form(*, row: Prioritisation, actor: Any = None) -> Prioritisation:
    """Close for good: empty forms go, families are written on the ballots, links are cut where that was promised.

    The caller has checked the policy (or it is the deadline). Closing twice changes nothing.
    """
    row = Prioritisation.objects.select_for_update().get(pk=row.pk)
    if row.state != PrioritisationState.OPEN:
        return row
    row.state, row.closed_at = PrioritisationState.CLOSED, timezone.now()
    row.save()
    ballots = list(PriorityBallot.objects.filter(prioritisation=row).select_related("voice").order_by("pk"))
    said = [ballot for ballot in ballots if ballot.grades or ballot.money]
    for ballot in said:
        ballot.family = ballot.voice.family if ballot.voice else ""
    if row.disclosure == Disclosure.NOBODY:
        _cut_links(row, said)
    else:
        PriorityBallot.objects.bulk_update(said, ["family"], batch_size=500)
    empty = [ballot.pk for ballot in ballots if not (ballot.grades or ballot.money)]
    PriorityBallot.objects.filter(pk__in=empty).delete()
    journal(actor, "prioritisation.closed", row, after={"answers": len(said)})
    return row


def _cut_links(row: Prioritisation, said: list[PriorityBallot]) -> None:
    """Write the ballots anew, in an order that comes from what they say, without voice, small families merged."""
    shown = merged_small(Counter(ballot.family for ballot in said), THRESHOLDS.group)
    fresh = [
        PriorityBallot(
            space=row.space, prioritisation=row, family=shown[one.family], grades=one.grades, money=one.money
        )
        for one in said
    ]
    fresh.sort(key=lambda one: canonical(Paper(one.grades, one.money, one.family).as_plain()))
    PriorityBallot.objects.filter(prioritisation=row).delete()
    PriorityBallot.objects.bulk_create(fresh, batch_size=500)


def by_organisation(row: Prioritisation) -> bool:
    return row.voice_mode == VoiceMode.ORGANISATION
