"""The meetings of the example: those held since the plan was adopted, the next ones prepared, one convened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from concertoit.front.demo.services.clock import at
from concertoit.front.demo.services.minutes import tell_minutes
from concertoit.ground.audit.services import record
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import BodyMembership, GoverningBody, Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.meetings.enums import Answer, ItemKind, OutcomeKind, Presence, QuorumRule, Rhythm
from concertoit.together.meetings.models import AgendaItem, Attendance, Meeting, Outcome, Series
from concertoit.together.meetings.queries.people import addresses, expected
from concertoit.together.meetings.services import agenda, answering, attendance, inviting, keeping
from concertoit.together.meetings.services.agenda_items import ItemFacts, add_item
from concertoit.together.meetings.services.meetings import close_meeting, open_meeting
from concertoit.together.meetings.services.series import SeriesFacts, put_in_calendar, save_series

# The calendar begins with the plan; what is before today was held.
SINCE = date(2026, 3, 1)
COCO_SEATS = ("Paul", "Sylvie", "Hélène", "Diane")
# What was noted under a point, in turn.
RECORDS = (
    "Tour rapide : chacun dit où en est ce qu’il porte. Deux appuis sont offerts.",
    "On retient ce qui avance bien et on déplace une échéance d’un mois.",
    "Le retard s’explique par des textes qui manquent; un rappel part cette semaine.",
    "Rien ne bloque. La prochaine étape est lancée avant la rencontre suivante.",
)
# (kind, text, who, days after the meeting)
OUTCOMES = (
    (OutcomeKind.FOLLOW_UP, "Relancer les organismes dont la fiche manque dans la Vitrine", "nadia", 14),
    (OutcomeKind.DECISION, "La présentation aux nouveaux élus se fait avec un dépliant d’une page", "", 0),
    (OutcomeKind.INFORMATION, "Le comité local D’Autray dévoile son premier projet au printemps", "", 0),
    (OutcomeKind.FOLLOW_UP, "Préparer une page sur les besoins des personnes aînées", "paul", 30),
    (OutcomeKind.FOLLOW_UP, "Proposer deux dates pour la visite de projets", "louise", 21),
)
BY_HAND = (
    "Retour sur la rencontre avec la Table des préfets",
    "Préparer la tournée des conseils municipaux",
    "Discussion : comment parler de logement en période électorale",
)


def tell_meetings(region: Space, users: dict[str, User]) -> None:
    """Open the series of the coordination committee and of the plenary, hold the past, prepare what comes."""
    viewer = viewer_for(users["nadia"], region.slug)
    bodies = {body.kind: body for body in GoverningBody.objects.filter(space=region).order_by("pk")}
    _seat(region, bodies["coordination"])
    coco = _series(
        viewer, bodies["coordination"], "Comité de coordination", rhythm=Rhythm.MONTHS, interval=2, month_week=2,
        weekday=3, time=time(9, 30), place="Maison du développement social, Joliette", quorum_rule=QuorumRule.MAJORITY,
    )  # fmt: skip
    plenary = _series(
        viewer, bodies["plenary"], "Plénière du chantier", rhythm=Rhythm.YEAR, per_year=6, months=(2, 4, 5, 9, 10, 12),
        month_week=3, weekday=1, time=time(13, 0), place="Salle communautaire, Saint-Jacques",
        video_url="https://visio.exemple.test/chantier",
    )  # fmt: skip
    for series in (coco, plenary):
        for place, meeting in enumerate(_past(series)):
            _hold(viewer, meeting, users, place)
            tell_minutes(viewer, meeting, last=place == len(_past(series)) - 1)
    _prepare_next(viewer, coco, plenary, users)


def _seat(region: Space, body: GoverningBody) -> None:
    for membership in Membership.objects.filter(space=region, person__given_name__in=COCO_SEATS):
        BodyMembership.objects.create(space=region, membership=membership, body=body)


def _series(viewer: Viewer, body: GoverningBody, name: str, **fields: Any) -> Series:
    series = save_series(viewer=viewer, facts=SeriesFacts(name=name, place_of=body, starts_on=SINCE, **fields))
    put_in_calendar(series, SINCE)
    return series


def _past(series: Series) -> list[Meeting]:
    rows = series.meetings.filter(starts_at__lt=timezone.now()).select_related("space", "body", "committee")
    return list(rows.order_by("starts_at"))


def _hold(viewer: Viewer, meeting: Meeting, users: dict[str, User], place: int) -> None:
    """One meeting of the past: invited, held, noted, closed, on its day."""
    start, end, today = meeting.starts_at, meeting.ends_at, timezone.localdate()
    with at((start - timedelta(days=13)).astimezone(UTC)):
        agenda.build(viewer=viewer, meeting_id=meeting.pk, now=start - timedelta(days=12))
        add_item(
            viewer=viewer, meeting_id=meeting.pk,
            facts=ItemFacts(BY_HAND[place % len(BY_HAND)], 15, presenter=_member(meeting, "Nadia")),
        )  # fmt: skip
    _invite(meeting, start)
    with at(start.astimezone(UTC)):
        open_meeting(viewer=viewer, meeting_id=meeting.pk)
        _note_points(meeting, place)
        _note_people(viewer, meeting, place)
        _outcomes(meeting, users, place, today)
    with at(end.astimezone(UTC)):
        close_meeting(viewer=viewer, meeting_id=meeting.pk)
    convened = start - timedelta(days=12)
    Meeting.objects.filter(pk=meeting.pk).update(convened_at=convened, convened_by=viewer.user)
    _journal(viewer, meeting, "meeting.convened", convened)


def _member(meeting: Meeting, given_name: str) -> Membership | None:
    rows = Membership.objects.filter(space=meeting.space_id, person__given_name=given_name)
    return rows.order_by("pk").first()


def _invite(meeting: Meeting, start: datetime) -> None:
    people = expected(meeting)
    emails = addresses(people)
    Attendance.objects.bulk_create(
        Attendance(
            space_id=meeting.space_id, meeting=meeting, membership=one, organisation=one.organisation,
            name=str(one.person), email=emails.get(one.pk, ""), sent_at=start - timedelta(days=12), sent_sequence=0,
            answer=Answer.NO if place % 7 == 5 else Answer.YES if place % 4 else Answer.TENTATIVE,
        )
        for place, one in enumerate(people)
    )  # fmt: skip


def _note_points(meeting: Meeting, place: int) -> None:
    """Most points were treated; the last one written by hand had to wait, once."""
    rows = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    for number, row in enumerate(rows):
        late = place % 3 == 2 and row.kind == ItemKind.TEXT
        row.state = "deferred" if late else "done"
        if row.kind in (ItemKind.AXIS, ItemKind.LOCAL_NEWS, ItemKind.PARTNER_NEWS) and not late:
            row.record = RECORDS[(number + place) % len(RECORDS)]
    AgendaItem.objects.bulk_update(rows, ["state", "record"])


def _note_people(viewer: Viewer, meeting: Meeting, place: int) -> None:
    rows = Attendance.objects.filter(meeting=meeting).order_by("pk")
    noted = {
        row.pk: Presence.EXCUSED if row.answer == Answer.NO else Presence.ABSENT if (row.pk + place) % 9 == 4
        else Presence.REPRESENTED if (row.pk + place) % 8 == 3 else Presence.PRESENT
        for row in rows
    }  # fmt: skip
    attendance.note_presences(viewer=viewer, meeting_id=meeting.pk, presences=noted)
    if meeting.quorum_rule != QuorumRule.NONE:
        attendance.record_quorum(viewer=viewer, meeting_id=meeting.pk)


def _outcomes(meeting: Meeting, users: dict[str, User], place: int, today: date) -> None:
    """What was decided; a follow-up due before the last weeks was done in time."""
    lines = list(AgendaItem.objects.filter(meeting=meeting, plan_item__isnull=False).order_by("position"))
    for step in range(3):
        kind, text, who, days = OUTCOMES[(place + step) % len(OUTCOMES)]
        item = lines[(place + step * 3) % len(lines)] if lines else None
        due = timezone.localtime(meeting.starts_at).date() + timedelta(days=days)
        done = kind == OutcomeKind.FOLLOW_UP and due < today - timedelta(days=20)
        Outcome.objects.create(
            space_id=meeting.space_id, meeting=meeting, item=item, kind=kind, text=text, position=step,
            membership=_member(meeting, who.capitalize()) if who else None,
            due_on=due if kind == OutcomeKind.FOLLOW_UP else None, plan_item_id=item.plan_item_id if item else None,
            done_at=datetime.combine(due, time(16), tzinfo=UTC) if done else None, written_by=users["nadia"],
        )  # fmt: skip


def _journal(viewer: Viewer, meeting: Meeting, verb: str, at: datetime) -> None:
    """The line that the journal would have kept on the day."""
    record(
        actor=viewer.user, verb=verb, object_type="meetings.meeting", object_id=meeting.pk, object_label=meeting.title,
        space_id=meeting.space_id, at=at,
    )  # fmt: skip


def _prepare_next(viewer: Viewer, coco: Series, plenary: Series, users: dict[str, User]) -> None:
    """The next plenary is convened and people answer; the next committee waits for its agenda."""
    keeping.propose(
        viewer=viewer_for(users["paul"], viewer.space.slug), series_id=plenary.pk,
        title="Portrait des besoins des personnes aînées", note="La direction a de nouvelles données.", minutes=15,
    )  # fmt: skip
    meeting = plenary.meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at")[0]
    agenda.build(viewer=viewer, meeting_id=meeting.pk)
    people = [one.pk for one in expected(Meeting.objects.select_related("body").get(pk=meeting.pk))]
    inviting.convene(
        viewer=viewer, meeting_id=meeting.pk, members=people,
        note="Le stationnement est derrière la salle. On dîne ensemble à midi pour qui le souhaite.",
    )  # fmt: skip
    said = {
        "marc": answering.Said(Answer.YES),
        "annie": answering.Said(Answer.TENTATIVE, "Conseil municipal la veille : je confirme bientôt."),
        "sylvie": answering.Said(Answer.NO, "", "Karine Lapointe", "karine.lapointe@exemple.test"),
    }
    for key, one in said.items():
        theirs = viewer_for(users[key], viewer.space.slug)
        row = Attendance.objects.get(meeting=meeting, membership__in=theirs.membership_ids)
        answering.answer(viewer=theirs, row_id=row.pk, said=one)
    following = coco.meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at")[0]
    agenda.build(viewer=viewer, meeting_id=following.pk)
