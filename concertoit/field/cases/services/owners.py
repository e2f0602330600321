"""Owners and their buildings, written by the team only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.work import OwnerKind
from concertoit.field.cases.models import Owner, Ownership
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """What is needed to reach an owner about a building, and no more."""

    kind: str
    name: str
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    reachable: bool | None = None
    note: str = ""


@transaction.atomic
def save_owner(*, viewer: Viewer, facts: OwnerFacts, owner: Owner | None = None) -> Owner:
    """Write an owner, or correct one. Raises ``DomainError`` without a name. The journal does not keep it."""
    viewer.must("cases.work")
    if owner is not None and owner.space_id != viewer.space.pk:
        raise NotVisible("")
    if not facts.name.strip() or facts.kind not in OwnerKind:
        raise DomainError(_("Écrivez le nom du propriétaire."), field="name")
    row = owner or Owner(space=viewer.space)
    new = row.pk is None
    for name, value in asdict(facts).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.save()
    _journal(viewer, "cases.owner_written" if new else "cases.owner_changed", row)
    return row


@transaction.atomic
def give_building(
    *, viewer: Viewer, owner: Owner, building: Building, since: date | None = None, source: str = ""
) -> Ownership:
    """Say that an owner has a building; those who had it before had it until then. Twice changes nothing."""
    viewer.must("cases.work")
    if owner.space_id != viewer.space.pk:
        raise NotVisible("")
    day = since or timezone.localdate()
    before = Ownership.objects.filter(space=viewer.space, building=building, until=None).exclude(owner=owner)
    before.update(until=day)
    row, _new = Ownership.objects.update_or_create(
        space=viewer.space, owner=owner, building=building,
        defaults={"since": since, "until": None, "source": source.strip()},
    )  # fmt: skip
    _journal(viewer, "cases.owner_building", owner, note=building.line)
    return row


def _journal(viewer: Viewer, verb: str, row: Owner, note: str = "") -> None:
    record_row(row, f"#{row.pk}", actor=viewer.user, verb=verb, note=note)
