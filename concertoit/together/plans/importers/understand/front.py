"""What surrounds the tables in a form: participants, the planning cycle, follow-up, complementarity, priorities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Paragraph
from concertoit.together.plans.rules.document import CycleStep, Participant, Section, SectionKind
from concertoit.together.plans.rules.periods import read_period
from concertoit.together.plans.rules.wording import fold, fold_plural, squeeze

from .grid import Header, Row, own_texts
from .result import ColumnReading, TableReading
from .roles import Role
from .work import Work

_QUESTIONS: dict[str, str] = {
    "cycle": r"etapes? (?:realisees?|menant|de la demarche|d'elaboration)|revision du plan|processus d'elaboration"
    r"|demarche (?:d'elaboration|de planification|de concertation|realisee)",
    "follow_up": r"mecanismes? de suivi|suivi (?:et|du plan|de la mise en oeuvre|&)|modalites? de suivi|suivi-evaluation",
    "complementarity": r"complementarite|arrimages?\b",
    "cross_cutting": r"(?:priorites?|axes?|principes?|approches?|enjeux) transversa",
    "participants": r"organismes? ayant participe|liste des participants|^participants?\b|partenaires ayant participe"
    r"|^participantes? et participants?|membres du (?:comite|chantier)|composition d[ue]|ont participe"
    r"|personnes (?:presentes|participantes)",
    "lead_in": r"^de quelle (?:facon|maniere)|^veu?ill?ez\b",
}
_PATTERNS = {key: re.compile(pattern) for key, pattern in _QUESTIONS.items()}
_PERSON = {
    "personne ressource",
    "personne",
    "representant",
    "nom",
    "nom de la personne",
    "personne contact",
    "contact",
    "participant",
    "prenom et nom",
}
_PERSON |= {
    "nom et prenom",
    "personne deleguee",
    "representante",
    "delegue",
    "nom du representant",
    "membre",
    "prenom",
    "nom du participant",
}
_ORGANISATION = {
    "organisme",
    "organisation",
    "nom de l'organisme",
    "nom de l organisme",
    "instance",
    "etablissement",
    "milieu",
    "partenaire",
}
_CAPACITY = {"fonction", "titre", "role", "poste", "qualite", "capacite", "secteur"}
_CYCLE_HEAD = re.compile(
    r"^(?P<when>(?:(?:le|en|fin|debut|mi-?)\s)?(?:\d{1,2}(?:er)?\s)?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre|printemps|ete|automne|hiver|en cours d'annee|\d{4})(?:\s(?:et|a|-)\s[a-z]+)?(?:\s\d{4})?)"
)
_BODY = re.compile(r"\s+(?:en|au|lors d[ue]|avec l[ea])\s+(?P<body>[A-ZÀ-Þ][^:]{1,60}?)\s*:?\s*$")


_MARKED = re.compile(r"(?:[-–—•*]|\(?(?:\d{1,3}|[a-zA-Z]{1,4})[.)])\s")


def written(block: Paragraph) -> str:
    """A paragraph of a text, with the dash of a list where the document has a bullet; a number stays as it is."""
    if not block.list_level or _MARKED.match(block.text):
        return block.text
    return f"{'  ' * (block.list_level - 1)}- {block.text}"


@dataclass(slots=True)
class FrontReader:
    """Reads the paragraphs around the tables; ``mode`` is the question that the paragraphs answer."""

    work: Work
    mode: str = ""
    heading: str = ""
    started: bool = False
    pending: list[Paragraph] = field(default_factory=list)

    def paragraph(self, block: Paragraph) -> bool:
        """Place a paragraph; False when it belongs to nothing that is known here."""
        question = self._question(block)
        if question:
            return self._ask(block, question)
        readers = {"cycle": self._cycle, "participants": self._participant}
        if self.mode in readers:
            return readers[self.mode](block)
        if self.mode in {"follow_up", "complementarity", "cross_cutting"}:
            return self._section(block)
        return False

    def leave(self) -> None:
        """The plan itself begins: what follows answers no question any more."""
        self.mode = ""

    def _question(self, block: Paragraph) -> str:
        """The question that a heading asks; a body sentence or a bullet asks nothing."""
        if block.list_level or len(block.text) > 300:
            return ""
        text = fold(block.text).lstrip("0123456789.)- ")
        asks = (
            block.level > 0
            or block.bold
            or text.startswith(("veillez", "veuillez", "de quelle", "est-ce", "comment"))
            or text.endswith((":", "?"))
        )
        capitals = re.match(r"\d{0,2}\.?\s*[A-ZÀ-Þ’' ]{6,}\s*(?::|$)", block.text)
        if not (asks or capitals):
            short = len(text) <= 60 and not text.endswith(".")
            return next((key for key, pattern in _PATTERNS.items() if short and pattern.match(text)), "")
        return next((key for key, pattern in _PATTERNS.items() if pattern.search(text)), "")

    def _ask(self, block: Paragraph, question: str) -> bool:
        self.work.ledger.set_aside(block, "question")
        self.mode, self.heading = question, ""
        return True

    def _cycle(self, block: Paragraph) -> bool:
        cycle = self.work.document.cycle
        head = None if block.list_level else _CYCLE_HEAD.match(fold(block.text))
        if head:
            cycle.append(_cycle_step(block.text))
            body = _BODY.search(squeeze(block.text).rstrip(" :").partition(" : ")[0])
            self.work.ledger.set_aside(block, "liaison", body[0][: body.start("body") - body.start()] if body else "")
        elif cycle:
            step = cycle[-1]
            step.detail = f"{step.detail}\n{written(block)}" if step.detail else written(block)
        else:
            return False
        self.work.ledger.take(block)
        return True

    def _participant(self, block: Paragraph) -> bool:
        if block.level or len(block.text) > 160:
            self.mode = ""
            return False
        parts = re.split(r"\s+[–—-]\s+|\s:\s|\u00a0:\s", block.text, maxsplit=1)
        person = squeeze(parts[1]) if len(parts) > 1 else ""
        self.work.document.participants.append(Participant(squeeze(parts[0]), person))
        self.work.ledger.take(block)
        return True

    def _section(self, block: Paragraph) -> bool:
        kind = SectionKind(self.mode)
        sections = self.work.document.sections
        title = (
            kind is SectionKind.CROSS_CUTTING
            and not block.list_level
            and len(block.text) <= 90
            and not block.text.endswith((".", ";"))
        )
        self.work.ledger.take(block)
        if title:
            self.heading = squeeze(block.text).rstrip(" :")
            sections.append(Section(kind, "", self.heading))
            return True
        if not sections or sections[-1].kind is not kind or sections[-1].heading != self.heading:
            sections.append(Section(kind, "", self.heading))
        last = sections[-1]
        last.body = f"{last.body}\n{written(block)}" if last.body else written(block)
        return True


def _cycle_step(text: str) -> CycleStep:
    """``Janvier 2026 en COCO :`` gives when and body; ``27 février : Dépôt`` gives when and title."""
    line = squeeze(text).rstrip(" :")
    when, colon, title = line.partition(" : ") if " : " in line else line.partition("\u00a0: ")
    body = _BODY.search(when)
    if body:
        when = when[: body.start()]
    period = read_period(when)
    day = period.start if period and period.start and period.start == period.end else None
    return CycleStep(when=when, title=title if colon else "", body=body["body"] if body else "", date=day)


def is_participants(header: list[list[str]]) -> bool:
    """True for a header that names organisations and persons, and nothing of a plan."""
    names = [fold_plural(re.sub(r"\([^)]*\)", "", pair[-1])) for pair in header if pair]
    persons = [n for n in names if n in _PERSON]
    organisations = [n for n in names if n in _ORGANISATION or n.startswith(("organisme", "organisation"))]
    return bool(persons and organisations) and len(names) <= 5


def participants_header(rows: list[Row]) -> Header | None:
    """The header of a list of participants among the first rows, or None."""
    for index, row in enumerate(rows[:5]):
        texts = [[slot.own] if slot.own else [] for slot in row]
        if is_participants(texts):
            return Header([index], texts, [None] * len(texts))
    return None


def read_participants(header: list[list[str]], body: list[Row], place: str, name: str, work: Work) -> None:
    """One participant per row, as written; other columns give the capacity."""
    kinds: list[str] = []
    for pair in header:
        text = fold_plural(re.sub(r"\([^)]*\)", "", pair[-1])) if pair else ""
        if text.startswith(("organisme", "organisation")) or text in _ORGANISATION:
            kinds.append("organisation")
        else:
            kinds.append("person" if text in _PERSON else "capacity")
    for row in body:
        if own_texts(row):
            work.document.participants.append(_participant(row, kinds))
            for slot in row:
                if slot.own:
                    work.ledger.take(slot.cell)
    columns = [ColumnReading(i, " – ".join(pair), Role.UNKNOWN, kinds[i]) for i, pair in enumerate(header)]
    work.readings.append(TableReading(place, name, "participants", columns))


def _participant(row: Row, kinds: list[str]) -> Participant:
    values: dict[str, list[str]] = {"organisation": [], "person": [], "capacity": []}
    for slot, kind in zip(row, kinds, strict=False):
        if slot.text and not slot.across:
            values[kind].append(squeeze(slot.text))
    return Participant(" ".join(values["organisation"]), " ".join(values["person"]), ", ".join(values["capacity"]))
