"""Acceptance on the real regional plan: everything its key counts, and every anomaly it lists."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from concertoit.together.plans.importers.readers.text import read_text
from concertoit.together.plans.importers.report import report
from concertoit.together.plans.importers.source import SourceDocument
from concertoit.together.plans.importers.understand import Understanding, understand
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, SectionKind
from tests.shared_data import shared
from tests.together.plans.importers.accounts import lost_words


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    return json.loads(shared("mission/lanaudiere-key.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def source() -> SourceDocument:
    return read_text(shared("seeds/000_c89d2b56e297c260.txt").read_text(encoding="utf-8"), "plan.txt")


@pytest.fixture(scope="module")
def found(source: SourceDocument) -> Understanding:
    return understand(source)


@pytest.fixture(scope="module")
def outcomes(found: Understanding) -> list[Node]:
    return found.document.of_kind(NodeKind.OUTCOME)


def test_counts(found: Understanding, key: dict[str, Any]) -> None:
    assert report(found)["counts"] == {
        "participants": key["participants"],
        "axes": key["axes"],
        "objectives": key["objectives"],
        "actions": key["actions"],
        "outcomes": key["results"],
        "steps": key["steps"],
    }
    assert report(found)["budget_total"] == key["budget_total"]


def test_axes(found: Understanding, key: dict[str, Any]) -> None:
    assert [node.title for node in found.document.of_kind(NodeKind.AXIS)] == key["axis_titles"]


def test_each_outcome(outcomes: list[Node], key: dict[str, Any]) -> None:
    assert [
        {
            "written": node.written,
            "canonical": node.canonical,
            "steps": len(node.children),
            "period": node.period.written,
            "responsible": node.actors_in(ActorRole.LEAD)[0].name,
        }
        for node in outcomes
    ] == [
        {name: row[name] for name in ("written", "canonical", "steps", "period", "responsible")}
        for row in key["results_detail"]
    ]


def test_budgets(outcomes: list[Node], key: dict[str, Any]) -> None:
    for node, row in zip(outcomes, key["results_detail"], strict=True):
        assert node.budget == (Decimal(row["budget"]) if "budget" in row else None), node.canonical
        years = [Decimal(amount) for amount in row.get("budget_years", [])]
        assert [line.amount for line in node.budget_lines] == years, node.canonical
    assert [line.year for node in outcomes for line in node.budget_lines] == ["an 1", "an 2", "An 1", "An 2"]


def test_links(found: Understanding, outcomes: list[Node], key: dict[str, Any]) -> None:
    by_id = {node.id: node for node in found.document.walk()}
    read = Counter((node.written, link.target_written.replace(",", ".")) for node in outcomes for link in node.links)
    wanted = Counter((a, b) for a, b in key["links_between_results"])
    normal = Counter(
        {(a.rstrip(".").replace(",", ".").replace("1.1.1 3", "1.1.1.3"), b): n for (a, b), n in read.items()}
    )
    assert normal == wanted
    for node in outcomes:
        for link in node.links:
            assert link.target is not None
            assert by_id[link.target].written.replace(",", ".").rstrip(".") == link.target_written.replace(",", ".")


def test_headings_of_steps(outcomes: list[Node]) -> None:
    groups = {node.canonical: list(dict.fromkeys(step.group for step in node.children)) for node in outcomes}
    assert groups["1.3.2.1"] == ["AN 1", "An 2"]
    assert groups["4.1.1.1"] == ["Visites terrains"]
    assert groups["3.3.1.1"] == ["Organisation d'un événement régional"]
    assert sum(bool(group) for names in groups.values() for group in names) == 4


def test_surroundings(found: Understanding) -> None:
    document = found.document
    assert document.title == "Chantier Habitation 2026-2028"
    assert len(document.cycle) == 8
    assert [step.body for step in document.cycle][:5] == ["CHANTIER", "COCO", "CHANTIER", "COCO", "CHANTIER"]
    assert all(participant.organisation and participant.person for participant in document.participants)
    kinds = Counter(section.kind for section in document.sections)
    assert kinds == {SectionKind.FOLLOW_UP: 1, SectionKind.COMPLEMENTARITY: 1, SectionKind.CROSS_CUTTING: 3}
    assert all(section.body for section in document.sections)


def test_organisations(found: Understanding) -> None:
    agents = [actor.name for node in found.document.walk() for actor in node.actors_in(ActorRole.FISCAL_AGENT)]
    assert agents == ["UQTR"]
    to_contact = [actor for node in found.document.walk() for actor in node.actors_in(ActorRole.TO_CONTACT)]
    assert len(to_contact) > 15


def anomalies(found: Understanding, kind: str) -> list[dict[str, str]]:
    return [anomaly.params for anomaly in found.anomalies if anomaly.kind == kind]


def test_anomalies_of_the_key(found: Understanding) -> None:
    """One assertion for each line of ``anomalies_that_must_be_reported``, in its order."""
    commas = {a["written"] for a in anomalies(found, "comma_code")}
    assert {"1,1,1", "1,1,1,1", "2.1,2,1", "3,1", "4,3,2"} <= commas
    assert [a["written"] for a in anomalies(found, "missing_separator")] == ["1.1.1 3"]
    assert [a["title"] for a in anomalies(found, "missing_number")] == ["Mobilisation et collaboration"]
    mismatches = {a["written"]: a["parent"] for a in anomalies(found, "parent_mismatch")}
    assert mismatches == {"2.2.2.2": "2,1,2", "4.3.2.1": "4.3.3"}
    duplicates = [a["written"] for a in anomalies(found, "duplicate_code")]
    assert sorted(duplicates) == ["3.1.1.1", "4.3.2.1", "4.3.3"]
    assert ("3.1.2.2", "3.1.2.1") in {(a["written"], a["expected"]) for a in anomalies(found, "gap")}
    gaps = {(a["parent"], a["missing"]) for a in anomalies(found, "step_gap")}
    assert {("1.2.2.2", "3"), ("2.1.3.1", "4")} <= gaps
    repeated = {(a["parent"], a["repeated"]) for a in anomalies(found, "step_repeated")}
    assert repeated == {("2.2.2.2", "5"), ("2.3.4.1", "2"), ("2.3.1.1", "3"), ("4.2.2.1", "3")}
    assert [a["node"] for a in anomalies(found, "self_link")] == ["2.3.2.1"]
    assert [a["node"] for a in anomalies(found, "no_step")] == ["4.3.2.1"]
    assert "Chantier" in {a["name"] for a in anomalies(found, "lead_not_participant")}
    variants = " ".join(a["names"] for a in anomalies(found, "name_variants"))
    assert all(name in variants for name in ("DSL", "DS Lanaudière", "Développement social Lanaudière"))
    several = {a["codes"] for a in anomalies(found, "several_in_row")}
    assert {"4.2.3, 4.2.4", "1.2.2.1, 1.2.2.2"} <= several


def test_every_anomaly_says_where_what_and_how_to_fix(found: Understanding) -> None:
    for anomaly in found.anomalies:
        assert anomaly.place, anomaly
        assert anomaly.message, anomaly
        assert anomaly.suggestion, anomaly
        assert "{" not in anomaly.message + anomaly.suggestion


def test_no_word_is_lost(source: SourceDocument, found: Understanding) -> None:
    assert not lost_words(source, found)
    assert not found.unplaced
