"""Who sees what of small works: the team sees who asks; the coordination sets the pilot up, reads figures and makes
extractions, which name nobody. Who does the works comes by a personal link, for their visits only."""

from concertoit.ground.spaces.policies import COCO, COORDINATION, FIELD_LEAD, FIELD_TEAM, grant


def declare() -> None:
    """Give the verbs of small works to roles; called when the room is wired."""
    grant("works.view", FIELD_TEAM)
    grant("works.setup", FIELD_LEAD | COORDINATION)
    grant("works.figures", FIELD_TEAM | COCO)
    grant("works.extract", FIELD_LEAD | COORDINATION)
