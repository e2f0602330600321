"""A box from its preparation to its closing. The electoral list is written before, frozen at opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.ballots.enums import BoxState, Channel, ElectorState
from concertoit.ground.ballots.models import Ballot, Box, Elector
from concertoit.ground.ballots.services.voting import mix
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

OBJECT = "ballots.box"


@dataclass(frozen=True, slots=True)
class Option:
    """Something one may choose. ``key`` is stored on ballots; ``label`` and ``detail`` are shown."""

    key: str
    label: str
    detail: str = ""


@transaction.atomic
def prepare(*, viewer: Viewer, title: str, lead: str = "", threshold: int = 5) -> Box:
    """A new box, closed and empty; its list may be written. ``threshold``: under it nothing is told apart."""
    viewer.must("ballot.run")
    box = Box.objects.create(space=viewer.space, title=title, lead=lead, threshold=threshold)
    _journal(viewer, "ballot.prepared", box)
    return box


def locked(box: Box) -> Box:
    """The row of a box, held until the end of the transaction: one act at a time on a box."""
    return Box.objects.select_for_update().get(pk=box.pk)


@transaction.atomic
def open_box(*, viewer: Viewer, box: Box, options: Iterable[Option], max_choices: int, channels: Iterable[str]) -> Box:
    """Open the vote: the list and the options are frozen.

    Raises ``DomainError`` when it was opened before, without anybody on the list, or without two options.
    """
    viewer.must("ballot.run")
    row = locked(box)
    if row.state != BoxState.PREPARED:
        raise DomainError(_("Ce scrutin a déjà été ouvert."))
    offered, ways = [asdict(option) for option in options], list(channels)
    electors = row.electors.count()
    if not electors:
        raise DomainError(_("La liste électorale est vide : inscrivez d’abord les personnes qui peuvent voter."))
    if len(offered) < 2 or not 1 <= max_choices < len(offered):
        raise DomainError(_("Un scrutin demande plus de candidatures que de sièges."))
    if not ways or set(ways) - set(Channel.values):
        raise DomainError(_("Dites de quelles façons on peut voter."))
    row.options, row.max_choices, row.channels = offered, max_choices, ways
    row.state, row.opened_at = BoxState.OPEN, timezone.now()
    row.save()
    _journal(viewer, "ballot.opened", row, {"electors": electors, "options": len(offered)})
    return row


@transaction.atomic
def close_box(*, viewer: Viewer, box: Box) -> Box:
    """Close the vote and count what the box holds, once.

    Where one way of voting (online, or on paper) brought fewer ballots than the threshold, the count of one would tell
    how these few people voted. Then nothing is counted here: ``poured`` says that the online ballots are to be printed
    and poured into the paper box, and counted with the others.
    Raises ``DomainError`` unless the vote is open.
    """
    viewer.must("ballot.run")
    row = locked(box)
    if row.state != BoxState.OPEN:
        raise DomainError(_("Ce scrutin n’est pas ouvert."))
    row.turnout = _turnout(row)
    online, paper = row.turnout["online"], row.turnout["paper"]
    row.poured = bool(online and paper and min(online, paper) < row.threshold)
    ballots = [list(one) for one in row.ballots.order_by("pk").values_list("choices", flat=True)]
    if len(ballots) != online:
        raise DomainError(
            _("L’urne et le registre ne concordent pas. N’allez pas plus loin : prévenez la présidence.")
        )
    mix(row, ballots)
    row.tally = {} if row.poured else tally_of(ballots, [option["key"] for option in row.options])
    row.state, row.closed_at = BoxState.CLOSED, timezone.now()
    row.save()
    # Nobody votes with a code any more: what could lead from a letter to a line of the register goes.
    row.electors.update(code_digest=None)
    _journal(viewer, "ballot.closed", row, {"voted": online + paper, "poured": row.poured})
    return row


def tally_of(ballots: list[list[str]], keys: list[str]) -> dict[str, Any]:
    """What ballots hold together: how many, how many blank, how many marks for each option."""
    marks = Counter(key for choices in ballots for key in choices)
    return {
        "ballots": len(ballots),
        "blank": sum(1 for choices in ballots if not choices),
        "options": {key: marks[key] for key in keys},
    }


def _turnout(box: Box) -> dict[str, int]:
    """How many are listed, voted online, voted on paper."""
    rows = box.electors.filter(state=ElectorState.VOTED).order_by().values("channel").annotate(total=Count("pk"))
    by_channel = {row["channel"]: row["total"] for row in rows}
    online = by_channel.pop(Channel.ONLINE, 0)
    return {"listed": box.electors.count(), "online": online, "paper": sum(by_channel.values())}


def erase(box_ids: list[int]) -> None:
    """Destroy the list and the ballots of boxes whose time is over; the counts stay. Called in a transaction."""
    Elector.objects.filter(box_id__in=box_ids).delete()
    Ballot.objects.filter(box_id__in=box_ids).delete()


def _journal(viewer: Viewer, verb: str, box: Box, after: dict[str, Any] | None = None) -> None:
    record(
        actor=viewer.user, verb=verb, object_type=OBJECT, object_id=box.pk, object_label=box.title,
        space_id=box.space_id, after=after,
    )  # fmt: skip
