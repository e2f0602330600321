"""Referrals: the loop, the resource's link, reminders and silence, who reads them, figures, and what is destroyed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.logbook.models import Referral, ReferralHandover, ReferralMove
from concertoit.field.logbook.privacy import referrals as privacy
from concertoit.field.logbook.rules import referral_delays
from concertoit.field.logbook.rules.referral_figures import Told, figures
from concertoit.field.logbook.services import referral_links as links
from concertoit.field.logbook.services import referrals
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from tests.field.logbook import made_referrals as made
from tests.personas import Table

STATES = sorted(flow.TABLE)


def moves(row: Referral) -> list[str]:
    return list(ReferralMove.objects.filter(referral=row).order_by("pk").values_list("new", flat=True))


def address(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"logbook:{name}", kwargs={"slug": table.space.slug, **kwargs})


@given(
    state=st.sampled_from(STATES), to=st.sampled_from(STATES), actor=st.sampled_from(["worker", "resource", "night"])
)
def test_the_workflow_is_its_table(state: str, to: str, actor: str) -> None:
    path = flow.steps(state, to, actor)
    assert not path or path[-1] == to
    for one in path:
        assert flow.allowed(state, one, actor)
        state = one


def test_what_the_facts_say_of_the_loop() -> None:
    assert flow.steps("proposed", "sent", "worker") == ("sent",)
    assert flow.steps("sent", "accepted", "resource") == ("accepted",)
    assert flow.steps("accepted", "received", "worker") == ("received",)
    assert flow.steps("sent", "received", "worker") == ("accepted", "received")
    for state in flow.ENDED:
        assert flow.allowed(state, "sent", "worker"), f"{state} may be opened again"
    assert all(not flow.allowed(state, "no_news", actor) for state in STATES for actor in ("worker", "resource"))
    delays = referral_delays.in_force(timezone.localdate())
    assert (delays["link"].days, delays["reminder"].days, delays["expiry"].days) == (8, 10, 30)


def test_one_log_from_proposal_to_service(table: Table) -> None:
    row = made.referral_of(table, consent=False)
    assert (row.state, row.consent_on) == ("proposed", None)
    worker = table.viewer("worker")
    with pytest.raises(DomainError, match="accord"):
        referrals.move(viewer=worker, referral_id=row.pk, to="sent")
    referrals.agree(viewer=worker, referral_id=row.pk, consent=referrals.Consent("self", "phone"))
    referrals.move(viewer=worker, referral_id=row.pk, to="sent")
    row = referrals.move(viewer=worker, referral_id=row.pk, to="received")
    assert moves(row) == ["proposed", "sent", "accepted", "received"]
    referrals.move(viewer=worker, referral_id=row.pk, to="sent")
    with pytest.raises(DomainError, match="pourquoi"):
        referrals.move(viewer=worker, referral_id=row.pk, to="refused")
    row = referrals.move(viewer=worker, referral_id=row.pk, to="refused", refusal="full")
    assert (row.refusal, row.consent_means, row.consent_text) == ("full", "phone", referrals.CONSENT_TEXT)


def test_nothing_is_handed_over_without_consent(table: Table) -> None:
    with pytest.raises(DomainError, match="accord"):
        made.referral_of(table, consent=False, given_name="Prune", told=False)
    with pytest.raises(DomainError, match="adresse"):
        made.referral_of(table, to_email="pas une adresse")
    assert not Referral.objects.exists()


def test_the_resource_answers_by_its_link_and_sees_nobody_before(table: Table) -> None:
    row, token = made.linked(table, given_name="Prune", phone="418-555-0188")
    mail = Job.objects.filter(name="notifications.mail").latest("pk").payload
    assert row.number in mail["subject"]
    assert "Prune" not in str(mail)
    assert "555-0188" not in str(mail)
    url, client = reverse("logbook:referral_answer", kwargs={"token": token}), Client()
    page = client.get(url).content.decode()
    assert row.number in page
    assert "Prune" not in page
    assert "555-0188" not in page
    assert client.post(url, {"to": "refused"}).status_code == 422
    assert client.post(url, {"to": "cancelled"}).status_code == 422
    assert client.post(url, {"to": "accepted"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Prune" in page
    assert "418-555-0188" in page
    row.refresh_from_db()
    assert (row.state, moves(row)[-1]) == ("accepted", "accepted")
    assert Notice.objects.filter(user=table.user("worker"), kind="referrals.answered").count() == 1
    told = " ".join(
        str(value) for entry in Entry.objects.all() for value in (entry.object_label, entry.note, entry.after)
    )
    notices = " ".join(f"{one.subject} {one.body}" for one in Notice.objects.all())
    assert "Prune" not in told + notices
    assert "555-0188" not in told + notices
    assert "Réponse pour la référence" in table.client("worker").get(reverse("desk:home")).content.decode()


def test_a_link_ends_after_eight_days(table: Table) -> None:
    row, token = made.linked(table)
    assert row.link_expires_at is not None
    assert timedelta(days=7, hours=23) < row.link_expires_at - timezone.now() <= timedelta(days=8)
    Referral.objects.update(link_expires_at=timezone.now())
    assert Client().get(reverse("logbook:referral_answer", kwargs={"token": token})).status_code == 410
    with pytest.raises(DomainError):
        links.answer(token=token, to="accepted")
    with pytest.raises(NotVisible):
        links.answer(token="f" * 64, to="accepted")


def test_the_night_reminds_once_then_ends(table: Table) -> None:
    row, token = made.linked(table)
    alone = made.referral_of(table)
    today = timezone.localdate()
    assert links.remind_and_expire(space=table.space, today=today + timedelta(days=9)) == (0, 0)
    assert links.remind_and_expire(space=table.space, today=today + timedelta(days=10)) == (2, 0)
    assert links.remind_and_expire(space=table.space, today=today + timedelta(days=10)) == (0, 0)
    mails = [job.payload["subject"] for job in Job.objects.filter(name="notifications.mail").order_by("pk")]
    assert Counter("Rappel" in subject for subject in mails) == {False: 1, True: 1}
    assert links.find(token).pk == row.pk, "a reminder brings back the same link"
    assert Notice.objects.filter(kind="referrals.follow").count() == 1
    assert links.remind_and_expire(space=table.space, today=today + timedelta(days=30)) == (0, 2)
    assert links.remind_and_expire(space=table.space, today=today + timedelta(days=31)) == (0, 0)
    alone.refresh_from_db()
    assert (alone.state, moves(alone)[-1]) == ("no_news", "no_news")


def test_who_reads_which(table: Table) -> None:
    row = made.referral_of(table, "liaison")
    with pytest.raises(NotVisible):
        referrals.move(viewer=table.viewer("worker"), referral_id=row.pk, to="accepted")
    with pytest.raises(NotAllowed):
        made.referral_of(table, "responder")
    mine = made.referral_of(table, "worker")
    assert table.client("worker").get(address(table, "referral", referral_id=row.pk)).status_code == 404
    assert table.client("liaison").get(address(table, "referral", referral_id=mine.pk)).status_code == 200
    page = table.client("liaison").get(address(table, "referrals") + "?qui=equipe").content.decode()
    assert mine.number in page
    assert row.number in page
    page = table.client("worker").get(address(table, "referrals") + "?qui=equipe").content.decode()
    assert mine.number in page
    assert row.number not in page


def test_a_lead_reads_the_team_inside_its_dates(table: Table) -> None:
    from concertoit.field.logbook.models import Team, TeamSeat, Worker
    from concertoit.field.logbook.queries.referrals import visible

    today = timezone.localdate()
    team = Team.objects.create(space=table.space, name="Est")
    people = {
        key: Worker.objects.create(space=table.space, membership=table.membership(key))
        for key in ("liaison", "worker")
    }
    TeamSeat.objects.create(space=table.space, team=team, worker=people["liaison"], is_lead=True, starts_on=today)
    seat = TeamSeat.objects.create(space=table.space, team=team, worker=people["worker"], starts_on=today)
    row = made.referral_of(table)
    lead = table.viewer("liaison")
    assert visible(lead).filter(pk=row.pk).exists()
    seat.starts_on = today + timedelta(days=1)
    seat.save()
    assert not visible(lead).filter(pk=row.pk).exists()


def test_one_tap_from_the_list_and_the_form_from_the_directory(table: Table) -> None:
    from tests.field.directory import made as directory

    service, reason = directory.service_of(table), made.reason(table)
    client = table.client("worker")
    page = client.get(address(table, "referral_new") + f"?service={service.pk}").content.decode()
    assert "Panier de la semaine" in page
    assert "À lire à la personne" in page
    data = {"service": service.pk, "destination": "community", "main_reason": reason.pk, "consent": "on",
            "to_email": "accueil@exemple.test", "given_name": "Prune", "phone": "418-555-0188"}  # fmt: skip
    bad = client.post(address(table, "referral_new"), {**data, "consent": ""})
    assert bad.status_code == 422
    assert "accueil@exemple.test" in bad.content.decode()
    assert client.post(address(table, "referral_new"), data).status_code == 302
    row = Referral.objects.get()
    assert (row.state, row.to_email, row.handover.given_name) == ("sent", "accueil@exemple.test", "Prune")
    tap = client.post(address(table, "referral_move", referral_id=row.pk), {"to": "received", "page": "liste"})
    assert tap.headers["Location"] == address(table, "referrals")
    row.refresh_from_db()
    assert row.state == "received"
    assert client.post(address(table, "handover_remove", referral_id=row.pk)).status_code == 302
    assert not ReferralHandover.objects.exists()


def test_the_handover_is_destroyed_after_the_end(table: Table) -> None:
    row, _token = made.linked(table, given_name="Prune")
    today = timezone.localdate()
    assert privacy.due(today + timedelta(days=400)) == [], "still open"
    referrals.move(viewer=table.viewer("worker"), referral_id=row.pk, to="received")
    assert privacy.due(today + timedelta(days=29)) == []
    due = privacy.due(today + timedelta(days=30))
    privacy.remove(due)
    privacy.remove(due)
    assert len(due) == 1
    assert not ReferralHandover.objects.exists()
    assert Referral.objects.filter(pk=row.pk).exists()


def test_figures_have_denominators_and_mask_small_counts() -> None:
    day = timedelta(days=1)
    told = (
        [Told("received", "Panier", 2 * day)] * 12 + [Told("no_news", "Muette")] * 8 + [Told("proposed", "Panier")] * 6
    )
    told += [Told("refused", "Panier", day, "full")] * 6 + [Told("refused", "Panier", day, "territory")] * 5
    found = figures(told)
    assert (found.sent, found.days) == (31, 2.0)
    assert {one.code: one.count for one in found.states} == {"received": 12, "no_news": 8, "refused": 11}
    assert {one.code: (one.count, one.total) for one in found.refusals} == {"full": (6, 11), "territory": (5, 11)}
    assert found.silent == [("Muette", 8, 0)]


@given(
    st.lists(
        st.builds(Told, state=st.sampled_from(STATES), resource=st.just(""), refusal=st.just("full")), max_size=40
    )
)
def test_no_small_count_is_shown(told: list[Told]) -> None:
    found = figures(told)
    counts = [one.count for one in (*found.states, *found.refusals)] + [found.sent]
    assert all(count is None or count == 0 or count >= 5 for count in counts)


def test_reasons_are_said_in_the_language_of_the_reader(table: Table) -> None:
    client = table.client("worker")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address(table, "referral_new")).content.decode()
    assert "Mental health" in page
    assert "Santé mentale" not in page


def test_the_page_of_figures(table: Table) -> None:
    for _one in range(6):
        made.referral_of(table)
    page: Any = table.client("funder").get(address(table, "referral_figures")).content.decode()
    assert "Ce que deviennent les références" in page
    assert "Ressources qui ne répondent jamais" not in page
    assert table.client("worker").get(address(table, "referral_figures") + "?du=x&au=2020-01-01").status_code == 200
