"""The list of mediators (S12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.participation.models import (
    Complex,
    Mediator,
)
from concertoit.field.participation.services import journal
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class MediatorFacts:
    """A mediator as a person describes them."""

    person: Person
    email: str = ""
    trained_on: date | None = None
    training: str = ""
    languages: str = ""
    home: Complex | None = None
    not_in: Sequence[Complex] = ()
    availability: str = ""
    ended_on: date | None = None


@transaction.atomic
def save_mediator(*, viewer: Viewer, facts: MediatorFacts, row: Mediator | None = None) -> Mediator:
    """Write a mediator on the list, or change them; links already sent keep the address they were sent to."""
    viewer.must("mediation.manage")
    for place in (facts.home, *facts.not_in):
        if place is not None and place.space_id != viewer.space.pk:
            raise NotVisible("")
    if row is None and Mediator.objects.filter(space=viewer.space, person=facts.person).exists():
        raise DomainError(_("Cette personne est déjà inscrite."), field="person")
    kept = row or Mediator(space=viewer.space, person=facts.person)
    names = ("email", "trained_on", "training", "languages", "home", "availability", "ended_on")
    before, after = journal.assign(kept, {name: getattr(facts, name) for name in names})
    kept.save()
    kept.not_in.set(facts.not_in)
    told = {"trained_on", "ended_on", "training"}
    record_row(
        kept,
        kept.person,
        actor=viewer.user,
        verb="mediation.mediator_saved",
        before={k: v for k, v in before.items() if k in told},
        after={k: v for k, v in after.items() if k in told},
    )
    return kept
