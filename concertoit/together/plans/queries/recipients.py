"""Who answers for an item: the fallback chain person → organisation's contact → coordination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import in_force
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.queries.worklist import line_of

# Roles that look on, or act in the field: nobody asks them where the plan stands.
ONLOOKERS = (Role.OBSERVER, Role.FUNDER, Role.LIAISON, Role.WORKER, Role.RESPONDER)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be asked. ``via`` says which link of the chain found them: person, organisation, coordination."""

    email: str
    name: str
    via: str
    membership: Membership | None = None


@dataclass(slots=True)
class Directory:
    """Everybody one may ask in a démarche, loaded once: three queries whatever the number of items."""

    people: list[Membership] = field(default_factory=list)
    contacts: list[ProfessionalContact] = field(default_factory=list)
    _emails: dict[int, str] = field(default_factory=dict)

    def chain(self, carriers: list[int]) -> list[Recipient]:
        """People to ask for an item that these organisations carry (nearest first), in order; each address once."""
        place = {pk: index for index, pk in enumerate(carriers)}
        theirs = [m for m in self.people if m.organisation_id in place and m.role not in ONLOOKERS]
        theirs.sort(key=lambda m: place[m.organisation_id or 0])
        contacts = [c for c in self.contacts if c.organisation_id in place]
        contacts.sort(key=lambda c: place[c.organisation_id or 0])
        found: dict[str, Recipient] = {}
        for one in (
            *(self._person(m, "person") for m in theirs),
            *(Recipient(c.value, f"{c.organisation} · {c.person}", "organisation") for c in contacts),
            *(self._person(m, "coordination") for m in self.people if m.role == Role.COORDINATION),
        ):
            if one.email:
                found.setdefault(one.email.lower(), one)
        return list(found.values())

    def _person(self, membership: Membership, via: str) -> Recipient:
        return Recipient(self._emails.get(membership.person_id or 0, ""), str(membership), via, membership)


def user_of(membership: Membership | None) -> object | None:
    """The account of a membership's person, if it is open (loaded by ``directory``)."""
    person = membership.person if membership else None
    user = getattr(person, "user", None)
    return user if user is not None and user.is_active else None


def directory(space_id: int, organisations: Iterable[int]) -> Directory:
    """The people of a démarche and the contacts of these organisations."""
    people = list(
        Membership.objects.filter(in_force(), space_id=space_id, person__isnull=False)
        .select_related("person__user", "organisation")
        .order_by("position", "pk")
    )
    contacts = list(
        ProfessionalContact.objects.filter(organisation__in=list(organisations), kind=ContactKind.EMAIL)
        .select_related("organisation", "person")
        .order_by("pk")
    )
    own = ProfessionalContact.objects.filter(
        person__in=[m.person_id for m in people if m.person_id], kind=ContactKind.EMAIL
    )
    emails: dict[int, str] = dict(own.order_by("-pk").values_list("person_id", "value"))
    for m in people:
        user = getattr(m.person, "user", None)
        if user is not None and user.is_active:
            emails[user.person_id] = user.email
    return Directory(people, contacts, emails)


def carriers_by_node(nodes: Iterable[PlanNode]) -> dict[int, list[tuple[str, int]]]:
    """Carrying (role, organisation) of each node, in the plan's order; one query."""
    rows = (
        NodeActor.objects.filter(
            node__in=[node.pk for node in nodes], role__in=CARRYING_ROLES, organisation__isnull=False
        )
        .order_by("node", "position", "pk")
        .values_list("node_id", "role", "organisation_id")
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for node_id, role, organisation in rows:
        found.setdefault(node_id, []).append((role, organisation or 0))
    return found


def nearest_first(line: list[PlanNode], carriers: dict[int, list[tuple[str, int]]]) -> list[int]:
    """Organisations that carry a line of nodes, nearest first, leads before fiscal agents."""
    found: dict[int, None] = {}
    for node in line:
        for role in CARRYING_ROLES:
            found.update(dict.fromkeys(pk for one, pk in carriers.get(node.pk, []) if one == role))
    return list(found)


def recipients(node: PlanNode) -> list[Recipient]:
    """People to ask about one item, in the order of the chain."""
    line = line_of(node)
    carriers = nearest_first(line, carriers_by_node(line))
    return directory(node.space_id, carriers).chain(carriers)
