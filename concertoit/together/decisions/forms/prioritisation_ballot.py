"""The form that partners fill: one answer in words per action, and where the money should go.

Each field also sends what it showed (``show_hidden_initial``): only what this person changed is written, so that two
people of an organisation can fill the same ballot at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from concertoit.together.decisions.enums import GRADE_LABELS, MoneyQuestion
from concertoit.together.decisions.models import FundingRequest, Prioritisation, PriorityBallot, PriorityOption
from concertoit.together.decisions.rules.prioritisation import order_for
from concertoit.together.decisions.services.prioritisation_answers import POINTS, Said


@dataclass(frozen=True, slots=True)
class Line:
    """An action as the form shows it; ``shown`` is the hidden field that says what was there."""

    option: PriorityOption
    field: BoundField
    shown: SafeString
    requests: list[FundingRequest]


@dataclass(frozen=True, slots=True)
class AxisOfForm:
    """The actions of an axis, in the order drawn for this voice."""

    number: int
    title: str
    lines: list[Line]


class BallotForm(forms.Form):
    """Fields ``note-<key>`` (an answer) and ``argent-<key>`` (a tick, or points)."""

    def __init__(
        self, *args: Any, row: Prioritisation, who: str, options: list[PriorityOption],
        requests: list[FundingRequest], ballot: PriorityBallot | None, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.row, self.who, self.options = row, who, options
        self.requests: dict[int, list[FundingRequest]] = {}
        for one in requests if row.money != MoneyQuestion.NONE else []:
            self.requests.setdefault(one.option.key, []).append(one)
        self.ballot = ballot or PriorityBallot()
        for option in options:
            self.fields[f"note-{option.key}"] = forms.ChoiceField(
                label=str(option), choices=list(GRADE_LABELS.items()), required=False, widget=forms.RadioSelect,
                initial=self.ballot.grades.get(str(option.key), ""), show_hidden_initial=True,
            )  # fmt: skip
        for option in options:
            if option.key in self.requests:
                self.fields[f"argent-{option.key}"] = self._money_field(option)

    def _money_field(self, option: PriorityOption) -> forms.Field:
        known = self.ballot.money.get(str(option.key), 0)
        if self.row.money == MoneyQuestion.APPROVE:
            return forms.BooleanField(label=str(option), required=False, initial=bool(known), show_hidden_initial=True)
        return forms.IntegerField(
            label=str(option), required=False, min_value=0, max_value=POINTS, initial=known or None,
            show_hidden_initial=True, widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "points"}),
            error_messages={"max_value": _("Au plus 100 points.")},
        )  # fmt: skip

    def axes(self) -> list[AxisOfForm]:
        """The actions axis by axis; inside an axis, in the order drawn for this voice."""
        by_axis: dict[int, list[PriorityOption]] = {}
        for option in self.options:
            by_axis.setdefault(option.axis_number, []).append(option)
        return [
            AxisOfForm(number, options[0].axis_title, self._lines(options))
            for number, options in sorted(by_axis.items())
        ]

    def _lines(self, options: list[PriorityOption]) -> list[Line]:
        known = {option.key: option for option in options}
        return [self._line("note", known[key]) for key in order_for(self.row.seed, self.who, known)]

    def _line(self, kind: str, option: PriorityOption) -> Line:
        field = self[f"{kind}-{option.key}"]
        return Line(option, field, field.as_hidden(only_initial=True), self.requests.get(option.key, []))

    def money_lines(self) -> list[Line]:
        """The requests, in the order drawn for this voice."""
        known = {option.key: option for option in self.options if option.key in self.requests}
        return [self._line("argent", known[key]) for key in order_for(self.row.seed, f"{self.who}:argent", known)]

    def said(self, *, done: bool) -> Said:
        """What this person changed; call it on a valid form."""
        changed, values = set(self.changed_data), self.cleaned_data
        grades = {one.key: values[f"note-{one.key}"] or None for one in self.options if f"note-{one.key}" in changed}
        money = {key: int(values[f"argent-{key}"] or 0) for key in self.requests if f"argent-{key}" in changed}
        return Said(grades, money, done)
