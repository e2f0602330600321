"""Putting an object back as the journal remembers it, through the service that any person would use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concertoit.ground.core.errors import must_exist
from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.identity.queries import OrganisationIndex
from concertoit.ground.identity.services import ContactFacts, OrganisationFacts, PersonFacts
from concertoit.ground.places.models import Mrc, Municipality
from concertoit.ground.spaces.enums import BodyKind, Capacity, CommitteeState, Role, SpaceKind
from concertoit.ground.spaces.models import Committee, CrossCuttingPriority, GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_in
from concertoit.ground.spaces.services.bodies import BodyFacts, CommitteeFacts, save_body, save_committee
from concertoit.ground.spaces.services.committees import unmerge_committee
from concertoit.ground.spaces.services.directory import change_organisation, change_person, unmerge
from concertoit.ground.spaces.services.priorities import save_priority
from concertoit.ground.spaces.services.spaces import SpaceFacts, update_space


def _viewer(entry: Any, actor: Any) -> Viewer:
    return must_exist(viewer_in(actor, entry.space_id))


def _mrcs(codes: list[str]) -> tuple[Mrc, ...]:
    return tuple(Mrc.objects.filter(code__in=codes).order_by("code"))


def restore_space(entry: Any, actor: Any) -> None:
    before = dict(entry.before)
    home = OrganisationIndex().find(before.pop("home", ""))
    mrcs = _mrcs(before.pop("mrcs", []))
    update_space(viewer=_viewer(entry, actor), facts=SpaceFacts(**before, home=home, mrcs=mrcs))


def restore_body(entry: Any, actor: Any) -> None:
    viewer = _viewer(entry, actor)
    row = GoverningBody.objects.get(pk=entry.object_id, space=viewer.space)
    save_body(viewer=viewer, body=row, facts=BodyFacts(**entry.before))


def restore_committee(entry: Any, actor: Any) -> None:
    viewer = _viewer(entry, actor)
    row = Committee.objects.get(pk=entry.object_id, space=viewer.space)
    if entry.verb == "committee.merged":
        unmerge_committee(viewer=viewer, merged=row)
        return
    known = {name: value for name, value in entry.before.items() if name in CommitteeFacts.__slots__}
    facts = {"name": row.name, "short_name": row.short_name, "mandate": row.mandate, **known}
    save_committee(viewer=viewer, committee=row, facts=CommitteeFacts(**facts))


def restore_priority(entry: Any, actor: Any) -> None:
    """A priority that was removed comes back at the end."""
    viewer = _viewer(entry, actor)
    row = CrossCuttingPriority.objects.filter(pk=entry.object_id, space=viewer.space).first()
    if "name" in entry.before:
        save_priority(viewer=viewer, priority=row, **entry.before)


def restore_organisation(entry: Any, actor: Any) -> None:
    viewer = _viewer(entry, actor)
    row = Organisation.objects.get(pk=entry.object_id)
    if entry.verb == "organisation.merged":
        unmerge(viewer=viewer, merged=row)
        return
    before = dict(entry.before)
    town = Municipality.objects.filter(code=before.pop("municipality", "")).first()
    facts = OrganisationFacts(
        mrcs=_mrcs(before.pop("mrcs", [])), aliases=tuple(before.pop("aliases", ())), municipality=town, **before
    )
    change_organisation(viewer=viewer, organisation=row, facts=facts)


def restore_person(entry: Any, actor: Any) -> None:
    viewer = _viewer(entry, actor)
    row = Person.objects.get(pk=entry.object_id)
    if entry.verb == "person.merged":
        unmerge(viewer=viewer, merged=row)
        return
    contacts = tuple(ContactFacts(kind, value, title) for kind, value, title in entry.before["contacts"])
    facts = PersonFacts(entry.before["given_name"], entry.before["family_name"], contacts)
    change_person(viewer=viewer, person=row, facts=facts)


RESTORERS: dict[str, Callable[[Any, Any], object]] = {
    "spaces.space": restore_space,
    "spaces.governingbody": restore_body,
    "spaces.committee": restore_committee,
    "spaces.crosscuttingpriority": restore_priority,
    "identity.organisation": restore_organisation,
    "identity.person": restore_person,
}

LABELS: dict[str, dict[str, dict[str, Any]]] = {
    "spaces.space": {"kind": dict(SpaceKind.choices)},
    "spaces.governingbody": {"kind": dict(BodyKind.choices)},
    "spaces.committee": {"state": dict(CommitteeState.choices)},
    "spaces.membership": {"role": dict(Role.choices), "capacity": dict(Capacity.choices)},
    "spaces.invitation": {"role": dict(Role.choices)},
    "identity.organisation": {"kind": dict(OrganisationKind.choices)},
}


def show(code: str, key: str, value: Any) -> str | None:
    """A code of the journal in words, for an object of that kind."""
    label = LABELS.get(code, {}).get(key, {}).get(value) if isinstance(value, str) else None
    return str(label) if label is not None else None
