"""Words, stems, questions, marks: what a search means, before any database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.search import rules
from concertoit.ground.search.rules import Term

FRENCH = st.text(alphabet="abcdeéèêàçùœL’'- .,019\n", max_size=80)


def folded(text: str) -> list[str]:
    return [word.folded for word in rules.words(rules.normal(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’habitation d'aujourd'hui, qu’on a", ["habitation", "aujourd", "hui", "on", "a"]),
        ("Cœur ŒUVRE Lætitia", ["coeur", "oeuvre", "laetitia"]),
        ("Saint-Martin_Nord", ["saint", "martin", "nord"]),
        ("1.1.2.3 et 61 267,00 $", ["1p1p2p3", "et", "61", "267p00"]),
        ("m² ﬁche E\u0301té", ["m2", "fiche", "ete"]),
        ("Łódź 東", ["u142odz", "u6771"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("logement", "Logements"),
        ("LOGEMENTS insalubres", "un logement insalubre"),
        ("prevention", "La prévention"),
        ("realisee", "des réalisations ; un plan réalisé"),
        ("activites", "une activité"),
        ("pleniere", "les plénières"),
        ("régulièrement", "regulierement"),
        ("oeuvre", "mise en œuvre"),
        ("l'habitation", "habitations"),
        ("congres", "Congrès"),
    ],
)
def test_a_question_finds_what_a_person_expects(asked: str, written: str) -> None:
    assert answers(asked + " ", written)


def answers(question: str, text: str) -> bool:
    """Whether a text answers a question, by the meaning of terms and without a database."""
    kept = rules.tokens(text).split()
    joined = f" {' '.join(kept)} "
    return all(
        f" {' '.join(term.whole)} " in joined
        or bool(set(term.stems) & set(kept))
        or (term.prefix and any(token.startswith(term.whole[0]) for token in kept))
        for term in rules.understand(question)
    )


@given(FRENCH)
def test_tokens_are_ascii_and_a_text_answers_each_of_its_words(text: str) -> None:
    assert rules.tokens(text).replace(" ", "a").isalnum() or not rules.tokens(text)
    for word in rules.words(rules.normal(text)):
        assert answers(word.lower, text)


@given(FRENCH)
def test_accents_and_case_never_matter(question: str) -> None:
    plain = question.translate(str.maketrans("éèêàçù", "eeeacu")).replace("œ", "oe").upper()
    assert rules.understand(question) == rules.understand(plain)


def test_the_last_word_may_be_the_beginning_of_one() -> None:
    assert rules.understand("comité loge")[-1].prefix
    assert not rules.understand("comité loge ")[-1].prefix
    assert not rules.understand("comité l")[-1].prefix
    assert answers("comité insal", "Comité sur l’insalubrité")
    assert not answers("insal ", "Comité sur l’insalubrité")


def test_quotes_make_a_phrase() -> None:
    assert rules.understand("« plan de travail »") == [Term(("xplan", "xde", "xtravail"))]
    assert answers('"mise en œuvre"', "La mise en oeuvre")
    assert not answers('"œuvre mise"', "La mise en œuvre")
    assert rules.understand('plan "de travail')[-1].prefix, "a quote still open is not a phrase yet"


def test_common_words_only_count_alone() -> None:
    assert [term.whole for term in rules.understand("le plan de la table ")] == [("xplan",), ("xtable",)]
    assert [term.whole for term in rules.understand("de la ")] == [("xde",), ("xla",)]
    assert rules.understand("' ! ") == []


def test_a_very_long_question_is_cut() -> None:
    assert len(rules.understand("mot " * 500)) == rules.MAX_TERMS
    assert len(rules.tokens("mot " * 20000).split()) == 2 * rules.MAX_WORDS


def test_marks_show_what_answers_around_the_first_of_it() -> None:
    text = "Un début. " * 40 + "La prévention de l’insalubrité, prévenir. " + "Une fin. " * 40
    pieces = rules.marked(text, rules.understand("prevention insalub"), 120)
    assert [piece.text for piece in pieces if piece.marked][:2] == ["prévention", "insalubrité"]
    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= 130
    assert rules.marked("Rien", [], 50) == [rules.Piece("Rien", False)]


@given(FRENCH, FRENCH, st.sampled_from([0, 10, 40]))
def test_marks_lose_nothing(text: str, question: str, length: int) -> None:
    pieces = rules.marked(text, rules.understand(question), length)
    whole = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert whole in rules.normal(text)
    assert length or whole == rules.normal(text)


def test_titles_rank_by_what_they_answer() -> None:
    titles = ["Loger mieux", "Logement", "Logement et autre chose", "Logements du comité", "Rien"]
    terms = rules.understand("logement comité ")
    ranked = sorted(titles, key=lambda title: rules.rank(terms, rules.tokens(title)))
    assert ranked == ["Logements du comité", "Logement", "Logement et autre chose", "Loger mieux", "Rien"]
    assert rules.rank(rules.understand("comi"), rules.tokens("Le comité"))[0] == -3
