"""The page of an element of the plan: everybody in the démarche reads it, those who carry it tell where it stands."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concertoit.together.plans.models import PlanItem, PlanNode
from tests.htmx import assert_fragment_is_page
from tests.personas import Table


def address(table: Table, item: PlanItem, name: str = "item", **kwargs: object) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug, "item_id": item.pk, **kwargs})


@pytest.mark.parametrize("kind", ["axis", "objective", "action", "outcome", "step"])
def test_every_level_has_its_page(table: Table, kind: str) -> None:
    item = table.nodes[kind].item
    for who in ("coordinator", "contributor", "observer"):
        response = table.client(who).get(address(table, item))
        assert response.status_code == 200
        assert table.nodes[kind].title in response.content.decode()


@pytest.mark.parametrize("kind", ["axis", "objective", "action", "outcome", "step"])
def test_the_follow_up_alone_is_the_follow_up_of_the_page(table: Table, kind: str) -> None:
    assert_fragment_is_page(table.client("coordinator"), address(table, table.nodes[kind].item), "suivi")


def more_steps(table: Table, number: int) -> list[int]:
    """More steps under the plan's first outcome; their ids."""
    order = PlanNode.objects.filter(version=table.version).count() + 100
    made = []
    for place in range(number):
        item = PlanItem.objects.create(space=table.space, plan=table.plan, kind="step")
        PlanNode.objects.create(
            space=table.space, version=table.version, item=item, parent=table.nodes["outcome"], kind="step",
            action=table.nodes["action"], axis=table.nodes["axis"], order=order + place, title=f"Étape {order + place}",
            due_on=date(2027, 3, 31), starts_on=date(2026, 4, 1),
        )  # fmt: skip
        made.append(item.pk)
    return made


@pytest.mark.usefixtures("media")
class TestFiles:
    def add(self, table: Table, who: str) -> int:
        url = reverse("files:add", kwargs={"object_type": "plans.item", "object_id": table.action.pk})
        upload = SimpleUploadedFile("visites.txt", b"Douze visites.")
        return int(table.client(who).post(url, {"fichier": upload}).status_code)

    def test_those_who_carry_the_action_add_them_and_everybody_reads(self, table: Table) -> None:
        assert self.add(table, "partner") in (200, 302)
        for who in ("observer", "contributor"):
            page = table.client(who).get(address(table, table.action)).content.decode()
            assert "visites.txt" in page
            assert "Joindre des fichiers" not in page

    def test_others_do_not(self, table: Table) -> None:
        assert self.add(table, "contributor") == 403
        assert self.add(table, "stranger") == 404
        url = reverse("files:add", kwargs={"object_type": "plans.item", "object_id": "x"})
        assert table.client("coordinator").post(url).status_code == 404
