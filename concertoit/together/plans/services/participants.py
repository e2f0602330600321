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
    # Our own exports write the capacity of who takes part in nobody's name; it is no organisation.
    for capacity in Capacity:
        if fold(name) == fold(str(capacity.label)):
            return capacity, ""
    if _CITIZEN.match(name):
        return Capacity.CITIZEN, ""
    if elected := _ELECTED.match(name):
        return Capacity.ELECTED, elected.group("rest").strip()
    if _STAFF_OF.search(name):
        return Capacity.MUNICIPAL_STAFF, name
    return Capacity.ORGANISATION, name


def newcomers(*, space: Space, participants: list[Participant]) -> list[Participant]:
    """The participants that the démarche does not have yet, each once; a line that names nobody is nobody."""
    present: set[tuple[int | str | None, str]] = {
        (m.organisation_id, fold(m.person.full_name) if m.person else "")
        for m in Membership.objects.filter(space=space).select_related("person")
    }
    resolver = Resolver(space, create=False)
    found = []
    for participant in participants:
        _capacity, name = capacity_of(participant)
        who = resolver.organisation(name, may_create=False) or fold(name) or None
        key = (who, fold(participant.person))
        if key not in present and (who or participant.person.strip()):
            present.add(key)
            found.append(participant)
    return found


def welcome(*, space: Space, participants: list[Participant]) -> Arrivals:
    """Add the participants that the démarche does not have yet; whoever is already there is left alone."""
    arrivals = Arrivals()
    resolver = Resolver(space)
    first = Membership.objects.filter(space=space).count() + 1
    for position, participant in enumerate(newcomers(space=space, participants=participants), start=first):
        capacity, name = capacity_of(participant)
        membership = Membership.objects.create(
            space=space,
            person=_person(participant.person, arrivals),
            organisation_id=resolver.organisation(name, may_create=True),
            capacity=capacity,
            capacity_note=participant.organisation[:160] if capacity is not Capacity.ORGANISATION else "",
            role=Role.PARTNER,
            position=position,
        )
        arrivals.memberships.append(membership.pk)
    for organisation in Organisation.objects.filter(pk__in=resolver.created_organisations):
        Organisation.objects.filter(pk=organisation.pk).update(kind=kind_of(organisation.name))
    arrivals.organisations = list(resolver.created_organisations)
    return arrivals


def _person(name: str, arrivals: Arrivals) -> Person | None:
    """A person is never matched by name alone: two people may share one. The merge page is for that."""
    words = name.split()
    if not words:
        return None
    person = Person.objects.create(given_name=words[0][:80], family_name=" ".join(words[1:])[:80])
    arrivals.people.append(person.pk)
    return person
