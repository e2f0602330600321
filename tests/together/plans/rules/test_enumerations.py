"""Lists written inside a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.statuses import read_state, split_state
from concertoit.together.plans.rules.wording import words


def numbers(text: str) -> list[str]:
    return [item.written for item in read_enumeration(text).items]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1, Identifier 2, Définir 3, Valider", ["1", "2", "3"]),
        ("1 Participer aux rencontres 2, Diffuser 3 Faire rayonner", ["1", "2", "3"]),
        ("1, Créer. 2- Partager 3, Recueillir 5, Intégrer. 3- Récolter", ["1", "2", "3", "5", "3"]),
        ("1,1 Un comité est créé. 1,2 Une recherche est faite. 3, Diffuser", ["1,1", "1,2", "3"]),
        ("1. Faire\n2. Refaire", ["1", "2"]),
        ("1) Faire 2) Refaire", ["1", "2"]),
        ("1 Dresser la liste\n2 La valider", ["1", "2"]),
        ("1 Dresser la liste 2 La valider", []),
        ("3 Comités\n4 Villes", []),
        ("1,Être là 2,Faire", ["1", "2"]),
        ("6 rencontres par année", []),
        ("Rencontrer 2 comités et 3 villes", []),
        ("Étape 1 : Recruter Étape 2 : Former", ["1", "2"]),
    ],
)
def test_items(text: str, written: list[str]) -> None:
    assert numbers(text) == written


def test_numbers_in_parentheses_are_not_items() -> None:
    items = read_enumeration("1, Analyser (lien avec 2,1,1,2 + 2,2,2,2) 2, Diffuser").items
    assert [item.title for item in items] == ["Analyser (lien avec 2,1,1,2 + 2,2,2,2)", "Diffuser"]


def test_headings_between_items() -> None:
    items = read_enumeration("AN 1 1, Assurer 2, Animer An 2 1, Poursuivre 2, Piloter").items
    assert [(item.group, item.written) for item in items] == [
        ("AN 1", "1"),
        ("AN 1", "2"),
        ("An 2", "1"),
        ("An 2", "2"),
    ]


def test_a_lost_number_is_recovered_where_items_are_orders() -> None:
    items = read_enumeration("1, Identifier les besoins 2, Relayer l'information . Appuyer les villes").items
    assert [item.title for item in items] == ["Identifier les besoins", "Relayer l'information", "Appuyer les villes"]
    assert items[2].number_lost


def test_a_link_on_its_own_line_is_a_note() -> None:
    found = read_enumeration("1, Produire\n2, Diffuser\nLien avec 2,2,2,2")
    assert found.notes == ["Lien avec 2,2,2,2"]
    assert [item.title for item in found.items] == ["Produire", "Diffuser"]


def test_bullets() -> None:
    found = read_enumeration("Par exemple :\n• Produire\n• Diffuser")
    assert (found.before, [item.title for item in found.items]) == ("Par exemple :", ["Produire", "Diffuser"])


@given(
    st.lists(
        st.sampled_from(["Identifier les besoins", "Animer la table", "Un bilan", "Diffuser"]), min_size=2, max_size=9
    )
)
def test_any_numbered_list_is_read_whole(titles: list[str]) -> None:
    text = " ".join(f"{index}, {title}" for index, title in enumerate(titles, start=1))
    assert [item.title for item in read_enumeration(text).items] == titles


@given(st.text(alphabet="ab AZ12,.()\n-•éÉ", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    found = read_enumeration(text)
    kept = [found.before, *found.notes, *(f"{item.written} {item.title} {item.group}" for item in found.items)]
    assert set(words(text)) <= set(words(" ".join(kept)))


@pytest.mark.parametrize(
    ("title", "rest", "state"),
    [
        ("Créer un comité (en cours)", "Créer un comité", StepState.DOING),
        ("[TERMINÉ] Créer un comité", "Créer un comité", StepState.DONE),
        ("✔ Créer un comité", "Créer un comité", StepState.DONE),
        ("Créer un comité – Réalisé", "Créer un comité", StepState.DONE),
        ("Créer un comité RÉALISÉ", "Créer un comité", StepState.DONE),
        ("Créer l'œuvre (à venir)", "Créer l'œuvre", StepState.TODO),
        ("Suivre le dossier en cours", "Suivre le dossier en cours", None),
    ],
)
def test_states_glued_to_titles(title: str, rest: str, state: StepState | None) -> None:
    assert split_state(title)[:2] == (rest, state)


def test_states_are_exact() -> None:
    assert read_state("Complété") is StepState.DONE
    assert read_state("Reporté") is StepState.BLOCKED
    assert read_state("presque fini") is None
