"""The participants a document lists, brought into the démarche: organisations found or opened, people, capacity."""

import re
from dataclasses import dataclass, field

from django.db.models import ProtectedError

from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces.enums import Capacity, Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.together.plans.rules.document import Participant
from concertoit.together.plans.rules.matching import fold
from concertoit.together.plans.services.actors import Resolver

# What a name says of the type, in the words of the field; the first that matches wins, nothing else is guessed.
_KINDS: list[tuple[str, OrganisationKind]] = [
    (r"\b(omh|orh|office)\b", OrganisationKind.HOUSING_OFFICE),
    (r"\bmrc\b", OrganisationKind.MRC),
    (r"\b(ville|municipalite)\b", OrganisationKind.MUNICIPALITY),
    (r"\bminister", OrganisationKind.MINISTRY),
    (r"\b(cisss|ciusss|sante publique)\b", OrganisationKind.HEALTH_NETWORK),
    (r"\b(cooperative|coop)\b", OrganisationKind.HOUSING_COOP),
    (r"\b(table|comite)\b", OrganisationKind.ROUND_TABLE),
    (r"\b(universite|cegep|college|centre de services scolaire)\b", OrganisationKind.SCHOOL),
]
_CITIZEN = re.compile(r"^citoyen(ne)?s?\b", re.IGNORECASE)
_ELECTED = re.compile(r"^[ée]lu(?:\.e|e|·e)?s?\b[\s,:-]*(?P<rest>.*)$", re.IGNORECASE)
_STAFF_OF = re.compile(r"\bville\b", re.IGNORECASE)


@dataclass(slots=True)
class Arrivals:
    """What was created, by primary key."""

    memberships: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)

    def remove_unused(self) -> None:
        """Delete the people and organisations created here that nothing refers to any more."""
        for model, keys in ((Person, self.people), (Organisation, self.organisations)):
            for row in model.objects.filter(pk__in=keys):
                try:
                    row.delete()
                except ProtectedError:
                    continue


def kind_of(name: str) -> OrganisationKind:
    """Type of organisation that a name itself says; « autre » when it says none."""
    folded = fold(name)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, folded)), OrganisationKind.OTHER)


def capacity_of(participant: Participant) -> tuple[Capacity, str]:
    """(capacity, name of the organisation or empty) that the words of a line say."""
    name = participant.organisation.strip()
    if _CITIZEN.match(name):
        return Capacity.CITIZEN, ""
    if elected := _ELECTED.match(name):
        return Capacity.ELECTED, elected.group("rest").strip()
    if _STAFF_OF.search(name):
        return Capacity.MUNICIPAL_STAFF, name
    return Capacity.ORGANISATION, name


def welcome(*, space: Space, participants: list[Participant]) -> Arrivals:
    """Add the participants that the démarche does not have yet; whoever is already there is left alone."""
    arrivals = Arrivals()
    present = {
        (m.organisation_id, fold(m.person.full_name) if m.person else "")
        for m in Membership.objects.filter(space=space).select_related("person")
    }
    resolver = Resolver(space)
    position = len(present)
    for participant in participants:
        capacity, organisation_name = capacity_of(participant)
        organisation = resolver.organisation(organisation_name, may_create=True)
        key = (organisation, fold(participant.person))
        if key in present or not (organisation or participant.person.strip()):
            continue
        present.add(key)
        person = _person(participant.person, arrivals)
        position += 1
        membership = Membership.objects.create(
            space=space,
            person=person,
            organisation_id=organisation,
            capacity=capacity,
            capacity_note=participant.organisation[:160] if capacity is not Capacity.ORGANISATION else "",
            role=Role.PARTNER,
            position=position,
        )
        arrivals.memberships.append(membership.pk)
    for pk in resolver.created_organisations:
        organisation_row = Organisation.objects.get(pk=pk)
        Organisation.objects.filter(pk=pk).update(kind=kind_of(organisation_row.name))
    arrivals.organisations = list(resolver.created_organisations)
    return arrivals


def with_arrivals(present: list[Participant], coming: list[Participant]) -> list[Participant]:
    """The table once a document's participants have joined: nobody leaves, whoever is there already stays one."""
    seen = {(fold(one.organisation), fold(one.person)) for one in present}
    arriving = [one for one in coming if (fold(one.organisation), fold(one.person)) not in seen]
    return [*present, *arriving]


def _person(name: str, arrivals: Arrivals) -> Person | None:
    """A person is never matched by name alone: two people may share one. The merge page is for that."""
    words = name.split()
    if not words:
        return None
    person = Person.objects.create(given_name=words[0][:80], family_name=" ".join(words[1:])[:80])
    arrivals.people.append(person.pk)
    return person
