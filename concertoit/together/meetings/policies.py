"""Who may do what with meetings.

Everybody in the démarche reads the calendar, the agendas and what meetings led to; the people around the table see who
comes and answer; the coordination prepares, convenes and holds.
"""

from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, TABLE, Viewer, grant
from concertoit.together.meetings.models import Attendance


def declare() -> None:
    """Give the verbs of meetings to roles; called when the room is wired."""
    grant("meetings.view", EVERYBODY)
    grant("meetings.people", TABLE)
    grant("meetings.answer", TABLE)
    grant("meetings.propose", TABLE)
    grant("meetings.edit", COORDINATION)


def may_answer(viewer: Viewer, row: Attendance) -> bool:
    """Whether an invitation is the viewer's own."""
    return viewer.can("meetings.answer") and row.membership_id in viewer.membership_ids
