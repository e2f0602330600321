"""What the pilot admits, and who helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.small_works.enums import Work
from concertoit.field.small_works.models import Handyperson, Pilot
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class PilotFacts:
    """What a démarche decides. ``None``: not decided yet."""

    min_age: int | None = None
    works: Sequence[str] = ()
    max_cost: Decimal | None = None
    check_months: int | None = None
    follow_up_days: int = 30
    research_partners: str = ""
    k: int = 5
    source: str = ""


@transaction.atomic
def save_pilot(*, viewer: Viewer, facts: PilotFacts) -> Pilot:
    """Fix what the pilot admits, with who decided it. Raises ``DomainError`` for a value without a source."""
    viewer.must("works.setup")
    decided = any(value is not None for value in (facts.min_age, facts.max_cost, facts.check_months))
    if decided and not facts.source.strip():
        raise DomainError(_("Dites qui a décidé ces valeurs, et quand."), field="source")
    values: dict[str, Any] = {
        "min_age": facts.min_age, "works": [work for work in Work.values if work in facts.works],
        "max_cost": facts.max_cost, "check_months": facts.check_months, "follow_up_days": facts.follow_up_days,
        "research_partners": facts.research_partners.strip(), "k": facts.k, "source": facts.source.strip(),
    }  # fmt: skip
    if facts.k < 3:
        raise DomainError(_("Un groupe de moins de trois ne cache personne."), field="k")
    row, _new = Pilot.objects.update_or_create(space=viewer.space, defaults=values)
    after = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    record_row(row, _("Menus travaux"), actor=viewer.user, verb="works.pilot_saved", after=after)
    return row


@dataclass(frozen=True, slots=True)
class HandypersonFacts:
    """Somebody who does the works, as the team describes them."""

    person: Person
    organisation: Organisation | None = None
    email: str = ""
    phone: str = ""
    skills: Sequence[str] = ()
    mrcs: Sequence[Mrc] = ()
    languages: Sequence[str] = ()
    checked_on: date | None = None
    max_load: int = 3
    ends_on: date | None = None


@transaction.atomic
def save_handyperson(*, viewer: Viewer, facts: HandypersonFacts, row: Handyperson | None = None) -> Handyperson:
    """Write somebody on the list, or change what is known. Raises ``DomainError`` when they are there already."""
    viewer.must("works.view")
    others = Handyperson.objects.filter(space=viewer.space, person=facts.person)
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise DomainError(_("Cette personne est déjà dans la liste."), field="person")
    if not facts.skills:
        raise DomainError(_("Cochez au moins une chose que la personne sait faire."), field="skills")
    one = row or Handyperson(space=viewer.space)
    one.person, one.organisation = facts.person, facts.organisation
    one.email, one.phone = facts.email.strip().lower(), facts.phone.strip()
    one.skills, one.languages = list(facts.skills), list(facts.languages)
    one.checked_on, one.max_load, one.ends_on = facts.checked_on, facts.max_load, facts.ends_on
    one.save()
    one.mrcs.set(facts.mrcs)
    record_row(one, facts.person.full_name, actor=viewer.user, verb="works.handyperson_saved")
    return one
