"""A parameter that is yes or no is written in the language of the page."""

import pytest

from concertoit.field.participation.services.associations import _yes_no


@pytest.mark.parametrize(("written", "kept"), [("Oui", "1"), ("yes ", "1"), ("non", "0"), ("No", "0"), ("25", "25")])
def test_yes_and_no_in_both_languages(written: str, kept: str) -> None:
    assert _yes_no(written) == kept
