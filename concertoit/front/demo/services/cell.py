"""Emergency cells of the brigade of the example: two real ones with their review, two exercises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from concertoit.field.cases.enums.cell import CellAnswer, CellReason, CellRole, EntryKind
from concertoit.field.cases.models import Case, CellMember
from concertoit.field.cases.services import cell as services
from concertoit.field.cases.services import cell_log as log
from concertoit.field.cases.services.cell import Activation, Called
from concertoit.field.cases.services.cell_log import Hand, Said
from concertoit.front.demo.services.clock import ago, at
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.queries import viewer_for

ROLES = {
    "josee": CellRole.LEAD, "eve": CellRole.SAFETY, "samir": CellRole.TENANTS, "hugo": CellRole.MEMBER,
    "fanny": CellRole.LODGING,
}  # fmt: skip
DECIDED = "Cuisine interdite jusqu’à l’avis d’ingénierie."
OFFICER = "Officière de garde, sécurité incendie"


def tell_cell(space: Space, users: dict[str, User], cases: dict[str, Case]) -> None:
    """Two real cells, on cases of the example, with their review; an exercise held, another under way."""
    _floor(space, users, cases["floor"])
    _gas(space, users, cases["gas"])
    _exercise(space, users)
    _exercise_today(space, users)


@dataclass(frozen=True)
class Told:
    """A line of a log: minutes after the activation, who writes, what."""

    after: int
    who: str
    said: Said


class _Cell:
    """A cell being told: minutes are counted from its activation, and played in their order by ``play``."""

    def __init__(self, space: Space, users: dict[str, User], start: datetime, said: Activation) -> None:
        self.space, self.users, self.start = space, users, start
        self.script: list[tuple[int, Callable[[], object]]] = []
        with at(start):
            self.cell = services.activate(viewer=viewer_for(users["josee"], space.slug), said=said)

    def play(self) -> None:
        """Let everything happen, minute by minute."""
        for minutes, act in sorted(self.script, key=lambda one: one[0]):
            with at(self.at(minutes)):
                act()
        self.script.clear()

    def at(self, minutes: int) -> datetime:
        return self.start + timedelta(minutes=minutes)

    def hand(self, who: str) -> Hand:
        if who == "officer":
            return Hand.behind(self.member(who))
        return Hand.of(viewer_for(self.users[who], self.space.slug), self.member(who))

    def member(self, who: str) -> CellMember:
        rows = self.cell.members.select_related("cell", "membership")
        if who == "officer":
            return rows.get(name=OFFICER)
        return rows.get(membership__person=self.users[who].person)

    def answers(self, *told: tuple[int, str, CellAnswer]) -> None:
        for minutes, who, answer in told:
            self.script.append((minutes, partial(self._answer, who, answer)))

    def _answer(self, who: str, answer: CellAnswer) -> None:
        services.acknowledge(member=self.member(who), hand=self.hand(who), answer=answer)

    def lines(self, *told: Told) -> None:
        for one in told:
            self.script.append((one.after, partial(self._line, one)))

    def _line(self, one: Told) -> None:
        log.write(cell=self.cell, hand=self.hand(one.who), said=one.said)

    def task(self, after: int, done: int, who: str, title: str) -> None:
        self.script.append((after, partial(self._ask, after, who, title)))
        if done:
            self.script.append((done, partial(self._done, who, title)))

    def _ask(self, after: int, who: str, title: str) -> None:
        log.add_task(
            cell=self.cell, hand=self.hand("josee"), title=title, owner=self.member(who), due_at=self.at(after + 60)
        )

    def _done(self, who: str, title: str) -> None:
        log.finish_task(cell=self.cell, hand=self.hand(who), task_id=self.cell.tasks.get(title=title).pk)

    def verify(self, after: int, who: str) -> None:
        """Somebody sees the first measure in place."""
        self.script.append((after, partial(self._verify, who)))

    def _verify(self, who: str) -> None:
        row = self.cell.entries.filter(kind=EntryKind.SAFETY).order_by("number")[0]
        log.verify(cell=self.cell, hand=self.hand(who), number=row.number)

    def correct(self, after: int, who: str, kind: EntryKind, text: str) -> None:
        """Somebody corrects the line of a kind."""
        self.script.append((after, partial(self._correct, who, kind, text)))

    def _correct(self, who: str, kind: EntryKind, text: str) -> None:
        number = self.cell.entries.get(kind=kind).number
        log.correct(cell=self.cell, hand=self.hand(who), number=number, text=text)

    def end(self, after: int, why: str) -> None:
        viewer = viewer_for(self.users["josee"], self.space.slug)
        self.script.append((after, lambda: services.stand_down(viewer=viewer, cell=self.cell, why=why)))
        self.play()

    def review(self, days: int, well: str, change: str) -> None:
        with at(self.start + timedelta(days=days)):
            viewer = viewer_for(self.users["josee"], self.space.slug)
            log.review(viewer=viewer, cell=self.cell, hand=self.hand("josee"), well=well, change=change)


def _called(space: Space, who: str, role: CellRole) -> Called:
    row = Membership.objects.select_related("person", "organisation").get(
        space=space, person__user__email=f"{who}@exemple.test"
    )
    return Called(
        str(row.person), role, membership=row, organisation=row.organisation,
        organisation_name=str(row.organisation or ""), email=f"{who}@exemple.test",
        phone=f"450 555-01{30 + list(ROLES).index(who)}",
    )  # fmt: skip


def _everybody(space: Space) -> list[Called]:
    officer = Called(
        OFFICER, CellRole.LOG, organisation_name="SSIAL", email="officiere@exemple.test", phone="450 555-0190"
    )
    return [*(_called(space, who, role) for who, role in ROLES.items()), officer]


def _floor(space: Space, users: dict[str, User], case: Case) -> None:
    """The floor of a kitchen gives way: a cell of one evening, looked back at five days later."""
    said = Activation(
        CellReason.STRUCTURE, detail="Plancher de cuisine qui cède; logement du dessous habité.", case=case,
        called=_everybody(space),
    )  # fmt: skip
    told = _Cell(space, users, ago(96, 14, 5), said)
    told.answers(
        (3, "eve", CellAnswer.COMING), (6, "josee", CellAnswer.REMOTE), (8, "samir", CellAnswer.COMING),
        (11, "officer", CellAnswer.COMING), (19, "hugo", CellAnswer.COMING), (34, "fanny", CellAnswer.REMOTE),
    )  # fmt: skip
    told.task(12, 44, "eve", "Faire sortir tout le monde des deux logements")
    told.task(14, 95, "fanny", "Trouver deux chambres pour ce soir")
    told.lines(
        Told(27, "eve", Said(EntryKind.NOTE, "Sur place. La cuisine s’est affaissée d’une main.", on_site=True)),
        Told(31, "officer", Said(EntryKind.SAFETY, "Électricité coupée aux deux logements.", True, who="SSIAL")),
        Told(40, "hugo", Said(EntryKind.SAFETY, "Étaiement posé dans le logement du dessous.", True, who="Ville")),
        Told(52, "samir", Said(EntryKind.INFORMED, "Porte à porte dans l’immeuble, feuillet remis.", True, households=6)),
        Told(58, "josee", Said(EntryKind.SITUATION, "Deux logements vides, cinq sans danger. Deux ménages à loger.")),
        Told(96, "fanny", Said(EntryKind.LODGING, "Deux chambres, trois nuits, à dix minutes.", households=2, persons=3)),
        Told(110, "hugo", Said(EntryKind.DECISION, DECIDED, who="Ville de Longueuil", on=str(told.start.date()))),
    )  # fmt: skip
    told.verify(70, "eve")
    _floor_after(told)


def _floor_after(told: _Cell) -> None:
    """Its correction, its end, what was learned of it, and what it led to."""
    told.correct(
        112, "samir", EntryKind.INFORMED, "Sept ménages informés : la dernière porte s’est ouverte au retour."
    )
    told.end(185, "Les deux ménages dorment ailleurs, l’étaiement tient, la Ville suit l’ordonnance.")
    told.review(
        5,
        "Tout le monde savait où toucher. La première réponse est venue en trois minutes. Le porte-à-porte a calmé "
        "l’immeuble.",
        "Personne n’avait la clé du local électrique. L’hébergement a pris plus d’une heure : il faut une entente.",
    )
    with at(told.start + timedelta(days=5, minutes=20)):
        for who, title, days in (
            ("fanny", "Écrire une entente d’hébergement de trois nuits avec deux hôtels", 40),
            ("hugo", "Tenir la liste des clés et des locaux techniques avec la Ville", 110),
        ):
            log.add_task(
                cell=told.cell, hand=told.hand("josee"), title=title, owner=told.member(who),
                due_at=told.start + timedelta(days=days), after=True,
            )  # fmt: skip
    with at(told.start + timedelta(days=30)):
        done = told.cell.tasks.get(after=True, owner=told.member("fanny"))
        log.finish_task(cell=told.cell, hand=told.hand("fanny"), task_id=done.pk)


def _gas(space: Space, users: dict[str, User], case: Case) -> None:
    """A smell of gas: a short cell."""
    said = Activation(CellReason.AIR, detail="Odeur de gaz et fils nus.", case=case, called=_everybody(space))
    told = _Cell(space, users, ago(75, 9, 40), said)
    told.answers(
        (2, "eve", CellAnswer.COMING), (4, "josee", CellAnswer.COMING), (5, "officer", CellAnswer.COMING),
        (22, "hugo", CellAnswer.UNABLE),
    )  # fmt: skip
    told.lines(
        Told(16, "officer", Said(EntryKind.SAFETY, "Gaz fermé à l’entrée de l’immeuble.", True, who="SSIAL")),
        Told(33, "eve", Said(EntryKind.INFORMED, "Neuf portes : tout le monde est dehors.", True, households=9)),
        Told(75, "josee", Said(EntryKind.SITUATION, "Conduite réparée, essai d’étanchéité réussi.")),
    )
    told.end(92, "Gaz rétabli et vérifié; l’électricité du logement reste coupée, la Ville suit.")
    told.review(
        3, "Le 911 d’abord, puis la cellule : le bon ordre.", "La Ville n’avait pas de remplaçant ce matin-là."
    )


def _exercise(space: Space, users: dict[str, User]) -> None:
    """Practising after the review."""
    said = Activation(
        CellReason.COLD, title="Immeuble imaginaire du parc", detail="Panne de chauffage, une tour, en janvier.",
        exercise=True, called=_everybody(space),
    )  # fmt: skip
    told = _Cell(space, users, ago(40, 13, 30), said)
    told.answers(
        (1, "samir", CellAnswer.COMING), (2, "eve", CellAnswer.COMING), (2, "josee", CellAnswer.REMOTE),
        (4, "officer", CellAnswer.REMOTE), (5, "hugo", CellAnswer.COMING), (9, "fanny", CellAnswer.REMOTE),
    )  # fmt: skip
    told.lines(Told(11, "eve", Said(EntryKind.NOTE, "Arrivée simulée devant la tour.", on_site=True)))
    told.end(45, "Fin de l’exercice : chaque rôle a écrit au moins une ligne.")
    told.review(1, "Les rôles étaient clairs.", "Deux personnes n’avaient jamais ouvert la page sur leur téléphone.")


def _exercise_today(space: Space, users: dict[str, User]) -> None:
    """An exercise under way, to be joined by whoever tries the example."""
    said = Activation(
        CellReason.WATER, title="Immeuble imaginaire de la rue du Canal", exercise=True,
        detail="Refoulement d’égout au sous-sol, deux logements.", called=_everybody(space),
    )  # fmt: skip
    told = _Cell(space, users, timezone.now() - timedelta(minutes=48), said)
    told.answers((4, "eve", CellAnswer.COMING), (7, "josee", CellAnswer.REMOTE), (12, "officer", CellAnswer.COMING))
    told.lines(
        Told(25, "eve", Said(EntryKind.NOTE, "Devant l’immeuble : deux centimètres d’eau au sous-sol.", on_site=True)),
        Told(29, "eve", Said(EntryKind.SAFETY, "Accès au sous-sol barré.", True, who="Brigade")),
    )
    told.task(31, 0, "samir", "Prévenir les ménages des deux logements")
    told.play()
