"""The brigade: who is in it, for what, since which steps; and the mandates of partner organisations (I2, I8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.models import BrigadeMember, PartnerMandate
from concertoit.field.cases.rules.integration import CODES
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import FIELD_TEAM, Viewer


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What the team must know of a member to send the right person."""

    competences: Sequence[str]
    languages: str = ""
    availability: str = ""
    on_call: bool = False
    steps: Sequence[str] = ()


@transaction.atomic
def save_member(
    *, viewer: Viewer, membership: Membership, facts: MemberFacts, on: date | None = None
) -> BrigadeMember:
    """Add somebody of the field team to the brigade, or change what is known of them.

    A step of the integration keeps the day it was ticked first. The liaison writes for everybody; a member keeps their
    own languages, availability and calls. Raises ``DomainError`` without a competence or for somebody of another role.
    """
    viewer.must("cases.lead")
    if membership.space_id != viewer.space.pk:
        raise NotVisible("")
    if membership.role not in FIELD_TEAM or membership.person_id is None:
        raise DomainError(_("La brigade se compose de l’équipe terrain : donnez d’abord ce rôle à la personne."))
    if not facts.competences or not set(facts.competences) <= set(Competence.values):
        raise DomainError(_("Choisissez au moins une compétence."), field="competences")
    row = BrigadeMember.objects.filter(membership=membership).first() or BrigadeMember(
        space=viewer.space, membership=membership
    )
    day = (on or timezone.localdate()).isoformat()
    row.competences = [code for code in Competence.values if code in set(facts.competences)]
    row.languages, row.availability, row.on_call = facts.languages.strip(), facts.availability.strip(), facts.on_call
    row.integration = {code: row.integration.get(code, day) for code in CODES if code in set(facts.steps)}
    row.save()
    _journal(viewer, "cases.member_saved", row, membership.person, {"competences": row.competences})
    return row


@transaction.atomic
def tell_availability(*, viewer: Viewer, languages: str, availability: str, on_call: bool) -> BrigadeMember:
    """A member says when they may go and whether they may be called. Raises ``NotVisible`` for who is not in it."""
    viewer.must("cases.work")
    row = must_exist(BrigadeMember.objects.filter(membership_id__in=viewer.membership_ids, space=viewer.space).first())
    row.languages, row.availability, row.on_call = languages.strip(), availability.strip(), on_call
    row.save(update_fields=["languages", "availability", "on_call", "updated_at"])
    return row


@transaction.atomic
def remove_member(*, viewer: Viewer, member: BrigadeMember) -> None:
    """Take somebody out of the brigade; what they did stays."""
    viewer.must("cases.lead")
    if member.space_id != viewer.space.pk:
        raise NotVisible("")
    _journal(viewer, "cases.member_left", member, member.membership.person, {})
    member.delete()


@transaction.atomic
def save_mandate(
    *, viewer: Viewer, organisation: Organisation, competences: Sequence[str], note: str = "",
    ended_on: date | None = None,
) -> PartnerMandate:  # fmt: skip
    """Say what an organisation is competent for in the démarche, and until when. Raises ``DomainError`` without any."""
    viewer.must("cases.setup")
    known = [code for code in Competence.values if code in set(competences)]
    if not known:
        raise DomainError(_("Choisissez au moins une compétence."), field="competences")
    row, _new = PartnerMandate.objects.update_or_create(
        space=viewer.space, organisation=organisation,
        defaults={"competences": known, "note": note.strip(), "ended_on": ended_on},
    )  # fmt: skip
    after = {"competences": known, "ended_on": str(ended_on or "")}
    record_row(row, organisation, actor=viewer.user, verb="cases.mandate_saved", after=after)
    return row


def _journal(viewer: Viewer, verb: str, row: BrigadeMember, person: object, after: dict[str, object]) -> None:
    record_row(row, person, actor=viewer.user, verb=verb, after=after)
