"""Lists that people type one entry a line: organisations, amounts, links, steps; and how a form shows them again.

What a form shows and gets back unchanged is taken as it was: a precision, a kind or a target that the words alone would
not give back is not lost by opening a form and saving it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from concertoit.together.plans.enums import LinkKind
from concertoit.together.plans.models import BudgetLine, NodeLink, PlanNode
from concertoit.together.plans.rules.amounts import read_amount
from concertoit.together.plans.rules.document import Actor, ActorRole
from concertoit.together.plans.rules.names import kind_of
from concertoit.together.plans.rules.soundness import LARGEST

_PRECISION = re.compile(r"^(?P<name>.*\S)\s*\((?P<precision>[^()]*)\)\s*$", re.DOTALL)

LineWritten = tuple[str, Decimal, str, str]
LinkWritten = tuple[int | None, str, str, str]


def lines_of(text: str) -> list[str]:
    """The written lines of a text, without blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def one_line(text: str) -> str:
    """A text on one line, as a list shows it."""
    return " ".join(text.split())


def one_amount(text: str) -> Decimal | None:
    """The amount of a text; nothing when it is blank. Raises ``ValidationError`` when it says none, or several."""
    if not text.strip():
        return None
    found = read_amount(text)
    if len(found.amounts) != 1 or found.amounts[0].value < 0:
        raise forms.ValidationError(
            _("« %(text)s » n’est pas un montant. Écrivez par exemple « 11 446,00 ».") % {"text": text}
        )
    if found.amounts[0].value > LARGEST:
        raise forms.ValidationError(_("Ce montant est trop grand."), code="size")
    return found.amounts[0].value


def show_amount(amount: Decimal | None) -> str:
    """An amount as people type it."""
    return f"{amount:.2f}".replace(".", ",") if amount is not None else ""


def show_actor(actor: Actor) -> str:
    """An actor on one line, its precision between parentheses."""
    return one_line(f"{actor.name} ({actor.precision})" if actor.precision else actor.name)


def show_actors(actors: Iterable[Actor], role: ActorRole) -> str:
    return "\n".join(show_actor(actor) for actor in actors if actor.role is role)


def read_actors(text: str, role: ActorRole, known: Iterable[Actor] = ()) -> list[Actor]:
    """One actor a line, a precision between parentheses; a line that shows a ``known`` actor is that actor."""
    shown = {show_actor(actor): actor for actor in known if actor.role is role}
    actors = []
    for line in lines_of(text):
        found = _PRECISION.match(line)
        name, precision = (found["name"], found["precision"].strip()) if found else (line, "")
        actors.append(shown.get(one_line(line)) or Actor(role, name, kind_of(name), precision))
    return actors


def show_lines(lines: Iterable[BudgetLine]) -> str:
    """« An 1 ; 7590,00 ; fiduciaire ; source », an amount a line."""
    rows = ([line.year, show_amount(line.amount), line.fiscal_agent, line.source] for line in lines)
    return "\n".join(" ; ".join(one_line(part) for part in row).rstrip(" ;") for row in rows)


def read_lines(text: str) -> list[LineWritten]:
    """(year, amount, fiscal agent, source) of each line. Raises ``ValidationError`` with the number of the line."""
    rows = []
    for number, line in enumerate(lines_of(text), start=1):
        year, amount, agent, source = [part.strip() for part in [*line.split(";"), "", "", ""][:4]]
        if not amount:
            year, amount = "", year
        try:
            value = one_amount(amount)
        except forms.ValidationError as error:
            raise forms.ValidationError(_("Ligne %(number)s : ") % {"number": number} + error.messages[0]) from error
        if value is not None:
            rows.append((year, value, agent, source))
    return rows


def show_link(link: NodeLink) -> str:
    """« dépend de 2.1.1.2 retombées »: the kind when it is not the ordinary one, the number, the note."""
    kind = "" if link.kind == LinkKind.RELATED else str(link.get_kind_display())
    return one_line(f"{kind} {link.target_written} {link.note}")


def _link_kind(line: str) -> tuple[str, str]:
    """(kind of the link, what follows): the words of the kind may stand before the number."""
    for kind in LinkKind:
        words = f"{kind.label} "
        if line.casefold().startswith(words.casefold()):
            return kind.value, line[len(words) :].strip()
    return LinkKind.RELATED.value, line


def read_links(text: str, known: Iterable[NodeLink], targets: dict[str, int]) -> list[LinkWritten]:
    """(item, number as written, kind, note) of each line; a line that shows a ``known`` link is that link.

    ``targets`` are items by number. Raises ``ValidationError`` for a number that no element has.
    """
    shown = {show_link(link): link for link in known}
    rows: list[LinkWritten] = []
    for line in lines_of(text):
        if kept := shown.get(one_line(line)):
            rows.append((kept.target_id, kept.target_written, kept.kind, kept.note))
            continue
        kind, rest = _link_kind(line)
        code, _space, note = rest.partition(" ")
        target = targets.get(code.rstrip(".,;:")) or targets.get(code.replace(",", ".").rstrip("."))
        if target is None:
            raise forms.ValidationError(_("Aucun élément ne porte le numéro « %(code)s ».") % {"code": code})
        rows.append((target, code, kind, note.strip()))
    return rows


def show_steps(steps: Iterable[PlanNode]) -> str:
    """The steps of a node as the form shows them, their sub-headings before them."""
    lines: list[str] = []
    group = ""
    for step in steps:
        if step.group != group:
            group = step.group
            lines.append(f"## {one_line(group)}".strip())
        lines.append(one_line(step.title))
    return "\n".join(lines)


def read_steps(text: str) -> list[tuple[str, str]]:
    """(group, title) of each step of the form."""
    group, steps = "", []
    for line in lines_of(text):
        if line.startswith("##"):
            group = line.lstrip("# ").strip()
        else:
            steps.append((group, line))
    return steps
