"""Counting: 60 options by 30 ballots (a plan and its partners), and 1,000 by 10,000 (what must still work, as a job).

Drawn ballots, always the same: options have very different popularity, half of the voters follow one of twenty groups.
CPU time of the count alone, and the memory it takes beyond the ballots.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from concertoit.ground.ballots.rules.agreement import consensus, polarisation
from concertoit.ground.ballots.rules.equal_shares import Completion, equal_shares
from concertoit.ground.ballots.rules.funding import Points, Project, approvals, greedy
from concertoit.ground.ballots.rules.judgment import majority_judgment, tallied
from concertoit.ground.ballots.rules.rankings import Ranking, borda, schulze
from concertoit.ground.ballots.rules.scores import approval, dots, score
from concertoit.ground.ballots.rules.stv import stv

SIZES = {(60, 30): 12, (1000, 10_000): 20}
"""Options and voters; how many options each voter supports or ranks."""


class Drawn:
    """Ballots of one size."""

    def __init__(self, options: int, voters: int, chosen: int) -> None:
        draw = random.Random(20260224)
        self.options = [f"o{number}" for number in range(options)]
        self.projects = [Project(option, 1000 * draw.randint(5, 400)) for option in self.options]
        self.budget = sum(int(project.cost) for project in self.projects) // 4
        self.seats = max(3, options // 50)
        popular = [draw.random() ** 3 for _ in self.options]
        groups = [[weight * draw.random() ** 2 for weight in popular] for _ in range(20)]
        self.orders = []
        for _ in range(voters):
            taste = draw.choice(groups) if draw.random() < 0.5 else popular
            self.orders.append(list(dict.fromkeys(draw.choices(self.options, taste, k=chosen * 2)))[:chosen])
        self.supports = [approvals(order) for order in self.orders]
        self.points = [Points({option: draw.randint(1, 5) for option in order}) for order in self.orders]
        self.rankings = [Ranking([[option] for option in order]) for order in self.orders]
        self.grades = [{option: draw.randint(0, 4) for option in self.options} for _ in range(min(voters, 1000))]
        self.grades *= -(-voters // len(self.grades))

    def judge(self) -> None:
        """Tally, order, and measure the agreement on each option."""
        for one in majority_judgment(tallied(self.grades, self.options, 5)):
            consensus(one.tally)
            polarisation(one.tally)

    def rules(self) -> dict[str, Callable[[], object]]:
        """Every rule on these ballots. Add-one by one unit is counted where it is wanted while people wait."""
        ways: dict[str, Callable[[], object]] = {
            "majority judgment, every grade": self.judge,
            "approval": lambda: approval(self.options, self.supports),
            "score": lambda: score(self.options, self.points),
            "dots": lambda: dots(self.options, self.points, most=100),
            "Borda": lambda: borda(self.options, self.rankings),
            "Schulze": lambda: schulze(self.options, self.rankings),
            f"STV, {self.seats} seats": lambda: stv(self.options, self.rankings, seats=self.seats),
            "greedy": lambda: greedy(self.projects, self.supports, self.budget),
            "equal shares": lambda: equal_shares(self.projects, self.supports, self.budget),
            "equal shares, greedy completion": lambda: equal_shares(
                self.projects, self.supports, self.budget, completion=Completion.GREEDY
            ),
        }
        if len(self.options) <= 60:
            ways["equal shares, add-one by 1 $"] = lambda: self._add1(1)
        else:
            ways["equal shares, add-one by 1 % of the endowment"] = lambda: self._add1(self.budget // 10_000 // 100)
        return ways

    def _add1(self, increment: int) -> object:
        return equal_shares(
            self.projects, self.supports, self.budget, completion=Completion.ADD1_GREEDY, increment=increment
        )


def _row(name: str, act: Callable[[], object], target: str) -> list[dict[str, Any]]:
    start = time.process_time()
    act()
    value = time.process_time() - start
    return [{"name": name, "value": round(value * 1000, 1), "unit": "ms CPU", "target": target}]


def _memory(name: str, act: Callable[[], object]) -> dict[str, Any]:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"name": f"{name}: peak memory", "value": round(peak / 1_000_000, 1), "unit": "MB", "target": "≤ 300 MB"}


def measure() -> list[dict[str, Any]]:
    """Each rule at each size; memory at the large one, for the rules that keep the most."""
    rows: list[dict[str, Any]] = []
    for (options, voters), chosen in SIZES.items():
        drawn = Drawn(options, voters, chosen)
        small = options <= 60
        for name, act in drawn.rules().items():
            label = f"{options:,} options, {voters:,} ballots: {name}"
            rows += _row(label, act, "≤ 1,000 ms" if small else "≤ 60,000 ms")
            if not small and name in {"Schulze", "equal shares", "majority judgment, every grade"}:
                rows.append(_memory(label, act))
    return rows
