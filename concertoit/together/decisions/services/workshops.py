"""Preparing and running a workshop: what is asked, the hats, opening and closing. Ideas are in ``ideas.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import HatColour, WorkshopMode, WorkshopState
from concertoit.together.decisions.models import Hat, Idea, Workshop
from concertoit.together.decisions.notifications import workshops as notifications
from concertoit.together.decisions.rules.workshops import HAT_MINUTES, MORE_MINUTES, new_code
from concertoit.together.decisions.services import workshop_index


@dataclass(slots=True)
class Preparation:
    """Everything the facilitator decides before opening. ``hats``: minutes by colour, in the order they are worn."""

    title: str
    question: str
    mode: WorkshopMode
    on: date | None = None
    by_code: bool = True
    on_paper: bool = False
    hats: Mapping[HatColour, int] = field(default_factory=lambda: dict.fromkeys(HatColour, HAT_MINUTES))


def locked(viewer: Viewer, workshop_id: int) -> Workshop:
    """A workshop of the démarche, held until the end of the transaction. Raises ``NotVisible`` for another's."""
    return must_exist(Workshop.objects.select_for_update().filter(pk=workshop_id, space=viewer.space).first())


def shown_changed(workshop_id: int) -> None:
    """Note that the wall shows something else."""
    Workshop.objects.filter(pk=workshop_id).update(revision=F("revision") + 1)


def turn_changed(workshop_id: int) -> None:
    """Note that a door or a hat was opened or closed: phones must know, and the wall."""
    Workshop.objects.filter(pk=workshop_id).update(revision=F("revision") + 1, turn=F("turn") + 1)


@transaction.atomic
def prepare(*, viewer: Viewer, said: Preparation) -> Workshop:
    """Prepare a workshop. Raises ``DomainError`` without a question or without a hat."""
    viewer.must("workshop.run")
    _must_be_ready(said)
    workshop = Workshop(
        space=viewer.space, title=said.title.strip(), question=said.question.strip(), on=said.on, mode=said.mode,
        by_code=said.by_code, on_paper=said.on_paper, code=_free_code(),
    )  # fmt: skip
    workshop.full_clean(exclude=["space"])
    workshop.save()
    _write_hats(workshop, said)
    journal(viewer, "workshop.created", workshop, after=_values(workshop))
    workshop_index.written(workshop)
    return workshop


@transaction.atomic
def change(*, viewer: Viewer, workshop_id: int, said: Preparation) -> Workshop:
    """Rewrite the preparation. Once it was opened, how ideas are signed and the hats already worn do not change."""
    viewer.must("workshop.run")
    _must_be_ready(said)
    workshop = locked(viewer, workshop_id)
    before = _values(workshop)
    if workshop.opened_at is not None and said.mode != workshop.mode:
        raise DomainError(
            _("L’atelier a été ouvert : la signature des idées ne change plus, les gens ont écrit en la connaissant."),
            field="mode",
        )
    workshop.title, workshop.question, workshop.on = said.title.strip(), said.question.strip(), said.on
    workshop.mode, workshop.by_code = said.mode, said.by_code
    workshop.full_clean(exclude=["space"])
    workshop.save()
    _write_hats(workshop, said)
    turn_changed(workshop.pk)
    journal(viewer, "workshop.changed", workshop, before=before, after=_values(workshop))
    workshop_index.written(workshop)
    return workshop


def _must_be_ready(said: Preparation) -> None:
    if not said.title.strip():
        raise DomainError(_("Donnez un titre à l’atelier."), field="title")
    if not said.question.strip():
        raise DomainError(_("Écrivez la question à laquelle on réfléchit."), field="question")
    if not said.hats:
        raise DomainError(_("Gardez au moins un chapeau."))


def _free_code() -> str:
    code = new_code()
    while Workshop.objects.filter(code=code).exists():
        code = new_code()
    return code


def _write_hats(workshop: Workshop, said: Preparation) -> None:
    known = {hat.colour: hat for hat in workshop.hats.all()}
    with_ideas = set(Idea.objects.filter(workshop=workshop).values_list("hat_id", flat=True))
    for colour, hat in known.items():
        if colour not in said.hats and hat.opened_at is None and hat.pk not in with_ideas:
            hat.delete()
    for position, (colour, minutes) in enumerate(said.hats.items()):
        hat = known.get(colour) or Hat(space_id=workshop.space_id, workshop=workshop, colour=colour)
        hat.position, hat.minutes = position, minutes
        hat.save()


