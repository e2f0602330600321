"""From an XLSForm to a grid, and back. What a grid has no place for is listed, line by line, and nothing is guessed.

A question becomes a point when its answers are a state from 0 to 3. Any other question that a person could look at is
offered as a candidate: the state of the grid would then replace its own answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from concertoit.field.cases.rules import grid_words as words
from concertoit.field.cases.rules.grid_document import (
    LENGTHS,
    Cause,
    Dimension,
    GridDocument,
    Item,
    Reading,
    Trouble,
    keep_what_a_file_leaves_out,
    too_long,
)
from concertoit.field.cases.rules.grid_rows import DIMENSION_LENGTH, free_code
from concertoit.field.cases.rules.xlsform import Form, Group, Question

STATES = (("0", "0 - Bon"), ("1", "1 - Médiocre"), ("2", "2 - Mauvais"), ("3", "3 - Très mauvais"),
          ("nv", "Non vérifié"), ("so", "Sans objet"))  # fmt: skip
EXTENTS = (("0", "Un seul endroit"), ("1", "Une pièce"), ("2", "Plusieurs pièces ou logements"))
PROOFS = (("dit", "On me l’a dit"), ("vu", "Je l’ai vu"), ("mesure", "Je l’ai mesuré"))
DANGER, SCOPE = "Danger immédiat\u00a0: ", "Portée\u00a0: "
_STATE_NAMES = frozenset(name for name, _label in STATES) | {"na", "n_a"}
_ALREADY = frozenset({"start", "end", "today", "deviceid", "username", "phonenumber", "email", "subscriberid",
                      "simserial", "start-geopoint", "audit"})  # fmt: skip
_ASKED_ALREADY = frozenset({("text", "no_dossier"), ("select_one", "role"), ("text", "notes")})
_COMPANIONS = {"x": "select_one", "d": "acknowledge", "p": "select_one", "f": "image", "m": "decimal", "n": "text"}
_LOOKED_AT = frozenset({"select_one", "select_multiple", "acknowledge", "rank"})
_OTHER_GROUP = "AUTRES"
_CODE = LENGTHS["code"] - 1  # one kept for the mark of a candidate
NEVER = "false()"  # a retired point travels with its form and is not asked


def to_grid(form: Form, known: GridDocument) -> Reading:
    """The grid of a form. ``known``: the grid that this démarche has, for what the form does not say."""
    reader = _Reader(form, known)
    for group in form.groups:
        reader.group(group)
    for question in form.questions:
        reader.question(question)
    for name in sorted(reader.scales):
        reader.scale(name)
    used = {item.dimension for item in reader.items} | {one.dimension for one in reader.candidates}
    dimensions = tuple(one for one in reader.dimensions.values() if one.code in used or one.code in reader.kept_empty)
    document = GridDocument(form.title or known.title, dimensions, tuple(reader.items))
    troubles = tuple(sorted(reader.troubles, key=lambda one: one.line))
    said = frozenset(field for column, field in _FIELDS.items() if column in form.columns)
    return Reading(keep_what_a_file_leaves_out(document, known, said), troubles, tuple(reader.candidates))


@dataclass(slots=True)
class _Reader:
    form: Form
    known: GridDocument
    dimensions: dict[str, Dimension] = field(default_factory=dict)  # by name of the group
    items: list[Item] = field(default_factory=list)
    candidates: list[Item] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    scales: set[str] = field(default_factory=set)
    kept_empty: set[str] = field(default_factory=set)

    def note(self, line: int, what: str, why: Cause, detail: str = "", *, stops: bool = False) -> None:
        self.troubles.append(Trouble(line, what, why, detail, stops=stops))

    def group(self, group: Group) -> None:
        if group.kind != "group":
            self.note(group.line, group.label, Cause.REPEAT)
        if group.relevant:
            self.note(group.line, group.label, Cause.CONDITION, group.relevant)
        if not group.outer:
            return
        groups, unknown = words.read_groups(group.own.get("sensibles", ""))
        if unknown:
            self.note(group.line, ", ".join(unknown), Cause.UNKNOWN_WORD, stops=True)
        taken = {one.code for one in self.dimensions.values()}
        stem = re.sub(r"[^A-Za-z0-9]", "", group.name.removeprefix("g_"))[:DIMENSION_LENGTH] or "G"
        self.dimensions[group.name] = Dimension(free_code(stem, taken, DIMENSION_LENGTH), group.label[:120], groups)
        if group.name.startswith("g_"):
            self.kept_empty.add(self.dimensions[group.name].code)

    def question(self, question: Question) -> None:
        if self._is_ours(question):
            return
        self._leftovers(question)
        if self._is_state(question):
            self.scales.add(question.list_name)
            if item := self._item(question):
                self.items.append(item)
        elif question.type == "select_one" and question.list_name not in self.form.choices:
            self.note(question.line, question.label or question.name, Cause.NO_LIST, question.list_name)
        elif question.type in _LOOKED_AT:
            self.note(question.line, question.label or question.name, Cause.NOT_A_STATE, question.type)
            if question.label and (item := self._item(question)):
                self.candidates.append(item)
        else:
            self.note(question.line, question.label or question.name or question.type, Cause.OTHER_TYPE, question.type)

    def _is_state(self, question: Question) -> bool:
        names = {name for name, _label in self.form.choices.get(question.list_name, [])}
        return question.type == "select_one" and len(names & {"0", "1", "2", "3"}) >= 2 and names <= _STATE_NAMES

    def _is_ours(self, question: Question) -> bool:
        """Whether the row is one that the application asks by itself, or that belongs to a point already read."""
        if question.type in _ALREADY or (question.type, question.name) in _ASKED_ALREADY:
            self.note(question.line, question.label or question.type, Cause.ALREADY_THERE)
            return True
        letter, _mark, code = question.name.partition("_")
        if not self.items or code != self.items[-1].code or _COMPANIONS.get(letter) != question.type:
            return False
        if question.relevant and question.relevant != _condition(code):
            self.note(question.line, question.label, Cause.CONDITION, question.relevant)
        if letter == "d":
            said = re.sub(r"^danger imm[ée]diat\s*:\s*", "", question.label, flags=re.IGNORECASE)
            self.items[-1] = replace(self.items[-1], danger=said)
        return True

    def _leftovers(self, question: Question) -> None:
        """What the row says and a grid cannot hold."""
        label = question.label or question.name
        if question.or_other:
            self.note(question.line, label, Cause.FREE_ANSWER)
        if question.relevant and question.relevant != NEVER:
            self.note(question.line, label, Cause.CONDITION, question.relevant)
        if question.hint and _scope_of(question.hint) is None:
            self.note(question.line, label, Cause.HINT, question.hint)
        if len(question.languages) > 1:
            self.note(question.line, label, Cause.OTHER_LANGUAGE, ", ".join(question.languages))
        for column, text in question.rest.items():
            self.note(question.line, label, Cause.COLUMN, f"{column} = {text}")

    def _item(self, question: Question) -> Item | None:
        if not question.label:
            self.note(question.line, question.name, Cause.NO_LABEL)
            return None
        taken = {one.code for one in (*self.items, *self.candidates)}
        wanted = question.name.removeprefix("e_")
        code = free_code(wanted[:_CODE] or f"Q{question.line}", taken, _CODE)
        if code != wanted:
            self.note(question.line, question.label, Cause.CODE_CHANGED, code)
        own, mandates = question.own, words.read_mandates(question.own.get("mandat", ""))
        measure = words.code_of(words.MEASURES, own.get("mesure", ""))
        if mandates[2] or measure is None:
            self.note(question.line, ", ".join(mandates[2]) or own["mesure"], Cause.UNKNOWN_WORD, stops=True)
        weight = own.get("poids", "")
        item = Item(
            code, self._dimension(question.group).code, question.label,
            _scope_of(question.hint) or words.code_of(words.SCOPES, own.get("portee", "")) or "dwelling",
            "", mandates[0], mandates[1], measure or "", int(weight) if weight.isdigit() else 1,
            own.get("hhsrs", ""), own.get("sources", ""), own.get("retire", "").lower() in words.YES,
        )  # fmt: skip
        self.troubles += too_long(item, question.line)
        return item

    def _dimension(self, group: str) -> Dimension:
        if group not in self.dimensions:
            self.dimensions[group] = Dimension(_OTHER_GROUP, "Autres points")
        return self.dimensions[group]

    def scale(self, name: str) -> None:
        """Say it once where the words of the states are not this house's."""
        ours = dict(STATES)
        theirs = [f"{one} {label}" for one, label in self.form.choices[name] if ours.get(one) != label]
        if theirs:
            self.note(0, name, Cause.SCALE_WORDS, "; ".join(theirs))


