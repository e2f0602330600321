"""A change strategy as people write it: every line is understood or given back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.insight.evaluation.rules.pasted import read
from tests.shared_data import shared

TEXT = """Stratégie de changement

Changements de connaissances
- Les gens savent à qui s’adresser (Axe 1)
- On distingue deux sortes de logement (Axes 2&3)

Changements de pratiques
• Les équipes visitent ensemble (Axes 1-3)
2. Les villes échangent

Changements de conditions/cadre de vie
- Les ménages vivent dans un logement sain;

Axe 1: Proximité
Posture de l’équipe
"""


def test_kinds_axes_and_what_is_left() -> None:
    found = read(TEXT)
    assert [(one.kind, one.text, one.axes) for one in found.changes] == [
        ("knowledge", "Les gens savent à qui s’adresser", (1,)),
        ("knowledge", "On distingue deux sortes de logement", (2, 3)),
        ("practices", "Les équipes visitent ensemble", (1, 2, 3)),
        ("practices", "Les villes échangent", ()),
        ("conditions", "Les ménages vivent dans un logement sain", ()),
    ]
    assert found.axes == {1: "Proximité", 2: "Axe 2", 3: "Axe 3"}
    assert found.unread == [(1, "Stratégie de changement"), (15, "Posture de l’équipe")]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("(Axe 1)", (1,)), ("(axes 1 et 2)", (1, 2)), ("(Axes 1, 2 & 4)", (1, 2, 4)), ("( Axes 2-2 ).", (2,)), ("", ())],
)
def test_numbers_of_axes(written: str, numbers: tuple[int, ...]) -> None:
    assert read(f"Changements de pratiques\n- On partage {written}").changes[0].axes == numbers


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_line_is_lost(text: str) -> None:
    """Each line with words is a change, a heading, an axis, or is given back."""
    found = read(text)
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.changes) + len(found.unread) <= len(lines)
    plain = read("\n".join(f"- ligne {number}" for number in range(5)))
    assert len(plain.unread) == 5


def test_the_real_strategy() -> None:
    folder = shared("seeds")
    text = next(folder.glob("001_*.txt")).read_text(encoding="utf-8")
    found = read(text)
    by_kind = {
        kind: sum(one.kind == kind for one in found.changes) for kind in ("knowledge", "practices", "conditions")
    }
    assert by_kind == {"knowledge": 2, "practices": 5, "conditions": 1}
    assert set(found.axes) == {1, 2, 3, 4}
    assert {one.axes for one in found.changes} == {(1,), (2, 3), (2,), ()}
