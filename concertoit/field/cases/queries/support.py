"""Reads of accompaniment: everything a case's page of support shows, and what waits for whoever follows (I5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.support import Audience, LetterKind, NoteKind, PathStepKind
from concertoit.field.cases.models import (
    BrigadeMember,
    Case,
    HouseholdNeed,
    Letter,
    Message,
    Ownership,
    PathStep,
    ReceivedReferral,
    Report,
    SupportNote,
    ThreadRead,
)
from concertoit.field.cases.policies import SUPPORTING, get_case, is_lead, is_team, may_read_thread, must_see_support
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.field.cases.rules import letter_words, letters, path, rights
from concertoit.field.cases.rules.workdays import add_working_days, working_days_between
from concertoit.field.logbook.models import Referral
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer

ORIGIN = "cases.case"


def case_of(viewer: Viewer, reference: str) -> Case:
    """The case whose accompaniment the viewer reads. Raises ``NotVisible``, then ``NotAllowed``."""
    case = get_case(viewer, reference)
    must_see_support(viewer, case)
    return case


@dataclass(slots=True)
class Track:
    """The accompaniment of a case. ``need``: the last one told; ``corrected``: notes that a later note corrects."""

    notes: list[SupportNote] = field(default_factory=list)
    corrected: frozenset[int] = frozenset()
    steps: list[PathStep] = field(default_factory=list)
    next_step: str | None = None
    cards: list[rights.Card] = field(default_factory=list)
    explained: dict[str, date] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    received: list[ReceivedReferral] = field(default_factory=list)
    made: list[Referral] = field(default_factory=list)
    need: HouseholdNeed | None = None

    def owner_letter(self, stage: int) -> Letter | None:
        """The letter that the owner has at a stage of the case."""
        rows = (row for row in self.letters if row.kind == LetterKind.OWNER and row.stage == stage)
        return next((row for row in rows if row.voided_at is None), None)

    @property
    def due(self) -> PathStep | None:
        """The step whose day comes first."""
        waiting = [step for step in self.steps if step.waits_until]
        return min(waiting, key=lambda step: (step.waits_until, step.pk), default=None)


def steps_of(case: Case) -> list[PathStep]:
    """The path, in the order it is usually walked, then by day."""
    rows = PathStep.objects.filter(case=case).order_by("done_on", "pk")
    return sorted(rows, key=lambda row: (path.ORDER.index(row.kind), row.done_on or date.max, row.pk))


def track_of(case: Case) -> Track:
    """Everything of the accompaniment; seven queries whatever there is. The caller has asked ``case_of``."""
    found = Track(
        notes=list(SupportNote.objects.filter(case=case).order_by("-on", "-pk")),
        steps=steps_of(case),
        letters=list(Letter.objects.filter(case=case).defer("content").order_by("-produced_at", "-pk")),
        received=list(
            ReceivedReferral.objects.filter(case=case).select_related("organisation").order_by("-on", "-pk")
        ),
        made=list(referrals_of(case)),
        need=HouseholdNeed.objects.filter(case=case).order_by("-on", "-pk").first(),
    )
    found.corrected = frozenset(note.corrects_id for note in found.notes if note.corrects_id)
    found.next_step = path.next_step([path.Walked(s.kind, bool(s.done_on), s.result) for s in found.steps])
    found.cards = cards_of(case, found.steps, found.next_step)
    for note in reversed(found.notes):
        if note.kind == NoteKind.RIGHTS and note.card:
            found.explained[note.card] = note.on
    return found


def cards_of(case: Case, steps: Sequence[PathStep], coming: str | None) -> list[rights.Card]:
    """What the household should know now: for what it told, the steps under way and the one that comes."""
    open_steps = {step.kind for step in steps if not step.result}
    return rights.cards_for(case.problems, open_steps | ({coming} if coming else set()))


def referrals_of(case: Case) -> QuerySet[Referral]:
    """Referrals made from a case."""
    rows = Referral.objects.filter(space=case.space_id, origin_type=ORIGIN, origin_id=str(case.pk))
    return rows.select_related("service__organisation", "main_reason").order_by("-on", "-pk")


def waits_of(steps: Iterable[PathStep]) -> dict[int, int]:
    """The working days that a delay gave to each step, as they were when the step was written."""
    return {
        step.pk: working_days_between(step.done_on, step.answer_by)
        for step in steps
        if step.answer_rule and step.done_on and step.answer_by
    }


def answer_back_by(row: ReceivedReferral) -> date:
    """When who sent a household should have heard back."""
    return add_working_days(row.on, path.ANSWER_BACK.days or 0)


def step_of(case: Case, step_id: int) -> PathStep:
    """A step of this case. Raises ``NotVisible``."""
    row: PathStep = _one(PathStep.objects.filter(case=case), step_id)
    return row


def note_of(case: Case, note_id: int) -> SupportNote:
    """A note of this case. Raises ``NotVisible``."""
    row: SupportNote = _one(SupportNote.objects.filter(case=case), note_id)
    return row


def letter_of(case: Case, letter_id: int) -> Letter:
    """A letter of this case. Raises ``NotVisible``."""
    row: Letter = _one(Letter.objects.filter(case=case), letter_id)
    row.case = case
    return row


def received_of(case: Case, row_id: int) -> ReceivedReferral:
    """A household sent to us, of this case. Raises ``NotVisible``."""
    row: ReceivedReferral = _one(ReceivedReferral.objects.filter(case=case).select_related("organisation"), row_id)
    row.case = case
    return row


def _one(rows: QuerySet[Any], pk: int) -> Any:
    return must_exist(rows.filter(pk=pk).first())


def problem_words(case: Case) -> list[rights.Said]:
    """What was told, in both languages; « something else » is left to who writes."""
    return [letter_words.PROBLEMS[code] for code in case.problems if code in letter_words.PROBLEMS]


def letter_facts(case: Case, kind: str, dated: date) -> letters.LetterFacts:
    """What a letter of the case is made of, from what was ticked. The household is not in it."""
    steps = steps_of(case)
    asked = [code for step in steps for code in step.asks]
    owner = (
        Ownership.objects.filter(space=case.space, building=case.building, until=None).select_related("owner").first()
    )
    recipient = f"{owner.owner.name}\n{owner.owner.address}".strip() if owner and kind == "owner" else ""
    unit = f", app. {case.dwelling.unit}" if case.dwelling else ""
    return letters.LetterFacts(
        kind=kind, dated=dated, address=f"{case.building.line}{unit}, {case.building.municipality}",
        reference=case.reference, team=str(case.space.home or case.space), problems=problem_words(case),
        steps=[
            letters.Step(step.kind, step.done_on, step.result)
            for step in steps
            # the letter to the owner does not tell itself
            if step.done_on and (kind != "owner" or step.done_on < dated)
        ],
        asks=list(dict.fromkeys(asked)),
        answer_by=path.answer_by(PathStepKind.LETTER, dated, delays_of(case.space)[path.LETTER])
        if kind == "owner" else None,
        recipient=recipient,
    )  # fmt: skip


@dataclass(slots=True)
class Thread:
    """A conversation of a case, oldest first; ``unread``: how many the viewer has not seen; who read until when."""

    audience: str
    messages: list[Message]
    readers: list[ThreadRead]
    unread: int = 0


def thread_of(case: Case, audience: str, viewer: Viewer | None) -> Thread:
    """The messages of an audience; without a viewer, as the household reads them. Two queries."""
    rows = list(Message.objects.filter(case=case, audience=audience).order_by("at", "pk"))
    readers = list(ThreadRead.objects.filter(case=case, audience=audience).order_by("-read_at", "pk"))
    user_id = viewer.user.pk if viewer else None
    mine = next((one.read_at for one in readers if one.user_id == user_id), None)
    return Thread(audience, rows, readers, _unread(rows, mine, viewer))


def _unread(rows: Sequence[Message], read_at: datetime | None, viewer: Viewer | None) -> int:
    ours = viewer.membership_ids if viewer else frozenset()

    def is_new(row: Message) -> bool:
        from_me = row.author_id in ours if viewer else row.from_tenant
        return not from_me and (read_at is None or row.at > read_at)

    return sum(is_new(row) for row in rows)


def threads_of(viewer: Viewer, case: Case) -> list[Thread]:
    """The conversations of a case that the viewer reads."""
    return [thread_of(case, code, viewer) for code in Audience.values if may_read_thread(viewer, case, code)]


@dataclass(slots=True)
class Waiting:
    """What waits for whoever accompanies: steps whose day comes, households whose sender heard nothing back."""

    steps: list[PathStep] = field(default_factory=list)
    received: list[ReceivedReferral] = field(default_factory=list)


SOON = timedelta(days=5)


def waiting(viewers: Sequence[Viewer], today: date) -> Waiting:
    """For « Ma table » and the agent's home: three queries at most, whatever the number of démarches.

    A worker hears of the cases they follow; the liaison also of those that nobody follows.
    """
    seats = _supporting_seats(viewers)
    leads = [viewer.space.pk for viewer in viewers if is_team(viewer) and is_lead(viewer)]
    if not seats and not leads:
        return Waiting()
    mine = Q(case__follower__in=seats) | Q(case__space__in=leads, case__follower=None)
    open_case = ~Q(case__state=CaseState.CLOSED)
    steps = PathStep.objects.filter(mine, open_case, result="").filter(
        Q(done_on=None, due_on__lte=today + SOON) | Q(done_on__isnull=False, answer_by__lte=today + SOON)
    )
    received = ReceivedReferral.objects.filter(mine, open_case, answered_on=None)
    return Waiting(
        sorted(steps.select_related("case__building"), key=lambda row: (row.waits_until, row.pk)),
        list(received.select_related("case__building", "organisation").order_by("on", "pk")),
    )


def _supporting_seats(viewers: Sequence[Viewer]) -> list[int]:
    """Seats of the field team from which accompaniment is read."""
    team = {pk: viewer for viewer in viewers if is_team(viewer) for pk in viewer.membership_ids}
    if not team:
        return []
    leads = {pk for pk, viewer in team.items() if is_lead(viewer)}
    known = BrigadeMember.objects.filter(membership_id__in=team).values_list("membership_id", "competences")
    return sorted(leads | {pk for pk, codes in known if SUPPORTING & set(codes)})


def unread_threads(viewers: Sequence[Viewer]) -> list[Message]:
    """The last message of each thread of followed cases that the viewer has not read since; two queries."""
    seats = [pk for viewer in viewers if is_team(viewer) for pk in viewer.membership_ids]
    if not seats:
        return []
    user = viewers[0].user
    rows = Message.objects.filter(case__follower__in=seats).exclude(author__in=seats)
    recent = (
        rows.filter(at__gte=timezone.now() - timedelta(days=60)).select_related("case__building").order_by("at", "pk")
    )
    last = {(row.case_id, row.audience): row for row in recent}
    reads = ThreadRead.objects.filter(user=user, case__in=[case_id for case_id, _audience in last])
    seen = {(row.case_id, row.audience): row.read_at for row in reads}
    return [row for key, row in last.items() if key not in seen or seen[key] < row.at]


def household_case(report: Report) -> Case | None:
    """The case whose conversation the bearer of a report's code may read: that of its own household.

    A neighbour's report that was joined to the same case opens nothing of it.
    """
    case = report.case
    if case is None:
        return None
    if case.household_id is not None:
        return case if report.household_id == case.household_id else None
    first = Report.objects.filter(case=case).order_by("received_at", "pk").values_list("pk", flat=True).first()
    return case if first == report.pk else None