_FIELDS = {"mandat": "mandates", "mesure": "measure", "poids": "weight", "hhsrs": "hhsrs", "sources": "sources",
           "retire": "retired", "sensibles": "sensitive"}  # fmt: skip


def _scope_of(hint: str) -> str | None:
    match = re.match(r"^port[ée]e\s*:\s*(.+)$", hint, flags=re.IGNORECASE)
    return words.code_of(words.SCOPES, match[1]) if match else None


def _condition(code: str) -> str:
    return " or ".join(f"${{e_{code}}} = '{state}'" for state in "123")


_LABEL, _HINT = "label::Français (fr)", "hint::Français (fr)"
SURVEY = ("type", "name", _LABEL, _HINT, "relevant", "required", "appearance", "parameters", "portee", "mandat",
          "mesure", "poids", "hhsrs", "sources", "retire", "sensibles")  # fmt: skip


def from_grid(document: GridDocument, form_id: str, version: str) -> dict[str, list[list[str]]]:
    """The three sheets of a form that asks the grid; columns of this house let it be read back without a loss."""
    survey = [list(SURVEY), *_lines(document)]
    choices = [["list_name", "name", _LABEL]]
    roles = (("psychosocial", "Psychosocial"), ("inspection", "Inspection de bâtiments"), ("fire", "Sécurité incendie"),
             ("public_health", "Santé publique"), ("community", "Milieu communautaire"))  # fmt: skip
    for name, options in (("etat", STATES), ("etendue", EXTENTS), ("preuve", PROOFS), ("role", roles)):
        choices += [[name, code, label] for code, label in options]
    settings = [
        ["form_title", "form_id", "version", "default_language"],
        [document.title, form_id, version, "Français (fr)"],
    ]
    return {"survey": survey, "choices": choices, "settings": settings}


