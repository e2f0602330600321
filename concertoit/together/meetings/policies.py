"""Who may do what with meetings.

Everybody in the démarche reads the calendar, the agendas and what meetings led to; the people around the table see who
comes and answer; the coordination prepares, convenes and holds.
"""

from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, TABLE, Viewer, grant
from concertoit.together.meetings.models import Attendance, Meeting, Outcome


def declare() -> None:
    """Give the verbs of meetings to roles; called when the room is wired."""
    grant("meetings.view", EVERYBODY)
    grant("meetings.people", TABLE)
    grant("meetings.answer", TABLE)
    grant("meetings.propose", TABLE)
    grant("meetings.edit", COORDINATION)
    grant("meetings.welcome", COORDINATION)
    grant("meetings.publish", COORDINATION)
    # minutes name who was there: they are for the people around the table
    grant("meetings.minutes", TABLE)


def may_answer(viewer: Viewer, row: Attendance) -> bool:
    """Whether an invitation is the viewer's own."""
    return viewer.can("meetings.answer") and row.membership_id in viewer.membership_ids


def may_hold(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the viewer holds a meeting: the coordination, who leads it, who takes its notes."""
    if viewer.can("meetings.edit"):
        return True
    named = {meeting.facilitator_id, meeting.secretary_id} - {None}
    return viewer.can("meetings.answer") and bool(named & set(viewer.membership_ids))


def must_hold(viewer: Viewer, meeting: Meeting) -> None:
    """Raise ``NotAllowed`` unless ``may_hold``."""
    if not may_hold(viewer, meeting):
        raise NotAllowed("")


def may_finish(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether the viewer may say that a follow-up is done: who took it on, or the coordination."""
    if viewer.can("meetings.edit") or outcome.membership_id in viewer.membership_ids:
        return True
    theirs = outcome.membership_id is None and outcome.organisation_id in viewer.organisation_ids
    return viewer.can("meetings.answer") and theirs
