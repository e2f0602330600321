"""The minutes of the example's meetings: each approved at the next one; those of the last meetings wait."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from concertoit.front.demo.services.clock import at
from concertoit.ground.notifications.models import Notice
from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings.models import Meeting, MinutesVersion
from concertoit.together.meetings.queries.minutes import to_approve
from concertoit.together.meetings.services import minutes

CORRECTION = "La présentation du portrait des besoins est reportée à l’automne, et non à l’été."


def tell_minutes(viewer: Viewer, meeting: Meeting, *, last: bool) -> None:
    """What happened around a meeting just held: the minutes before it approved there, its own written and sent.

    Of the last meetings, the plenary's minutes wait for approval; those of the committee are still to be written.
    """
    for version in to_approve(meeting):
        with at(meeting.starts_at + timedelta(minutes=12)):
            _approved(viewer, version, meeting, corrected=last)
    if last and meeting.body is not None and meeting.body.kind != BodyKind.PLENARY:
        return
    with at(min(meeting.ends_at + timedelta(days=2), timezone.now())):
        version = minutes.write(viewer=viewer, meeting_id=meeting.pk)
        minutes.send(viewer=viewer, meeting_id=meeting.pk, number=version.number)
    if not last:  # people read it long ago
        Notice.objects.filter(kind="meetings.minutes", read_at=None).update(read_at=timezone.now())


def _approved(viewer: Viewer, version: MinutesVersion, there: Meeting, *, corrected: bool) -> None:
    """As it was sent, or with a correction that the table asked for on the spot."""
    meeting_id, number = version.meeting_id, version.number
    if corrected:
        number = minutes.correct(viewer=viewer, meeting_id=meeting_id, number=number).number
        minutes.edit(
            viewer=viewer, meeting_id=meeting_id, number=number, texts={"record": CORRECTION},
            note="Une date précisée à la demande de la table.",
        )  # fmt: skip
    minutes.approve(viewer=viewer, meeting_id=meeting_id, number=number, approved_in_id=there.pk)
