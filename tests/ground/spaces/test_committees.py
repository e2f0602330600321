"""Committees that a document named twice: one of two, with nothing lost, and back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.services import restore
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.identity.queries import relations_to
from concertoit.ground.search.models import Document
from concertoit.ground.spaces import queries, rules, services
from concertoit.ground.spaces.models import BodyMembership, Committee
from concertoit.together.plans.models import NodeActor, Plan
from concertoit.together.plans.services import importing, reading
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.undoing import undo
from tests.hostile import assert_constant_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db

PLAN = """Axe 1 Se loger
Objectif 1.1 Garder les logements

| No | Action | Responsable |
| --- | --- | --- |
| 1.1.1 | Visiter | Comité logements |
| 1.1.2 | Écrire | Création d’un comité sur les logements |
"""


@pytest.fixture
def twin(table: Table) -> Committee:
    """« Comité des actions » said otherwise, with a seat of its own and a role in the plan."""
    made = Committee.objects.create(space=table.space, name="Comité actions", mandate="Suivre les actions.")
    BodyMembership.objects.create(space=table.space, membership=table.membership("partner"), committee=made)
    node = table.nodes["action"]
    NodeActor.objects.create(
        space=table.space, version=node.version, node=node, role="partner", kind="committee", committee=made, name="C. a."
    )  # fmt: skip
    return made


def pointing_at(row: Committee) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for relation in relations_to(Committee):
        model: Any = relation.related_model
        for pk in model._default_manager.filter(**{relation.field.name: row.pk}).order_by("pk").values_list("pk"):
            found[f"{model._meta.label}.{relation.field.name}"].append(pk[0])
    return dict(found)


def merge(table: Table, merged: Committee, key: str = "coordinator") -> None:
    services.merge_committees(viewer=table.viewer(key), kept=table.committee, merged=merged)


def test_names_that_say_the_same() -> None:
    same = rules.committee_words("Comité logements (à former)")
    assert rules.committee_words("Création d’un comité de travail sur le logement") == same == {"logement"}
    assert rules.committee_words("Comité de travail") == frozenset()


def test_everything_follows_and_comes_back(table: Table, twin: Committee) -> None:
    before, kept = pointing_at(twin), pointing_at(table.committee)
    assert {"spaces.BodyMembership.committee", "plans.NodeActor.committee"} <= set(before)
    merge(table, twin)
    assert pointing_at(twin) == {}
    now = pointing_at(table.committee)
    for place, ids in before.items():
        assert set(ids) <= set(now[place])
    table.committee.refresh_from_db()
    assert table.committee.mandate == "Suivre les actions."
    assert NodeActor.objects.get(committee=table.committee, name="C. a.").name == "C. a.", "the plan's words stay"
    services.unmerge_committee(viewer=table.viewer("coordinator"), merged=Committee.objects.get(pk=twin.pk))
    assert pointing_at(twin) == before
    assert pointing_at(table.committee) == kept
    assert Committee.objects.get(pk=table.committee.pk).mandate == ""
    assert list(Entry.objects.filter(object_id=str(twin.pk), verb__startswith="committee.").values_list("verb")) == [
        ("committee.merged_undone",), ("committee.merged",)
    ]  # fmt: skip


def test_who_sits_in_both_sits_once(table: Table, twin: Committee) -> None:
    for function, place in (("", table.committee), ("Secrétaire", twin)):
        BodyMembership.objects.create(
            space=table.space, membership=table.membership("partner"), committee=place, function=function
        )
    merge(table, twin)
    seats = BodyMembership.objects.filter(committee=table.committee, membership=table.membership("partner"))
    assert sorted(seats.values_list("function", flat=True)) == ["", "Secrétaire"]
    assert BodyMembership.objects.filter(committee=twin).count() == 1, "the seat that says the same waits there"


def test_the_one_to_keep_is_the_one_further_on(table: Table, twin: Committee) -> None:
    assert (table.committee.state, twin.state) == ("active", "to_form")
    with pytest.raises(DomainError, match="plus avancé"):
        services.merge_committees(viewer=table.viewer("coordinator"), kept=twin, merged=table.committee)
    merge(table, twin)
    for again in (twin, table.committee):
        with pytest.raises(DomainError):
            merge(table, again)


def test_only_the_coordination_and_only_here(table: Table, twin: Committee) -> None:
    with pytest.raises(NotAllowed):
        merge(table, twin, "coco")
    elsewhere = Committee.objects.create(space=table.other, name="Comité actions")
    with pytest.raises(NotVisible):
        merge(table, elsewhere)
    merge(table, twin)
    with pytest.raises(NotAllowed):
        services.unmerge_committee(viewer=table.viewer("coco"), merged=twin)


def test_the_merged_one_is_no_longer_listed_nor_found(table: Table, twin: Committee) -> None:
    merge(table, twin)
    assert [row.pk for row in queries.committees_of(table.viewer("partner"))] == [table.committee.pk]
    assert not Document.objects.filter(kind="spaces.committee", object_id=str(twin.pk)).exists()
    client = table.client("partner")
    page = client.get(reverse("spaces:committee", kwargs={"slug": table.space.slug, "committee_id": twin.pk}))
    assert page.headers["Location"].endswith(f"/comites/{table.committee.pk}/"), "an old link leads to the one kept"


def test_a_plan_that_says_the_old_name_finds_the_one_kept(table: Table, twin: Committee) -> None:
    merge(table, twin)
    assert Resolver(table.space).committee("Comité actions", None) == table.committee.pk  # type: ignore[arg-type]
    assert Committee.objects.filter(space=table.space).count() == 2


def test_in_the_browser(table: Table, twin: Committee) -> None:
    client, here = table.client("coordinator"), f"/demarches/{table.space.slug}/comites/"
    bodies = client.get(f"/demarches/{table.space.slug}/instances/").content.decode()
    assert "1 paire de comités pourrait n’être qu’un seul comité" in bodies
    assert (
        "pourrait n’être" not in table.client("coco").get(f"/demarches/{table.space.slug}/instances/").content.decode()
    )
    assert "mêmes mots" in client.get(f"{here}doublons/").content.decode()
    kept = client.post(f"{here}{table.committee.pk}/fusionner/", {"merged": twin.pk}, follow=True).content.decode()
    assert "Comité fusionné ici" in kept
    assert "Aucun doublon proposé" in client.get(f"{here}doublons/").content.decode()
    assert client.post(f"{here}{table.committee.pk}/fusionner/", {"merged": twin.pk}).status_code == 404
    back = client.post(f"{here}{twin.pk}/separer/", follow=True)
    assert "Comité actions" in back.content.decode()


def test_undone_from_the_history(table: Table, twin: Committee) -> None:
    merge(table, twin)
    restore(actor=table.user("coordinator"), entry_id=Entry.objects.get(verb="committee.merged").pk)
    assert Committee.objects.get(pk=twin.pk).merged_into is None


def test_the_page_asks_no_more_with_more_pairs(table: Table, twin: Committee) -> None:
    address = reverse("spaces:committee_duplicates", kwargs={"slug": table.space.slug})

    def more() -> None:
        for number in range(8):
            Committee.objects.create(space=table.space, name=f"Comité actions {number % 2}")

    assert_constant_queries(more, lambda: table.client("coordinator").get(address))


def test_an_import_that_named_one_committee_twice(table: Table) -> None:
    """Merged, then the import undone: what it made goes away whole, what was there stays."""
    viewer = table.viewer("coordinator")
    before = set(Committee.objects.values_list("pk", flat=True))
    brought = reading.start_import(viewer=viewer, name="plan.md", data=PLAN.encode())
    importing.confirm(viewer=viewer, brought=brought)
    made = Committee.objects.exclude(pk__in=before).order_by("-state")
    assert made.count() == 2
    (pair,) = queries.similar_committees(queries.committees_of(viewer))
    kept, merged = (pair.one, pair.other) if pair.one.state == "active" else (pair.other, pair.one)
    services.merge_committees(viewer=viewer, kept=kept, merged=merged)
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert set(Committee.objects.values_list("pk", flat=True)) == before
    assert Plan.objects.count() == 1
