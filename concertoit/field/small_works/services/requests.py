"""A request comes in: on the phone, online, from a partner. What is asked, and apart, who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.small_works.enums import Channel, RequestState
from concertoit.field.small_works.models import Applicant, Request
from concertoit.field.small_works.queries.requests import admission_of
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.places.models import Municipality
from concertoit.ground.places.services import find_or_create_place
from concertoit.ground.privacy.queries import version_of
from concertoit.ground.spaces.models import Space

PURPOSE = "small_works"


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What somebody asks, and who they are. ``consent`` and ``research`` are two different agreements."""

    municipality: Municipality
    address: str
    given_name: str
    phone: str
    works: Sequence[str]
    consent: bool
    unit: str = ""
    family_name: str = ""
    age_band: str = ""
    tenure: str = ""
    lives_alone: bool | None = None
    language: str = ""
    relative_name: str = ""
    relative_phone: str = ""
    description: str = ""
    fall_risk: bool = False
    research: bool = False
    received_on: date | None = None


@transaction.atomic
def receive(
    *, space: Space, facts: RequestFacts, channel: str, actor: Any = None, client_id: uuid.UUID | None = None
) -> Request:
    """Write a request; the same one sent twice is one. Callers have asked their policy (the public form has none).

    Raises ``DomainError`` without an agreement, a way to call back, something to do, or an address that can be read.
    """
    if client_id and (known := Request.objects.filter(space=space, client_id=client_id).first()):
        return known
    _check(facts)
    place = find_or_create_place(municipality=facts.municipality, written=facts.address, unit=facts.unit)
    now = timezone.now()
    applicant = Applicant.objects.create(
        space=space, given_name=facts.given_name.strip(), family_name=facts.family_name.strip(),
        phone=facts.phone.strip(), building=place.building, dwelling=place.dwelling, age_band=facts.age_band,
        tenure=facts.tenure, lives_alone=facts.lives_alone, language=facts.language.strip(),
        relative_name=facts.relative_name.strip(), relative_phone=facts.relative_phone.strip(),
        consent_version=version_of(PURPOSE), consent_means="form" if channel == Channel.ONLINE else "spoken",
        consented_at=now, research_at=now if facts.research else None,
    )  # fmt: skip
    received = facts.received_on or timezone.localdate()
    row = Request(
        space=space, applicant=applicant, municipality=facts.municipality, channel=channel, works=list(facts.works),
        description=facts.description.strip(), fall_risk=facts.fall_risk, state=RequestState.RECEIVED, state_at=now,
        received_on=received, reference=_next_reference(space, received.year), client_id=client_id,
    )  # fmt: skip
    row.verdict = admission_of(row).answer
    row.save()
    record_row(row, row.reference, actor=actor, verb="works.received", after={"works": row.works, "channel": channel})
    return row


def _check(facts: RequestFacts) -> None:
    if not facts.consent:
        raise DomainError(_("Sans l’accord de la personne, rien n’est inscrit."), field="consent")
    if not facts.works:
        raise DomainError(_("Cochez au moins un travail à faire."), field="works")
    if not facts.given_name.strip():
        raise DomainError(_("Écrivez au moins un prénom : c’est ainsi qu’on rappellera."), field="given_name")
    if sum(letter.isdigit() for letter in facts.phone) < 10 and not facts.relative_phone.strip():
        raise DomainError(_("Écrivez un numéro de téléphone de dix chiffres, ou celui d’un proche."), field="phone")


@transaction.atomic
def agree_to_research(*, space: Space, actor: Any, row: Request, agrees: bool) -> None:
    """Note that the person agrees, or no longer agrees, that anonymous facts of the request serve research."""
    row.applicant.research_at = timezone.now() if agrees else None
    row.applicant.save(update_fields=["research_at", "updated_at"])
    record_row(row, row.reference, actor=actor, verb="works.research", after={"research": agrees})


def _next_reference(space: Space, year: int) -> str:
    """``MT2026-0007``; the démarche's row is locked so that two requests never take one number."""
    Space.objects.select_for_update().get(pk=space.pk)
    start = f"MT{year}-"
    last = Request.objects.filter(space=space, reference__startswith=start).order_by("-reference").first()
    return f"{start}{int(last.reference[len(start) :]) + 1 if last else 1:04d}"
