"""Reads of the ballot box. Nothing here looks into a box that is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from concertoit.ground.ballots.enums import BoxState, Channel, ElectorState
from concertoit.ground.ballots.models import Box, Elector
from concertoit.ground.core.checks_data import Finding
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.rules import fold


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many are on the list, voted, and hold a code. Ways of voting are told apart on each line only."""

    listed: int
    voted: int
    with_code: int


def turnout(box: Box) -> Turnout:
    """Where the register stands."""
    found = box.electors.order_by().aggregate(
        listed=Count("pk"),
        voted=Count("pk", filter=Q(state=ElectorState.VOTED)),
        with_code=Count("pk", filter=Q(codes_issued__gt=0)),
    )
    return Turnout(**found)


def electors(box: Box, *, search: str = "", state: str = "") -> QuerySet[Elector]:
    """Lines of the register, by number; ``search`` looks in names and dwellings without accents or case."""
    rows = box.electors.order_by("number")
    if state in ElectorState.values:
        rows = rows.filter(state=state)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    return rows


def ways_of(box: Box) -> list[tuple[str, str]]:
    """The ways of voting on paper that this vote allows, as choices."""
    return [(way.value, str(way.label)) for way in Channel if way in box.channels and way != Channel.ONLINE]


def printed_ballots(box: Box) -> list[list[str]]:
    """The online ballots to print and pour into the paper box, labels of the choices, in no order.

    Raises ``DomainError`` unless the box is closed and its content is to be counted on paper.
    """
    if box.state != BoxState.CLOSED or not box.poured:
        raise DomainError("nothing to print")
    labels = {option["key"]: option["label"] for option in box.options}
    rows = box.ballots.order_by("pk").values_list("choices", flat=True)
    return [[labels[key] for key in choices] for choices in rows]


def behind(digest: str) -> Elector | None:
    """Who holds the code of this digest, with the box."""
    return Elector.objects.filter(code_digest=digest).select_related("box__space").first()


def may_vote(elector: Elector) -> bool:
    """Whether the vote is open and this elector did not vote."""
    return elector.box.state == BoxState.OPEN and elector.box.online and elector.state == ElectorState.LISTED


def disagreements() -> Iterator[Finding]:
    """Boxes that do not hold as many ballots as the register has online strikes (``concertoit check-data``)."""
    struck = Q(electors__state=ElectorState.VOTED, electors__channel=Channel.ONLINE)
    rows = Box.objects.annotate(struck=Count("electors", filter=struck, distinct=True))
    for row in rows.annotate(held=Count("ballots", distinct=True)).exclude(struck=F("held")).order_by("pk"):
        yield Finding(f"ballots_box #{row.pk}", _("l’urne et le registre ne concordent pas"))
