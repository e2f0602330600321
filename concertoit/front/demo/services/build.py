"""Builds the whole example: a regional chantier, its plan in force and followed, a local committee linked to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from concertoit.front.demo import rules
from concertoit.front.demo.services import people
from concertoit.front.demo.services.adoption import tell_adoption, tell_deposit, tell_open_consent
from concertoit.front.demo.services.casework import seat_brigade, tell_casework
from concertoit.front.demo.services.cell import tell_cell
from concertoit.front.demo.services.committees import tell_committees
from concertoit.front.demo.services.complexity import tell_complexity, tell_rules
from concertoit.front.demo.services.directory import tell_directory
from concertoit.front.demo.services.events import tell_events
from concertoit.front.demo.services.field import BRIGADE, LAVAL, SUPPORT, open_places
from concertoit.front.demo.services.grid import tell_grid
from concertoit.front.demo.services.history import tell
from concertoit.front.demo.services.intake import tell_intake
from concertoit.front.demo.services.logbook import tell_logbook
from concertoit.front.demo.services.mediation import tell_mediation
from concertoit.front.demo.services.meetings import tell_meetings
from concertoit.front.demo.services.participation import tell_participation
from concertoit.front.demo.services.prioritisation import tell_open_prioritisation, tell_prioritisation
from concertoit.front.demo.services.reading import tell_reading
from concertoit.front.demo.services.small_works import tell_small_works
from concertoit.front.demo.services.statistics import tell_statistics
from concertoit.front.demo.services.strategy import tell_strategy
from concertoit.front.demo.services.support import tell_support
from concertoit.front.demo.services.towns import load_towns, place_cities
from concertoit.front.demo.services.workshops import tell_today, tell_workshops
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.places.models import Mrc
from concertoit.ground.places.services import load_reference
from concertoit.ground.spaces.enums import BodyKind, Role, SpaceKind
from concertoit.ground.spaces.models import CrossCuttingPriority, GoverningBody, Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.plans.models import CycleStep, NodePriority, Plan, PlanItem, PlanNode, PlanVersion
from concertoit.together.plans.rules.document import Actor, ActorKind, ActorRole, PlanDocument, Section, SectionKind
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.aligning import answer, propose
from concertoit.together.plans.services.content import NodeContent, change_node
from concertoit.together.plans.services.filing import file_plan
from concertoit.together.plans.services.versions import draft_of, open_draft, put_in_force
from concertoit.together.plans.services.writing import write_document

DATA = Path(__file__).resolve().parent.parent / "data"
ADOPTED = date(2026, 2, 24)
FILED = date(2026, 2, 27)


def build() -> None:
    """Empty the database and write the example. Raises ``DomainError`` outside demo mode: real data is never touched."""
    if not settings.DEMO_MODE:
        raise DomainError("La démonstration ne se construit qu’en mode démonstration.")
    call_command("flush", interactive=False, verbosity=0)
    with transaction.atomic():
        load_reference()
        load_towns()
        found = people.organisations()
        place_cities()
        region = _region(found)
        bodies = _bodies(region)
        users = people.seat_everybody(region, found, bodies)
        coordinator = viewer_for(users["nadia"], region.slug)
        version = _plan(coordinator, "chantier.txt", "Plan d’action 2026-2028", number=3, sections=_sections())
        _priorities(region, version)
        tell_workshops(coordinator, version)
        tell_prioritisation(coordinator, version)
        version = tell_adoption(coordinator, version, users, bodies)
        _cycle(region, version.plan, bodies)
        filing = file_plan(
            viewer=coordinator, version=version, recipient="Table des préfets", filed_on=FILED, at=_evening(FILED)
        )
        tell_deposit(coordinator, filing)
        tell(filing.version, users)
        tell_meetings(region, users)
        tell_open_consent(coordinator, users, bodies)
        _draft(coordinator, version.plan)
        tell_open_prioritisation(coordinator, draft_of(version.plan) or version, users)
        tell_today(coordinator, users)
        tell_events(coordinator, users)
        _local(found, users, coordinator)
        tell_committees(region, users)
        tell_participation(users, found)
        _field()
        _administrator()
        tell_reading()
    call_command("reindex", verbosity=0)


def _field() -> None:
    """What acts in the field: a brigade, a logbook, a housing office."""
    spaces, users, found = open_places()
    tell_small_works(spaces[LAVAL], users, found)
    tell_rules(spaces[BRIGADE], users)
    seat_brigade(spaces[BRIGADE], users, found)
    cases = tell_intake(spaces[BRIGADE], users)
    tell_casework(spaces[BRIGADE], users, found, cases)
    tell_grid(spaces[BRIGADE], users, found, cases)
    tell_statistics(spaces[SUPPORT], users, found)
    tell_logbook((spaces[SUPPORT], spaces[LAVAL]), users, found)
    tell_directory(users, spaces, found)  # after the lists of the logbook: referrals have their reasons
    tell_support(spaces[BRIGADE], users, cases)
    tell_mediation(spaces[LAVAL], users)
    # Each room of the field adds its own line here.
    tell_complexity(spaces[BRIGADE], users, cases)  # last: it judges what the others told
    tell_cell(spaces[BRIGADE], users, cases)
    tell_strategy(spaces[BRIGADE], users)


def _evening(day: date) -> datetime:
    """The end of a working day, when what was decided is written."""
    return timezone.make_aware(datetime.combine(day, time(16, 30)))


def _region(found: dict[str, Organisation]) -> Space:
    space = Space.objects.create(
        name="Chantier habitation Lanaudière",
        slug="lanaudiere",
        kind=SpaceKind.CHANTIER,
        home=found["DS Lanaudière"],
        funder_name="Table des préfets",
        is_public=True,
        mission="Que chaque ménage de Lanaudière trouve où bien se loger : agir ensemble, du local au régional.",
    )
    space.mrcs.set(Mrc.objects.filter(code__in=["52", "60", "61", "62", "63", "64"]))
    return space


def _bodies(space: Space) -> dict[str, GoverningBody]:
    rows = {
        "coco": ("coordination", "Comité de coordination", "Coco", "aux deux mois", 150),
        "plenary": ("plenary", "Chantier (plénière)", "Chantier", "six rencontres par année", 150),
        "authority": ("authority", "Table des préfets", "TPL", "", None),
    }
    return {
        key: GoverningBody.objects.create(
            space=space, kind=BodyKind(kind), name=name, short_name=short, rhythm=rhythm, duration_minutes=minutes
        )
        for key, (kind, name, short, rhythm, minutes) in rows.items()
    }


def _plan(viewer: Viewer, source: str, title: str, *, number: int, sections: list[Section]) -> PlanVersion:
    plan = Plan.objects.create(space=viewer.space, title=title, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    version = PlanVersion.objects.create(space=viewer.space, plan=plan, number=number)
    document: PlanDocument = rules.read((DATA / source).read_text(encoding="utf-8"), title=title, seed=source)
    document.sections = sections
    write_document(version=version, document=document, resolver=Resolver(viewer.space))
    return version


def _sections() -> list[Section]:
    return [
        Section(
            SectionKind.FOLLOW_UP,
            "Une coordination régionale assure la continuité, appuyée par un comité de coordination qui se réunit aux "
            "deux mois. Six plénières par année reprennent chacun des axes, avec un point pour chaque projet.",
        ),
        Section(
            SectionKind.COMPLEMENTARITY,
            "La coordination participe aux comités locaux. Leurs nouvelles sont à chaque ordre du jour régional, et "
            "celles du chantier aux leurs. Une rencontre avec la Table des préfets précède ce qui touche le politique.",
        ),
    ]


def _priorities(space: Space, version: PlanVersion) -> None:
    tags = {
        "Information et communication": (["1.2.2", "2.1.5", "2.2.1", "3.1.1", "3.2.2"],
            "La veille, la mise en commun et le transfert donnent à la région une information fiable et utile."),
        "Services de proximité": (["1.3.1", "4.3.1", "4.3.2", "4.3.3"],
            "Le pilote Menus travaux aide les personnes aînées à rester chez elles plus longtemps."),
        "Développement des jeunes enfants": (["4.2.2", "4.2.3"],
            "Des logements convenables et bien accueillis par le voisinage profitent d’abord aux familles."),
    }  # fmt: skip
    nodes = {node.canonical: node for node in PlanNode.objects.filter(version=version, kind="action")}
    for position, (name, (codes, narrative)) in enumerate(tags.items()):
        priority = CrossCuttingPriority.objects.create(space=space, name=name, narrative=narrative, position=position)
        for code in codes:
            NodePriority.objects.create(space=space, version=version, node=nodes[code], priority=priority)


def _cycle(space: Space, plan: Plan, bodies: dict[str, GoverningBody]) -> None:
    steps: list[tuple[date, str, str, str]] = [
        (date(2025, 11, 18), "plenary", "Atelier des six chapeaux", "Faire ressortir des pistes d’action."),
        (date(2026, 1, 13), "coco", "Révision : conserver, cesser, corriger", "Chaque action du plan est relue."),
        (date(2026, 1, 27), "plenary", "Présentation, bonification et priorisation", "Un formulaire est envoyé."),
        (date(2026, 2, 10), "coco", "Analyse et recommandation budgétaire", "Un plan et un budget sont proposés."),
        (ADOPTED, "plenary", "Adoption par consentement", "Un axe à la fois, puis le budget, puis le fiduciaire."),
        (date(2026, 2, 26), "coco", "Corrections mineures", "Telles qu’entendues à la plénière."),
        (FILED, "authority", "Dépôt à la Table des préfets", ""),
        (date(2026, 12, 10), "coco", "Choix des indices de progression", "À terminer avant la fin de l’année."),
    ]
    members = list(Membership.objects.filter(space=space).exclude(role__in=["observer", "funder"]))
    for position, (on, body, title, detail) in enumerate(steps):
        done = on <= timezone.localdate()
        step = CycleStep.objects.create(
            space=space, plan=plan, body=bodies[body], position=position, on=on, title=title, detail=detail,
            done_on=on if done else None,
        )  # fmt: skip
        if done:
            there = members if body == "plenary" else [m for m in members if m.role in ("coordination", "coco")]
            step.participants.set(there)


def _draft(viewer: Viewer, plan: Plan) -> None:
    """A few changes prepared for the next version."""
    draft = open_draft(viewer=viewer, plan=plan)
    for code, title in (
        ("1.2.1", "Repérer les besoins de collaboration et y répondre dans les trois mois"),
        ("3.2.2", "Classer et rendre accessible ce que l’on sait"),
    ):
        node = PlanNode.objects.select_related("version__plan", "space", "item").get(version=draft, canonical=code)
        change_node(viewer=viewer, node=node, content=_same(node, title))


def _same(node: PlanNode, title: str) -> NodeContent:
    return NodeContent(
        title=title,
        written=node.written,
        description=node.description,
        actors=[
            Actor(ActorRole(a.role), a.name, ActorKind(a.kind), a.precision)
            for a in node.actors.order_by("position", "id")
        ],
        priorities=list(node.priorities.values_list("priority_id", flat=True)),
    )


def _local(found: dict[str, Organisation], users: dict[str, User], region: Viewer) -> None:
    """The local committee: its own plan in force, one alignment accepted and one to answer."""
    space = Space.objects.create(
        name="Comité local logement D’Autray", slug="dautray", kind=SpaceKind.LOCAL_COMMITTEE,
        home=found["Comité logement D’Autray"], is_public=True,
        mission="Se loger et bien vivre dans D’Autray, à chaque étape de la vie.",
    )  # fmt: skip
    space.mrcs.set(Mrc.objects.filter(code="52"))
    GoverningBody.objects.create(space=space, kind=BodyKind.PLENARY, name="Comité local", rhythm="chaque mois")
    for position, (key, role, organisation) in enumerate(
        [("jeanne", Role.COORDINATION, "Comité logement D’Autray"), ("louise", Role.PARTNER, "Habeo"),
         ("nadia", Role.PARTNER, "DS Lanaudière")]
    ):  # fmt: skip
        Membership.objects.create(
            space=space, person=users[key].person, organisation=found[organisation], role=role, position=position
        )
    local = viewer_for(users["jeanne"], space.slug)
    version = _plan(local, "comite-local.txt", "Plan d’action local 2026-2028", number=1, sections=[])
    adopted = ADOPTED + timedelta(days=40)
    put_in_force(viewer=local, version=version, adopted_on=adopted, at=_evening(adopted))
    ours, theirs = _items(region.space), _items(space)
    accepted = propose(
        viewer=local, item=theirs["1.1.2"], other_item=ours["4.2.2"], kind="contributes",
        note="Notre premier projet servira d’exemple à l’argumentaire régional.",
    )  # fmt: skip
    answer(viewer=region, alignment=accepted, accept=True, words="Avec plaisir.")
    propose(
        viewer=local, item=theirs["1.2.1"], other_item=ours["4.2.2"], kind="overlaps",
        note="Nous prévoyons aussi des rencontres de voisinage : partageons la trousse.",
    )  # fmt: skip


def _items(space: Space) -> dict[str, PlanItem]:
    nodes = PlanNode.objects.filter(space=space, version__state="current").select_related("item")
    return {node.canonical: node.item for node in nodes}


def _administrator() -> None:
    User.objects.create_user(
        "admin@exemple.test", people.PASSWORD, name="Administration", is_administrator=True, date_joined=timezone.now()
    )
