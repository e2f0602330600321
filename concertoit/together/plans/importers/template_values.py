"""Read the typed cells of our template; what cannot be read becomes a problem with its place and a suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.importers.template_tables import Problem
from concertoit.together.plans.rules.template_cells import read_amount, read_date
from concertoit.together.plans.rules.wording import fold

Code = TypeVar("Code")
YES_WORDS = {"oui", "x", "vrai", "✓", "☒", "☑"}
NO_WORDS = {"", "non", "faux", "—", "-", "☐"}


class Values:
    """Reads cells and collects the problems met."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, kind: str, cell: Cell, message: str, suggestion: str, *, place: str = "") -> None:
        self.problems.append(Problem(kind, cell.place or place, cell.text, message, suggestion))

    def word(self, cell: Cell, words: Mapping[Code, str], what: str) -> Code | None:
        """The code of one of our words, case and accents apart; empty gives ``None``, an unknown word also a problem."""
        text = fold(cell.text)
        if not text:
            return None
        for code, word in words.items():
            if fold(word) == text:
                return code
        self.problem(
            "unknown_word",
            cell,
            f"« {cell.text.strip()} » n'est pas un mot connu ({what}).",
            f"Choisissez parmi\u00a0: {', '.join(words.values())}.",
        )
        return None

    def amount(self, cell: Cell) -> Decimal | None:
        if not cell.text.strip():
            return None
        amount = read_amount(cell.text, cell.value)
        if amount is None:
            self.problem(
                "bad_amount",
                cell,
                "Ce montant ne se lit pas.",
                "Écrivez un seul nombre, au cent près, par exemple 11\u00a0446,00\u00a0$.",
            )
        return amount

    def day(self, cell: Cell) -> date | None:
        return self.day_written(cell.text, cell, cell.value)

    def day_written(self, text: str, cell: Cell, value: object = None) -> date | None:
        """A day written in (a part of) ``cell``."""
        if not text.strip():
            return None
        day = read_date(text, value)
        if day is None:
            self.problem("bad_date", cell, f"« {text.strip()} » n'est pas une date.", "Écrivez-la comme 2026-02-24.")
        return day

    def yes(self, cell: Cell) -> bool:
        return self.yes_written(cell.text, cell)

    def yes_written(self, text: str, cell: Cell) -> bool:
        word = fold(text)
        if word not in YES_WORDS | NO_WORDS:
            self.problem(
                "unknown_word", cell, f"« {text.strip()} » n'est ni oui ni non.", "Écrivez Oui, ou laissez vide."
            )
        return word in YES_WORDS
