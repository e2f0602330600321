"""Telling people once, each as they wish, and never of their own acts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from concertoit.ground.notifications import queries, services, verbs
from concertoit.ground.notifications.enums import Email, Rhythm
from concertoit.ground.notifications.models import Notice, Reader
from concertoit.ground.notifications.tasks import digest as digest_job
from concertoit.ground.notifications.verbs import Kind
from tests.personas import Table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_period(monkeypatch: pytest.MonkeyPatch) -> None:
    from concertoit.ground.core.jobs import registry

    monkeypatch.setattr(registry, "_periodic", {})


def tell(table: Table, *keys: str, **values: Any) -> int:
    given = {"kind": "test.mention", "subject": "On parle de vous", "url": "/plan/", "space_id": table.space.pk}
    with transaction.atomic():
        return services.notify(users=[table.user(key) for key in keys], **{**given, **values})


def test_a_notice_is_in_the_list_rings_and_leaves_by_e_mail(table: Table) -> None:
    assert tell(table, "partner", body="Deux lignes.", actor=table.user("coordinator")) == 1
    assert queries.unread(table.user("partner")) == 1
    assert mail.outbox == []
    work(once=True)
    [message] = mail.outbox
    assert message.to == ["partner@exemple.test"]
    assert message.subject == "On parle de vous"
    assert "http://testserver/plan/" in message.body
    html = message.alternatives[0][0]
    assert "Deux lignes." in html
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://testserver/avis/desabonnement/")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_is_told_of_their_own_act_nor_twice_in_one_call(table: Table) -> None:
    assert tell(table, "partner", "partner", "coordinator", actor=table.user("coordinator")) == 1


def test_the_same_thing_is_told_once_whoever_sends_it(table: Table) -> None:
    assert tell(table, "partner", dedup_key="comment:1") == 1
    assert tell(table, "partner", "coco", dedup_key="comment:1", kind="test.news") == 1
    work(once=True)
    assert [message.to for message in mail.outbox] == [["partner@exemple.test"]]


def test_no_notice_without_its_change(table: Table) -> None:
    with transaction.atomic():
        tell(table, "partner")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_notice_needs_a_transaction() -> None:
    with pytest.raises(DomainError):
        services.notify(users=[], kind="test.mention", subject="x", url="/")


def test_an_unknown_kind_is_refused(table: Table) -> None:
    with pytest.raises(LookupError):
        tell(table, "partner", kind="test.unknown")


def test_a_closed_account_hears_nothing(table: Table) -> None:
    table.user("partner").is_active = False
    assert tell(table, "partner") == 0


def test_wishes_are_kept(table: Table) -> None:
    user = table.user("partner")
    services.save_preferences(
        user=user, wishes={"test.mention": (False, "never")}, rhythm=Rhythm.WEEKLY, muted=[table.other.pk]
    )
    said = queries.preferences(user)
    assert {wish.kind.code: (wish.app, wish.email) for wish in said.wishes} == {
        "test.mention": (False, "never"),
        "test.news": (True, "digest"),
    }
    assert (said.rhythm, said.muted) == ("weekly", {table.other.pk})
    assert tell(table, "partner") == 0
    assert not Notice.objects.exists()


def test_a_muted_space_does_not_ring(table: Table) -> None:
    user = table.user("partner")
    services.save_preferences(user=user, wishes={}, rhythm=Rhythm.DAILY, muted=[table.space.pk])
    assert tell(table, "partner", "coco") == 2
    work(once=True)
    assert [message.to for message in mail.outbox] == [["coco@exemple.test"]]
    assert queries.unread(user) == 0
    assert queries.inbox(user).count() == 1


def test_each_reads_in_their_own_language(table: Table) -> None:
    reader = table.user("partner")
    reader.language = "en"
    reader.save()
    tell(table, "partner", "coco", subject=lambda: translation.get_language() or "", body=gettext_lazy("corps"))
    said = {notice.user_id: notice.subject for notice in Notice.objects.order_by("pk")}
    assert said == {reader.pk: "en", table.user("coco").pk: "fr-ca"}


def test_a_killed_sender_sends_only_what_is_left(table: Table) -> None:
    tell(table, "partner", "coco")
    first = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=first.pk).update(emailed_at=timezone.now())
    work(once=True)
    assert len(mail.outbox) == 1


def test_a_digest_gathers_what_waits_and_leaves_once(table: Table) -> None:
    from concertoit.ground.core.jobs import enqueue

    for n in range(3):
        tell(table, "partner", kind="test.news", subject=f"Nouvelle {n}")
    tell(table, "coco", kind="test.news")
    Reader.objects.create(user=table.user("coco"), rhythm=Rhythm.WEEKLY, digested_on=timezone.localdate())
    for _ in range(2):
        enqueue("notifications.digests")
        work(once=True)
    [message] = mail.outbox
    assert message.to == ["partner@exemple.test"]
    assert "3 avis" in message.subject
    for n in range(3):
        assert f"Nouvelle {n}" in message.body
    assert "List-Unsubscribe-Post" not in message.extra_headers


def test_a_digest_with_nothing_to_say_stays_home(table: Table) -> None:
    class Run:
        payload = {"user": table.user("partner").pk}

    assert digest_job(Run()) == {"sent": 0}  # type: ignore[arg-type]
    assert mail.outbox == []


def test_a_person_without_account_gets_a_message_and_the_queue_forgets_it(table: Table) -> None:
    with transaction.atomic():
        services.send_mail_message(
            to="invitee@exemple.test", subject="Une\ninvitation", body="Bienvenue.", url="/invitation/abc/",
            action="Accepter", reply_to="coordination@exemple.test", unsubscribe_url="/stop/",
        )  # fmt: skip
    work(once=True)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["invitee@exemple.test"], "Une invitation")
    assert message.reply_to == ["coordination@exemple.test"]
    assert "Accepter\u00a0: http://testserver/invitation/abc/" in message.body
    assert message.extra_headers["List-Unsubscribe"] == "<http://testserver/stop/>"
    assert Job.objects.get().payload == {}


def test_text_is_not_html(table: Table) -> None:
    tell(table, "partner", subject="L’« essai » & <b>", body="a < b <script>x</script>")
    work(once=True)
    text, html = mail.outbox[0].body, mail.outbox[0].alternatives[0][0]
    assert "L’« essai » & <b>" in text
    assert "<script>" not in html
    assert "&lt;b&gt;" in html


def test_reading(table: Table) -> None:
    tell(table, "partner")
    tell(table, "partner", space_id=table.other.pk)
    user, [newest, oldest] = table.user("partner"), list(queries.inbox(table.user("partner")))
    services.mark_read(user=user, notice_id=newest.pk)
    assert list(queries.inbox(user, only_unread=True)) == [oldest]
    services.mark_unread(user=user, notice_id=newest.pk)
    assert services.mark_all_read(user=user, space_id=table.other.pk) == 1
    assert queries.unread(user) == 1
    for act in (services.mark_read, services.mark_unread):
        with pytest.raises(NotVisible):
            act(user=table.user("coco"), notice_id=newest.pk)


def test_unsubscribing_stops_the_e_mail_and_keeps_the_rest(table: Table) -> None:
    user = table.user("partner")
    services.unsubscribe(user_id=user.pk, kind="test.mention")
    wish = next(wish for wish in queries.preferences(user).wishes if wish.kind.code == "test.mention")
    assert (wish.app, wish.email) == (True, Email.NEVER)


def test_a_kind_is_declared_once() -> None:
    verbs.register(Kind("test.mention", "On vous mentionne", "Dans un commentaire."))
    with pytest.raises(ValueError, match="twice"):
        verbs.register(Kind("test.mention", "Autre chose", ""))


def test_telling_many_costs_the_same_queries(table: Table, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        tell(table, "partner", "coco", "contributor", "observer", "funder", dedup_key="x")
    assert timezone.now() - Notice.objects.order_by("pk")[0].at < timedelta(minutes=1)
