"""Elections: where they stand, what may be shown of them, what the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from concertoit.field.participation import workflow
from concertoit.field.participation.enums import CandidacyState
from concertoit.field.participation.models import Candidacy, Complaint, Election, Scrutineer
from concertoit.field.participation.queries.committee import committee_of
from concertoit.field.participation.queries.sentences import Said, said
from concertoit.field.participation.rules import checks
from concertoit.field.participation.rules import elections as rules
from concertoit.field.participation.rules.parameters import Parameters
from concertoit.ground.ballots.enums import ON_PAPER, Channel
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer


def elections_of(viewer: Viewer) -> QuerySet[Election]:
    """Elections of the démarche, the latest first."""
    rows = Election.objects.filter(space=viewer.space).select_related("assembly", "box")
    return rows.prefetch_related(Prefetch("candidacies", _candidacies())).order_by("-created_at", "-pk")


def _candidacies() -> QuerySet[Candidacy]:
    rows = Candidacy.objects.select_related("person", "complex")
    return rows.order_by("person__family_name", "person__given_name", "pk")


def election_of(viewer: Viewer, election_id: int) -> Election:
    """An election of the démarche with what hangs on it. Raises ``NotVisible`` for another's."""
    rows = elections_of(viewer).prefetch_related(
        Prefetch("scrutineers", Scrutineer.objects.order_by("pk")),
        Prefetch("complaints", Complaint.objects.order_by("on", "pk")),
    )
    return must_exist(rows.filter(pk=election_id).first())


def accepted(election: Election) -> list[Candidacy]:
    """Candidacies on the ballot, by name."""
    return [one for one in election.candidacies.all() if one.state == CandidacyState.ACCEPTED]


def has_paper(channels: list[str]) -> bool:
    """Whether one may vote on paper."""
    return bool(set(channels) & set(ON_PAPER))


def checks_of(election: Election, parameters: Parameters) -> list[Said]:
    """What the rules say of an election; scrutineers and candidacies are read with it."""
    committee = committee_of(election.space)
    assembly = election.assembly
    seen = checks.Election(
        places=election.places,
        tenants=rules.seats(committee.board_size if committee else None, parameters),
        held_on=assembly.on if assembly else None,
        notice_on=assembly.notice_on if assembly else None,
        modalities_on=election.modalities_on,
        online=Channel.ONLINE in election.channels or election.secrecy == "verifiable",
        paper=has_paper(election.channels),
        scrutineers=len(election.scrutineers.all()),
        acclaimed=rules.acclaimed(len(accepted(election)), election.places)
        and election.state in (workflow.PREPARING, workflow.ACCLAIMED, workflow.PROCLAIMED),
    )
    return said(checks.election(seen, parameters), parameters)


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate in the result. ``marks`` is nothing when too few voted to tell them apart."""

    name: str
    marks: int | None
    share: float | None
    elected: bool
    by_lot: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it may be shown."""

    lines: list[Line]
    masked: bool
    ballots: int
    blank: int
    rejected: int
    threshold: int


def result_of(election: Election) -> Result | None:
    """The result, channels together; without figures when fewer people voted than the threshold. Nothing before."""
    found: Mapping[str, Any] = election.result
    if not found:
        return None
    ballots, threshold = found["ballots"], found["threshold"]
    masked = ballots < threshold
    drawn = set(election.lot.get("drawn", []))
    names = {str(one.key): str(one.person) for one in election.candidacies.all()}
    lines = [
        Line(
            names[key],
            None if masked else marks,
            None if masked or not ballots else marks / ballots,
            elected=key in found["elected"] or key in drawn,
            by_lot=key in drawn,
            tied=key in found["tied"],
        )
        for key, marks in sorted(found["totals"].items(), key=lambda pair: (-pair[1], names[pair[0]]))
    ]
    if masked:
        lines.sort(key=lambda line: (not line.elected, line.name))
    return Result(lines, masked, ballots, found["blank"], found["rejected"], threshold)


def elected(election: Election) -> list[Candidacy]:
    """Who is elected: by acclamation, by the count, or by lot."""
    if election.state == workflow.ACCLAIMED or (election.proclaimed_on and not election.result):
        return accepted(election)
    keys = {*election.result.get("elected", []), *election.lot.get("drawn", [])}
    return [one for one in accepted(election) if str(one.key) in keys]


def is_tied(election: Election) -> bool:
    """Whether the last seats wait for a draw."""
    return bool(election.result.get("tied")) and not election.lot


def scrutineer_behind(token: str) -> Scrutineer:
    """Who holds a link for counting. Raises ``NotVisible``."""
    rows = Scrutineer.objects.filter(token_digest=personal_links.digest_of(token))
    return must_exist(rows.select_related("election__box", "election__space", "election__assembly").first())


def expected_envelopes(election: Election) -> int | None:
    """How many ballots the paper box must hold: electors struck off on paper, and online ballots poured into it."""
    box = election.box
    if box is None or not box.turnout:
        return None
    return int(box.turnout["paper"]) + (int(box.turnout["online"]) if box.poured else 0)
