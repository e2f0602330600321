"""Folding names, NEQ, masking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.identity import rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DS-Lanaudière", "ds lanaudiere"),
        ("Développement social Lanaudière", "DEVELOPPEMENT  SOCIAL\u00a0LANAUDIERE"),
        ("L’Œuvre d’Émile", "l'oeuvre d'emile"),
        ("C.I.S.S.S.", "c i s s s"),
    ],
)
def test_names_match_once_folded(one: str, other: str):
    assert rules.same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ville de Joliette", "MRC de Joliette"), ("", ""), ("…", "?"), ("DSL", "DSM")]
)
def test_names_that_only_look_alike_do_not_match(one: str, other: str):
    assert not rules.same_name(one, other)


@given(st.text())
def test_folding_twice_is_folding_once(name: str):
    assert rules.fold(rules.fold(name)) == rules.fold(name)


@given(st.text())
def test_case_never_matters(name: str):
    assert rules.fold(name.casefold()) == rules.fold(name)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1162 345 678", True),
        ("1162345678", True),
        ("8812345678", True),
        ("", False),
        ("116234567", False),
        ("11623456789", False),
        ("11A2345678", False),
        ("١١٦٢٣٤٥٦٧٨", False),
    ],
)
def test_neq(written: str, right: bool):
    assert rules.is_neq(rules.clean_neq(written)) == right


@given(st.integers(0, 9_999_999_999))
def test_every_ten_digits_may_be_a_neq(number: int):
    assert rules.is_neq(f"{number:010}")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("", ""), ("alice@exemple.test", "a•••@exemple.test"), ("450 555-0199", "••• 99"), ("12, rue Haute", "•••")],
)
def test_masking(value: str, shown: str):
    assert rules.mask(value) == shown


@given(st.text(min_size=3).filter(lambda text: "@" not in text))
def test_a_mask_never_holds_the_value(value: str):
    assert value not in rules.mask(value)
