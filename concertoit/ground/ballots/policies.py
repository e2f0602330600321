"""Who runs a vote. The voter needs no account: the code they hold is what lets them in."""

from concertoit.ground.spaces.policies import COORDINATION, grant


def declare() -> None:
    """Give the verbs of ballots to roles; called when the room is wired."""
    grant("ballot.run", COORDINATION)
