"""The same invented people everywhere: who they are, and the table around which they sit.

Ask for the fixture ``table`` and take what you need from it::

    def test_partner_reads_the_plan(table):
        assert table.client("partner").get(f"/demarches/{table.space.slug}/plan/").status_code == 200

``table.space`` is the démarche; ``table.other`` is another one, coordinated by the stranger. ``table.user(key)``,
``table.person(key)``, ``table.membership(key)`` and ``table.viewer(key)`` give one person's rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.test import Client

from concertoit.ground.identity.models import Organisation, Person, ProfessionalContact, User
from concertoit.ground.places.models import Mrc, Municipality, Region
from concertoit.ground.spaces.enums import BodyKind, Capacity, CommitteeState, Role, SpaceKind, Tool
from concertoit.ground.spaces.models import (
    BodyMembership,
    Committee,
    CrossCuttingPriority,
    GoverningBody,
    Membership,
    Space,
)

if TYPE_CHECKING:
    from concertoit.ground.spaces.policies import Viewer
    from concertoit.together.plans.models import Plan, PlanItem, PlanNode, PlanVersion

PASSWORD = "un mot de passe pour essayer"


@dataclass(frozen=True)
class Persona:
    """An invented person. ``role`` is theirs in ``table.space``; nobody without a role is a member of it."""

    key: str
    given_name: str
    family_name: str
    role: Role | None = None
    organisation: str = ""
    capacity: Capacity = Capacity.ORGANISATION
    body: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@exemple.test"


# Organisation x (``table.x``) leads the plan's action; organisation y is a partner of it; nobody else leads anything.
MEMBERS = (
    Persona("coordinator", "Alice", "Modèle", Role.COORDINATION, "home", Capacity.COORDINATION, body="coco"),
    Persona("coco", "Bruno", "Exemple", Role.COCO, "home", Capacity.MUNICIPAL_STAFF, body="coco"),
    Persona("partner", "Carole", "Témoin", Role.PARTNER, "x"),
    Persona("contributor", "Didier", "Essai", Role.CONTRIBUTOR, "y"),
    Persona("observer", "Estelle", "Regard", Role.OBSERVER, "", Capacity.CITIZEN),
    Persona("funder", "Fabien", "Enveloppe", Role.FUNDER, "funder", Capacity.GOVERNMENT),
    Persona("elected", "Gisèle", "Mandat", Role.PARTNER, "town", Capacity.ELECTED),
    # The field: who leads the team, who knocks on doors, who answers for a partner (here the town's inspection).
    Persona("liaison", "Jocelyne", "Lien", Role.LIAISON, "home", Capacity.WORKER),
    Persona("worker", "Karim", "Terrain", Role.WORKER, "home", Capacity.WORKER),
    Persona("responder", "Lucie", "Renfort", Role.RESPONDER, "town", Capacity.MUNICIPAL_STAFF),
)
STRANGER = Persona("stranger", "Hector", "Ailleurs")
ADMINISTRATOR = Persona("administrator", "Irène", "Machine")
PEOPLE = {persona.key: persona for persona in (*MEMBERS, STRANGER, ADMINISTRATOR)}
VISITOR = "visitor"
EVERYONE = (*PEOPLE, VISITOR)


@dataclass
class Table:
    """The démarche with everything a page may need at least one of."""

    space: Space
    other: Space
    users: dict[str, User]
    people: dict[str, Person]
    memberships: dict[str, Membership]
    organisations: dict[str, Organisation]
    municipality: Municipality
    coco: GoverningBody
    plenary: GoverningBody
    committee: Committee
    priority: CrossCuttingPriority
    plan: Plan
    version: PlanVersion
    draft: PlanVersion  # says the same of the same items, with nodes of its own
    nodes: dict[str, PlanNode]
    clients: dict[str, Client] = field(default_factory=dict)

    def user(self, key: str) -> User:
        return self.users[key]

    def person(self, key: str) -> Person:
        return self.people[key]

    def membership(self, key: str) -> Membership:
        return self.memberships[key]

    def viewer(self, key: str) -> Viewer:
        """The viewer of ``space``; raises ``NotVisible`` for who is not a member."""
        from concertoit.ground.spaces.queries import viewer_for

        return viewer_for(self.users[key], self.space.slug)

    def client(self, key: str) -> Client:
        """A browser in which this person is logged in (nobody for ``visitor``)."""
        if key not in self.clients:
            client = self.clients[key] = Client()
            if key != VISITOR:
                client.force_login(self.users[key], backend="allauth.account.auth_backends.AuthenticationBackend")
        return self.clients[key]

    @property
    def x(self) -> Organisation:
        return self.organisations["x"]

    @property
    def y(self) -> Organisation:
        return self.organisations["y"]

    def drafted(self, kind: str) -> PlanNode:
        """The node of a level in the draft."""
        return self.draft.nodes.get(kind=kind)

    @property
    def axis(self) -> PlanItem:
        return self.nodes["axis"].item

    @property
    def objective(self) -> PlanItem:
        return self.nodes["objective"].item

    @property
    def action(self) -> PlanItem:
        """Led by organisation x, with organisation y as a partner."""
        return self.nodes["action"].item

    @property
    def outcome(self) -> PlanItem:
        return self.nodes["outcome"].item

    @property
    def step(self) -> PlanItem:
        return self.nodes["step"].item


def build_table() -> Table:
    """Write the people, the démarche, its bodies and a small plan."""
    region = Region.objects.create(code="98", name="Région d’essai")
    mrc = Mrc.objects.create(code="980", name="MRC d’essai", region=region)
    town = Municipality.objects.create(code="98005", name="Ville d’essai", region=region, mrc=mrc, population=12000)
    organisations = _organisations(town)
    space = Space.objects.create(
        name="Chantier d’essai", slug="chantier-essai", kind=SpaceKind.CHANTIER, home=organisations["home"],
        mission="Se loger dignement.", tools=list(Tool.values),
    )  # fmt: skip
    other = Space.objects.create(name="Table d’ailleurs", slug="table-ailleurs", kind=SpaceKind.TABLE)
    space.mrcs.add(mrc)
    coco = GoverningBody.objects.create(
        space=space, kind=BodyKind.COORDINATION, name="Comité de coordination", short_name="Coco"
    )
    plenary = GoverningBody.objects.create(space=space, kind=BodyKind.PLENARY, name="Plénière")
    committee = Committee.objects.create(space=space, name="Comité des actions", state=CommitteeState.ACTIVE)
    people, users = _people()
    memberships = _memberships(space, other, people, organisations, coco)
    priority = CrossCuttingPriority.objects.create(space=space, name="Petite enfance")
    plan, version, draft, nodes = _plan(space)
    return Table(
        space=space, other=other, users=users, people=people, memberships=memberships, organisations=organisations,
        municipality=town, coco=coco, plenary=plenary, committee=committee, priority=priority,
        plan=plan, version=version, draft=draft, nodes=nodes,
    )  # fmt: skip


def _organisations(town: Municipality) -> dict[str, Organisation]:
    rows = {
        "home": Organisation(name="Organisme porteur", kind="community"),
        "x": Organisation(name="Organisme X d’habitation", short_name="Organisme X", kind="housing_nonprofit"),
        "y": Organisation(name="Organisme Y d’entraide", short_name="Organisme Y", kind="community"),
        "town": Organisation(name="Ville d’essai", kind="municipality", municipality=town),
        "funder": Organisation(name="Bailleur d’essai", kind="funder"),
    }
    for row in rows.values():
        row.save()
    return rows


def _people() -> tuple[dict[str, Person], dict[str, User]]:
    people = {key: Person(given_name=p.given_name, family_name=p.family_name) for key, p in PEOPLE.items()}
    for person in people.values():
        person.save()
    users = {
        key: User(
            email=PEOPLE[key].email, name=person.full_name, person=person,
            is_administrator=key == ADMINISTRATOR.key, password=_hashed(),
        )
        for key, person in people.items()
    }  # fmt: skip
    for user in users.values():
        user.save()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users.values()
    )
    ProfessionalContact.objects.bulk_create(
        ProfessionalContact(person=person, kind="email", value=PEOPLE[key].email) for key, person in people.items()
    )
    return people, users


_hash = ""


def _hashed() -> str:
    """One hash for all: what is tested is who may do what, not how passwords are kept."""
    global _hash
    if not _hash:
        from django.contrib.auth.hashers import make_password

        _hash = make_password(PASSWORD)
    return _hash


def _memberships(
    space: Space,
    other: Space,
    people: dict[str, Person],
    organisations: dict[str, Organisation],
    coco: GoverningBody,
) -> dict[str, Membership]:
    rows = {}
    for position, persona in enumerate(MEMBERS):
        rows[persona.key] = Membership.objects.create(
            space=space, person=people[persona.key], organisation=organisations.get(persona.organisation),
            role=persona.role, capacity=persona.capacity, position=position,
        )  # fmt: skip
        if persona.body:
            BodyMembership.objects.create(space=space, membership=rows[persona.key], body=coco)
    rows[STRANGER.key] = Membership.objects.create(
        space=other, person=people[STRANGER.key], role=Role.COORDINATION, capacity=Capacity.COORDINATION
    )
    # There they also lead a field team, so that what refuses them here is the démarche and not their role.
    Membership.objects.create(
        space=other, person=people[STRANGER.key], role=Role.LIAISON, capacity=Capacity.WORKER, position=1
    )
    return rows


def _plan(space: Space) -> tuple[Any, Any, Any, dict[str, Any]]:
    """A plan in force with one element of each level, and a draft that says the same."""
    from concertoit.together.plans.models import Plan, PlanVersion
    from concertoit.together.plans.services.actors import Resolver
    from concertoit.together.plans.services.writing import write_document

    plan = Plan.objects.create(
        space=space, title="Plan d’essai", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31)
    )
    version = PlanVersion.objects.create(space=space, plan=plan, number=1, state="current")
    draft = PlanVersion.objects.create(space=space, plan=plan, number=2, state="draft", based_on=version)
    resolver = Resolver(space)
    write_document(version=version, document=_document({}), resolver=resolver)
    nodes = {node.kind: node for node in version.nodes.select_related("item")}
    write_document(
        version=draft,
        document=_document({kind: str(node.item.uid) for kind, node in nodes.items()}),
        resolver=resolver,
    )
    return plan, version, draft, nodes


def _document(uids: dict[str, str]) -> Any:
    """Axis > objective > action > outcome > step, one of each; ``uids`` are those of the items they are."""
    from concertoit.together.plans.rules.document import (
        Actor,
        ActorRole,
        BudgetLine,
        Node,
        NodeKind,
        Period,
        PlanDocument,
    )

    document, children = PlanDocument(title="Plan d’essai"), None
    for depth, kind in enumerate(NodeKind, 1):
        code = ".".join("1" * depth)
        node = Node(uids.get(kind, kind), kind, f"{kind.capitalize()} d’essai", code, code)
        node.period = Period("2026-2027", date(2026, 4, 1), date(2027, 3, 31))
        if kind is NodeKind.ACTION:
            node.actors = [
                Actor(ActorRole.LEAD, "Organisme X"),
                Actor(ActorRole.FISCAL_AGENT, "Organisme porteur"),
                Actor(ActorRole.PARTNER, "Organisme Y"),
            ]
            node.budget_lines = [BudgetLine(Decimal("1200.00"), "2026-2027")]
        (document.roots if children is None else children).append(node)
        children = node.children
    return document
