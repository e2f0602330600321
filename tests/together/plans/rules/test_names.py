"""Cells of organisations, taken apart without cutting a name."""

from __future__ import annotations

import pytest

from concertoit.together.plans.rules.document import ActorKind, ActorRole
from concertoit.together.plans.rules.names import may_be_one, signature, split_actors


def read(text: str, role: ActorRole = ActorRole.PARTNER) -> list[tuple[str, str, str]]:
    return [(actor.role.value, actor.name, actor.precision) for actor in split_actors(text, role)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MRC, CISSS\nVille de Joliette; CLDS", ["MRC", "CISSS", "Ville de Joliette", "CLDS"]),
        ("OMH, MRC et CISSS", ["OMH", "MRC", "CISSS"]),
        ("Maison des jeunes et des familles", ["Maison des jeunes et des familles"]),
        ("ORH (Montcalm, Matawinie)", ["ORH"]),
        ("- MRC\n- Ville", ["MRC", "Ville"]),
        ("Ville de Joliette / CLDS", ["Ville de Joliette", "CLDS"]),
        ("N/A", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [name for _, name, _ in read(text)] == names


def test_a_committee_to_form_is_to_be_contacted_and_stays_whole() -> None:
    (actor,) = split_actors("Formation d'un comité afin de réunir élus, MRC, citoyens.", ActorRole.PARTNER)
    assert (actor.role, actor.kind) == (ActorRole.TO_CONTACT, ActorKind.COMMITTEE_TO_FORM)
    assert actor.name == "Formation d'un comité"
    assert actor.precision == "afin de réunir élus, MRC, citoyens."


def test_phrases_in_one_line() -> None:
    assert read("DSL Mettre en relation avec : Comité municipal Création d'un comité visant la réflexion") == [
        ("partner", "DSL", ""),
        ("to_contact", "Comité municipal", "Mettre en relation avec"),
        ("to_contact", "Création d'un comité", "visant la réflexion"),
    ]
    assert read("Comité à former") == [("to_contact", "Comité", "à former")]


def test_the_fiscal_agent_keeps_its_first_role() -> None:
    assert read("UQTR (fiduciaire)", ActorRole.LEAD) == [("lead", "UQTR", ""), ("fiscal_agent", "UQTR", "fiduciaire")]


def test_labels_become_precisions() -> None:
    assert read("Promotion : Habeo, MRC") == [("partner", "Habeo", "Promotion"), ("partner", "MRC", "Promotion")]
    assert read("R : OMH", ActorRole.LEAD) == [("lead", "OMH", "R")]


def test_spellings_of_one_name() -> None:
    assert signature("DS Lanaudière") == signature("DSL") == signature("Développement social Lanaudière") == "dsl"
    assert may_be_one("DS Lanaudière", "Développement social Lanaudière")
    assert may_be_one("DSP", "Direction Santé Publique")
    assert not may_be_one("Comité de pilotage", "Comité de plan")
    assert not may_be_one("Maison des jeunes", "Ministère de la jeunesse")