def _lines(document: GridDocument) -> Iterable[list[str]]:
    yield _row("start", "debut")
    yield _row("end", "fin")
    yield _row("text", "no_dossier", "Numéro de dossier", required="yes")
    yield _row("select_one role", "role", "Rôle de la personne qui observe", required="yes")
    for dimension in document.dimensions:
        groups = words.write_groups(dimension.sensitive)
        yield _row("begin_group", f"g_{dimension.code}", dimension.title, appearance="field-list", sensibles=groups)
        for item in document.items:
            if item.dimension == dimension.code:
                yield from _questions(item)
        yield _row("end_group", "")
    yield _row("text", "notes", "Notes, sans nom")


def _questions(item: Item) -> Iterable[list[str]]:
    """The state of a point, then what is asked only where it is not good."""
    yield _row(
        "select_one etat", f"e_{item.code}", item.label, hint=f"{SCOPE}{words.SCOPES[item.scope]}",
        required="" if item.retired else "yes", relevant=NEVER if item.retired else "",
        portee=words.SCOPES[item.scope], mandat=words.write_mandates(item.mandates, together=item.together),
        mesure=words.MEASURES[item.measure], poids=str(item.weight), hhsrs=item.hhsrs, sources=item.sources,
        retire="oui" if item.retired else "non",
    )  # fmt: skip
    when = _condition(item.code)
    yield _row("select_one etendue", f"x_{item.code}", "Étendue", relevant=when)
    if item.danger:
        yield _row("acknowledge", f"d_{item.code}", f"{DANGER}{item.danger}", relevant=when)
    yield _row("select_one preuve", f"p_{item.code}", "Comment le savez-vous?", relevant=when)
    if item.measure:
        yield _row("decimal", f"m_{item.code}", f"Mesure\u00a0: {words.MEASURES[item.measure]}", relevant=when)
    yield _row(
        "image",
        f"f_{item.code}",
        "Photo (sans personne ni courrier visible)",
        relevant=when,
        parameters="max-pixels=1600",
    )


def _row(type_: str, name: str, label: str = "", **cells: str) -> list[str]:
    values = {"type": type_, "name": name, _LABEL: label, _HINT: cells.pop("hint", ""), **cells}
    return [values.get(column, "") for column in SURVEY]
