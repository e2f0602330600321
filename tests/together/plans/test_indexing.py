"""What of a plan can be found, by whom, and from when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from concertoit.ground.search import policies, queries
from concertoit.ground.search.models import Document
from concertoit.together.plans.models import Plan, PlanNode
from concertoit.together.plans.services import comments, filing, followup, indexing, versions
from tests.personas import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(table: Table) -> Table:
    """The plan of the table, found as its version in force says."""
    table.plan.refresh_from_db()
    indexing.index_plan(table.plan)
    return table


def adopt(plan: Table) -> None:
    """Put the draft in force, and let the worker follow."""
    versions.put_in_force(viewer=plan.viewer("coordinator"), version=plan.draft, adopted_on=timezone.localdate())
    work(once=True)


def found(table: Table, question: str, who: str = "observer") -> list[tuple[str, str]]:
    hits = queries.find(policies.readers_of(table.user(who)), question)
    return [(one.document.kind, one.document.url) for one in queries.results(hits, hits.hits)]


def kinds(table: Table, question: str, who: str = "observer") -> set[str]:
    return {kind for kind, _url in found(table, question, who)}


def test_every_level_is_found_and_a_step_where_it_is_done(plan: Table) -> None:
    assert kinds(plan, "essai") >= {f"plans.{level}" for level in ("axis", "objective", "action", "outcome", "step")}
    item = f"/demarches/{plan.space.slug}/plan/elements/"
    [step] = [url for kind, url in found(plan, "step") if kind == "plans.step"]
    assert step == f"{item}{plan.outcome.pk}/#etape-{plan.step.pk}"
    assert found(plan, "action d’essai 1.1.1")[0] == ("plans.action", f"{item}{plan.action.pk}/")


@pytest.mark.parametrize("question", ["organisme porteur", "ORGANISME PORTEUR", "Organisme Y", "entraide"])
def test_actors_lead_to_what_they_do(plan: Table, question: str) -> None:
    assert "plans.action" in kinds(plan, question)


def test_a_stranger_finds_nothing(plan: Table) -> None:
    comments.add_comment(viewer=plan.viewer("partner"), item_id=plan.action.pk, body="Une remarque d’essai.")
    for who in ("stranger", "administrator"):
        assert found(plan, "essai", who) == []
        assert found(plan, "remarque", who) == []


def test_a_draft_is_found_once_in_force(plan: Table) -> None:
    PlanNode.objects.filter(version=plan.draft, kind="action").update(title="Réparer les fenêtres")
    assert found(plan, "fenetres", "coordinator") == []
    adopt(plan)
    assert kinds(plan, "FENETRES") == {"plans.action"}
    assert not [one for one in found(plan, "action") if one[0] == "plans.action"]


def test_the_search_follows_behind_the_page(plan: Table) -> None:
    PlanNode.objects.filter(version=plan.draft, kind="action").update(title="Réparer les fenêtres")
    versions.put_in_force(viewer=plan.viewer("coordinator"), version=plan.draft, adopted_on=timezone.localdate())
    assert found(plan, "fenetres") == []  # nobody waits for it
    [job] = Job.objects.filter(name="plans.index")
    assert (job.space_id, job.payload) == (plan.space.pk, {"plan": plan.plan.pk})
    work(once=True)
    assert kinds(plan, "fenetres") == {"plans.action"}


def test_another_version_during_the_work_is_not_forgotten(plan: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, titles = indexing._index, iter(["Réparer les fenêtres"])

    def interrupted(one: Plan) -> None:
        whole(one)
        for title in titles:
            PlanNode.objects.filter(version=plan.draft, kind="action").update(title=title)
            coordinator = plan.viewer("coordinator")
            versions.put_in_force(viewer=coordinator, version=plan.draft, adopted_on=timezone.localdate())

    monkeypatch.setattr(indexing, "_index", interrupted)
    indexing.index_plan(plan.plan)
    assert kinds(plan, "fenetres") == {"plans.action"}


def test_a_plan_that_is_gone_has_nothing_to_index(plan: Table) -> None:
    enqueue("plans.index", payload={"plan": 0})
    work(once=True)
    assert Job.objects.get(name="plans.index").state == "done"


def test_what_leaves_the_plan_is_forgotten_with_what_was_said_of_it(plan: Table) -> None:
    comments.add_comment(viewer=plan.viewer("partner"), item_id=plan.step.pk, body="Une remarque.")
    assert kinds(plan, "remarque", "partner") == {"plans.comment"}
    PlanNode.objects.filter(version=plan.draft, kind="step").delete()
    adopt(plan)
    assert "plans.step" not in kinds(plan, "essai", "partner")
    assert found(plan, "remarque", "partner") == []


def test_notes_are_found_and_the_correction_in_their_place(plan: Table) -> None:
    viewer = plan.viewer("partner")
    note = followup.add_note(viewer=viewer, item_id=plan.action.pk, body="Onze fiches sont prêtes.")
    assert kinds(plan, "fiches prêtes") == {"plans.note"}
    [(_kind, url)] = found(plan, "onze")
    assert url.endswith(f"#dit-note-{note.pk}")
    followup.correct_note(viewer=viewer, item_id=plan.action.pk, note_id=note.pk, body="Douze fiches sont prêtes.")
    assert found(plan, "onze") == []
    assert kinds(plan, "douze") == {"plans.note"}


def test_an_observer_does_not_find_comments(plan: Table) -> None:
    viewer = plan.viewer("partner")
    comment = comments.add_comment(viewer=viewer, item_id=plan.action.pk, body="Une remarque entre nous.")
    assert kinds(plan, "remarque", "contributor") == {"plans.comment"}
    for who in ("observer", "funder", "stranger"):
        assert found(plan, "remarque", who) == []
    comments.withdraw_comment(viewer=viewer, item_id=plan.action.pk, comment_id=comment.pk)
    assert found(plan, "remarque", "contributor") == []


def test_a_filing_is_found(plan: Table) -> None:
    made = filing.file_plan(
        viewer=plan.viewer("coordinator"), version=plan.version, recipient="Table des préfets d’essai",
        filed_on=date(2026, 5, 1),
    )  # fmt: skip
    assert ("plans.filing", f"/demarches/{plan.space.slug}/depots/{made.pk}/") in found(plan, "préfets")


def test_made_anew_it_is_the_same(plan: Table) -> None:
    viewer = plan.viewer("partner")
    followup.add_note(viewer=viewer, item_id=plan.step.pk, body="Une nouvelle.")
    comments.add_comment(viewer=viewer, item_id=plan.action.pk, body="Une remarque.")
    kept = _documents()
    Document.objects.all().delete()
    call_command("reindex", verbosity=0, stdout=None)
    assert {key: value for key, value in _documents().items() if key in kept} == kept


def _documents() -> dict[tuple[str, str], Any]:
    rows = Document.objects.filter(kind__startswith="plans.").order_by("pk")
    return {(row.kind, row.object_id): (row.title, row.body, row.url, row.space_id) for row in rows}
