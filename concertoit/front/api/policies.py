"""Who gives keys to other systems; and what a key opens: the reports that the same system sent, nothing else."""

from concertoit.ground.spaces.policies import COORDINATION, FIELD_LEAD, grant


def declare() -> None:
    """Give the verb of the interfaces to roles; called when the room is wired."""
    grant("api.manage", FIELD_LEAD | COORDINATION)
