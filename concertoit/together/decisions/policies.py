"""Who may do what when deciding together: one function per part.

The coordination prepares and facilitates; whoever takes part in the table takes part here.
"""

from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, TABLE, grant


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
    grant("review.take_part", TABLE)


def _prioritisation() -> None:
    """Verbs of prioritisation."""


def _consent() -> None:
    """Verbs of consent rounds and of adoption."""
