"""Who has a voice in a démarche, and where to write to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact, User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import COORDINATION, TABLE, in_force
from concertoit.together.decisions.models import ConsentSeat
from concertoit.together.decisions.rules.consent import Called, Member, seats_of
from concertoit.together.plans.queries.recipients import Directory, directory


def called(space: Space) -> list[Called]:
    """The voices of the table today: one per organisation, and one per person who sits in their own name."""
    rows = list(
        Membership.objects.filter(in_force(), space=space, role__in=TABLE)
        .select_related("organisation", "person")
        .order_by("position", "pk")
    )
    book = directory(space.pk, {row.organisation_id for row in rows if row.organisation_id})
    own = _addresses(row.person_id for row in rows if row.person_id and not row.organisation_id)
    return seats_of(
        Member(
            membership=row.pk,
            organisation=row.organisation_id,
            label=str(row.organisation or row.person or row)[:200],
            email=_of_organisation(book, row.organisation_id)
            if row.organisation_id
            else own.get(row.person_id or 0, ""),
        )
        for row in rows
    )


def _of_organisation(book: Directory, organisation: int) -> str:
    """Its people first, then its contact; never the coordination in its place."""
    return next((one.email for one in book.chain([organisation]) if one.via != "coordination"), "")


def _addresses(people: Iterable[int]) -> dict[int, str]:
    """Where to write to people: their account, else their professional address."""
    ids = list(people)
    contacts = ProfessionalContact.objects.filter(person__in=ids, kind=ContactKind.EMAIL).order_by("-pk")
    found = dict(contacts.values_list("person_id", "value"))
    found |= dict(User.objects.filter(person__in=ids, is_active=True).order_by("pk").values_list("person_id", "email"))
    return found


def users_of_seats(seats: Iterable[ConsentSeat]) -> dict[int, list[User]]:
    """Accounts that may speak for each seat; two queries whatever their number."""
    rows = list(seats)
    if not rows:
        return {}
    theirs = Q(organisation__in=[seat.organisation_id for seat in rows if seat.organisation_id]) | Q(
        pk__in=[seat.membership_id for seat in rows if seat.membership_id and not seat.organisation_id]
    )
    members = Membership.objects.filter(
        theirs, in_force(), space=rows[0].space_id, role__in=TABLE, person__isnull=False
    )
    people = {row.pk: row for row in members.order_by("pk")}
    users = {
        user.person_id: user
        for user in User.objects.filter(person__in=[m.person_id for m in people.values()], is_active=True)
    }
    found: dict[int, list[User]] = {}
    for seat in rows:
        for member in people.values():
            if _sits_there(member, seat) and member.person_id in users:
                found.setdefault(seat.pk, []).append(users[member.person_id])
    return found


def _sits_there(member: Membership, seat: ConsentSeat) -> bool:
    if seat.organisation_id:
        return member.organisation_id == seat.organisation_id
    return member.pk == seat.membership_id


def facilitators(space: Space) -> list[User]:
    """Accounts of the coordination."""
    people = Membership.objects.filter(in_force(), space=space, role__in=COORDINATION).values("person_id")
    return list(User.objects.filter(person_id__in=people, is_active=True).order_by("pk"))
