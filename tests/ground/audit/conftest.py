"""A kind of object of these tests only: its title is kept in a dictionary."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from concertoit.ground.audit import policies, services, verbs
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import NotAllowed
from tests.personas import Table

Rename = Callable[[str, str], Entry]


@dataclass
class ReadByMembers:
    users: set[int]

    def __call__(self, user: Any, entry: Entry) -> bool:
        return user.pk in self.users

    def among(self, viewer: Any, object_ids: Collection[str]) -> Collection[str]:
        return object_ids if viewer.user.pk in self.users else ()


@pytest.fixture
def titles() -> dict[str, str]:
    return {"1": "Avant"}


@pytest.fixture
def rename(table: Table, titles: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Rename:
    """Gives an object that members see and the coordination renames: ``rename("coordinator", "Après")``."""
    monkeypatch.setattr(policies, "_types", {})
    monkeypatch.setattr(verbs, "_sentences", dict(verbs._sentences))
    verbs.register({"test.rename": "{actor} a renommé {object}"})
    members = {table.user(key).pk for key in table.memberships if key != "stranger"}
    coordinator = table.user("coordinator").pk

    def restore(entry: Entry, actor: object) -> None:
        if actor.pk != coordinator:  # type: ignore[attr-defined]
            raise NotAllowed("")
        titles[entry.object_id] = entry.before["title"]

    policies.register_object(
        "test.object",
        label="Objet",
        url=lambda object_id: f"/objets/{object_id}/",
        can_view=ReadByMembers(members),
        restore=restore,
        can_restore=lambda user, entry: user.pk == coordinator,
        fields={"title": "Titre"},
        show=lambda field, value: f"« {value} »" if field == "quoted" else None,
    )

    @transaction.atomic
    def rename(key: str, title: str) -> Entry:
        before, titles["1"] = titles["1"], title
        return services.record(
            actor=table.user(key), verb="test.rename", object_type="test.object", object_id=1, object_label=title,
            space_id=table.space.pk, before={"title": before}, after={"title": title},
        )  # fmt: skip

    return rename
