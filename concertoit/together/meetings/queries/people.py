"""Who is expected at a meeting, who is invited, what they answered, who came: by organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact, User
from concertoit.ground.spaces.enums import BodyKind, Role
from concertoit.ground.spaces.models import BodyMembership, Membership
from concertoit.ground.spaces.policies import in_force
from concertoit.together.meetings.enums import Answer, Presence
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.meetings.rules import quorum

# Who looks on is invited to a plenary by name only, and counts for no quorum.
ONLOOKERS = frozenset(role.value for role in (Role.OBSERVER, Role.FUNDER, Role.LIAISON, Role.WORKER, Role.RESPONDER))


def members_of(meeting: Meeting) -> QuerySet[Membership]:
    """Participations that could be invited, in the order of the démarche."""
    day = timezone.localtime(meeting.starts_at).date()
    rows = Membership.objects.filter(in_force(day), space=meeting.space_id).exclude(person=None)
    return rows.select_related("person", "organisation").order_by("position", "pk")


def expected(meeting: Meeting) -> list[Membership]:
    """Those who sit on the body or the committee that day; a plenary where nobody has a seat is everybody's."""
    day = timezone.localtime(meeting.starts_at).date()
    seats = BodyMembership.objects.filter(in_force(day), space=meeting.space_id)
    seats = seats.filter(body=meeting.body_id) if meeting.body_id else seats.filter(committee=meeting.committee_id)
    seated = set(seats.values_list("membership_id", flat=True))
    people = list(members_of(meeting))
    if not seated and meeting.body is not None and meeting.body.kind == BodyKind.PLENARY:
        return [one for one in people if one.role not in ONLOOKERS]
    return [one for one in people if one.pk in seated]


def addresses(memberships: Iterable[Membership]) -> dict[int, str]:
    """Where to write to each: the address of the account, else the professional one; two queries."""
    people = {one.pk: one.person_id for one in memberships if one.person_id}
    contacts = ProfessionalContact.objects.filter(person__in=people.values(), kind=ContactKind.EMAIL)
    found: dict[int | None, str] = dict(contacts.order_by("-pk").values_list("person_id", "value"))
    users = User.objects.filter(person__in=people.values(), is_active=True)
    found.update(users.order_by("pk").values_list("person_id", "email"))
    return {pk: found[person] for pk, person in people.items() if person in found}


def accounts(rows: Iterable[Attendance]) -> list[User]:
    """The accounts of people invited."""
    ids = [row.membership_id for row in rows if row.membership_id]
    people = Membership.objects.filter(pk__in=ids).values("person_id")
    return list(User.objects.filter(person__in=people, is_active=True).order_by("pk"))


def coordination(space_id: int) -> list[User]:
    """The accounts of those who coordinate a démarche."""
    rows = Membership.objects.filter(in_force(), space=space_id, role=Role.COORDINATION)
    return list(User.objects.filter(person__in=rows.values("person_id"), is_active=True).order_by("pk"))


@dataclass(slots=True)
class Group:
    """An organisation at a meeting (or somebody who comes in their own name), with its people."""

    name: str
    people: list[Attendance] = field(default_factory=list)
    counts: bool = False
    presence: str = Presence.UNKNOWN.value

    @property
    def presence_label(self) -> str:
        """The attendance of the organisation, in a word."""
        return str(Presence(self.presence).label)

    @property
    def said_yes(self) -> bool:
        """Whether somebody of it says that they come, or sends somebody."""
        return any(row.answer == Answer.YES or row.substitute_name for row in self.people)


@dataclass(slots=True)
class People:
    """Everybody invited to a meeting, by organisation, with the figures of the day."""

    groups: list[Group] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    convened: int = 0
    there: int = 0
    expected_there: int = 0
    needed: int | None = None

    @property
    def rows(self) -> list[Attendance]:
        return [row for group in self.groups for row in group.people]

    @property
    def noted(self) -> bool:
        """Whether somebody's presence was noted."""
        return any(row.presence != Presence.UNKNOWN for row in self.rows)

    @property
    def reached(self) -> bool | None:
        """Whether the quorum is reached now; nothing where there is none."""
        return None if self.needed is None else self.there >= self.needed


def invited(meeting: Meeting) -> QuerySet[Attendance]:
    """The invitations that stand, by organisation then name."""
    rows = Attendance.objects.filter(meeting=meeting, withdrawn_at=None)
    rows = rows.select_related("organisation", "membership__person")
    return rows.order_by("organisation__name", "name", "pk")


def people_of(meeting: Meeting) -> People:
    """The people of a meeting; one query."""
    rows = list(invited(meeting))
    whole = People(answers={answer.value: 0 for answer in Answer})
    groups: dict[Any, Group] = {}
    for row in rows:
        whole.answers[row.answer] += 1
        name = str(row.organisation) if row.organisation else row.name
        group = groups.setdefault(_key(row), Group(name))
        group.people.append(row)
        group.counts = group.counts or row.counts
    for key, presence in quorum.by_organisation((_key(row), row.presence) for row in rows).items():
        groups[key].presence = presence
    whole.groups = sorted(groups.values(), key=lambda group: group.name.casefold())
    counted = [group for group in whole.groups if group.counts]
    whole.convened = len(counted)
    whole.there = quorum.count_there(group.presence for group in counted)
    whole.expected_there = sum(group.said_yes for group in counted)
    whole.needed = quorum.needed(meeting.quorum_rule, meeting.quorum_number, whole.convened)
    return whole


def _key(row: Attendance) -> tuple[str, int]:
    return ("organisation", row.organisation_id) if row.organisation_id else ("person", row.pk)
