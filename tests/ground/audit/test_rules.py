"""Differences, down to the word."""

from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.audit.rules import LONGEST, Change, Piece, changes, word_difference

texts = st.text(alphabet=" \nabcé’,.", max_size=60)


def test_only_what_changed_is_told_in_order() -> None:
    before = {"title": "A", "lead": "X", "gone": 1}
    after = {"title": "A", "phase": "done", "lead": "Y"}
    assert changes(before, after) == [
        Change("phase", None, "done"), Change("lead", "X", "Y"), Change("gone", 1, None)
    ]  # fmt: skip


def test_words_removed_and_added() -> None:
    assert word_difference("Former le comité cet hiver", "Former un comité cet hiver") == [
        Piece("same", "Former "),
        Piece("removed", "le"),
        Piece("added", "un"),
        Piece("same", " comité cet hiver"),
    ]
    assert word_difference("", "") == []
    assert word_difference("", "neuf") == [Piece("added", "neuf")]


@given(texts, texts)
def test_both_texts_can_be_read_in_the_difference(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_very_long_texts_are_replaced_whole() -> None:
    old, new = "a " * LONGEST, "b " * LONGEST
    assert word_difference(old, new) == [Piece("removed", old), Piece("added", new)]