@transaction.atomic
def open_workshop(*, viewer: Viewer, workshop_id: int) -> Workshop:
    """Let people in (again). They are told that it is open the first time."""
    viewer.must("workshop.run")
    workshop = locked(viewer, workshop_id)
    if workshop.on_paper:
        raise DomainError(_("Un atelier fait sur papier ne s’ouvre pas : saisissez ses idées."))
    if workshop.state == WorkshopState.OPEN:
        return workshop
    first = workshop.opened_at is None
    workshop.state, workshop.closed_at = WorkshopState.OPEN, None
    workshop.opened_at = workshop.opened_at or timezone.now()
    workshop.save(update_fields=["state", "opened_at", "closed_at", "updated_at"])
    turn_changed(workshop.pk)
    journal(viewer, "workshop.opened", workshop)
    if first:
        notifications.workshop_opened(viewer=viewer, workshop=workshop)
    return workshop


@transaction.atomic
def close_workshop(*, viewer: Viewer, workshop_id: int) -> Workshop:
    """End the workshop: its hats close; phones still send for two hours what they had kept."""
    viewer.must("workshop.run")
    workshop = locked(viewer, workshop_id)
    if workshop.state == WorkshopState.CLOSED:
        return workshop
    now = timezone.now()
    workshop.state, workshop.closed_at = WorkshopState.CLOSED, now
    workshop.save(update_fields=["state", "closed_at", "updated_at"])
    workshop.hats.filter(closed_at=None).exclude(opened_at=None).update(closed_at=now)
    turn_changed(workshop.pk)
    journal(viewer, "workshop.closed", workshop)
    return workshop


@transaction.atomic
def open_hat(*, viewer: Viewer, workshop_id: int, hat_id: int) -> Hat:
    """Put a hat on: the one that was worn is taken off, the time starts."""
    workshop, hat = _hat(viewer, workshop_id, hat_id)
    if workshop.state != WorkshopState.OPEN:
        raise DomainError(_("Ouvrez d’abord l’atelier."))
    now = timezone.now()
    workshop.hats.filter(closed_at=None).exclude(opened_at=None).exclude(pk=hat.pk).update(closed_at=now)
    if not hat.is_open:
        hat.opened_at, hat.closed_at = now, None
        hat.save(update_fields=["opened_at", "closed_at"])
        journal(viewer, "workshop.hat_opened", workshop, after={"hat": hat.colour, "minutes": hat.minutes})
    turn_changed(workshop.pk)
    return hat


@transaction.atomic
def close_hat(*, viewer: Viewer, workshop_id: int, hat_id: int) -> Hat:
    """Take a hat off."""
    workshop, hat = _hat(viewer, workshop_id, hat_id)
    if hat.is_open:
        hat.closed_at = timezone.now()
        hat.save(update_fields=["closed_at"])
        turn_changed(workshop.pk)
        journal(viewer, "workshop.hat_closed", workshop, after={"hat": hat.colour})
    return hat


@transaction.atomic
def more_time(*, viewer: Viewer, workshop_id: int, hat_id: int) -> Hat:
    """Give the open hat two more minutes, from now when its time was over."""
    workshop, hat = _hat(viewer, workshop_id, hat_id)
    if hat.opened_at is None or not hat.is_open:
        raise DomainError(_("Ce chapeau est fermé."))
    worn = int((timezone.now() - hat.opened_at).total_seconds() // 60)
    hat.minutes = max(hat.minutes, worn) + MORE_MINUTES
    hat.save(update_fields=["minutes"])
    turn_changed(workshop.pk)
    return hat


def _hat(viewer: Viewer, workshop_id: int, hat_id: int) -> tuple[Workshop, Hat]:
    viewer.must("workshop.run")
    workshop = locked(viewer, workshop_id)
    hat = must_exist(workshop.hats.filter(pk=hat_id).first())
    return workshop, hat


def _values(workshop: Workshop) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "question": workshop.question,
        "mode": workshop.mode,
        "on": workshop.on.isoformat() if workshop.on else None,
    }


def journal(viewer: Viewer, verb: str, workshop: Workshop, **values: Any) -> None:
    """A line of the journal about a workshop: what the facilitation does, never who wrote an idea."""
    record(
        actor=viewer.user,
        verb=verb,
        object_type="decisions.workshop",
        object_id=workshop.pk,
        object_label=workshop.title,
        space_id=workshop.space_id,
        **values,
    )
