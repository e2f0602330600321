"""The list, the preferences, the link to unsubscribe."""

import pytest
from django.db import transaction
from django.urls import reverse

from concertoit.ground.notifications import queries, services
from concertoit.ground.notifications.models import Notice
from concertoit.ground.notifications.notifications import unsubscribe_token
from tests.hostile import assert_constant_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db


@transaction.atomic
def tell(table: Table, key: str = "partner", **values: object) -> Notice:
    given = {"kind": "test.mention", "subject": "On parle de vous", "url": "/avis/preferences/"}
    services.notify(users=[table.user(key)], **{**given, "space_id": table.space.pk, **values})  # type: ignore[arg-type]
    return Notice.objects.order_by("-pk")[0]


def test_the_list_is_filtered_by_its_address(table: Table) -> None:
    tell(table, subject="Dans la démarche")
    tell(table, subject="Hors de la démarche", space_id=None)
    client, url = table.client("partner"), reverse("notifications:inbox")
    page = client.get(url).content.decode()
    assert "Dans la démarche" in page
    assert "Hors de la démarche" in page
    assert 'class="n" aria-hidden="true">2<' in page, "the bell counts"
    filtered = client.get(url, {"demarche": table.space.slug}).content.decode()
    assert "Hors de la démarche" not in filtered
    services.mark_all_read(user=table.user("partner"))
    assert "Dans la démarche" not in client.get(url, {"etat": "non-lus"}).content.decode()


def test_opening_goes_there_and_marks_it_read(table: Table) -> None:
    notice = tell(table)
    response = table.client("partner").get(reverse("notifications:open", kwargs={"notice_id": notice.pk}))
    assert response["Location"] == "/avis/preferences/"
    assert queries.unread(table.user("partner")) == 0


def test_a_notice_leads_nowhere_else(table: Table) -> None:
    notice = tell(table, url="https://ailleurs.test/")
    response = table.client("partner").get(reverse("notifications:open", kwargs={"notice_id": notice.pk}))
    assert response["Location"] == reverse("notifications:inbox")


def test_marking_keeps_the_filters(table: Table) -> None:
    notice = tell(table)
    url = reverse("notifications:read", kwargs={"notice_id": notice.pk})
    response = table.client("partner").post(url, {"lu": "1", "demarche": table.space.slug, "etat": "non-lus"})
    assert response["Location"] == f"/avis/?demarche={table.space.slug}&etat=non-lus"
    assert queries.unread(table.user("partner")) == 0
    table.client("partner").post(url, {"lu": "0"})
    assert queries.unread(table.user("partner")) == 1
    table.client("partner").post(reverse("notifications:read_all"))
    assert queries.unread(table.user("partner")) == 0


def test_preferences_are_saved_and_shown_again(table: Table) -> None:
    client, url = table.client("partner"), reverse("notifications:preferences")
    assert "On vous mentionne" in client.get(url).content.decode()
    wishes = {"email:test.mention": "never", "app:test.news": "on", "email:test.news": "now", "rhythm": "weekly"}
    assert client.post(url, {**wishes, "muted": [table.space.pk]}).status_code == 302
    said = queries.preferences(table.user("partner"))
    assert [(wish.app, wish.email) for wish in said.wishes] == [(False, "never"), (True, "now")]
    assert said.muted == {table.space.pk}


def test_a_wrong_choice_is_shown_not_saved(table: Table) -> None:
    response = table.client("partner").post(reverse("notifications:preferences"), {"rhythm": "hourly"})
    assert response.status_code == 422
    assert queries.preferences(table.user("partner")).rhythm == "daily"


def test_unsubscribing_needs_no_session_but_a_true_link(table: Table) -> None:
    user, client = table.user("partner"), table.client("visitor")
    client.handler.enforce_csrf_checks = True
    url = reverse("notifications:unsubscribe", kwargs={"token": unsubscribe_token(user.pk, "test.mention")})
    assert "On vous mentionne" in client.get(url).content.decode()
    assert queries.preferences(user).wishes[0].email == "now", "reading the page stops nothing"
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.preferences(user).wishes[0].email == "never"
    assert client.get(reverse("notifications:unsubscribe", kwargs={"token": "faux"})).status_code == 404


def test_the_list_costs_the_same_with_ten_times_the_notices(table: Table) -> None:
    tell(table)
    client = table.client("partner")
    assert_constant_queries(
        lambda: [tell(table) for _ in range(10)], lambda: client.get(reverse("notifications:inbox"))
    )
