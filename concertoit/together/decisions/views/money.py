"""The money of a prioritisation: what there is and what is asked before opening, two counts side by side after."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import FAMILY_LABELS, CountKind, MoneyQuestion, PrioritisationState
from concertoit.together.decisions.forms.money import EnvelopesForm, RequestsForm
from concertoit.together.decisions.models import PriorityOption
from concertoit.together.decisions.queries.prioritisation import Counted, found, latest, money_of, options_of
from concertoit.together.decisions.rules.money_count import RULES
from concertoit.together.decisions.rules.prioritisation import THRESHOLDS
from concertoit.together.decisions.services import money as services
from concertoit.together.decisions.views.prioritisation import url_of
from concertoit.together.decisions.views.prioritisation_show import hides_everything, tabs_of


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_amounts(request: SpaceRequest, pk: int) -> HttpResponse:
    """Envelopes and requests, before opening."""
    viewer, row = request.viewer, found(request.viewer, pk)
    if row.state != PrioritisationState.PREPARING or row.money == MoneyQuestion.NONE:
        raise NotVisible("")
    money, options, what = money_of(row), options_of(row), request.POST.get("quoi", "")
    envelopes = EnvelopesForm(request.POST if what == "enveloppes" else None, money=money)
    asked = RequestsForm(request.POST if what == "demandes" else None, options=options, money=money)

    def save_requests() -> None:
        services.write_requests(viewer=viewer, pk=pk, requests=asked.requests())

    done = what == "enveloppes" and attempt(
        envelopes, lambda: services.write_envelopes(viewer=viewer, pk=pk, envelopes=envelopes.envelopes())
    )
    if done or (what == "demandes" and attempt(asked, save_requests)):
        toasts.done(request, _("Les montants sont enregistrés."))
        return redirect(request, url_of(request, "prioritisation_amounts", pk=pk))
    context = {"row": row, "envelopes": envelopes, "asked": asked, "years": money.years}
    status = 422 if envelopes.errors or asked.errors else 200
    return render(request, "decisions/prioritisation_amounts.html", context, status=status)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with what each rule does of it."""

    option: PriorityOption
    cost: Decimal
    votes: int
    points: int
    funded: dict[str, str]


@dataclass(frozen=True, slots=True)
class RuleOfYear:
    """What a rule does of a year, in dollars."""

    spent: Decimal
    left: Decimal
    left_out: int
    families: list[tuple[str, int]]
    unfunded: list[RequestLine]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: what there is, its requests by support, what each rule does."""

    place: int
    year: str
    envelope: Decimal
    lines: list[RequestLine]
    rules: dict[str, RuleOfYear]


def dollars(cents: int) -> Decimal:
    return Decimal(cents) / 100


def named(families: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(FAMILY_LABELS[code]), size) for code, size in families.items()]


def years_of(counted: Counted, options: list[PriorityOption]) -> list[YearView]:
    """The years of a count with the words of the plan; requests by support, most first."""
    by_key = {str(one.key): one for one in options}
    return [_year(place, year, by_key) for place, year in enumerate(counted.outcome["years"])]


def _year(place: int, year: dict[str, Any], by_key: dict[str, PriorityOption]) -> YearView:
    how = {rule: {one["key"]: one["by"] for one in year[rule]["funded"]} for rule in RULES}
    lines = [
        RequestLine(
            option=by_key[one["key"]], cost=dollars(one["cost"]), votes=one["votes"], points=one["points"],
            funded={rule: how[rule].get(one["key"], "") for rule in RULES},
        )
        for one in sorted(year["requests"], key=lambda one: (-one["points"], int(one["key"])))
    ]  # fmt: skip
    rules = {
        rule: RuleOfYear(
            spent=dollars(year[rule]["spent"]), left=dollars(year[rule]["left"]), left_out=year[rule]["left_out"],
            families=named(year[rule]["left_out_families"]), unfunded=[one for one in lines if not one.funded[rule]],
        )
        for rule in RULES
    }  # fmt: skip
    return YearView(place, year["year"], dollars(year["envelope"]), lines, rules)


@in_space("prioritisation.view")
def prioritisation_money(request: SpaceRequest, pk: int) -> HttpResponse:
    """Greedy and equal shares on the same ballots, by year, with what each leaves unfunded and for whom."""
    row = found(request.viewer, pk)
    if row.state != PrioritisationState.CLOSED or row.money == MoneyQuestion.NONE:
        raise NotVisible("")
    counted = latest(row, CountKind.MONEY)
    hidden = counted is not None and hides_everything(row, counted.outcome["voices"], THRESHOLDS.group)
    nothing = counted.outcome["with_nothing"] if counted else {}
    context = {
        "row": row,
        "tabs": tabs_of(request.viewer, row, "money"),
        "counted": counted,
        "hidden": hidden,
        "years": years_of(counted, options_of(row)) if counted and not hidden else [],
        "nothing": {rule: (one["voices"], named(one["families"])) for rule, one in nothing.items()},
        "analyses": request.viewer.can("prioritisation.analyse"),
        "by_points": row.money == MoneyQuestion.ALLOT,
    }
    return render(request, "decisions/prioritisation_money.html", context)
