"""Reads of adoptions: what each part of the draft says now, what was adopted, what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import (
    Adoption,
    ConsentRound,
    ConsentTurn,
    DepositReceipt,
    MinorCorrection,
)
from concertoit.together.decisions.queries.consent import RoundView
from concertoit.together.decisions.rules.adoption import Part, Standing, difference, may_open, parts_of
from concertoit.together.decisions.rules.consent import Mode, RoundState, Subject
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import Filing, Plan, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.diff import PlanDiff
from concertoit.together.plans.rules.snapshot import read_canonical

Key = tuple[str, str]


def key_of(round: ConsentRound) -> Key:
    """What part of a plan a proposal is."""
    return round.subject, round.item_uid


def parts_now(adoption: Adoption) -> dict[Key, Part]:
    """What each part of the draft says now; nothing once the draft was abandoned."""
    if adoption.version is None:
        return {}
    document = document_of(adoption.version, with_participants=False)
    return {(part.subject.value, part.uid): part for part in parts_of(document)}


def part_of(round: ConsentRound) -> Part | None:
    """What the part behind a proposal says now; nothing for a text, or when the part left the draft."""
    if round.subject == Subject.TEXT:
        return None
    adoption = (
        Adoption.objects.select_related("version__plan", "version__space").filter(session=round.session_id).first()
    )
    return parts_now(adoption).get(key_of(round)) if adoption else None


@dataclass(slots=True)
class PartLine:
    """One part of an adoption: its proposal, what the draft says of it now, and what was last accepted of it."""

    view: RoundView
    part: Part | None
    accepted: str = ""
    corrections: list[MinorCorrection] = field(default_factory=list)
    frozen: bool = False
    may_open: bool = False

    @property
    def settled(self) -> bool:
        return self.view.state in (RoundState.ADOPTED, RoundState.ADOPTED_OVER)

    @property
    def gone(self) -> bool:
        """Whether the part left the draft; a proposal in words is no part of it."""
        return self.part is None and not self.frozen and not self.is_text

    @property
    def is_text(self) -> bool:
        return self.view.round.subject == Subject.TEXT

    @property
    def touched(self) -> bool:
        """Whether the draft no longer says what was adopted; what is frozen is compared with no draft."""
        if not self.settled or self.frozen or self.is_text:
            return False
        return self.part is None or self.part.sha256 != self.accepted

    @property
    def standing(self) -> Standing:
        return Standing(Subject(self.view.round.subject), self.view.state, self.touched)


@dataclass(slots=True)
class Progress:
    """Where an adoption stands: its parts in order, those that the draft has gained since."""

    adoption: Adoption
    lines: list[PartLine] = field(default_factory=list)
    new: list[Part] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(line.settled and not line.touched for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines) + len(self.new)

    @property
    def touched(self) -> list[PartLine]:
        return [line for line in self.lines if line.touched]

    @property
    def complete(self) -> bool:
        return bool(self.lines) and self.done == self.total

    @property
    def next(self) -> PartLine | None:
        """The part at hand: the one under way, else the first that may open."""
        under_way = [line for line in self.lines if line.view.under_way]
        waiting = [line for line in self.lines if line.may_open and not (line.settled and not line.touched)]
        return next(iter([*under_way, *waiting]), None)


def progress_of(adoption: Adoption, views: Sequence[RoundView]) -> Progress:
    """The parts of an adoption against what the draft says now."""
    now = parts_now(adoption) if adoption.frozen_at is None else {}
    corrections: dict[int, list[MinorCorrection]] = {}
    for row in MinorCorrection.objects.filter(round__session=adoption.session_id).order_by("created_at", "pk"):
        corrections.setdefault(row.round_id or 0, []).append(row)
    found = Progress(adoption)
    frozen = adoption.frozen_at is not None
    for view in views:
        mine = corrections.get(view.round.pk, [])
        part = now.get(key_of(view.round))
        found.lines.append(PartLine(view, part, _accepted(view, mine), mine, frozen))
    known = {key_of(line.view.round) for line in found.lines}
    found.new = [part for key, part in now.items() if key not in known]
    _say_what_may_open(found)
    return found


def _accepted(view: RoundView, corrections: Sequence[MinorCorrection]) -> str:
    """The fingerprint last accepted: of the turn, or of a minor correction noted since."""
    if not view.turn:
        return ""
    later = [row for row in corrections if row.created_at >= view.turn.opened_at]
    return later[-1].after_sha256 if later else view.turn.sha256


def _say_what_may_open(found: Progress) -> None:
    standings = [line.standing for line in found.lines]
    open_now = [place for place, line in enumerate(found.lines) if line.view.under_way]
    mode = Mode(found.adoption.session.mode)
    for place, line in enumerate(found.lines):
        line.may_open = not line.frozen and not line.gone and may_open(place, standings, mode, open_now)


def change_between(before: str, after: str) -> PlanDiff | None:
    """What changed between two kept contents; nothing when one of them is not a plan's."""
    if not before or not after:
        return None
    return difference(read_canonical(before), read_canonical(after))


def accepted_content(line: PartLine) -> str:
    """The content last accepted of a part."""
    turn = line.view.turn
    later = [row for row in line.corrections if turn and row.created_at >= turn.opened_at]
    if later:
        return later[-1].after
    return ConsentTurn.objects.values_list("content", flat=True).get(pk=turn.pk) if turn else ""


def open_adoption(viewer: Viewer) -> Adoption | None:
    """The adoption under way in the démarche."""
    rows = Adoption.objects.filter(space=viewer.space, frozen_at=None, abandoned_at=None)
    return rows.select_related("session", "plan", "version__plan", "version__space").order_by("-pk").first()


def draft_to_adopt(plan: Plan) -> PlanVersion | None:
    """The draft of a plan, if one is open."""
    return PlanVersion.objects.filter(plan=plan, state=VersionState.DRAFT).select_related("plan", "space").first()


def current_of(plan: Plan) -> PlanVersion | None:
    """The version in force of a plan."""
    return PlanVersion.objects.filter(plan=plan, state=VersionState.CURRENT).select_related("plan", "space").first()


def adoption_of_version(version: PlanVersion) -> Adoption | None:
    """The adoption whose acts go with a version."""
    return Adoption.objects.filter(version=version).select_related("session").order_by("-pk").first()


def corrections_of(plan: Plan) -> list[MinorCorrection]:
    """Corrections from one version in force to the next, the latest first."""
    rows = MinorCorrection.objects.filter(plan=plan, round=None)
    return list(
        rows.select_related("from_version", "to_version", "body", "recorded_by").order_by("-decided_on", "-pk")
    )


@dataclass(frozen=True, slots=True)
class DepositLine:
    """A filing and the receipt that came back, if it did."""

    filing: Filing
    receipt: DepositReceipt | None


def deposits(viewer: Viewer) -> list[DepositLine]:
    """Filings of the démarche with their receipts, the latest first; two queries."""
    viewer.must("plan.view")
    filings = list(
        Filing.objects.filter(space=viewer.space)
        .select_related("version", "plan", "filed_by")
        .defer("snapshot", "version__snapshot")
        .order_by("-filed_on", "-pk")
    )
    receipts = {row.filing_id: row for row in DepositReceipt.objects.filter(filing__in=filings)}
    return [DepositLine(filing, receipts.get(filing.pk)) for filing in filings]
