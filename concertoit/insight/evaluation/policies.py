"""Who reads and writes the change strategy: everybody in the démarche reads; the coordination, its committee and the lead
of the field team write."""

from concertoit.ground.spaces.policies import COCO, EVERYBODY, FIELD_LEAD, grant


def declare() -> None:
    """Give the verbs of evaluation to roles; called when the room is wired."""
    grant("evaluation.view", EVERYBODY)
    grant("evaluation.write", COCO | FIELD_LEAD)
