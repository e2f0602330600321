"""Rooms are furnished alike, look downwards only, and are all under contract."""

from __future__ import annotations

import ast
import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.tree import PACKAGE, ROOT, modules, room_of, room_path, rooms, shown, syntax

FURNITURE = {
    "apps", "urls", "views", "admin", "forms", "filters", "tables", "tasks", "exports", "importers", "privacy",
    "services", "notifications", "queries", "policies", "models", "workflow", "rules", "enums", "verbs", "__init__",
    "migrations", "management", "templates", "static", "__pycache__",
}  # fmt: skip
# core and ui are libraries: their modules have names of their own. Settings name two modules of identity.
LIBRARIES = {"ground.core", "ground.ui"}
# Named by settings, or (the example plans) texts that the room reads.
NAMED_APART = {"ground.identity": {"adapters", "hashers"}, "front.demo": {"data"}}
BANNED = {"utils", "helpers", "common", "misc", "signals"}

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


def _order() -> list[list[str]]:
    """Levels of rooms from top to bottom, as the contracts of pyproject.toml say."""
    levels = []
    for wing in (level.strip("()") for level in CONTRACTS["wings"]["layers"]):
        for level in CONTRACTS.get(f"rooms-{wing}", {"layers": []})["layers"]:
            levels.append([f"{wing}.{name.strip(' ()')}" for name in level.split("|")])
    return levels


LEVEL = {room: number for number, level in enumerate(_order()) for room in level}


def may_look_at(room: str, other: str) -> bool:
    """Whether the layers let one room know of another."""
    return room == other or LEVEL[room] < LEVEL[other]


def test_every_room_is_under_contract() -> None:
    listed = [name for key in ("anatomy", "anatomy-libraries") for name in CONTRACTS[key]["containers"]]
    assert sorted(listed) == [f"concertoit.{room}" for room in rooms()]
    assert set(rooms()) <= set(LEVEL)


def test_every_room_is_installed() -> None:
    installed = {name for name in settings.INSTALLED_APPS if name.startswith("concertoit.")}
    assert installed == {f"concertoit.{room}" for room in rooms()}
    assert [app.label for app in apps.get_app_configs() if app.name in installed] == [
        name.rsplit(".", 1)[1] for name in settings.INSTALLED_APPS if name in installed
    ]


@pytest.mark.parametrize("room", rooms())
def test_furniture(room: str) -> None:
    """The same names in every room, and no drawer for everything."""
    names = {path.stem for path in room_path(room).iterdir() if path.suffix in {".py", ""}}
    if room not in LIBRARIES:
        assert names <= FURNITURE | NAMED_APART.get(room, set())
    assert not names & BANNED


def test_no_drawer_for_everything() -> None:
    assert not [shown(path) for path in modules() if path.stem in BANNED]


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("concertoit.")])
def test_foreign_keys_follow_the_layers(model: type[models.Model]) -> None:
    """A key given as a string is an import that import-linter cannot see. A lower room gains no accessor."""
    room = _room_of_model(model)
    for field in model._meta.get_fields():
        if not (isinstance(field, models.ForeignKey | models.ManyToManyField) and _is_ours(field.related_model)):
            continue
        other = _room_of_model(field.related_model)
        assert may_look_at(room, other), f"{model.__name__}.{field.name} looks up to {other}"
        if other != room:
            assert field.remote_field.hidden, f'{model.__name__}.{field.name}: related_name="+" towards {other}'


def _is_ours(model: object) -> bool:
    return isinstance(model, type) and model.__module__.startswith("concertoit.")


def _room_of_model(model: type[models.Model]) -> str:
    return ".".join(model.__module__.split(".")[1:3])


def test_constraints_and_indexes_do_not_take_the_name_of_a_table() -> None:
    """PostgreSQL keeps tables and indexes under one roof; SQLite would not tell."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("concertoit.")]
    tables = {model._meta.db_table for model in ours}
    names = [named.name for model in ours for named in (*model._meta.constraints, *model._meta.indexes)]
    assert not tables & set(names)
    assert len(names) == len(set(names))


def test_no_signal_receivers() -> None:
    """Business effects are calls that one can read in services."""
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(syntax(path))
        if (isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""))
        or (isinstance(node, ast.ImportFrom) and node.module == "django.dispatch")
        or (isinstance(node, ast.Attribute) and node.attr == "connect" and "signal" in ast.dump(node.value).lower())
    ]
    assert not found


def test_no_wildcard_imports() -> None:
    found = [
        shown(path)
        for path in modules()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not found


def test_config_is_imported_by_no_room() -> None:
    found = [
        shown(path)
        for path in modules()
        if room_of(path) in rooms()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("concertoit.config")
    ]
    assert not found, "rooms read django.conf.settings"


def test_rules_do_not_know_django() -> None:
    """import-linter checks packages that exist; this reads every rules and workflow, also inside folders."""
    pure = [p for p in modules() if {"rules", "workflow"} & {p.stem, *p.relative_to(PACKAGE).parts[:-1]}]
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in pure
        for node in ast.walk(syntax(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "django")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "django" for alias in node.names))
    ]
    assert not found
