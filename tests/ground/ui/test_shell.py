"""The rail: what the reader may open, with badges, and the entry where the reader is."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from concertoit.ground.ui import navigation
from concertoit.ground.ui.context import Shell


class Reader:
    space: Any = SimpleNamespace(slug="chantier", name="Chantier")
    user: Any = None

    def __init__(self, verbs: tuple[str, ...]) -> None:
        self.verbs = verbs

    def can(self, verb: str) -> bool:
        return verb in self.verbs


@pytest.fixture
def rail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    item = navigation.NavItem
    navigation.register(item("gallery", "Composants", "grid", "ui:gallery", "manage", badge=lambda reader: 3))
    navigation.register(item("desk", "Ma table", "house", "desk:home", "together", order=1))
    navigation.register(item("secret", "Secret", "lock", "ui:language", "manage", verb="space.manage"))
    navigation.register(item("gone", "Parti", "x-lg", "nowhere:page", "manage"))


def shell(rf: RequestFactory, path: str, *verbs: str) -> Shell:
    request = rf.get(path)
    request.viewer = Reader(verbs)  # type: ignore[attr-defined]
    return Shell(request)


@pytest.mark.usefixtures("rail")
def test_only_what_one_may_open_and_what_exists(rf: RequestFactory) -> None:
    entries = [(entry.label, entry.badge) for _, items in shell(rf, "/", "space.view").nav for entry in items]
    assert entries == [("Ma table", 0), ("Composants", 3)]


@pytest.mark.usefixtures("rail")
def test_the_longest_address_is_the_current_one(rf: RequestFactory) -> None:
    nav = shell(rf, "/composants/", "space.view").nav
    assert [entry.label for _, items in nav for entry in items if entry.current] == ["Composants"]


@pytest.mark.usefixtures("rail")
def test_the_thumb_does_not_repeat_the_desk(rf: RequestFactory) -> None:
    assert [entry.label for entry in shell(rf, "/", "space.view").thumb] == ["Composants"]


@pytest.mark.usefixtures("rail")
def test_what_is_done_outside_comes_first_at_the_thumb(rf: RequestFactory) -> None:
    for key in ("one", "two", "three"):
        navigation.register(navigation.NavItem(key, key, "grid", "ui:gallery", "together"))
    navigation.register(navigation.NavItem("outside", "Dehors", "grid", "ui:language", "field", thumb=True))
    assert [entry.label for entry in shell(rf, "/", "space.view").thumb] == ["Dehors", "one", "three"]


@pytest.mark.usefixtures("rail")
def test_a_key_is_registered_once() -> None:
    with pytest.raises(ValueError, match="gallery"):
        navigation.register(navigation.NavItem("gallery", "x", "grid", "ui:gallery", "manage"))
