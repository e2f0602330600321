"""Whom a prioritisation may reach, and whose voices a person may give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact, User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import TABLE, Viewer, in_force
from concertoit.together.decisions.models import Prioritisation, Voice
from concertoit.together.meetings.enums import Presence
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.plans.models import CycleStep

# Where the people of a form may come from, beside the whole démarche: a step of the cycle, a meeting.
STEP, MEETING = "etape", "rencontre"


def occasions(viewer: Viewer) -> list[tuple[str, str]]:
    """Meetings and steps of the cycle where somebody was, latest first, as ``kind:id`` with a title; two queries."""
    steps = CycleStep.objects.filter(space=viewer.space, participants__isnull=False).distinct()
    there = Attendance.objects.filter(space=viewer.space, presence=Presence.PRESENT).values("meeting_id")
    meetings = Meeting.objects.filter(space=viewer.space, pk__in=there).order_by("-starts_at", "-pk")
    return [
        *((f"{MEETING}:{one.pk}", str(one.title)) for one in meetings),
        *((f"{STEP}:{one.pk}", one.title) for one in steps.order_by("-position", "-pk")),
    ]


def _were_there(viewer: Viewer, occasion: str) -> QuerySet[Any]:
    """Ids of the memberships of those who were at an occasion of this démarche."""
    kind, _colon, pk = occasion.partition(":")
    if kind == MEETING:
        present = Attendance.objects.filter(space=viewer.space, meeting_id=int(pk), presence=Presence.PRESENT)
        return present.values("membership_id")
    took_part = CycleStep.participants.through.objects.filter(cyclestep_id=int(pk), cyclestep__space=viewer.space)
    return took_part.values("membership_id")


def invitable(viewer: Viewer, occasion: str = "") -> QuerySet[Membership]:
    """Partners of the démarche today (of those who were at an occasion, when one is named), in the table's order."""
    rows = Membership.objects.filter(in_force(), space=viewer.space, role__in=TABLE)
    rows = rows.filter(Q(person__isnull=False) | Q(organisation__isnull=False))
    if occasion:
        rows = rows.filter(pk__in=_were_there(viewer, occasion))
    return rows.select_related("person", "organisation").order_by("position", "pk")


def addresses_of(members: Iterable[Membership]) -> dict[int, str]:
    """The address of each person: of their account, else of their function; two queries."""
    ids = {member.person_id for member in members if member.person_id}
    contacts = ProfessionalContact.objects.filter(person_id__in=ids, kind=ContactKind.EMAIL).order_by("-pk")
    found = {person_id: value.strip().lower() for person_id, value in contacts.values_list("person_id", "value")}
    accounts = User.objects.filter(person_id__in=ids, is_active=True).order_by("pk")
    found.update({person_id or 0: email for person_id, email in accounts.values_list("person_id", "email")})
    return found


def own_voices(viewer: Viewer, row: Prioritisation) -> list[Voice]:
    """The voices that the viewer may give: of their organisations, and their own."""
    mine = Q(organisation_id__in=viewer.organisation_ids) | Q(person_id=viewer.user.person_id)
    rows = Voice.objects.filter(mine, prioritisation=row).select_related("organisation", "person", "prioritisation")
    return sorted(rows, key=lambda voice: (voice.organisation_id is None, str(voice), voice.pk))


def table_users(space: Space) -> list[User]:
    """Active accounts of those who take part in the table today."""
    people = Membership.objects.filter(in_force(), space=space, role__in=TABLE).values("person_id")
    return list(User.objects.filter(person_id__in=people, is_active=True).order_by("pk"))
