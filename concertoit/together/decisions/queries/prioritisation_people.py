"""Whom a prioritisation may reach, and whose voices a person may give."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact, User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import TABLE, Viewer, in_force
from concertoit.together.decisions.models import Prioritisation, Voice
from concertoit.together.plans.models import CycleStep


def steps_with_people(viewer: Viewer) -> list[CycleStep]:
    """Steps of the cycle that somebody took part in, latest first: those who were there may be asked."""
    rows = CycleStep.objects.filter(space=viewer.space, participants__isnull=False).distinct()
    return list(rows.order_by("-position", "-pk"))


def invitable(viewer: Viewer, step_id: int | None = None) -> QuerySet[Membership]:
    """Partners of the démarche today (of those who took part in a step, when one is named), in the table's order."""
    rows = Membership.objects.filter(in_force(), space=viewer.space, role__in=TABLE)
    rows = rows.filter(Q(person__isnull=False) | Q(organisation__isnull=False))
    if step_id is not None:
        there = CycleStep.participants.through.objects.filter(
            cyclestep_id=step_id, cyclestep__space=viewer.space
        ).values("membership_id")
        rows = rows.filter(pk__in=there)
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
