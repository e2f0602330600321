"""The people and organisations of a démarche."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from concertoit.ground.core.errors import must_exist
from concertoit.ground.identity import rules as identity_rules
from concertoit.ground.identity.models import Organisation, Person, ProfessionalContact, User
from concertoit.ground.identity.queries import mentioned_in
from concertoit.ground.spaces.models import BodyMembership, Invitation, Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.ground.spaces.queries.journeys import members_at


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of people or organisations is narrowed to; every one lives in the address of the page."""

    search: str = ""
    kind: str = ""
    mrc: str = ""
    capacity: str = ""
    role: str = ""
    step: str = ""
    past: bool = False

    def __bool__(self) -> bool:
        return any((self.search, self.kind, self.mrc, self.capacity, self.role, self.step, self.past))


def participations(viewer: Viewer, filters: Filters | None = None) -> list[Membership]:
    """Participations with their person, contacts, organisation and its other names, in the order of the démarche."""
    chosen = filters or Filters()
    rows = Membership.objects.filter(space=viewer.space)
    if not chosen.past:
        rows = rows.filter(in_force())
    for name, value in (("capacity", chosen.capacity), ("role", chosen.role), ("organisation__kind", chosen.kind)):
        rows = rows.filter(**{name: value}) if value else rows
    if chosen.mrc:
        rows = rows.filter(_in_territory("organisation__", chosen.mrc))
    if chosen.step:
        rows = rows.filter(pk__in=members_at(viewer, chosen.step))
    found = list(
        rows.select_related("person", "organisation")
        .prefetch_related(
            "organisation__aliases",
            Prefetch("person__contacts", ProfessionalContact.objects.order_by("kind", "pk")),
            Prefetch("seats", _open_seats()),
        )
        .order_by("position", "pk")
        .distinct()
    )
    wanted = identity_rules.fold(chosen.search)
    return [row for row in found if wanted in _words_of(row)] if wanted else found


def _in_territory(prefix: str, mrc: str) -> Q:
    return Q(**{f"{prefix}mrcs__code": mrc}) | Q(**{f"{prefix}municipality__mrc__code": mrc})


def _open_seats() -> QuerySet[BodyMembership]:
    return BodyMembership.objects.filter(in_force()).select_related("body", "committee").order_by("pk")


def _words_of(row: Membership) -> str:
    names = [row.capacity_note]
    if row.person:
        names.append(row.person.full_name)
    if row.organisation:
        names += [row.organisation.name, row.organisation.short_name]
        names += [alias.name for alias in row.organisation.aliases.all()]
    return " | ".join(identity_rules.fold(name) for name in names)


def organisations_of(viewer: Viewer, filters: Filters | None = None) -> QuerySet[Organisation]:
    """Organisations that any row of the démarche mentions (participations, plan, invitations…), by name.

    Annotated with ``people``, the number of participations in force of the démarche.
    """
    chosen = filters or Filters()
    mentioned = Q(pk=viewer.space.home_id)
    for ids in mentioned_in(viewer.space.pk, Organisation):
        mentioned |= Q(pk__in=ids)
    mine = Membership.objects.filter(in_force(), space=viewer.space, organisation=OuterRef("pk"))
    counted = mine.order_by().values("organisation").annotate(total=Count("pk")).values("total")
    rows = Organisation.objects.filter(mentioned, merged_into=None)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.mrc:
        rows = rows.filter(pk__in=Organisation.objects.filter(_in_territory("", chosen.mrc)).values("pk"))
    if chosen.capacity or chosen.role or chosen.step:
        rows = rows.filter(pk__in=[row.organisation_id for row in participations(viewer, _of_members(chosen))])
    if chosen.search:
        rows = rows.filter(pk__in=_named(rows, chosen.search))
    return (
        rows.annotate(people=Coalesce(Subquery(counted), 0))
        .select_related("municipality")
        .prefetch_related("aliases", "mrcs")
        .order_by("name", "pk")
    )


def _of_members(chosen: Filters) -> Filters:
    return Filters(capacity=chosen.capacity, role=chosen.role, step=chosen.step)


def _named(rows: QuerySet[Organisation], search: str) -> list[int]:
    """Names are folded in Python: SQLite and PostgreSQL do not agree on what an accent is."""
    wanted = identity_rules.fold(search)
    names = rows.order_by("pk").values_list("pk", "name", "short_name", "neq", "aliases__folded")
    return [
        pk
        for pk, name, short_name, neq, alias in names
        if wanted in f"{identity_rules.fold(name)} | {identity_rules.fold(short_name)} | {neq} | {alias or ''}"
    ]


def organisations_by_mrc(viewer: Viewer) -> Counter[str]:
    """How many organisations of the démarche serve each MRC (by code), or are in one of its municipalities."""
    counts: Counter[str] = Counter()
    for row in organisations_of(viewer).select_related("municipality__mrc"):
        codes = {mrc.code for mrc in row.mrcs.all()}
        if row.municipality and row.municipality.mrc:
            codes.add(row.municipality.mrc.code)
        counts.update(codes)
    return counts


def organisation_of(viewer: Viewer, organisation_id: int) -> Organisation:
    """One organisation of the démarche. Raises ``NotVisible`` for another."""
    return must_exist(organisations_of(viewer).filter(pk=organisation_id).first())


def people_of(viewer: Viewer) -> QuerySet[Person]:
    """People who take or took part in the démarche, by name."""
    mine = Membership.objects.filter(space=viewer.space).values("person_id")
    return Person.objects.filter(pk__in=mine, merged_into=None).order_by("family_name", "given_name", "pk")


def person_of(viewer: Viewer, person_id: int) -> Person:
    """One person of the démarche. Raises ``NotVisible`` for another."""
    return must_exist(people_of(viewer).prefetch_related("contacts").filter(pk=person_id).first())


def invitations_of(viewer: Viewer) -> list[Invitation]:
    """Invitations of the démarche, the newest first."""
    rows = Invitation.objects.filter(space=viewer.space).select_related("organisation", "invited_by", "accepted_by")
    return list(rows.order_by("-created_at", "-pk"))


def with_account(rows: Iterable[Membership]) -> frozenset[int]:
    """Ids of the people of these participations who have an account, in one query."""
    ids = [row.person_id for row in rows if row.person_id]
    return frozenset(User.objects.filter(person_id__in=ids).values_list("person_id", flat=True))
