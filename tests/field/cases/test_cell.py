"""Emergency cells: called, answered, written, stood down, looked back at (I6)."""

from __future__ import annotations

import gzip
import io
import re
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from docx import Document

from concertoit.field.cases.enums.cell import CellAnswer, CellRole, EntryKind
from concertoit.field.cases.models import CellEntry, CellMember, CellReview, CellTask, RapidResponse
from concertoit.field.cases.privacy import cell as privacy
from concertoit.field.cases.queries.cell import board_of, candidates, figures_of
from concertoit.field.cases.queries.cell_words import duration
from concertoit.field.cases.services import cell as services
from concertoit.field.cases.services import cell_log
from concertoit.field.cases.services.cell import Activation, Called
from concertoit.field.cases.services.cell_log import Hand
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from tests.field.cases import made_cell as made
from tests.hostile import assert_constant_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db


def url(table: Table, cell: RapidResponse | None = None, end: str = "") -> str:
    return f"/demarches/{table.space.slug}/cellules/" + (f"{cell.reference}/{end}" if cell else end)


def act(table: Table, cell: RapidResponse, what: str, key: str = "worker", **data: Any) -> Any:
    return table.client(key).post(url(table, cell, f"geste/{what}/"), data)


def body(answer: Any) -> str:
    return str(answer.content.decode())


# Activation


def test_one_reason_to_tap_and_the_people_are_proposed(table: Table) -> None:
    made.brigade(table)
    case = made.case_of(table)
    client, where = table.client("worker"), url(table, end=f"activer/?dossier={case.reference}")
    shown = body(client.get(where))
    assert "911" in shown
    assert shown.index("911") < shown.index("Pourquoi")
    checked = re.findall(r'name="called" value="(\d+)" checked', shown)
    expected = [table.membership(key).pk for key in ("liaison", "worker", "responder")]
    assert sorted(map(int, checked)) == sorted(expected)
    assert client.post(where, {"called": checked}).status_code == 422  # no reason
    answer = client.post(where, {"reason": "structure", "called": checked})
    cell = RapidResponse.objects.get()
    assert answer.headers["Location"] == url(table, cell)
    assert (cell.case, cell.building, cell.title) == (case, case.building, "12, rue des Essais, Ville d’essai")
    assert [row.kind for row in cell.entries.order_by("number")] == ["activation", "roster"]
    assert Notice.objects.filter(kind="cases.cell").count() == 2  # who activates is not called by themselves
    assert Entry.objects.filter(verb="cases.cell_activated").count() == 1


def test_roles_are_proposed_by_competence(table: Table) -> None:
    made.brigade(table)
    roles = {one.name: (one.role, one.proposed) for one in candidates(table.viewer("liaison"))}
    assert roles == {
        "Jocelyne Lien": ("lead", True), "Karim Terrain": ("safety", True), "Lucie Renfort": ("member", True),
    }  # fmt: skip


