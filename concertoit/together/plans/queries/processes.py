"""What carries out a step of the planning cycle (workshop, review, adoption…): the room that has it says so (L2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import CycleStep


@dataclass(frozen=True, slots=True)
class Process:
    """Something that carries out a step. ``state`` is its French label with a tone of the components.

    ``open``: it is going on now; ``done_on``: the day it ended, nothing before.
    """

    label: str
    href: str
    state: Any
    tone: str = "neutral"
    open: bool = False
    done_on: date | None = None


# For the steps given, in a constant number of queries: processes by id of step.
Provider = Callable[[Viewer, Sequence[CycleStep]], dict[int, list[Process]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Say what carries out steps (idempotent, so that a test may reload an app)."""
    if provider not in _providers:
        _providers.append(provider)


def carried_out(viewer: Viewer, steps: Sequence[CycleStep]) -> dict[int, list[Process]]:
    """For each step, what carries it out, from all rooms."""
    found: dict[int, list[Process]] = {}
    for provider in _providers:
        for step_id, processes in provider(viewer, steps).items():
            found.setdefault(step_id, []).extend(processes)
    return found


@dataclass(slots=True)
class Stand:
    """Where one step stands, by hand or from what carries it out."""

    step: CycleStep
    processes: list[Process]
    state: str = "next"

    @property
    def done_on(self) -> date | None:
        """The day written by hand; else the last day of what carries it out, once all of it is over."""
        if self.step.done_on or not self.processes:
            return self.step.done_on
        days = [one.done_on for one in self.processes]
        return max(day for day in days if day) if all(days) else None


def stands(viewer: Viewer, steps: Sequence[CycleStep]) -> list[Stand]:
    """Every step with its state: done, now (what is open, else the first that is not done) or next."""
    linked = carried_out(viewer, steps)
    found = [Stand(step, linked.get(step.pk, [])) for step in steps]
    waiting = [one for one in found if one.done_on is None]
    going_on = [one for one in waiting if any(process.open for process in one.processes)]
    for one in found:
        if one.done_on is not None:
            one.state = "done"
        elif one in (going_on or waiting[:1]):
            one.state = "now"
    return found
