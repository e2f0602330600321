"""Who may do what when deciding together: one function per part.

The coordination prepares and facilitates; whoever takes part in the table takes part here.
"""

from concertoit.ground.spaces.policies import COCO, COORDINATION, EVERYBODY, TABLE, Viewer, grant
from concertoit.together.decisions.enums import Disclosure
from concertoit.together.decisions.models import ConsentSeat, Prioritisation, Voice


def declare() -> None:
    """Give the verbs to roles; called when the room is wired."""
    grant("decisions.view", EVERYBODY)
    _workshops()
    _reviews()
    _prioritisation()
    _consent()


def _workshops() -> None:
    grant("workshop.view", EVERYBODY)
    grant("workshop.run", COORDINATION)
    grant("workshop.take_part", TABLE)


def _reviews() -> None:
    grant("review.view", EVERYBODY)
    grant("review.run", COORDINATION)
    grant("review.together", COCO)
    grant("review.take_part", TABLE)


def _prioritisation() -> None:
    """Everybody reads what was asked and what came out; the coordination asks; the coco recommends and may recount.

    Whose voice one gives is not a role: ``may_answer``.
    """
    grant("prioritisation.view", EVERYBODY)
    grant("prioritisation.prepare", COORDINATION)
    grant("prioritisation.answer", TABLE)
    grant("prioritisation.analyse", COCO)
    grant("money.recommend", COCO)
    grant("money.publish", COORDINATION)


def _consent() -> None:
    """Everybody reads what is proposed and what was decided; the table's organisations speak, each for itself; the
    coordination facilitates, notes what is said aloud, and records what bodies decide.

    Who speaks for a seat is not a role alone: ``speaks_for``.
    """
    grant("consent.view", EVERYBODY)
    grant("consent.follow", TABLE)
    grant("consent.facilitate", COORDINATION)
    grant("consent.answer", TABLE)
    grant("adoption.run", COORDINATION)
    grant("deposit.record", COORDINATION)


def speaks_for(viewer: Viewer, seat: ConsentSeat) -> bool:
    """Whether the viewer speaks for a seat: only the organisation's people, or the person who sits in their own name."""
    if not viewer.can("consent.answer"):
        return False
    return seat.organisation_id in viewer.organisation_ids or (
        seat.organisation_id is None and seat.membership_id in viewer.membership_ids
    )


def may_answer(viewer: Viewer, voice: Voice) -> bool:
    """Whether the viewer may fill the ballot of a voice: their organisation's, or their own."""
    if not viewer.can("prioritisation.answer"):
        return False
    if voice.organisation_id is not None:
        return voice.organisation_id in viewer.organisation_ids
    return voice.person_id is not None and voice.person_id == viewer.user.person_id


def may_read_ballot(viewer: Viewer, row: Prioritisation, voice: Voice) -> bool:
    """Whether the viewer may read what a voice said: its own people while it is kept, others as was announced, and
    only once the form is closed, so that nobody is influenced.
    """
    if row.closed_at is not None and row.disclosure == Disclosure.NOBODY:
        return False
    if may_answer(viewer, voice):
        return True
    if row.closed_at is None:
        return False
    if row.disclosure == Disclosure.TABLE:
        return viewer.can("prioritisation.answer")
    return row.disclosure == Disclosure.COORDINATION and viewer.can("prioritisation.prepare")
