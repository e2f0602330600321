"""Rights, the tenant's path and letters, without a database (I5)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.enums.support import LetterKind, PathResult, PathStepKind, RentAsk
from concertoit.field.cases.rules import letter_bodies, letter_words, letters, path, rights
from concertoit.field.cases.rules.path import Walked
from concertoit.field.cases.rules.rights import Said

FACTS = letters.LetterFacts(
    kind="owner", dated=date(2026, 11, 2), address="88, rue du Parcours, app. 3, Ville d’essai", reference="2026-0007",
    team="Organisme porteur", problems=[Said("Moisissures", "Mould")],
    steps=[
        letters.Step("letter", date(2026, 10, 20), "silent"),
        letters.Step("verbal", date(2026, 10, 1), "promised"),
    ],
    asks=["works", "reduction"], answer_by=date(2026, 11, 16),
)  # fmt: skip


class TestRights:
    def test_every_card_has_its_source_in_both_languages(self) -> None:
        for card in rights.CARDS:
            assert card.source
            assert card.title.fr != card.title.en
            assert card.text.speak("en-ca") == card.text.en
            assert card.text.speak("fr-ca") == card.text.speak("es") == card.text.fr
            assert set(card.problems) <= set(Problem.values), card.code
            assert set(card.steps) <= set(PathStepKind.values), card.code
        assert len(rights.BY_CODE) == len(rights.CARDS)

    def test_the_articles_that_help(self) -> None:
        sources = " ".join(card.source for card in rights.CARDS)
        for article in ("1854", "1863", "1864", "1893", "1894", "1907", "1910", "1911", "1912", "1913"):
            assert article in sources

    def test_cards_come_when_they_are_needed(self) -> None:
        def codes(problems: set[str], steps: set[str]) -> set[str]:
            return {card.code for card in rights.cards_for(problems, steps)}

        assert codes(set(), set()) == set()
        assert "deposit" in codes(set(), {"tribunal"})
        assert "deposit" not in codes(set(), {"verbal"})
        assert "cleanliness" in codes({"pests"}, set())
        assert "habitable" in codes({"cold"}, set())

    def test_what_nobody_read_says_so(self) -> None:
        assert rights.BY_CODE["deposit"].read_on is not None
        assert rights.BY_CODE["safety_rules"].read_on is None


class TestPath:
    def test_a_registered_letter_waits_ten_working_days(self) -> None:
        # From Tuesday 17 December 2024: two weekends, Christmas and New Year's Day do not count.
        assert path.answer_by("letter", date(2024, 12, 17)) == date(2025, 1, 2)
        assert path.DELAYS["letter"].source

    def test_a_delay_that_is_not_confirmed_gives_no_day(self) -> None:
        assert path.answer_by("tribunal", date(2026, 11, 2)) is None

    def test_what_comes_next(self) -> None:
        verbal = Walked("verbal", True, "silent")
        assert path.next_step([]) == "verbal"
        assert path.next_step([verbal]) == "letter"
        assert path.next_step([verbal, Walked("letter", True, "")]) is None
        assert path.next_step([verbal, Walked("letter", True, "done")]) is None
        assert path.next_step([Walked("letter", True, "refused")]) == "inspection"
        assert path.next_step([Walked("tribunal", True, "refused")]) is None

    @given(st.lists(st.builds(Walked, st.sampled_from(path.ORDER), st.just(True), st.sampled_from(PathResult.values))))
    def test_the_next_step_was_never_tried(self, walked: list[Walked]) -> None:
        coming = path.next_step(walked)
        assert coming is None or coming not in {one.kind for one in walked}


class TestLetters:
    @pytest.mark.parametrize("kind", LetterKind.values)
    def test_each_letter_is_in_french_and_in_english(self, kind: str) -> None:
        words = letter_bodies.write(letters.LetterFacts(**{**_values(), "kind": kind}))
        assert "Moisissures" in words["fr"].body
        assert "Mould" in words["en"].body
        assert "Moisissures" not in words["en"].body
        assert words["fr"].subject != words["en"].subject

    def test_what_was_ticked_is_said_in_order_with_its_dates(self) -> None:
        body = letter_bodies.write(FACTS)["fr"].body
        assert body.index("le 1er octobre 2026") < body.index("le 20 octobre 2026")
        assert "au plus tard le 16 novembre 2026" in body
        assert "une diminution de loyer" in body
        assert "October 1, 2026" in letter_bodies.write(FACTS)["en"].body

    def test_every_problem_has_its_words(self) -> None:
        assert set(letter_words.PROBLEMS) == set(Problem.values) - {Problem.OTHER}

    def test_nothing_ticked_still_gives_a_letter_to_complete(self) -> None:
        bare = letters.LetterFacts("owner", date(2026, 11, 2), "88, rue du Parcours", "2026-0007", "Équipe")
        body = letter_bodies.write(bare)["fr"].body
        assert "les travaux nécessaires" in body
        assert "au plus tard" not in body

    def test_every_code_has_its_words(self) -> None:
        everything = letters.LetterFacts(
            **{
                **_values(), "asks": RentAsk.values,
                "steps": [letters.Step(k, date(2026, 1, 5), r) for k in PathStepKind.values for r in PathResult.values],
            }
        )  # fmt: skip
        assert letter_bodies.write(everything)

    def test_the_household_is_a_placeholder_until_the_file(self) -> None:
        body = letter_bodies.write(FACTS)["fr"].body
        assert letters.HOUSEHOLD in body
        assert "____ (nom)" in letters.named(body, "", "fr")
        assert "Zénobie" in letters.named(body, "Zénobie", "fr")

    def test_the_digest_is_that_of_what_is_kept(self) -> None:
        content = letters.frozen(letter_bodies.write(FACTS), kind="owner", dated=FACTS.dated, reference="2026-0007")
        again = {key: content[key] for key in reversed(list(content))}
        assert letters.digest(content) == letters.digest(again)
        again["dated"] = "2026-11-03"
        assert letters.digest(content) != letters.digest(again)

    def test_paragraphs_and_lists(self) -> None:
        assert letters.paragraphs("Un\r\ndeux\r\n\r\n- a\r\n- b\r\n") == [
            ("text", ["Un", "deux"]),
            ("list", ["a", "b"]),
        ]
        assert letters.paragraphs("Voici :\n- a") == [("text", ["Voici :"]), ("list", ["a"])]
        assert letters.paragraphs("") == []


def _values() -> dict[str, object]:
    return {name: getattr(FACTS, name) for name in FACTS.__slots__}
