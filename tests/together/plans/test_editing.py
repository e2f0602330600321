"""Two people on one element of the draft: nobody's words are overwritten unseen, nobody's words are lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from concertoit.ground.spaces.enums import Role
from concertoit.together.plans.forms.node import NodeForm
from concertoit.together.plans.models import PlanNode, PlanSection
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.services import editing
from concertoit.together.plans.services.content import change_node, content_of
from concertoit.together.plans.services.steps import set_steps
from tests.hostile import assert_queries
from tests.personas import Table
from tests.together.plans.exchanged import section_of
from tests.together.plans.test_draft_pages import posted, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(table: Table) -> Table:
    """Alice and Bruno both coordinate."""
    membership = table.membership("coco")
    membership.role = Role.COORDINATION
    membership.save()
    return table


def bruno_writes(table: Table, **changes: Any) -> None:
    node = PlanNode.objects.get(pk=table.drafted("action").pk)
    content = content_of(node)
    for name, value in changes.items():
        setattr(content, name, value)
    change_node(viewer=table.viewer("coco"), node=node, content=content)


def seen(node: PlanNode) -> str:
    return editing.stamp_of(node, editing.rows_of(node))


def test_the_form_carries_what_it_showed(two: Table) -> None:
    node = two.drafted("action")
    page = two.client("coordinator").get(url(two, "node_edit", node_id=node.pk)).content.decode()
    assert f'name="seen" value="{seen(node)}"' in page
    with assert_queries(12):
        two.client("coordinator").get(url(two, "node_edit", node_id=node.pk))


def test_an_older_page_is_refused_with_who_and_when_and_nothing_typed_is_lost(two: Table) -> None:
    node, client = two.drafted("action"), two.client("coordinator")
    address = url(two, "node_edit", node_id=node.pk)
    mine = posted(node, title="Visiter les immeubles", description="À ma façon")
    bruno_writes(two, title="Visiter les logements")
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bruno Exemple a modifié cet élément le " in page
    assert "<del>logements</del><ins>immeubles</ins>" in page, "the two versions, word by word"
    assert "Visiter les immeubles</textarea>" in page, "what was typed is kept"
    assert "À ma façon</textarea>" in page
    node.refresh_from_db()
    assert node.title == "Visiter les logements"
    # Sent again, on purpose, with the stamp of the answer
    assert f'name="seen" value="{seen(node)}"' in page
    assert client.post(address, mine | {"seen": seen(node)}).status_code == 302
    node.refresh_from_db()
    assert (node.title, node.description) == ("Visiter les immeubles", "À ma façon")


def test_a_third_writing_is_seen_too(two: Table) -> None:
    node, client = two.drafted("action"), two.client("coordinator")
    address, mine = url(two, "node_edit", node_id=node.pk), posted(node, title="À moi")
    bruno_writes(two, title="Une fois")
    again = mine | {"seen": seen(PlanNode.objects.get(pk=node.pk))}
    assert client.post(address, mine).status_code == 422
    bruno_writes(two, title="Deux fois")
    assert client.post(address, again).status_code == 422


def test_an_error_of_one_s_own_does_not_hide_the_other_s_writing(two: Table) -> None:
    node, client = two.drafted("action"), two.client("coordinator")
    address, mine = url(two, "node_edit", node_id=node.pk), posted(node, title="À moi")
    bruno_writes(two, title="À lui")
    wrong = client.post(address, mine | {"budget": "beaucoup"})
    assert wrong.status_code == 422
    assert f'name="seen" value="{mine["seen"]}"' in wrong.content.decode(), "the stamp stays the one of the page"
    assert client.post(address, mine).status_code == 422


@pytest.mark.parametrize("what", ["steps", "actors", "lines", "priorities"])
def test_what_stands_under_the_element_counts(two: Table, what: str) -> None:
    node = two.drafted("outcome" if what == "steps" else "action")
    mine = posted(node, title="À moi")
    if what == "steps":
        set_steps(viewer=two.viewer("coco"), node=node, steps=[("", "Autre étape")])
    else:
        bruno_writes(two, **{what: {"actors": [], "lines": [], "priorities": [two.priority.pk]}[what]})
    response = two.client("coordinator").post(url(two, "node_edit", node_id=node.pk), mine)
    assert response.status_code == 422
    assert "Bruno Exemple" in response.content.decode()


def test_what_the_form_does_not_show_is_no_conflict(two: Table) -> None:
    """Follow-up, a move of the element, another element: the form says nothing of them."""
    node = two.drafted("action")
    mine = posted(node, title="À moi")
    other = two.drafted("axis")
    change_node(viewer=two.viewer("coco"), node=other, content=content_of(other))
    PlanNode.objects.filter(pk=node.pk).update(order=77, canonical="9.9")
    assert two.client("coordinator").post(url(two, "node_edit", node_id=node.pk), mine).status_code == 302


def test_one_s_own_other_window(two: Table) -> None:
    node, client = two.drafted("action"), two.client("coco")
    address = url(two, "node_edit", node_id=node.pk)
    older = posted(node, title="Première fenêtre")
    assert client.post(address, posted(node, title="Deuxième fenêtre")).status_code == 302
    page = client.post(address, older).content.decode()
    assert "Vous avez modifié cet élément dans une autre fenêtre" in page


def test_a_change_that_the_journal_does_not_name(two: Table) -> None:
    node = two.drafted("action")
    mine = posted(node, title="À moi")
    PlanNode.objects.filter(pk=node.pk).update(title="Autrement")
    page = two.client("coordinator").post(url(two, "node_edit", node_id=node.pk), mine).content.decode()
    assert "Cet élément a changé depuis" in page


def test_texts_of_the_plan_too(two: Table) -> None:
    section, client = section_of(two), two.client("coordinator")
    address = url(two, "section", section_id=section.pk)
    stamp = editing.stamp_of_section(section)
    mine = {"kind": section.kind, "heading": "", "body": "Trois rencontres.", "seen": stamp}
    theirs = mine | {"body": "Quatre rencontres."}
    assert two.client("coco").post(address, theirs).status_code == 302
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bruno Exemple a modifié ce texte" in page
    assert "<del>Quatre</del><ins>Trois</ins>" in page
    section = PlanSection.objects.get(pk=section.pk)
    assert section.body == "Quatre rencontres."
    assert client.post(address, mine | {"seen": editing.stamp_of_section(section)}).status_code == 302
    assert PlanSection.objects.get(pk=section.pk).body == "Trois rencontres."


def test_a_new_element_has_no_stamp(two: Table) -> None:
    assert "seen" not in NodeForm(version=two.draft, kind=NodeKind.ACTION).fields
    address = reverse("plans:section_add", kwargs={"slug": two.space.slug})
    assert two.client("coordinator").post(address, {"kind": "other", "heading": "N", "body": "x"}).status_code == 302
