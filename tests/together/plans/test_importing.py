"""Bringing documents in: nothing before the person confirms, everything at once after, and undone to the row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import CrossCuttingPriority, Membership, Space
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.plans.exports import FORMATS
from concertoit.together.plans.importers.understand.result import Mapping
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.models import (
    Indicator,
    NodeActor,
    Plan,
    PlanImport,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.queries import perspectives
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.tree import tree_of
from concertoit.together.plans.rules.document import Node, NodeKind, Section, SectionKind, StepState
from concertoit.together.plans.services import importing, reading, versions
from concertoit.together.plans.services.undoing import undo
from tests.personas import Table
from tests.together.plans.exchanged import PASTED, import_of, node_of
from tests.together.plans.followed import note_of

pytestmark = pytest.mark.django_db

SEED = "seeds/000_c89d2b56e297c260.txt"


def rows() -> dict[str, int]:
    """How many rows each table of the house has, but for what tells what happened."""
    kept = [m for m in apps.get_models() if m._meta.app_label not in ("audit", "sessions", "search", "contenttypes")]
    return {m._meta.label: m._default_manager.count() for m in kept if m is not PlanImport}


def bring(table: Table, text: str | bytes = PASTED, name: str = "plan.md", plan: Plan | None = None) -> PlanImport:
    data = text.encode() if isinstance(text, str) else text
    return reading.start_import(viewer=table.viewer("coordinator"), name=name, data=data, plan=plan)


def adopt_draft(table: Table) -> None:
    versions.abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)


def test_nothing_changes_before_confirming(table: Table) -> None:
    before = rows()
    brought = bring(table)
    assert rows() == before
    assert brought.state == "preview"
    assert len(brought.source_sha256) == 64
    importing.discard(viewer=table.viewer("coordinator"), brought=brought)
    brought.refresh_from_db()
    assert (brought.state, bytes(brought.source), brought.understanding) == ("discarded", b"", {})
    with pytest.raises(DomainError, match="déjà terminé"):
        importing.confirm(viewer=table.viewer("coordinator"), brought=brought)


def test_a_new_plan_comes_and_goes_to_the_row(table: Table) -> None:
    before = rows()
    viewer = table.viewer("coordinator")
    brought = bring(table)
    version = importing.confirm(viewer=viewer, brought=brought)
    assert [node.title for node in document_of(version).of_kind(NodeKind.ACTION)] == [
        "Ouvrir un registre des logements",
        "Visiter les immeubles",
    ]
    assert version.plan.starts_on is not None
    assert Organisation.objects.filter(name="Organisme Z").exists(), "who carries an action is somebody"
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert rows() == before
    brought.refresh_from_db()
    assert (brought.state, brought.plan, brought.version) == ("undone", None, None)
    with pytest.raises(DomainError, match="ne peut plus être annulé"):
        undo(viewer=viewer, brought=brought)


def test_into_the_plan_as_a_difference_and_back(table: Table) -> None:
    adopt_draft(table)
    before = rows()
    viewer = table.viewer("coordinator")
    document = document_of(table.version)
    action = document.of_kind(NodeKind.ACTION)[0]
    action.title = "Action mieux dite"
    document.roots[0].children.append(Node("neuf", NodeKind.OBJECTIVE, "Objectif neuf", "1.2", "1.2"))
    brought = bring(table, FORMATS["xlsx"].write(document), "plan.xlsx", table.plan)
    diff = importing.difference(brought)
    assert diff is not None
    assert [(c.kind.value, [f.field for f in c.fields]) for c in diff.nodes] == [("changed", ["title"]), ("added", [])]
    version = importing.confirm(viewer=viewer, brought=brought)
    assert version.based_on == table.version
    node = PlanNode.objects.get(version=version, kind="action")
    assert (node.item, node.title) == (table.action, "Action mieux dite")
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert rows() == before


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
def test_our_own_export_is_no_difference(table: Table, extension: str) -> None:
    adopt_draft(table)
    document = document_of(table.version, with_states=True)
    diff = importing.difference(bring(table, FORMATS[extension].write(document), f"plan.{extension}", table.plan))
    assert diff is not None
    assert not diff, (diff.nodes, diff.around)


def test_what_a_document_only_adds_to(table: Table) -> None:
    """Indicators, the table and texts: what is there and the document does not say stays, and is no difference."""
    adopt_draft(table)
    Indicator.objects.create(space=table.space, item=table.action, title="Visites", target="10")
    PlanSection.objects.create(space=table.space, version=table.version, kind="follow_up", body="Deux rencontres.")
    document = document_of(table.version, with_participants=False)
    document.of_kind(NodeKind.ACTION)[0].indicators[0].target = "20"
    document.sections = []
    brought = bring(table, FORMATS["xlsx"].write(document), "plan.xlsx", table.plan)
    assert not importing.difference(brought)
    version = importing.confirm(viewer=table.viewer("coordinator"), brought=brought)
    assert Indicator.objects.get().target == "10"
    assert version.sections.get().body == "Deux rencontres."


def test_a_draft_with_work_is_not_overwritten(table: Table) -> None:
    brought = bring(table, plan=table.plan)
    with pytest.raises(DomainError, match="contient du travail"):
        importing.confirm(viewer=table.viewer("coordinator"), brought=brought)


def test_an_empty_draft_is_filled_and_emptied_again(table: Table) -> None:
    """Elements are matched to the version in force; the texts people had written come back."""
    viewer = table.viewer("coordinator")
    table.draft.nodes.all().delete()
    PlanSection.objects.create(space=table.space, version=table.draft, kind="other", heading="À nous", body="Mots.")
    before = rows()
    document = document_of(table.version)
    document.sections = [Section(SectionKind.FOLLOW_UP, "Trois rencontres.")]
    brought = bring(table, FORMATS["docx"].write(document), "plan.docx", table.plan)
    assert importing.confirm(viewer=viewer, brought=brought) == table.draft
    assert table.drafted("action").item == table.action
    assert table.draft.sections.get().body == "Trois rencontres."
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert rows() == before
    assert table.draft.sections.get().heading == "À nous"


def test_a_line_whose_level_changed_does_not_share_an_identity(table: Table) -> None:
    adopt_draft(table)
    document = document_of(table.version)
    outcome = document.of_kind(NodeKind.OUTCOME)[0]
    outcome.kind, outcome.children = NodeKind.STEP, []
    brought = bring(table, FORMATS["xlsx"].write(document), "plan.xlsx", table.plan)
    version = importing.confirm(viewer=table.viewer("coordinator"), brought=brought)
    node = PlanNode.objects.select_related("item").get(version=version, kind="step")
    assert node.item.kind == "step"
    assert node.item != table.outcome


def test_undoing_keeps_what_people_wrote_since(table: Table) -> None:
    viewer = table.viewer("coordinator")
    brought = bring(table)
    version = importing.confirm(viewer=viewer, brought=brought)
    item = PlanItem.objects.filter(plan=version.plan, kind="action").earliest("pk")
    note = note_of(table)
    note.item = item
    note.save()
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert PlanItem.objects.filter(plan__isnull=False, pk=item.pk).exists()
    note.refresh_from_db()


def test_once_in_force_it_is_no_longer_undone(table: Table) -> None:
    adopt_draft(table)
    viewer = table.viewer("coordinator")
    brought = bring(table, FORMATS["xlsx"].write(document_of(table.version)), "plan.xlsx", table.plan)
    version = importing.confirm(viewer=viewer, brought=brought)
    versions.put_in_force(viewer=viewer, version=version, adopted_on=timezone.localdate())
    brought.refresh_from_db()
    with pytest.raises(DomainError, match="n’est plus une ébauche"):
        undo(viewer=viewer, brought=brought)


def test_what_a_plan_cannot_hold_is_told_with_its_place(table: Table) -> None:
    viewer, brought = table.viewer("coordinator"), bring(table)
    found = importing.understood(brought)
    first, second = found.document.of_kind(NodeKind.ACTION)
    first.budget = Decimal("-5.00")
    second.period.start, second.period.end = second.period.end, second.period.start
    importing.correct(viewer=viewer, brought=brought, understanding=found)
    before = rows()
    with pytest.raises(DomainError, match=r"1\.1\.1 Ouvrir.*négatif.*1\.1\.2 Visiter.*précède"):
        importing.confirm(viewer=viewer, brought=brought)
    assert rows() == before


def test_a_document_without_actions_is_not_a_plan(table: Table) -> None:
    brought = bring(table, "Bonjour,\n\nune lettre et rien d’autre.\n", "lettre.txt")
    with pytest.raises(DomainError, match="Aucune action"):
        importing.confirm(viewer=table.viewer("coordinator"), brought=brought)


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "vide.docx"), (b"PK\x03\x04rien", "plan.xlsx"), (b"%PDF-1.4", "p.pdf")]
)
def test_a_bad_file_is_said_and_leaves_nothing(table: Table, data: bytes, name: str) -> None:
    with pytest.raises(DomainError) as told:
        bring(table, data, name)
    assert told.value.field == "document"
    assert not PlanImport.objects.exists()


def test_a_file_too_large(table: Table, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_048_576
    with pytest.raises(DomainError, match="dépasse 1 Mo"):
        bring(table, b"x" * 1_048_577, "plan.txt")


def test_only_the_coordination_brings_documents_in(table: Table) -> None:
    brought = import_of(table)
    viewer: Any = table.viewer("coco")
    refused: list[Callable[[], Any]] = [
        lambda: reading.start_import(viewer=viewer, name="x.txt", data=b"x"),
        lambda: reading.read_again(viewer=viewer, brought=brought, mapping=Mapping()),
        lambda: importing.correct(viewer=viewer, brought=brought, understanding=importing.understood(brought)),
        lambda: importing.discard(viewer=viewer, brought=brought),
        lambda: importing.confirm(viewer=viewer, brought=brought),
        lambda: undo(viewer=viewer, brought=brought),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()


def test_columns_chosen_by_the_person(table: Table) -> None:
    brought = import_of(table)
    place = importing.understood(brought).mappings[0].place
    mapping = Mapping({place: {2: Role.PARTNER}})
    reading.read_again(viewer=table.viewer("coordinator"), brought=brought, mapping=mapping)
    action = importing.understood(brought).document.of_kind(NodeKind.ACTION)[0]
    assert [actor.role.value for actor in action.actors] == ["partner"]
    assert brought.mapping == {place: {"2": "partner"}}


# --- in the browser


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug, **kwargs})


def test_from_the_file_to_the_draft_in_the_browser(table: Table) -> None:
    adopt_draft(table)
    client = table.client("coordinator")
    upload = SimpleUploadedFile("plan.md", PASTED.encode())
    response = client.post(url(table, "import_start"), {"document": upload})
    assert response.status_code == 302
    page = client.get(response.headers["Location"]).content.decode()
    assert "Ouvrir un registre des logements" in page
    assert "Un paragraphe qui ne trouve pas sa place" in page
    brought = PlanImport.objects.get()
    response = client.post(url(table, "import_confirm", import_id=brought.pk))
    assert response.headers["Location"].endswith("?version=2")
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.get(url(table, "import_preview", import_id=brought.pk)).status_code == 404
    assert "Annuler l’import" in client.get(url(table, "import_start")).content.decode()
    assert client.post(url(table, "import_undo", import_id=brought.pk)).status_code == 302
    assert not PlanVersion.objects.filter(number=2).exists()


@pytest.mark.parametrize(
    "data", [{"pasted": ""}, {"pasted": "  "}, {"document": SimpleUploadedFile("p.docx", b"PK\x03\x04rien")}]
)
def test_nothing_or_nonsense_is_said_in_the_form(table: Table, data: dict[str, Any]) -> None:
    assert table.client("coordinator").post(url(table, "import_start"), data).status_code == 422


def test_pasted_text_is_read(table: Table) -> None:
    response = table.client("coordinator").post(url(table, "import_start"), {"pasted": PASTED})
    assert response.status_code == 302
    assert PlanImport.objects.get().name == "texte collé.txt"


def test_correcting_a_line_of_the_preview(table: Table) -> None:
    brought, client = import_of(table), table.client("coordinator")
    address = url(table, "import_node", import_id=brought.pk, node_id=node_of(brought))
    form = client.get(address).content.decode()
    assert "Ouvrir un registre des logements" in form
    data = {"kind": "action", "title": "Tenir un registre", "budget": "30", "leads": "Organisme Y", "period": "2027"}
    assert client.post(address, data | {"budget": "environ 30 ou 40"}).status_code == 422
    assert client.post(address, data | {"kind": "axis"}).status_code == 422
    assert client.post(address, data).status_code == 302
    brought.refresh_from_db()
    node = importing.understood(brought).document.of_kind(NodeKind.ACTION)[0]
    assert (node.title, node.budget, node.guessed) == ("Tenir un registre", Decimal("30.00"), [])
    gone = url(table, "import_node", import_id=brought.pk, node_id="personne")
    assert client.get(gone).status_code == 404


def test_removing_a_line_keeps_its_words_and_placing_gives_them_back(table: Table) -> None:
    brought, client = import_of(table), table.client("coordinator")
    kept = len(importing.understood(brought).unplaced)
    removed = url(table, "import_node_remove", import_id=brought.pk, node_id=node_of(brought))
    assert client.post(removed).status_code == 302
    brought.refresh_from_db()
    found = importing.understood(brought)
    assert len(found.unplaced) == kept + 1
    assert len(found.document.of_kind(NodeKind.ACTION)) == 1
    address = url(table, "import_place", import_id=brought.pk, number=kept)
    axis = node_of(brought, "axis")
    assert client.get(address).status_code == 200
    assert client.post(address, {"sous": "personne", "comme": "action"}).status_code == 422
    assert client.post(address, {"sous": axis, "comme": "axis"}).status_code == 422
    assert client.post(address, {"sous": axis, "comme": "action"}).status_code == 302
    brought.refresh_from_db()
    assert len(importing.understood(brought).document.of_kind(NodeKind.ACTION)) == 2
    assert client.get(url(table, "import_place", import_id=brought.pk, number=99)).status_code == 404


def test_choosing_columns_in_the_browser(table: Table) -> None:
    brought, client = import_of(table), table.client("coordinator")
    data = {"t0-c2": "partner", "t0-c3": "rien de connu", "t0-c4": "unknown"}
    assert client.post(url(table, "import_columns", import_id=brought.pk), data).status_code == 302
    brought.refresh_from_db()
    assert list(brought.mapping.values()) == [{"2": "partner"}]


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
def test_a_blank_template(table: Table, extension: str) -> None:
    response = table.client("coordinator").get(url(table, "import_template", extension=extension))
    assert response.headers["Content-Type"] == FORMATS[extension].media_type
    assert table.client("coordinator").get(url(table, "import_template", extension="csv")).status_code == 404


# --- the real regional plan


@pytest.fixture
def real(shared: Callable[[str], Path]) -> Path:
    return shared(SEED)


def test_the_real_plan_comes_in_whole_and_goes_away_whole(table: Table, real: Path) -> None:
    space = Space.objects.create(name="Région", slug="region")
    Membership.objects.create(space=space, person=table.person("coordinator"), role="coordination")
    viewer = viewer_for(table.user("coordinator"), "region")
    before = rows()
    brought = reading.start_import(viewer=viewer, name=real.name, data=real.read_bytes())
    understood = importing.understood(brought).document
    for node in understood.walk():
        reverse("plans:import_node", kwargs={"slug": "region", "import_id": brought.pk, "node_id": node.id})
    version = importing.confirm(viewer=viewer, brought=brought)
    counts = {
        k: PlanNode.objects.filter(version=version, kind=k).count() for k in ("axis", "action", "outcome", "step")
    }
    assert counts == {"axis": 4, "action": 35, "outcome": 44, "step": 205}
    tree = tree_of(version)
    money = perspectives.budget(version, without="?")
    assert tree.budget == money.total.planned == version_total(version) == Decimal("61267.00")
    for cut in (money.years, money.agents, money.sources, money.nodes):
        assert sum(part.planned for part in cut) == Decimal("61267.00"), "every cut adds up, to the cent"
    assert Membership.objects.filter(space=space).count() == 32
    assert not NodeActor.objects.filter(version=version, role="lead", kind="organisation", organisation=None).exists()
    assert version.plan.cycle.count() == len(understood.cycle) > 0
    assert CrossCuttingPriority.objects.filter(space=space).count() == len(
        [s for s in understood.sections if s.kind is SectionKind.CROSS_CUTTING and s.heading]
    )
    again = reading.start_import(viewer=viewer, name=real.name, data=real.read_bytes(), plan=version.plan)
    assert not importing.difference(again), "the same document again is no difference"
    brought.refresh_from_db()
    undo(viewer=viewer, brought=brought)
    assert rows() == before


def version_total(version: PlanVersion) -> Decimal:
    return document_of(version).budget_total()


def test_states_of_a_document_are_those_of_its_new_steps(table: Table) -> None:
    document = document_of(table.version)
    for node in document.walk():
        node.id = f"neuf-{node.id}"
    document.of_kind(NodeKind.STEP)[0].state = StepState.BLOCKED
    brought = bring(table, FORMATS["xlsx"].write(document), "plan.xlsx")
    version = importing.confirm(viewer=table.viewer("coordinator"), brought=brought)
    assert PlanItem.objects.get(plan=version.plan, kind="step").state == "blocked"
