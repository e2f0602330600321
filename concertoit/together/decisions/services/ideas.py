"""Ideas: written once whatever the network does, signed as the workshop says, typed in from paper."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.together.decisions.enums import WorkshopMode
from concertoit.together.decisions.models import Hat, Idea, Workshop
from concertoit.together.decisions.rules.workshops import IDEA_LENGTH, accepts, clean_idea, paper_lines
from concertoit.together.decisions.services.workshops import journal, locked, shown_changed

SIGNATURE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes an idea, already reduced to what the workshop keeps."""

    label: str = ""
    user_id: int | None = None
    organisation_id: int | None = None


def signature_of(viewer: Viewer, workshop: Workshop) -> Signature:
    """What the workshop keeps of somebody with an account: nothing at all when it is « sans nom »."""
    if workshop.mode == WorkshopMode.NAMELESS:
        return Signature()
    membership = (
        Membership.objects.filter(in_force(), pk__in=viewer.membership_ids)
        .select_related("organisation")
        .order_by("position", "pk")
        .first()
    )
    organisation = membership.organisation if membership else None
    name = str(organisation) if organisation else ""
    if workshop.mode == WorkshopMode.ORGANISATION:
        return Signature(name[:SIGNATURE_LENGTH], None, organisation.pk if organisation else None)
    label = f"{viewer.user}, {name}" if name else str(viewer.user)
    return Signature(label[:SIGNATURE_LENGTH], viewer.user.pk, organisation.pk if organisation else None)


def signature_typed(typed: str, workshop: Workshop) -> Signature:
    """What the workshop keeps of somebody without an account: what they typed of themselves, or nothing."""
    if workshop.mode == WorkshopMode.NAMELESS:
        return Signature()
    return Signature(clean_idea(typed)[:SIGNATURE_LENGTH])


def open_by_code(code: str) -> Workshop:
    """The workshop behind a code. Raises ``NotVisible`` for a code that is none of ours, or a workshop not let so."""
    return must_exist(Workshop.objects.select_related("space").filter(code=code, by_code=True, on_paper=False).first())


@transaction.atomic
def add_idea(*, workshop: Workshop, hat_id: int, client_id: uuid.UUID, text: str, by: Signature) -> Idea:
    """Write an idea once: the same ``client_id`` again answers the idea that is there.

    Raises ``DomainError`` for an empty or long idea, or a hat that was not worn; ``NotVisible`` for a
    hat of another workshop. No line of the journal: it would say who wrote.
    """
    known = Idea.objects.filter(workshop=workshop, client_id=client_id).first()
    if known is not None:
        return known
    words = clean_idea(text)
    if not words:
        raise DomainError(_("Écrivez votre idée."), field="text")
    if len(words) > IDEA_LENGTH:
        raise DomainError(_("Gardez l’idée sous %(n)s caractères.") % {"n": IDEA_LENGTH}, field="text")
    hat = must_exist(Hat.objects.select_related("workshop").filter(pk=hat_id, workshop=workshop).first())
    now_is = hat.workshop
    if not accepts(state=now_is.state, hat_opened_at=hat.opened_at, closed_at=now_is.closed_at, now=timezone.now()):
        raise DomainError(_("Ce chapeau ne reçoit pas d’idées : il n’est pas ouvert, ou l’atelier est terminé."))
    idea = Idea(
        space_id=workshop.space_id, workshop=workshop, hat=hat, client_id=client_id, text=words, author_id=by.user_id,
        organisation_id=by.organisation_id, signature=by.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            idea.save(force_insert=True)
    except IntegrityError:  # the same phone twice at the same moment: the other request wrote it
        return Idea.objects.get(workshop=workshop, client_id=client_id)
    shown_changed(workshop.pk)
    return idea


@transaction.atomic
def take_back(*, workshop: Workshop, client_id: uuid.UUID) -> None:
    """Take an idea back: who holds its id wrote it, and the id is shown to nobody else. Nothing happens twice."""
    if Idea.objects.filter(workshop=workshop, client_id=client_id, merged_into=None).update(withdrawn=True):
        shown_changed(workshop.pk)


@transaction.atomic
def set_aside(*, viewer: Viewer, workshop_id: int, idea_id: int, aside: bool = True) -> Idea:
    """Take an idea off the wall, or put it back (a test, a slip, a word that hurts somebody)."""
    viewer.must("workshop.run")
    workshop = locked(viewer, workshop_id)
    idea = idea_of(workshop, idea_id)
    idea.withdrawn = aside
    idea.save(update_fields=["withdrawn"])
    shown_changed(workshop.pk)
    verb = "workshop.idea_set_aside" if aside else "workshop.idea_put_back"
    journal(viewer, verb, workshop, after={"idea": idea.text})
    return idea


def idea_of(workshop: Workshop, idea_id: int) -> Idea:
    """An idea of a workshop. Raises ``NotVisible`` for another's."""
    return must_exist(Idea.objects.filter(workshop=workshop, pk=idea_id).first())


@transaction.atomic
def type_in(*, viewer: Viewer, workshop_id: int, sheets: Mapping[int, str]) -> int:
    """Type in what was written on paper, by hat, one idea a line; answers how many came. They carry no signature.

    A line that is already there under its hat, word for word, is not written again.
    """
    viewer.must("workshop.run")
    workshop = locked(viewer, workshop_id)
    hats = {hat.pk: hat for hat in workshop.hats.all()}
    if not set(sheets) <= set(hats):
        raise NotVisible("")
    known = set(Idea.objects.filter(workshop=workshop).values_list("hat_id", "text"))
    rows: list[Idea] = []
    common: dict[str, Any] = {"space_id": workshop.space_id, "workshop": workshop}
    for hat_id, text in sheets.items():
        for line in paper_lines(text):
            if (hat_id, line) not in known:
                known.add((hat_id, line))
                rows.append(Idea(hat=hats[hat_id], client_id=uuid.uuid4(), text=line, **common))
    Idea.objects.bulk_create(rows)
    if rows:
        shown_changed(workshop.pk)
        journal(viewer, "workshop.typed_in", workshop, after={"ideas": len(rows)})
    return len(rows)
