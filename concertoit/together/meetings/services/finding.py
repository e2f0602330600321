"""The rows that a service works on, found through the démarche and held until the end of the transaction."""

from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import AgendaItem, Meeting, Series

MEETING, SERIES = "meetings.meeting", "meetings.series"


def held_meeting(viewer: Viewer, meeting_id: int, verb: str = "meetings.edit") -> Meeting:
    """A meeting of the démarche, locked. Raises ``NotAllowed``, ``NotVisible``."""
    viewer.must(verb)
    row = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id, space=viewer.space)
    return must_exist(row.select_related("space", "body", "committee", "convened_by").first())


def held_series(viewer: Viewer, series_id: int, verb: str = "meetings.edit") -> Series:
    """A series of the démarche, locked. Raises ``NotAllowed``, ``NotVisible``."""
    viewer.must(verb)
    return must_exist(Series.objects.select_for_update(of=("self",)).filter(pk=series_id, space=viewer.space).first())


def must_be_writable(meeting: Meeting) -> None:
    """Raise ``DomainError`` for a meeting whose agenda belongs to the past."""
    if meeting.state not in workflow.WRITABLE:
        raise DomainError(_("L’ordre du jour d’une rencontre tenue ou annulée ne change plus."))


def item_in(meeting: Meeting, item_id: int) -> AgendaItem:
    """A point of a meeting. Raises ``NotVisible``."""
    return must_exist(AgendaItem.objects.select_for_update().filter(pk=item_id, meeting=meeting).first())


def move_to(meeting: Meeting, state: str) -> None:
    """Change the state of a locked meeting (not saved). Raises ``DomainError`` where the workflow says no."""
    if not workflow.allowed(meeting.state, state):
        raise DomainError(
            _("Cette rencontre est « %(state)s » : ce n’est pas possible.")
            % {"state": meeting.get_state_display().lower()}
        )
    meeting.state = state


def journal(viewer: Viewer, verb: str, row: Meeting | Series, **values: Any) -> None:
    """One line of the journal about a meeting or a series."""
    record(
        actor=values.pop("actor", viewer.user),
        verb=verb,
        object_type=MEETING if isinstance(row, Meeting) else SERIES,
        object_id=row.pk,
        object_label=str(row),
        space_id=row.space_id,
        **values,
    )
