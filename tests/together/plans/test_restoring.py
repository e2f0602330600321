"""Values of the journal as people read them."""

import pytest

from concertoit.together.plans.services import restoring


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("state", "done", "Faite"),
        ("accepted", True, "oui"),
        ("state", "unheard of", None),
        ("actors", ["Organisme X", "Organisme Y"], "Organisme X, Organisme Y"),
        ("budget", None, None),
    ],
)
def test_values_are_read_in_words(field: str, value: object, shown: str | None) -> None:
    assert restoring.show(field, value) == shown
