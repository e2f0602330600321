"""A request for small works from the call to the news taken, what is refused, and who sees what (L28)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.field.small_works.models import Applicant, Extraction, Request
from concertoit.field.small_works.privacy import applicants_due, forget_applicants
from concertoit.field.small_works.queries.requests import figures
from concertoit.field.small_works.services import following, requests, research
from concertoit.field.small_works.services.following import DoneFacts, token_of
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs.worker import work
from tests.field.small_works import made
from tests.hostile import assert_constant_queries
from tests.personas import Table

NAMES = ("Introuvable", "450 555-0142", "rue des Essais")


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"small_works:{name}", kwargs={"slug": table.space.slug, **kwargs})


def test_a_request_through_its_pages(table: Table) -> None:
    made.pilot(table)
    helping = made.handyperson(table)
    client = table.client("worker")
    call = {
        "channel": "phone", "received_on": "2026-05-04", "municipality": table.municipality.pk,
        "address": "1234, rue X, app. 5", "given_name": "Odile", "phone": "450 555-0142", "works": ["doors"],
        "age_band": "75_84", "tenure": "owner",
    }  # fmt: skip
    without = client.post(url(table, "new"), call)
    assert without.status_code == 422
    assert "Sans l’accord de la personne" in without.content.decode()
    assert 'value="Odile"' in without.content.decode()
    client.post(url(table, "new"), {**call, "consent": "on"})
    row = Request.objects.get()
    here = url(table, "request", reference=row.reference)
    assert row.reference == "MT2026-0001"
    assert row.verdict == "unknown"  # nobody asked yet whether a trade is needed
    no_reason = client.post(url(table, "decide", reference=row.reference), {"decision": "yes"})
    assert "écrivez pourquoi" in no_reason.content.decode()
    known = {"age_band": "75_84", "tenure": "owner", "needs_trade": "False", "landlord_must": ""}
    client.post(url(table, "complete", reference=row.reference), known)
    client.post(url(table, "decide", reference=row.reference), {"decision": "yes"})
    client.post(url(table, "match", reference=row.reference), {"handyperson": helping.pk})
    row.refresh_from_db()
    assert row.state == "matched"
    work(once=True)
    assert [message.to for message in mail.outbox] == [["leo@exemple.test"]]
    sent = str(mail.outbox[0].message())
    assert not any(name in sent for name in ("Odile", *NAMES))

    visitor = table.client("visitor")
    link = reverse("small_works:visit", kwargs={"token": token_of(row)})
    page = visitor.get(link).content.decode()
    assert "1234, rue X" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    visitor.post(link, {"quoi": "date", "date-day": tomorrow.isoformat(), "date-time": "10:30"})
    done = {"quoi": "faite", "faite-on": timezone.localdate().isoformat(), "faite-report": "Porte ajustée."}
    visitor.post(link, {**done, "faite-hours": "1,5", "faite-materials": "12,40"})
    row.refresh_from_db()
    assert (row.state, str(row.hours), str(row.materials)) == ("done", "1.50", "12.40")
    assert "1234, rue X" not in visitor.get(link).content.decode()

    news = {"satisfaction": "5", "holds": "True", "effects": ["safer"], "words": "Je dors mieux."}
    client.post(url(table, "follow_up", reference=row.reference), news)
    page = client.get(here).content.decode().replace("\u00a0", " ")
    assert "Je dors mieux." in page
    assert "Suivie et fermée" in page
    assert visitor.get(link).status_code == 404
    told = figures(table.space)
    assert (told.total, told.done, told.satisfaction, told.open) == (1, 1, 5.0, 0)


def test_the_same_form_sent_twice_is_one_request(table: Table) -> None:
    visitor, client_id = table.client("visitor"), str(uuid.uuid4())
    said = {
        "municipality": table.municipality.pk, "address": "5-1234 rue X", "given_name": "Odile",
        "phone": "4505550142", "works": ["alarms"], "consent": "on", "client_id": client_id,
    }  # fmt: skip
    for _time in range(2):
        assert visitor.post(url(table, "ask"), said).status_code == 302
    visitor.post(url(table, "ask"), {**said, "client_id": str(uuid.uuid4()), "site": "https://robots.test"})
    assert Request.objects.count() == Applicant.objects.count() == 1
    table.space.tools = []
    table.space.save()
    assert visitor.get(url(table, "ask")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent": False}, "consent"),
        ({"works": []}, "works"),
        ({"given_name": " "}, "given_name"),
        ({"phone": "555"}, "phone"),
        ({"address": "rue sans numéro"}, "address"),
    ],
)
def test_what_is_missing_is_said_where(table: Table, changes: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        made.received(table, **changes)
    assert refused.value.field == field
    assert Applicant.objects.count() == 0


def test_nobody_goes_without_a_check_and_an_obstacle_is_explained(table: Table) -> None:
    made.pilot(table)
    row = made.accepted(table)
    unchecked = made.handyperson(table, "Sans Vérification", checked_on=None)
    other_skill = made.handyperson(table, "Autre Métier", skills=["outdoors"])
    viewer = table.viewer("worker")
    with pytest.raises(DomainError, match="ne peut pas aller"):
        following.match(viewer=viewer, row=row, handyperson=unchecked, reason="Pressé.")
    with pytest.raises(DomainError, match="écrivez pourquoi"):
        following.match(viewer=viewer, row=row, handyperson=other_skill)
    page = table.client("worker").get(url(table, "match", reference=row.reference)).content.decode()
    assert "vérification absente ou échue" in page
    assert following.match(viewer=viewer, row=row, handyperson=other_skill, reason="Elle sait.").state == "matched"


def test_another_match_closes_the_first_link(table: Table) -> None:
    row = made.matched(table)
    first = token_of(row)
    following.give_back(row=row, reason="En vacances.")
    visitor = table.client("visitor")
    assert visitor.get(reverse("small_works:visit", kwargs={"token": first})).status_code == 404
    row.refresh_from_db()
    assert (row.state, row.reason) == ("accepted", "En vacances.")


def test_dates_and_states_that_make_no_sense(table: Table) -> None:
    row = made.matched(table)
    with pytest.raises(DomainError, match="à venir"):
        following.plan_visit(row=row, at=timezone.now() - timedelta(days=2))
    with pytest.raises(DomainError, match="ne s’y applique plus"):
        following.report_done(row=row, facts=DoneFacts(timezone.localdate(), "Fait."))
    with pytest.raises(DomainError, match="à venir"):
        following.report_done(row=row, facts=DoneFacts(timezone.localdate() + timedelta(days=1), "Fait."))
    with pytest.raises(DomainError, match="pourquoi"):
        following.cancel(viewer=table.viewer("worker"), row=row, reason=" ")
    done = made.done(table)
    with pytest.raises(DomainError, match="1 à 5"):
        following.follow_up(viewer=table.viewer("worker"), row=done, satisfaction=6, holds=None, effects=[])


def test_the_coordination_reads_figures_and_nobody_s_home(table: Table) -> None:
    made.followed(table)
    page = table.client("coordinator").get(url(table, "home")).content.decode()
    assert "réservées à l’équipe terrain" in page
    assert not any(name in page for name in NAMES)
    assert "MT20" not in page
    for entry in Entry.objects.order_by("pk"):
        assert not any(name in str(entry.after) + entry.object_label + str(entry.note) for name in NAMES)


def test_an_extraction_hides_everybody_and_is_kept(table: Table) -> None:
    row = made.extraction(table)
    assert row.smallest >= row.k == 3
    assert not any(name in row.content for name in (*NAMES, "MT20", "Odile", "Barre posée"))
    client = table.client("coordinator")
    file = client.get(url(table, "extraction_file", extraction_id=row.pk))
    assert file.content.decode() == row.content
    period = {"since": "2020-01-01", "until": timezone.localdate().isoformat()}
    seen = client.get(url(table, "research"), period).content.decode()
    assert "Ce qui sortirait" in seen
    assert Extraction.objects.count() == 1
    requests.agree_to_research(
        space=table.space, actor=table.user("worker"), row=Request.objects.order_by("pk")[0], agrees=False
    )
    with pytest.raises(DomainError, match="Aucune ligne"):
        research.extract(
            viewer=table.viewer("coordinator"), since=date(2020, 1, 1), until=timezone.localdate(), to="Université"
        )
    backwards = client.post(url(table, "research"), {"since": "2026-02-01", "until": "2026-01-01", "to": "X"})
    assert "La fin vient après le début" in backwards.content.decode()


def test_people_are_forgotten_a_year_after(table: Table) -> None:
    over, open_ = made.followed(table), made.received(table, address="99, rue des Essais")
    today = timezone.localdate()
    assert applicants_due(today) == []
    Request.objects.update(state_at=timezone.now() - timedelta(days=400))
    assert applicants_due(today) == [over.applicant_id]
    forget_applicants([over.applicant_id])
    kept = Applicant.objects.get(pk=over.applicant_id)
    assert (kept.given_name, kept.phone, kept.dwelling) == ("", "", None)
    page = table.client("worker").get(url(table, "request", reference=over.reference)).content.decode()
    assert "ont été détruits" in page
    assert Applicant.objects.get(pk=open_.applicant_id).given_name == "Odile"


def test_the_list_costs_the_same_with_ten_times_the_rows(table: Table) -> None:
    made.pilot(table)
    made.handyperson(table, max_load=50)
    made.planned(table)
    client = table.client("worker")
    assert_constant_queries(
        lambda: [made.received(table, address=f"{n + 20}, rue des Essais") for n in range(9)],
        lambda: client.get(url(table, "home")),
    )
    row = made.accepted(table, address="500, rue des Essais")
    assert_constant_queries(
        lambda: [made.handyperson(table, f"Aide Numéro{n}", email="") for n in range(9)],
        lambda: client.get(url(table, "match", reference=row.reference)),
    )


def test_who_asks_online_may_keep_things_to_themselves(table: Table, client: Client) -> None:
    page = client.get(reverse("small_works:ask", kwargs={"slug": table.space.slug})).content.decode()
    assert page.count("Je préfère ne pas le dire") == 3
    assert "On ne le sait pas" not in page


def test_a_text_that_nobody_would_read_is_refused_beside_its_field(table: Table) -> None:
    row = made.received(table)
    said = {"decision": "yes", "reason": "é" * 10_000}
    answer = table.client("worker").post(url(table, "decide", reference=row.reference), said)
    assert answer.status_code == 422
    assert "au plus 2000 caractères" in answer.content.decode()
