"""Fixtures of the whole house. The people and their table are in ``personas.py``, the harness in ``hostile.py``."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from tests import hostile, template_database
from tests.personas import Table, build_table
from tests.shared_data import shared as find_shared


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, only what speaks to a database, and not what is marked ``once``: SQLite tried the rest."""
    if connection.vendor != "postgresql":
        return
    speaking = [item for item in items if _speaks_to_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _speaks_to_a_database(item)])
    items[:] = speaking


def _speaks_to_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """The database of SQLite is copied from a template while pytest-django creates it."""
    with template_database.copied():
        yield


@pytest.fixture(autouse=True, scope="session")
def _hostile() -> Iterator[None]:
    with hostile.shuffled_querysets(), hostile.loopback_only():
        yield


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Nothing kept, and no language, of the test before."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def table(db: None) -> Table:
    """The démarche, its people and a small plan (``tests/personas.py``)."""
    return build_table()


@pytest.fixture
def as_(table: Table) -> Callable[[str], Client]:
    """A browser logged in as a persona: ``as_("partner").get(...)``."""
    return table.client


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Path of a shared file, or a skip with the reason."""
    return find_shared


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A folder of its own for the files of one test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    yield settings.MEDIA_ROOT
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
