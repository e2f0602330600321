"""Reads of people and organisations that no single démarche owns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from concertoit.ground.identity import rules
from concertoit.ground.identity.models import Organisation, OrganisationAlias, Person, User

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.db.models.fields.reverse_related import ForeignObjectRel


class OrganisationIndex:
    """All names of all organisations, folded, in two queries: for whoever has many names to find.

    Full names come before short names and other names: « Table A », the short name of one organisation, does not hide
    the organisation whose whole name is « Table A ».
    """

    def __init__(self) -> None:
        self._rows = {row.pk: row for row in Organisation.objects.filter(merged_into=None).order_by("pk")}
        self._full: dict[str, list[int]] = defaultdict(list)
        self._other: dict[str, list[int]] = defaultdict(list)
        for row in self._rows.values():
            self._full[rules.fold(row.name)].append(row.pk)
            self._other[rules.fold(row.short_name)].append(row.pk)
        for pk, folded in OrganisationAlias.objects.order_by("pk").values_list("organisation_id", "folded"):
            if pk in self._rows:
                self._other[folded].append(pk)

    def matches(self, name: str) -> list[Organisation]:
        """Every organisation that bears this name, those whose whole name it is first."""
        folded = rules.fold(name)
        if not folded:
            return []
        ids = dict.fromkeys([*self._full.get(folded, ()), *self._other.get(folded, ())])
        return [self._rows[pk] for pk in ids]

    def find(self, name: str) -> Organisation | None:
        """The organisation of that name; nothing when nobody bears it, or when several could."""
        folded = rules.fold(name)
        if not folded:
            return None
        full = set(self._full.get(folded, ()))
        ids = full or set(self._other.get(folded, ()))
        return self._rows[ids.pop()] if len(ids) == 1 else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows of a kind that may be one. ``reason``: ``same_name``, ``same_words``, ``initials`` or ``same_contact``."""

    one: Any
    other: Any
    reason: str


def similar_organisations(organisations: Iterable[Organisation]) -> list[Likeness]:
    """Pairs that a person should look at; give organisations with their ``aliases`` prefetched.

    Linear in the number of names: rows are put in buckets, never compared two by two.
    """
    rows = sorted(organisations, key=lambda row: row.pk)
    buckets: dict[tuple[str, object], list[Organisation]] = defaultdict(list)
    for row in rows:
        names = [row.name, row.short_name, *(alias.name for alias in row.aliases.all())]
        for folded in {rules.fold(name) for name in names if rules.fold(name)}:
            buckets["same_name", folded].append(row)
        for words in {rules.key_words(name) for name in names if len(rules.key_words(name)) > 1}:
            buckets["same_words", words].append(row)
        initials = "".join(word[0] for word in rules.fold(row.name).split())
        for written in {initials} | {rules.fold(name) for name in names}:
            if len(written) >= 3 and " " not in written:
                buckets["initials", written].append(row)
    return _pairs(buckets)


def similar_people(people: Iterable[Person]) -> list[Likeness]:
    """People of the same name or with the same e-mail or telephone; give them with ``contacts`` prefetched."""
    buckets: dict[tuple[str, object], list[Person]] = defaultdict(list)
    for row in sorted(people, key=lambda row: row.pk):
        buckets["same_name", rules.fold(row.full_name)].append(row)
        for value in {contact.value.strip().casefold() for contact in row.contacts.all()}:
            buckets["same_contact", value].append(row)
    return _pairs(buckets)


def _pairs(buckets: Mapping[tuple[str, object], Sequence[Organisation | Person]]) -> list[Likeness]:
    found: dict[tuple[int, int], Likeness] = {}
    order = ("same_name", "same_contact", "same_words", "initials")
    for (reason, key), rows in sorted(buckets.items(), key=lambda item: order.index(item[0][0])):
        if not key:
            continue
        first = rows[0]
        for other in rows[1:]:
            if other.pk != first.pk:
                found.setdefault((first.pk, other.pk), Likeness(first, other, reason))
    return sorted(found.values(), key=lambda pair: (str(pair.one), pair.one.pk, pair.other.pk))


def relations_to(model: type[Model]) -> list[ForeignObjectRel]:
    """Every foreign key of the house towards a model, hidden reverse accessors and many-to-many tables included.

    A lower room cannot import the rooms that point at it; Django knows them.
    """
    relations = (field for field in model._meta.get_fields(include_hidden=True))
    return [
        relation  # type: ignore[misc]
        for relation in relations
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


def mentioned_in(space_id: int, ids_of: type[Model]) -> list[QuerySet[Any, Any]]:
    """For each table of a démarche that points at ``ids_of`` (organisations, people): the ids it points at there."""
    found = []
    for relation in relations_to(ids_of):
        related: Any = relation.related_model
        if any(field.name == "space" for field in related._meta.get_fields()):
            rows = related._default_manager.filter(space_id=space_id).exclude(**{relation.field.name: None})
            found.append(rows.values(relation.field.attname))
    return found


def spaces_mentioning(row: Organisation | Person) -> set[int]:
    """Ids of the démarches of which a row points at this organisation or person."""
    found: set[int] = set()
    for relation in relations_to(type(row)):
        related: Any = relation.related_model
        if any(field.name == "space" for field in related._meta.get_fields()):
            rows = related._default_manager.filter(**{relation.field.name: row.pk}).order_by()
            found.update(rows.values_list("space_id", flat=True).distinct())
    return found - {None}


def open_sessions(user: User) -> list[UserSession]:
    """The sessions with which somebody can act as this user now, the newest first, in two queries.

    Those that have expired, or that a change of password has closed, are not among them.
    """
    rows = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    seal = user.get_session_auth_hash()
    alive = {one.session_key for one in stored if one.get_decoded().get(HASH_SESSION_KEY) == seal}
    return [row for row in rows if row.session_key in alive]
