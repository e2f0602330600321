"""A year of the brigade of the example: who accepts or refuses, visits, orders, closures, one that came back.

Each line of ``STORY`` is days ago, the case (key of ``intake.CALLS``), an act and its words; ``_Teller`` plays them in
order through the services of the room, each at its own moment.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.models import Case, Order, Visit
from concertoit.field.cases.rules.integration import CODES
from concertoit.field.cases.services import assigning, brigade, clocks, closing, following, orders, owners, visits
from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.queries import viewer_for

CITY, BROSSARD, CISSS = "Ville de Longueuil", "Ville de Brossard", "CISSS Montérégie-Est"
FIRE, HEALTH, COMMITTEE = "SSIAL", "DSP Montérégie", "Comité logement Rive-Sud"
INSPECTION, PSYCHOSOCIAL = Competence.INSPECTION, Competence.PSYCHOSOCIAL
MANDATES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (CITY, (INSPECTION,), "Permis et inspection (DAU)"),
    (BROSSARD, (INSPECTION,), "Inspection des bâtiments"),
    (CISSS, (PSYCHOSOCIAL,), "Accueil psychosocial et santé mentale"),
    (FIRE, (Competence.FIRE, Competence.ENERGY), "Prévention"),
    (HEALTH, (Competence.PUBLIC_HEALTH,), "Santé environnementale"),
    (COMMITTEE, (Competence.COMMUNITY,), "Information et accompagnement sur les droits"),
)
# Who: competences, languages, availability, on call, how many steps of the integration are done.
MEMBERS: tuple[tuple[str, tuple[str, ...], str, str, bool, int], ...] = (
    ("josee", (Competence.COMMUNITY,), "français, anglais", "du lundi au vendredi", True, 9),
    ("samir", (PSYCHOSOCIAL,), "français, arabe, espagnol", "mardi au samedi, soirs au besoin", True, 9),
    ("eve", (INSPECTION,), "français, anglais", "lundi au jeudi", False, 7),
)
# Address of a case's building → its owner; two buildings of one owner.
OWNERS: tuple[tuple[str, str, str, tuple[str, ...], bool | None], ...] = (
    ("company", "Gestion Quatre-Vents inc.", "450 555-0190", ("bugs", "no-heat", "list-mice"), False),
    ("company", "Immeubles Milano et associés", "450 555-0191", ("exit", "gas"), True),
    ("person", "Évariste Montplaisant", "450 555-0192", ("list-damp",), None),
)
Line = tuple[int, str, str, tuple[str, ...]]
STORY: tuple[Line, ...] = (
    (350, "list-damp", "follow", ("samir",)),
    (349, "list-damp", "ask", (CITY, INSPECTION, "Vérifier la cave et les murs du bas.")),
    (346, "list-damp", "accept", (CITY,)),
    (340, "list-damp", "visit", ("eve", INSPECTION, "observation", "done", "Cave à 85 % d’humidité, murs tachés.")),
    (330, "list-damp", "order", (CITY, "notice", "45", "Assécher la cave et corriger le drain.")),
    (282, "list-damp", "settle", ("complied",)),
    (281, "list-damp", "done", (CITY, "yes", "Drain refait, cave sèche.")),
    (280, "list-damp", "resolve", ("Réinspection faite, plus d’humidité.",)),
    (270, "list-damp", "close", ("works_done", "better", "Travaux faits et vérifiés avec le ménage.")),
    (349, "list-cold", "follow", ("samir",)),
    (345, "list-cold", "visit", ("eve", INSPECTION, "observation", "done", "Deux plinthes mortes, fenêtre fendue.")),
    (300, "list-cold", "resolve", ("Plinthes remplacées par le propriétaire.",)),
    (296, "list-cold", "close", ("works_done", "partly", "Chauffage réparé; la fenêtre reste à changer.")),
    (348, "list-mice", "follow", ("samir",)),
    (340, "list-mice", "visit", ("samir", PSYCHOSOCIAL, "observation", "done", "Traces, local à déchets ouvert.")),
    (310, "list-mice", "close", ("rehoused", "better", "Le ménage a un logement à l’office.")),
    (316, "bugs", "follow", ("samir",)),
    (315, "bugs", "ask", (CITY, INSPECTION, "Plusieurs logements touchés : visite de l’immeuble.")),
    (312, "bugs", "accept", (CITY,)),
    (305, "bugs", "visit", ("eve", INSPECTION, "observation", "done", "Punaises confirmées dans trois pièces.")),
    (290, "bugs", "order", (CITY, "order", "60", "Traiter l’immeuble entier par une personne qualifiée.")),
    (228, "bugs", "settle", ("not_complied",)),
    (200, "bugs", "resolve", ("Traitement fait étage par étage.",)),
    (190, "bugs", "close", ("works_done", "partly", "Traitement fait; surveillance pendant six mois.")),
    (66, "bugs", "reopen", ("Les punaises sont revenues, un deuxième logement est touché.",)),
    (60, "bugs", "again", (CITY, "Le traitement n’a pas tenu.")),
    (57, "bugs", "accept", (CITY,)),
    (288, "leak", "follow", ("samir",)),
    (287, "leak", "ask", (CITY, INSPECTION, "Infiltration entre deux étages.")),
    (284, "leak", "refuse", (CITY, "Pas d’accès au logement du dessus sans avis de 24 heures.")),
    (270, "leak", "accept", (CITY,)),
    (262, "leak", "visit", ("eve", INSPECTION, "observation", "done", "Joint à refaire, plafond mou.")),
    (240, "leak", "done", (CITY, "yes", "Plafond et joint refaits.")),
    (238, "leak", "resolve", ("Travaux vus sur place.",)),
    (236, "leak", "object", ("Il reste une tache et ça sent encore l’humidité.",)),
    (205, "leak", "close", ("works_done", "better", "Deuxième passage de l’entrepreneur, mur sec.")),
    (261, "stairs", "follow", ("eve",)),
    (260, "stairs", "safe", ("Escalier barré, autre sortie vérifiée.",)),
    (255, "stairs", "visit", ("eve", INSPECTION, "observation", "done", "Trois marches pourries.")),
    (180, "stairs", "close", ("works_done", "better", "Escalier refait à neuf.")),
    (238, "nameless", "follow", ("eve",)),
    (230, "nameless", "visit", ("eve", INSPECTION, "observation", "no_answer", "")),
    (210, "nameless", "close", ("transferred", "unknown", "Remis à la Ville de Brossard : salubrité des abords.")),
    (213, "mould-child", "follow", ("samir",)),
    (212, "mould-child", "ask", (CITY, INSPECTION, "Moisissures dans une chambre d’enfants.")),
    (212, "mould-child", "ask", (HEALTH, Competence.PUBLIC_HEALTH, "Avis sur la santé respiratoire.")),
    (212, "mould-child", "ask", (CISSS, PSYCHOSOCIAL, "Soutien à une famille avec de jeunes enfants.")),
    (210, "mould-child", "accept", (CISSS,)),
    (209, "mould-child", "accept", (CITY,)),
    (208, "mould-child", "refuse", (HEALTH, "Pas de visite à domicile : un avis écrit sera envoyé.")),
    (203, "mould-child", "visit", ("eve", INSPECTION, "observation", "done", "Mur froid, moisissure sur 3 m².")),
    (196, "mould-child", "visit", ("samir", PSYCHOSOCIAL, "support", "done", "Démarches expliquées, lettre préparée.")),
    (180, "mould-child", "order", (CITY, "order", "120", "Isoler le mur et enlever les matériaux tachés.")),
    (195, "no-heat", "follow", ("eve",)),
    (195, "no-heat", "visit", ("eve", INSPECTION, "observation", "done", "12 degrés dans le salon.")),
    (194, "no-heat", "safe", ("Chauffage d’appoint sûr prêté, fusibles remplacés.",)),
    (160, "no-heat", "close", ("works_done", "better", "Chauffage de l’immeuble réparé.")),
    (171, "wiring", "follow", ("eve",)),
    (170, "wiring", "ask", (FIRE, Competence.FIRE, "Prise chaude, odeur de brûlé.")),
    (170, "wiring", "accept", (FIRE,)),
    (170, "wiring", "safe", ("Circuit coupé par le service d’incendie.",)),
    (150, "wiring", "done", (FIRE, "yes", "Circuit refait par un maître électricien.")),
    (140, "wiring", "close", ("works_done", "better", "Installation conforme.")),
    (149, "exit", "follow", ("eve",)),
    (149, "exit", "ask", (FIRE, Competence.FIRE, "Sortie vissée.")),
    (149, "exit", "accept", (FIRE,)),
    (148, "exit", "safe", ("Porte dévissée devant nous.",)),
    (130, "exit", "resolve", ("Serrure antipanique posée.",)),
    (126, "exit", "close", ("works_done", "better", "Sortie libre, vérifiée deux fois.")),
    (131, "plumbing", "follow", ("samir",)),
    (130, "plumbing", "ask", (CITY, INSPECTION, "Eau chaude insuffisante.")),
    (126, "plumbing", "refuse", (CITY, "Relève du Tribunal administratif du logement.")),
    (125, "plumbing", "ask", (COMMITTEE, Competence.COMMUNITY, "Informer sur les recours.")),
    (120, "plumbing", "refuse", (COMMITTEE, "Aucune place avant le mois prochain.")),
    (118, "crowded", "follow", ("samir",)),
    (112, "crowded", "visit", ("samir", PSYCHOSOCIAL, "observation", "refused", "")),
    (96, "crowded", "visit", ("samir", PSYCHOSOCIAL, "observation", "refused", "")),
    (97, "floor", "follow", ("eve",)),
    (96, "floor", "ask", (CITY, INSPECTION, "Plancher qui s’enfonce.")),
    (95, "floor", "accept", (CITY,)),
    (95, "floor", "visit", ("eve", INSPECTION, "observation", "done", "Solives pourries sous l’évier.")),
    (94, "floor", "safe", ("Cuisine fermée, plancher étayé.",)),
    (90, "floor", "order", (CITY, "order", "75", "Refaire les solives et le plancher.")),
    (76, "gas", "follow", ("eve",)),
    (76, "gas", "ask", (FIRE, Competence.ENERGY, "Odeur de gaz, fils nus.")),
    (76, "gas", "accept", (FIRE,)),
    (76, "gas", "visit", ("eve", INSPECTION, "observation", "done", "Fuite au raccord, fils nus au plafond.")),
    (75, "gas", "safe", ("Gaz coupé, immeuble aéré.",)),
    (50, "gas", "done", (FIRE, "under_way", "Gaz rétabli; les fils restent à faire.")),
    (50, "threat", "follow", ("samir",)),
    (49, "threat", "ask", (COMMITTEE, Competence.COMMUNITY, "Menaces : expliquer les recours.")),
    (47, "threat", "accept", (COMMITTEE,)),
    (40, "threat", "pause", ("Le ménage est à l’étranger jusqu’à nouvel ordre.",)),
    (43, "roof", "follow", ("eve",)),
    (42, "roof", "ask", (CITY, INSPECTION, "Infiltration au toit.")),
    (39, "roof", "accept", (CITY,)),
    (30, "roof", "visit", ("eve", INSPECTION, "observation", "done", "Membrane fendue au-dessus du salon.")),
    (25, "roof", "order", (CITY, "notice", "20", "Réparer la membrane du toit.")),
    (31, "mould-2", "follow", ("samir",)),
    (30, "mould-2", "ask", (CITY, INSPECTION, "Ventilation et taches derrière les meubles.")),
    (24, "pair", "ask", (BROSSARD, INSPECTION, "Rats dans l’immeuble, déchets.")),
    (18, "balcony", "follow", ("eve",)),
    (18, "balcony", "ask", (CITY, INSPECTION, "Rampe de balcon au troisième.")),
    (17, "balcony", "accept", (CITY,)),
    (16, "balcony", "visit", ("eve", INSPECTION, "observation", "done", "Rampe détachée sur deux côtés.")),
    (16, "balcony", "safe", ("Balcon condamné.",)),
    (3, "balcony", "resolve", ("Rampe neuve posée.",)),
    (4, "recent", "ask", (CISSS, PSYCHOSOCIAL, "Famille avec un enfant, logement froid.")),
    (2, "recent", "accept", (CISSS,)),
    (1, "mould-2", "refuse", (CITY, "Relève du propriétaire d’abord : rappelez-nous après la lettre.")),
    (64, "bugs", "visit", ("eve", INSPECTION, "observation", "done", "Punaises dans deux logements.")),
    (63, "bugs", "noted", ("summary",)),
    (62, "bugs", "noted", ("make_safe",)),
    (198, "mould-child", "noted", ("summary",)),
    (197, "mould-child", "safe", ("Chambre des enfants déplacée, mur nettoyé.",)),
    (93, "floor", "noted", ("summary",)),
    (74, "gas", "noted", ("summary",)),
    (49, "threat", "noted", ("summary",)),
    (48, "threat", "noted", ("first_action",)),
    (28, "roof", "noted", ("summary",)),
    (27, "roof", "noted", ("make_safe",)),
    (14, "balcony", "noted", ("summary",)),
    (20, "mould-2", "visit", ("samir", PSYCHOSOCIAL, "observation", "done", "Salle de bain sans ventilation.")),
    (18, "mould-2", "noted", ("summary",)),
    (17, "mould-2", "noted", ("make_safe",)),
    (3, "recent", "ask", (CITY, INSPECTION, "Eau qui gèle près de la porte.")),
)  # fmt: skip
# Visits to come: days ahead, hour, case, who, competence, what for.
COMING = (
    (0, 13, "mould-2", "samir", PSYCHOSOCIAL, "observation"),
    (0, 15, "mould-child", "eve", INSPECTION, "works"),
    (1, 10, "bugs", "eve", INSPECTION, "observation"),
    (3, 9, "roof", "eve", INSPECTION, "works"),
    (2, 14, "threat", "samir", PSYCHOSOCIAL, "support"),
)
_ANSWERS_FOR = {CITY: "hugo", CISSS: "fanny"}


def seat_brigade(space: Space, users: dict[str, User], found: dict[str, Organisation]) -> None:
    """The brigade and the mandates of its partners, before any report comes in: competences open what people may see."""
    liaison = viewer_for(users["josee"], space.slug)
    with at(_moment(362, 9)):
        for organisation, competences, note in MANDATES:
            brigade.save_mandate(viewer=liaison, organisation=found[organisation], competences=competences, note=note)
        for who, competences, languages, availability, on_call, steps in MEMBERS:
            brigade.save_member(
                viewer=liaison, membership=Membership.objects.get(space=space, person=users[who].person),
                facts=brigade.MemberFacts(competences, languages, availability, on_call, CODES[:steps]),
            )  # fmt: skip


def tell_casework(
    space: Space, users: dict[str, User], found: dict[str, Organisation], cases: dict[str, Case]
) -> None:
    """Play the story, then plan the visits of today and of the days that come."""
    teller = _Teller(space, users, found, cases)
    with at(_moment(353, 9)):
        teller.own()
    for days, key, act, words in sorted(STORY, key=lambda line: -line[0]):
        with at(teller.next_moment(days)):
            getattr(teller, act)(key, *words)
    for days, hour, key, who, competence, kind in COMING:
        teller.plan(key, who, competence, kind, _moment(-days, hour))
    clocks.refresh_open(space)


def _moment(days: int, hour: int, minute: int = 10) -> datetime:
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class _Teller:
    """Plays one line of the story: each act has the name that the story gives it."""

    def __init__(
        self, space: Space, users: dict[str, User], found: dict[str, Organisation], cases: dict[str, Case]
    ) -> None:
        self.space, self.users, self.found, self.cases = space, users, found, cases
        self.people = ("josee", "samir", "eve", "hugo", "fanny")
        self.viewers = {who: viewer_for(users[who], space.slug) for who in self.people}
        self.liaison = self.viewers["josee"]
        self.minute = 0

    def next_moment(self, days: int) -> datetime:
        """A moment of a day, later than those already told of it."""
        self.minute += 1
        return _moment(days, 11 + self.minute % 6, self.minute % 60) if days else timezone.now()

    def own(self) -> None:
        """The owners and their buildings."""
        for kind, name, phone, keys, reachable in OWNERS:
            owner = owners.save_owner(
                viewer=self.liaison, facts=owners.OwnerFacts(kind, name, phone=phone, reachable=reachable)
            )
            for building in {self.cases[key].building for key in keys}:
                owners.give_building(viewer=self.liaison, owner=owner, building=building, source="Rôle d’évaluation")

    def seat_of(self, who: str) -> Membership:
        return Membership.objects.get(space=self.space, person=self.users[who].person)

    def case(self, key: str) -> Case:
        return Case.objects.select_related("space", "building__municipality").get(pk=self.cases[key].pk)

    def follow(self, key: str, who: str) -> None:
        following.follow(viewer=self.liaison, case=self.case(key), membership=self.seat_of(who))

    def ask(self, key: str, organisation: str, competence: str, words: str) -> None:
        asked = assigning.Asked(self.found[organisation], competence, words)
        assigning.assign(viewer=self.liaison, case=self.case(key), asked=asked)

    def again(self, key: str, organisation: str, words: str) -> None:
        self._move(key, organisation, "closed", works="no")
        self._move(key, organisation, "new", reason=words, who="josee")

    def accept(self, key: str, organisation: str) -> None:
        self._move(key, organisation, "in_progress")

    def refuse(self, key: str, organisation: str, reason: str) -> None:
        self._move(key, organisation, "refused", reason=reason)

    def done(self, key: str, organisation: str, works: str, reason: str) -> None:
        self._move(key, organisation, "closed", works=works, reason=reason)

    def _move(self, key: str, organisation: str, to: str, *, reason: str = "", works: str = "", who: str = "") -> None:
        viewer = self.viewers[who or _ANSWERS_FOR.get(organisation, "josee")]
        row = self.case(key).assignments.get(organisation=self.found[organisation])
        assigning.move(viewer=viewer, assignment=row, to=to, reason=reason, works=works)

    def plan(self, key: str, who: str, competence: str, kind: str, moment: datetime) -> Visit:
        plan = visits.VisitPlan(competence, moment, kind, member=self.seat_of(who))
        return visits.plan_visit(viewer=self.liaison, case=self.case(key), plan=plan)

    def visit(self, key: str, who: str, competence: str, kind: str, state: str, note: str) -> None:
        row = self.plan(key, who, competence, kind, timezone.now())
        visits.tell_visit(viewer=self.viewers[who], visit=row, state=state, note=note)

    def order(self, key: str, organisation: str, kind: str, days: str, words: str) -> None:
        today = timezone.localdate()
        facts = orders.OrderFacts(
            kind, today, issuer=self.found[organisation], released_on=today,
            due_on=today + timedelta(days=int(days)), text=words,
        )  # fmt: skip
        orders.save_order(viewer=self.liaison, case=self.case(key), facts=facts)

    def settle(self, key: str, state: str) -> None:
        row = Order.objects.select_related("case__space").get(case=self.cases[key])
        orders.settle(viewer=self.liaison, order=row, state=state)

    def safe(self, key: str, words: str) -> None:
        closing.move_case(viewer=self.liaison, case=self.case(key), to="made_safe", words=words)

    def noted(self, key: str, code: str) -> None:
        clocks.mark(viewer=self.liaison, case=self.case(key), code=code)

    def resolve(self, key: str, words: str) -> None:
        closing.move_case(viewer=self.liaison, case=self.case(key), to="resolved", words=words)

    def object(self, key: str, words: str) -> None:
        closing.refuse_closure(case=self.case(key), words=words)

    def close(self, key: str, outcome: str, living: str, words: str) -> None:
        closing.close(viewer=self.liaison, case=self.case(key), closing=closing.Closing(outcome, living, words))

    def reopen(self, key: str, words: str) -> None:
        closing.reopen(viewer=self.liaison, case=self.case(key), words=words)

    def pause(self, key: str, reason: str) -> None:
        clocks.pause(viewer=self.liaison, case=self.case(key), since=timezone.localdate(), reason=reason)
