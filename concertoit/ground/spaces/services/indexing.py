"""What of a démarche can be searched: itself, its organisations, people, bodies and committees.

Services call these in their own transaction, and so do the rooms above that bring organisations or people in. Each
organisation and person has one document for each démarche that shows its page, so that nobody finds a démarche's people
from outside. Personal data and contacts are never indexed: a name finds the page, whose policy says the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.identity.queries import relations_to
from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.ground.spaces.models import Committee, GoverningBody, Membership, Space

SPACE, ORGANISATION, PERSON = "spaces.space", "spaces.organisation", "spaces.person"
BODY, COMMITTEE = "spaces.body", "spaces.committee"

Pairs = set[tuple[int, int]]


def declare() -> None:
    """Say what can be found; who is in a démarche may see everything of this."""
    register(Searchable(SPACE, _("Démarche"), "people-fill", space_docs))
    register(Searchable(ORGANISATION, _("Organisme"), "building", organisation_docs))
    register(Searchable(PERSON, _("Personne"), "person", person_docs))
    register(Searchable(BODY, _("Instance"), "diagram-3", body_docs))
    register(Searchable(COMMITTEE, _("Comité"), "people", committee_docs))


# --- when something changed -----------------------------------------------------------------------------------------


def organisations_changed(ids: Iterable[int], space: Space | None = None) -> None:
    """Keep these organisations as they are now, in one démarche or wherever a page shows them."""
    _renew(ORGANISATION, set(ids), space, organisation_docs)


def people_changed(ids: Iterable[int], space: Space | None = None) -> None:
    """Keep these people as they are now, in one démarche or wherever they take part."""
    _renew(PERSON, set(ids), space, person_docs)


def participation_changed(
    membership: Membership, *, person: int | None = None, organisation: int | None = None
) -> None:
    """Keep whom a participation names; ``person`` and ``organisation`` are whom it named before."""
    people = {pk for pk in (membership.person_id, person) if pk}
    organisations = {pk for pk in (membership.organisation_id, organisation) if pk}
    people_changed(people, membership.space)
    organisations_changed(organisations, membership.space)


def space_changed(space: Space) -> None:
    """Keep the démarche and the organisation that carries it."""
    index_many(kind=SPACE, docs=space_docs({space.pk}))
    if space.home_id:
        organisations_changed([space.home_id], space)


def body_changed(body: GoverningBody | Committee) -> None:
    """Keep a body or a committee."""
    if isinstance(body, Committee):
        index_many(kind=COMMITTEE, docs=committee_docs({body.space_id}, {body.pk}))
    else:
        index_many(kind=BODY, docs=body_docs({body.space_id}, {body.pk}))


def committees_changed(space: Space, ids: Iterable[int]) -> None:
    """Keep these committees, and forget those that no longer exist."""
    wanted = set(ids)
    docs = list(committee_docs({space.pk}, wanted))
    index_many(kind=COMMITTEE, docs=docs)
    remove(kind=COMMITTEE, object_ids=wanted - {doc.object_id for doc in docs})


def _renew(kind: str, ids: set[int], space: Space | None, docs_of: Any) -> None:
    if not ids:
        return
    spaces = {space.pk} if space else set(Space.objects.values_list("pk", flat=True))
    docs = list(docs_of(spaces, ids))
    index_many(kind=kind, docs=docs)
    possible = {_key(space_id, pk) for space_id in spaces for pk in ids}
    remove(kind=kind, object_ids=possible - {doc.object_id for doc in docs})


def _key(space_id: int, pk: int) -> str:
    return f"{space_id}-{pk}"


# --- what there is --------------------------------------------------------------------------------------------------


def space_docs(space_ids: set[int] | None = None) -> Iterator[Doc]:
    for pk, slug, name, mission in _within(Space.objects, space_ids, "pk").values_list(
        "pk", "slug", "name", "mission"
    ):
        yield Doc(pk, name, reverse("spaces:home", kwargs={"slug": slug}), mission, pk)


def organisation_docs(space_ids: set[int] | None = None, ids: set[int] | None = None) -> Iterator[Doc]:
    """Organisations, once in each démarche that mentions them (``queries.organisations_of``)."""
    pairs = _mentions(space_ids, ids)
    rows = Organisation.objects.filter(pk__in={pk for _space, pk in pairs}, merged_into=None)
    found = {row.pk: row for row in rows.select_related("municipality").prefetch_related("aliases")}
    slugs = _slugs(space_ids)
    for space_id, pk in sorted(pairs):
        if row := found.get(pk):
            town = row.municipality.name if row.municipality else ""
            names = [row.short_name, *sorted(alias.name for alias in row.aliases.all()), town]
            address = reverse("spaces:organisation", kwargs={"slug": slugs[space_id], "organisation_id": pk})
            yield Doc(_key(space_id, pk), row.name, address, _joined(names), space_id)


def person_docs(space_ids: set[int] | None = None, ids: set[int] | None = None) -> Iterator[Doc]:
    """People who take or took part, with the organisations for which they do."""
    rows = _within(Membership.objects, space_ids).filter(person__merged_into=None, person__isnull=False)
    if ids is not None:
        rows = rows.filter(person__in=ids)
    people: dict[tuple[int, int], Person] = {}
    words: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in rows.select_related("person", "organisation").order_by("space_id", "position", "pk"):
        if row.person is None:
            continue
        key = (row.space_id, row.person.pk)
        people[key] = row.person
        organisation = row.organisation
        words[key] += [organisation.name, organisation.short_name] if organisation else []
        words[key].append(row.capacity_note)
    slugs = _slugs(space_ids)
    for (space_id, pk), person in people.items():
        address = reverse("spaces:person", kwargs={"slug": slugs[space_id], "person_id": pk})
        yield Doc(_key(space_id, pk), person.full_name, address, _joined(words[space_id, pk]), space_id)


def body_docs(space_ids: set[int] | None = None, ids: set[int] | None = None) -> Iterator[Doc]:
    rows = _within(GoverningBody.objects, space_ids)
    for row in (rows if ids is None else rows.filter(pk__in=ids)).select_related("space"):
        address = reverse("spaces:body", kwargs={"slug": row.space.slug, "body_id": row.pk})
        yield Doc(row.pk, row.name, address, _joined([row.short_name, row.mandate, row.rhythm]), row.space_id)


def committee_docs(space_ids: set[int] | None = None, ids: set[int] | None = None) -> Iterator[Doc]:
    rows = _within(Committee.objects, space_ids).filter(merged_into=None)
    for row in (rows if ids is None else rows.filter(pk__in=ids)).select_related("space"):
        address = reverse("spaces:committee", kwargs={"slug": row.space.slug, "committee_id": row.pk})
        yield Doc(row.pk, row.name, address, _joined([row.short_name, row.mandate]), row.space_id)


def _mentions(space_ids: set[int] | None, ids: set[int] | None) -> Pairs:
    """(démarche, organisation) for every row of a démarche that points at an organisation, whatever its room."""
    pairs: Pairs = set()
    for relation in relations_to(Organisation):
        related: Any = relation.related_model
        if any(field.name == "space" for field in related._meta.get_fields()):
            column = relation.field.attname
            wanted = Q(**{f"{column}__in": ids}) if ids is not None else Q(**{f"{column}__isnull": False})
            rows = _within(related._default_manager, space_ids).filter(wanted).order_by()
            pairs |= set(rows.values_list("space_id", column).distinct())
    homes = _within(Space.objects, space_ids, "pk").exclude(home=None).values_list("pk", "home_id")
    return pairs | {(space_id, pk) for space_id, pk in homes if pk and (ids is None or pk in ids)}


def _within(manager: Any, space_ids: set[int] | None, column: str = "space_id") -> Any:
    return manager.all() if space_ids is None else manager.filter(**{f"{column}__in": space_ids})


def _slugs(space_ids: set[int] | None) -> dict[int, str]:
    return dict(_within(Space.objects, space_ids, "pk").values_list("pk", "slug"))


def _joined(parts: Iterable[str]) -> str:
    """Texts without repetition, in order."""
    return " · ".join(dict.fromkeys(part for part in parts if part))
