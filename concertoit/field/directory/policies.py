"""Who may do what in a directory. Everybody in the démarche reads it; the field team and the coordination write records,
which the organisation then confirms; the team's lead and the coordination bring files in, retire and show services."""

from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, FIELD_LEAD, FIELD_TEAM, grant


def declare() -> None:
    """Give the verbs of the directory to roles; called when the room is wired."""
    grant("directory.view", EVERYBODY)
    grant("directory.write", FIELD_TEAM | COORDINATION)
    grant("directory.manage", FIELD_LEAD | COORDINATION)