def test_a_place_and_somebody_are_needed(table: Table) -> None:
    viewer = table.viewer("liaison")
    people = [made.called(table, "worker", CellRole.LEAD)]
    with pytest.raises(DomainError):
        services.activate(viewer=viewer, said=Activation("fire", called=people))  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        services.activate(viewer=viewer, said=Activation("fire", title="Ici"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        services.activate(viewer=table.viewer("responder"), said=Activation("fire", "Ici", called=people))  # type: ignore[arg-type]
    answer = table.client("worker").post(url(table, end="activer/"), {"reason": "fire", "title": "Ici"})
    assert answer.status_code == 422
    assert "Appelez au moins une personne" in body(answer)


def test_a_building_of_another_demarche_is_no_place(table: Table) -> None:
    case = made.case_of(table)
    shown = body(table.client("stranger").get(f"/demarches/{table.other.slug}/cellules/activer/"))
    assert case.building.line not in shown
    here = table.client("worker").get(url(table, end=f"activer/?immeuble={case.building_id}"))
    assert case.building.line in body(here)


# Who sees a cell


def test_a_partner_sees_the_cells_where_it_was_called(table: Table) -> None:
    case = made.case_of(table)
    cell = made.cell_of(table, case=case)
    client = table.client("responder")
    assert client.get(url(table, cell)).status_code == 404
    assert "12, rue des Essais" not in body(client.get(url(table)))
    services.call(viewer=table.viewer("liaison"), cell=cell, one=made.called(table, "responder", CellRole.MEMBER))
    shown = body(client.get(url(table, cell)))
    assert "12, rue des Essais" in shown
    assert f"dossiers/{case.reference}" not in shown  # the case keeps its own policy
    assert f"dossiers/{case.reference}" in body(table.client("worker").get(url(table, cell)))


def test_an_organisation_may_be_called_as_a_whole(table: Table) -> None:
    cell = made.cell_of(table)
    town = table.organisations["town"]
    one = Called("Ville d’essai", organisation=town, organisation_name=str(town))
    services.call(viewer=table.viewer("liaison"), cell=cell, one=one)
    assert table.client("responder").get(url(table, cell)).status_code == 200
    act(table, cell, "repondre", "responder", answer="coming")
    assert CellMember.objects.get(cell=cell, organisation=town, membership=None).answer == "coming"
    assert table.client("elected").get(url(table, cell)).status_code == 403


def test_calling_more_people(table: Table) -> None:
    cell = made.cell_of(table)
    client, where = table.client("liaison"), url(table, cell, "appeler/")
    assert client.get(where).status_code == 200
    assert client.post(where, {"role": "member"}).status_code == 422
    assert client.post(where, {"role": "member", "name": "Nour Renfort"}).status_code == 422  # no way to reach them
    assert client.post(where, {"role": "lead", "membership": table.membership("worker").pk}).status_code == 422
    client.post(where, {"role": "lodging", "name": "Nour Renfort", "email": "nour@exemple.test"})
    assert cell.members.get(name="Nour Renfort").role == "lodging"
    assert table.client("worker").get(where).status_code == 403


# Answers, roles, times


def test_answers_are_timed_once(table: Table) -> None:
    start = timezone.now()
    with mock.patch("django.utils.timezone.now", return_value=start):
        cell = made.cell_of(table)
    for minutes, role in ((3, CellRole.SAFETY), (7, CellRole.LEAD), (9, CellRole.LOG)):
        with mock.patch("django.utils.timezone.now", return_value=start + timedelta(minutes=minutes)):
            row = made.member(cell, role)
            services.acknowledge(member=row, hand=Hand.behind(row), answer=CellAnswer.COMING)
    with mock.patch("django.utils.timezone.now", return_value=start + timedelta(minutes=31)):
        made.line(table, cell, "Je suis devant l’immeuble", on_site=True)
        made.line(table, cell, "Encore là", on_site=True)
    cell.refresh_from_db()
    found = board_of(cell).times
    minutes = [None if one is None else one.seconds // 60 for one in (found.acknowledged, found.quorum, found.on_site)]
    assert minutes == [3, 9, 31]
    lines = cell.log_count
    row = made.member(cell, CellRole.LEAD)
    services.acknowledge(member=row, hand=Hand.behind(row), answer=CellAnswer.COMING)
    cell.refresh_from_db()
    assert cell.log_count == lines


def test_who_cannot_come_holds_no_role(table: Table) -> None:
    cell = made.cell_of(table)
    for role in (CellRole.LEAD, CellRole.SAFETY, CellRole.LOG):
        row = made.member(cell, role)
        answer = CellAnswer.UNABLE if role == CellRole.SAFETY else CellAnswer.REMOTE
        services.acknowledge(member=row, hand=Hand.behind(row), answer=answer)
    cell.refresh_from_db()
    assert cell.quorum_at is None
    assert "Sécurité des lieux" in body(table.client("worker").get(url(table, cell)))


def test_roles_are_given_by_who_runs_the_cell(table: Table) -> None:
    cell = made.cell_of(table)
    row = made.member(cell, CellRole.LOG)
    where = url(table, cell, f"membre/{row.pk}/role/")
    assert table.client("worker").post(where, {"role": "lead"}).status_code == 403
    table.client("liaison").post(where, {"role": "tenants"})
    row.refresh_from_db()
    assert row.role == "tenants"
    assert CellEntry.objects.filter(cell=cell, text__contains="Communication avec les locataires").exists()
    elsewhere = url(table, made.cell_of(table), f"membre/{row.pk}/role/")
    assert table.client("liaison").post(elsewhere, {"role": "lead"}).status_code == 422


# The log


def test_a_line_is_written_once_and_never_again(table: Table) -> None:
    cell = made.cell_of(table)
    row = made.line(table, cell)
    row.text = "Autre chose"
    with pytest.raises(TypeError):
        row.save()
    assert board_of(RapidResponse.objects.get(pk=cell.pk)).broken is None


def test_tampering_shows_on_the_page(table: Table) -> None:
    cell = made.cell_of(table)
    made.line(table, cell, "Le gaz est coupé")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_cellentry SET text = 'Le gaz est ouvert' WHERE text = 'Le gaz est coupé'")
    assert "La ligne 3 n’est plus telle qu’écrite" in body(table.client("worker").get(url(table, cell)))


def test_removing_the_last_line_shows(table: Table) -> None:
    cell = made.cell_of(table)
    made.line(table, cell)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_cellentry WHERE number = 3")
    assert board_of(RapidResponse.objects.get(pk=cell.pk)).broken == 3


def test_a_correction_is_another_line(table: Table) -> None:
    cell = made.cell_of(table)
    row = made.line(table, cell, "Trois ménages évacués")
    where = url(table, cell, f"ligne/{row.number}/corriger/")
    client = table.client("worker")
    assert client.get(where).status_code == 200
    assert client.post(where, {"text": ""}).status_code == 422
    client.post(where, {"text": "Deux ménages évacués"})
    shown = body(client.get(url(table, cell)))
    assert "Trois ménages évacués" in shown
    assert f"corrige la ligne {row.number}" in shown
    assert client.get(url(table, cell, "ligne/99/corriger/")).status_code == 404


def test_a_phone_that_sends_twice_writes_once(table: Table) -> None:
    cell = made.cell_of(table)
    data = {"kind": "note", "text": "Arrivée", "client_id": str(uuid.uuid4())}
    client, where = table.client("worker"), url(table, cell, "geste/ecrire/")
    for _again in range(2):
        assert client.post(where, data, headers={"X-Queue": "1"}).status_code == 204
    assert CellEntry.objects.filter(text="Arrivée").count() == 1
    wrong = client.post(where, {"kind": "note", "text": " "}, headers={"X-Queue": "1"})
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")
    services.stand_down(viewer=table.viewer("liaison"), cell=cell, why="Fini")
    assert client.post(where, data, headers={"X-Queue": "1"}).status_code == 204  # it was kept in time
    late = client.post(where, data | {"client_id": str(uuid.uuid4())}, headers={"X-Queue": "1"})
    assert late.status_code == 422
    assert "levée" in body(late)


def test_what_was_typed_stays_when_it_is_wrong(table: Table) -> None:
    cell = made.cell_of(table)
    answer = act(table, cell, "ecrire", kind="lodging", text="Deux chambres", households="beaucoup")
    assert answer.status_code == 422
    assert "Deux chambres" in body(answer)
    assert act(table, cell, "inconnu").status_code == 404
    assert act(table, cell, "ecrire", kind="activation", text="x").status_code == 422


def test_measures_are_verified_and_households_counted(table: Table) -> None:
    cell = made.cell_of(table)
    act(table, cell, "ecrire", kind="safety", text="Sous-sol barré", who="Pompiers")
    act(table, cell, "ecrire", kind="lodging", text="Hôtel du coin", households="2", persons="5")
    act(table, cell, "ecrire", kind="informed", text="Porte à porte", households="8")
    act(table, cell, "ecrire", kind="decision", text="Fermer le sous-sol", who="Ville", on="2026-11-25")
    measure = CellEntry.objects.get(cell=cell, kind=EntryKind.SAFETY)
    for _again in range(2):
        act(table, cell, "verifier", number=str(measure.number))
    assert CellEntry.objects.filter(cell=cell, kind=EntryKind.VERIFIED).count() == 1
    assert act(table, cell, "verifier", number="999").status_code == 422
    board = board_of(RapidResponse.objects.get(pk=cell.pk))
    assert (board.total("lodging", "households"), board.total("informed", "households")) == (2, 8)
    assert measure.number in board.verified
    assert "pour le 2026-11-25" in body(table.client("worker").get(url(table, cell)))


def test_tasks_are_given_and_done(table: Table) -> None:
    cell = made.cell_of(table)
    owner = made.member(cell, CellRole.SAFETY)
    data = {"title": "Barrer le sous-sol", "owner": owner.pk, "delay": "30", "client_id": str(uuid.uuid4())}
    for _again in range(2):
        act(table, cell, "tache", "liaison", **data)
    task = CellTask.objects.get()
    assert task.owner == owner
    assert timedelta(minutes=29) < task.due_at - timezone.now() < timedelta(minutes=31)  # type: ignore[operator]
    told = Notice.objects.filter(user=table.users["worker"]).latest("pk")
    assert "Une tâche vous attend" in told.subject
    assert "Barrer" not in told.subject + told.body, "what people write stays on the page"
    assert "Barrer le sous-sol" in body(table.client("worker").get("/"))
    act(table, cell, "faite", task=str(task.pk))
    act(table, cell, "faite", task=str(task.pk))
    task.refresh_from_db()
    assert task.done_at
    assert CellEntry.objects.filter(cell=cell, text__startswith="Fait").count() == 1
    assert act(table, cell, "faite", task="0").status_code == 422
    assert act(table, cell, "tache", title="").status_code == 422


# The personal link


def test_a_member_without_account_answers_writes_and_sees_no_identity(table: Table) -> None:
    case = made.case_of(table)
    cell = made.cell_of(table, case=case)
    where = f"/cellule/{made.token(cell)}/"
    visitor = Client()
    shown = body(visitor.get(where))
    assert "911" in shown
    assert case.reference not in shown
    assert "app. 4" not in shown
    visitor.post(f"{where}geste/repondre/", {"answer": "coming"})
    visitor.post(f"{where}geste/ecrire/", {"kind": "note", "text": "Lits prêts"})
    entry = CellEntry.objects.get(text="Lits prêts")
    assert entry.author is None
    assert entry.author_label == "Sylvain Secours (Croix d’essai), par lien personnel"
    assert visitor.post(f"{where}geste/ecrire/", {"kind": "note", "text": ""}).status_code == 422
    assert visitor.get(f"{where}en-direct/").status_code == 200
    assert visitor.get("/cellule/rien/").status_code == 404
    services.stand_down(viewer=table.viewer("liaison"), cell=cell, why="Fini")
    assert "La cellule est levée" in body(visitor.get(where))
    assert visitor.post(f"{where}geste/ecrire/", {"kind": "note", "text": "Trop tard"}).status_code == 422


def test_the_call_goes_by_mail_to_who_has_no_account(table: Table) -> None:
    cell = made.cell_of(table, exercise=True)
    job = Job.objects.get(name="notifications.mail")
    assert job.payload["to"] == "sylvain@exemple.test"
    assert job.payload["subject"].startswith("[EXERCICE] Cellule d’urgence")
    assert job.payload["url"].endswith(f"/cellule/{made.token(cell)}/")
    assert made.token(cell) not in str(list(CellMember.objects.values_list("token_digest", flat=True)))
    assert not mail.outbox


# Polling


def test_nothing_new_costs_nothing(table: Table) -> None:
    cell = made.cell_of(table)
    client, where = table.client("worker"), url(table, cell, "en-direct/")
    first = client.get(where)
    assert client.get(where, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    made.line(table, cell)
    again = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert body(again) in body(client.get(url(table, cell))) or "Porte du sous-sol barrée" in body(again)


@pytest.mark.parametrize("who", ["liaison", "worker", "responder"])
def test_the_page_of_a_case_in_danger_costs_no_more(table: Table, who: str) -> None:
    cell = made.cell_of(table, partner=True, case=made.known_to_responder(table))

    def more() -> None:
        made.line(table, RapidResponse.objects.get(pk=cell.pk))

    client = table.client(who)
    assert_constant_queries(more, lambda: client.get(url(table, cell)))
    assert_constant_queries(more, lambda: client.get(url(table, cell, "en-direct/")))


def test_the_page_is_small_and_constant(table: Table) -> None:
    cell = made.cell_of(table)

    def more() -> None:
        for place in range(20):
            made.line(table, RapidResponse.objects.get(pk=cell.pk), f"Ligne {place}", kind=EntryKind.SAFETY)

    client = table.client("liaison")
    assert_constant_queries(more, lambda: client.get(url(table, cell)))
    assert len(gzip.compress(client.get(url(table, cell)).content)) < 30_000
    assert_constant_queries(lambda: made.over(table), lambda: client.get(url(table)))


# After


def test_standing_down_closes_the_log_and_keeps_its_digest(table: Table) -> None:
    cell = made.cell_of(table)
    where = url(table, cell, "lever/")
    assert table.client("worker").get(where).status_code == 403
    assert table.client("liaison").post(where, {"why": ""}).status_code == 422
    table.client("liaison").post(where, {"why": "Tout le monde est à l’abri"})
    cell.refresh_from_db()
    assert not cell.is_active
    assert Entry.objects.get(verb="cases.cell_stood_down").after == {"lines": cell.log_count, "digest": cell.log_head}
    assert act(table, cell, "repondre", answer="coming").status_code == 422
    assert "Cellule levée" in Notice.objects.filter(user=table.users["worker"]).latest("pk").subject


def test_the_review_and_its_actions(table: Table) -> None:
    cell = made.cell_of(table)
    client, where = table.client("liaison"), url(table, cell, "retour/")
    data = {"well": "Arrivés vite", "change": "Une clé manquait"}
    assert client.post(where, data).status_code == 422  # not over yet
    services.stand_down(viewer=table.viewer("liaison"), cell=cell, why="Fini")
    assert "Le retour n’est pas encore fait" in body(client.get(url(table, cell)))
    client.post(where, data)
    client.post(where, data | {"change": "Deux clés manquaient"})
    assert CellReview.objects.get().change == "Deux clés manquaient"
    action = url(table, cell, "retour/action/")
    assert client.post(action, {"title": "Double des clés"}).status_code == 422  # by whom
    owner = made.member(cell, CellRole.SAFETY)
    client.post(action, {"title": "Double des clés", "owner": owner.pk, "on": "2026-12-01"})
    assert "Double des clés" in body(table.client("worker").get("/"))
    act(table, cell, "faite", task=str(CellTask.objects.get().pk))
    assert CellTask.objects.get().done_at
    for extension, head in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(url(table, cell)[:-1] + f"/journal.{extension}")
        assert answer.content[:4].startswith(head)
    text = Document(io.BytesIO(client.get(url(table, cell, "journal.docx")).content))
    words = "\n".join(
        [*(p.text for p in text.paragraphs), *(c.text for t in text.tables for r in t.rows for c in r.cells)]
    )
    assert "Deux clés manquaient" in words
    cell.refresh_from_db()
    assert cell.log_head in words
    assert client.get(url(table, cell, "journal.odt")).status_code == 404


def test_exercises_are_marked_everywhere_and_counted_apart(table: Table) -> None:
    cell = made.cell_of(table, exercise=True)
    client = table.client("worker")
    for where in (url(table), url(table, cell), f"/cellule/{made.token(cell)}/"):
        assert "EXERCICE" in body(client.get(where))
    made.over(table)
    found = figures_of(list(RapidResponse.objects.order_by("pk")))
    assert (found.count, found.exercises, found.stood_down.count) == (1, 1, 1)
    assert Entry.objects.filter(verb="cases.cell_exercise").count() == 1


def test_how_members_were_reached_is_forgotten(table: Table) -> None:
    cell = made.over(table)
    RapidResponse.objects.filter(pk=cell.pk).update(stood_down_at=timezone.now() - timedelta(days=800))
    due = privacy._reach_due(timezone.localdate())
    assert len(due) == 3
    privacy._reach_remove(due)
    assert privacy._reach_due(timezone.localdate()) == []
    assert made.NEIGHBOUR in body(table.client("worker").get(url(table, cell)))


def test_the_desk_shows_the_call_until_it_is_answered(table: Table) -> None:
    cell = made.cell_of(table)
    client = table.client("worker")
    assert "Répondre à l’appel" in body(client.get("/"))
    act(table, cell, "repondre", answer="remote")
    assert "Répondre à l’appel" not in body(client.get("/"))
    assert act(table, cell, "repondre", answer="peut-être").status_code == 422


@pytest.mark.parametrize(
    ("minutes", "said"), [(None, "–"), (4, "4 min"), (65, "1 h 05"), (60 * 27, "1 j 3 h"), (0, "0 min")]
)
def test_durations_are_said_shortly(minutes: int | None, said: str) -> None:
    assert duration(None if minutes is None else timedelta(minutes=minutes)) == said


def test_nothing_is_done_in_a_cell_by_somebody_outside(table: Table) -> None:
    cell = made.cell_of(table)
    other = made.cell_of(table)
    stranger_member = made.member(other, CellRole.LOG)
    with pytest.raises(DomainError):
        cell_log.add_task(cell=cell, hand=made.hand(table), title="X", owner=stranger_member, due_at=None)
    with pytest.raises(DomainError):
        cell_log.correct(cell=cell, hand=made.hand(table), number=77, text="X")
    with pytest.raises(NotAllowed):
        cell_log.review(viewer=table.viewer("responder"), cell=cell, hand=made.hand(table), well="a", change="b")
