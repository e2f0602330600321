"""``docs/capabilities.md`` tells the truth: every id has a row, what is said to exist exists."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.architecture.tree import ROOT

COUNTS = {"L": 31, "I": 14, "S": 13, "P": 7, "B": 10, "X": 8}
IDS = [f"{part}{number}" for part, count in COUNTS.items() for number in range(1, count + 1)]
STATES = {"done", "partial", "not yet"}


@dataclass(frozen=True)
class Capability:
    """A row of the file."""

    id: str
    title: str
    state: str
    pages: tuple[str, ...]
    code: tuple[str, ...]
    tests: tuple[str, ...]
    note: str


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", cell.replace("`", "")) if part and part != "—")


def read() -> list[Capability]:
    rows = []
    for line in (ROOT / "docs" / "capabilities.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"[A-Z]\d+", cells[0]):
            name, title, state, pages, code, tests, note = cells
            rows.append(Capability(name, title, state, _several(pages), _several(code), _several(tests), note))
    return rows


CAPABILITIES = read()
started = pytest.mark.parametrize(
    "row", [row for row in CAPABILITIES if row.state != "not yet"], ids=lambda row: row.id
)


def test_every_capability_has_one_row() -> None:
    assert [row.id for row in CAPABILITIES] == IDS


def test_states_are_known_and_nothing_is_promised() -> None:
    for row in CAPABILITIES:
        assert row.state in STATES, row.id
        if row.state == "not yet":
            assert not row.pages + row.code + row.tests, f"{row.id} is not yet there but names code"
        if row.state == "partial":
            assert len(row.note) > 10, f"{row.id}: say what is missing"


@started
def test_pages_exist(row: Capability) -> None:
    for name in row.pages:
        assert _exists(name), f"{row.id}: no address named {name}"


def _exists(name: str) -> bool:
    *namespaces, last = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        if namespace not in resolver.namespace_dict:
            return False
        resolver = resolver.namespace_dict[namespace][1]
    try:
        return bool(resolver.reverse_dict.getlist(last)) or bool(reverse(name))
    except NoReverseMatch:
        return False


@started
def test_code_exists(row: Capability) -> None:
    assert row.code, f"{row.id} is {row.state} without code"
    for name in row.code:
        importlib.import_module(f"concertoit.{name}")


@started
def test_tests_exist(row: Capability) -> None:
    assert row.tests, f"{row.id} is {row.state} without a test"
    for name in row.tests:
        path = ROOT / "tests" / name.removeprefix("tests/")
        found = [path] if path.is_file() else [*path.rglob("test_*.py")] if path.is_dir() else []
        assert found, f"{row.id}: no test at {name}"
        assert any("def test_" in file.read_text() for file in found), f"{row.id}: nothing is tested in {name}"
