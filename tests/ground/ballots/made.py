"""A vote with its register, for tests."""

from __future__ import annotations

from typing import Any

from concertoit.ground.ballots.models import Box, Elector
from concertoit.ground.ballots.services import box as boxes
from concertoit.ground.ballots.services import register
from concertoit.ground.ballots.services.box import Option
from concertoit.ground.ballots.services.register import ElectorFacts
from tests.personas import Table

OPTIONS = [Option("aa", "Prune Candidate", "Tour Nord"), Option("bb", "Raoul Candidat"), Option("cc", "Sara Aussi")]
CHANNELS = ("room", "mail", "online")


def prepared(table: Table, electors: int = 6) -> Box:
    """A box in preparation with this many people on its list."""
    viewer = table.viewer("coordinator")
    box = boxes.prepare(viewer=viewer, title="Élection d’essai", threshold=3)
    people = [ElectorFacts(f"Locataire {number}", f"Tour Nord, app. {number}") for number in range(1, electors + 1)]
    register.add_electors(viewer=viewer, box=box, people=people)
    return box


def opened(table: Table, electors: int = 6, **facts: Any) -> Box:
    """The same, open."""
    box = prepared(table, electors)
    facts = {"options": OPTIONS, "max_choices": 2, "channels": CHANNELS} | facts
    return boxes.open_box(viewer=table.viewer("coordinator"), box=box, **facts)


def codes(table: Table, box: Box) -> list[tuple[Elector, str]]:
    """A code for everybody who has none, by number."""
    return register.issue_codes(viewer=table.viewer("coordinator"), box=box)


def first_code(table: Table) -> str:
    """The code of somebody who may vote now; what the permission table opens the ballot with."""
    return codes(table, opened(table))[0][1]
