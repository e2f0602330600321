"""Rules of a review: reasons owed, tallies (L4; seed 000: « Cesser, Conserver, Corriger »)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.decisions.rules.reviews import Tally, Verdict, needs_reason, tally


@pytest.mark.parametrize(
    ("verdict", "reason", "lacking"),
    [
        ("keep", "", False),
        ("stop", "", True),
        ("fix", "  ", True),
        ("stop", "Le besoin est comblé.", False),
        ("", "", False),
    ],
)
def test_stopping_and_correcting_owe_a_reason(verdict: str, reason: str, lacking: bool) -> None:
    assert needs_reason(verdict, reason) is lacking


def test_unanimous_and_divided() -> None:
    assert tally(["keep", "keep"]).unanimous is Verdict.KEEP
    assert tally(["keep", "stop"]).unanimous is None
    assert tally([]).unanimous is None
    assert tally(["keep", "stop"]).divided
    assert tally(["keep", "fix", "stop"]).divided
    assert not tally(["keep", "keep", "stop"]).divided
    assert not tally(["stop"]).divided


@given(st.lists(st.sampled_from(list(Verdict))))
def test_every_voice_is_counted_once(verdicts: list[Verdict]) -> None:
    counted = tally(verdicts)
    assert counted.total == len(verdicts)
    assert counted == Tally(verdicts.count(Verdict.KEEP), verdicts.count(Verdict.FIX), verdicts.count(Verdict.STOP))
