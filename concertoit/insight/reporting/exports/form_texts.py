"""Words of the funder's form: how an element is named, a text as lines and lists, an organisation's precision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concertoit.ground.core.typography import NBSP
from concertoit.together.plans.rules.document import Actor, ActorKind, Indicator, Node

BULLET = re.compile(r"(?P<indent>[ \u00a0]*)[-•–*·◦▪o](?:[ \u00a0]+)(?P<text>.+)")
BOLD = re.compile(r"\*\*(?P<text>[^*\n]+)\*\*")
SAYS_TO_FORM = re.compile(r"\b(form(er|ation)|cré(er|ation)|mettre en place)\b", re.IGNORECASE)
STRAY_END = " ,;:-.)"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: ``level`` 0 for a paragraph, 1 or 2 for an entry of a list."""

    text: str
    level: int = 0


def lines_of(text: str) -> list[Line]:
    """A text as paragraphs and list entries; a line that begins with a dash or a bullet is an entry."""
    lines = []
    for raw in BOLD.sub(r"\g<text>", text).split("\n"):
        match = BULLET.fullmatch(raw.rstrip())
        if match:
            lines.append(Line(match["text"], 2 if match["indent"] else 1))
        elif raw.strip():
            lines.append(Line(raw.strip()))
    return lines


def number_of(node: Node) -> str:
    """The number as written (``1,1,1``), or the place in the outline when nothing is written."""
    return node.written or node.canonical


def named(node: Node) -> str:
    """An element with its number: ``1.1.1 Mobiliser le milieu``."""
    return " ".join(filter(None, (number_of(node), node.title.replace("\n", " "))))


def step_number(node: Node) -> str:
    """The number of a step, without the sign that follows it (``3,`` gives ``3.``); empty when there is none."""
    bare = node.written.rstrip(STRAY_END)
    return f"{bare}." if bare else ""


def organisation(actor: Actor) -> str:
    """An organisation or a committee as the form shows it."""
    suffix = ""
    if actor.kind is ActorKind.COMMITTEE_TO_FORM and not SAYS_TO_FORM.search(actor.name):
        suffix = " (à former)" if "comité" in actor.name.lower() else " (comité à former)"
    return f"{actor.name}{suffix}" + (f" — {actor.precision}" if actor.precision else "")


def indicator_text(indicator: Indicator) -> str:
    """An indicator with where it starts and where it goes: ``Municipalités engagées : 12 → 30 municipalités``."""
    values = " → ".join(filter(None, (indicator.baseline, indicator.target)))
    measured = " ".join(filter(None, (values, indicator.unit)))
    return f"{indicator.title}{NBSP}: {measured}" if measured else indicator.title
