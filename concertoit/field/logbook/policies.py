"""Who reads and writes the logbook. A worker reads their own entries; the lead of a team, those of its workers for days
inside the dates of the team; the coordination and the funder read figures, masked, never an entry."""

from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, FIELD_LEAD, FIELD_TEAM, grant


def declare() -> None:
    """Give the verbs of the logbook to roles; called when the room is wired."""
    grant("logbook.write", FIELD_TEAM)
    grant("logbook.register", FIELD_TEAM | COORDINATION)
    grant("logbook.setup", FIELD_LEAD | COORDINATION)
    grant("logbook.figures", EVERYBODY - {Role.OBSERVER})
    grant("logbook.publish", FIELD_LEAD | COORDINATION)
    grant("referrals.write", FIELD_TEAM)
