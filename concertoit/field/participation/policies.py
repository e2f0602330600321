"""Who may do what. Everybody in the démarche reads associations, assemblies, the committee and results; the coordination
(the office) writes. The electoral list and complaints are read by the coordination only. Scrutineers and voters come by
a personal link, without an account."""

from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, grant


def declare() -> None:
    """Give the verbs of participation to roles; called when the room is wired."""
    grant("participation.view", EVERYBODY)
    grant("participation.manage", COORDINATION)
