"""One's own consents: given, withdrawn, with what the withdrawal destroys; the nightly pass and its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.jobs import enqueue, worker
from concertoit.ground.core.models import Job
from concertoit.ground.identity.models import PersonalData, User
from concertoit.ground.privacy import policies, queries, services
from concertoit.ground.privacy.enums import Basis, Means
from concertoit.ground.privacy.models import DestructionLog, PrivacyConsent, RetentionRun
from concertoit.ground.privacy.policies import Keeper, Purpose
from tests.hostile import assert_constant_queries, assert_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db

PAGE, CODE = "/compte/consentements/", "personal_contact"


def data_of(table: Table, key: str, *, days: int = 30) -> PersonalData:
    today = timezone.localdate()
    return PersonalData.objects.create(
        person=table.person(key), phone="450 555-0100", purpose="Joindre", collected_on=today - timedelta(days=60),
        keep_until=today + timedelta(days=days),
    )  # fmt: skip


def has(table: Table, key: str) -> bool:
    return queries.has_consent(person_id=table.person(key).pk, purpose=CODE)


def test_given_then_withdrawn_on_one_s_own_page(table: Table) -> None:
    client = table.client("partner")
    page = client.get(PAGE).content.decode()
    assert "pas de consentement" in page
    assert "jusqu’à la date convenue" in page
    assert "téléphone personnel" in page, "what is kept is said before agreeing"
    client.post(PAGE, {"donner": CODE})
    assert client.post(PAGE, {"donner": CODE}, follow=True).status_code == 200
    row = PrivacyConsent.objects.get()
    assert (row.person_id, row.means, row.text_version) == (
        table.person("partner").pk, "form", queries.version_of(CODE)
    )  # fmt: skip
    assert "Retirer mon consentement" in client.get(PAGE).content.decode()
    assert not has(table, "observer")
    told = client.post(PAGE, {"retirer": CODE}, follow=True).content.decode()
    assert "Votre consentement est retiré" in told
    assert not has(table, "partner")
    row.refresh_from_db()
    assert row.withdrawn_at is not None, "the proof of what was agreed stays"
    assert list(Entry.objects.filter(object_type="privacy.consent").order_by("pk").values_list("verb", flat=True)) == [
        "privacy.consent_given", "privacy.consent_withdrawn"
    ]  # fmt: skip


def test_withdrawing_destroys_what_was_kept_for_that_alone(table: Table) -> None:
    data_of(table, "partner")
    other = data_of(table, "observer")
    page = table.client("partner").get(PAGE).content.decode()
    assert "gardé, donné à la coordination" in page, "noted by somebody else: it can be withdrawn all the same"
    table.client("partner").post(PAGE, {"retirer": CODE})
    assert list(PersonalData.objects.all()) == [other]
    assert Entry.objects.filter(verb="person.personal_data_erased").count() == 1


def test_another_consent_in_force_keeps_it(table: Table) -> None:
    data_of(table, "partner")
    values: dict[str, Any] = {"person_id": table.person("partner").pk, "purpose": CODE}
    services.give_consent(actor=None, text_version="x", means=Means.WRITTEN, space_id=table.space.pk, **values)
    services.agree(actor=table.user("partner"), **values)
    services.withdraw_consent(actor=table.user("partner"), **values)
    assert PersonalData.objects.exists()
    page = table.client("partner").get(PAGE).content.decode()
    assert str(table.space) in page
    table.client("partner").post(PAGE, {"retirer": f"{CODE}@{table.space.pk}"})
    assert not PersonalData.objects.exists()


def test_another_text_asks_again(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    person = table.person("partner").pk
    services.agree(actor=table.user("partner"), person_id=person, purpose=CODE)
    known = policies.purpose_of(CODE)
    longer = Purpose(known.code, known.label, Basis.CONSENT, 24, "la fin du plan")
    monkeypatch.setitem(policies._purposes, CODE, longer)
    [asked] = [one for one in queries.asked_of(person) if one.purpose.code == CODE]
    assert asked.text_changed
    assert "le texte a changé depuis" in table.client("partner").get(PAGE).content.decode()
    services.agree(actor=table.user("partner"), person_id=person, purpose=CODE)
    assert PrivacyConsent.objects.filter(withdrawn_at=None).count() == 1
    assert PrivacyConsent.objects.count() == 2


@pytest.mark.parametrize("data", [{}, {"donner": "account"}, {"retirer": "rien"}, {"retirer": f"{CODE}@999"}])
def test_what_asks_for_no_consent_is_not_given(table: Table, data: dict[str, Any]) -> None:
    assert table.client("partner").post(PAGE, data).status_code == 404
    assert not PrivacyConsent.objects.exists()


def test_an_account_without_a_person(table: Table) -> None:
    User.objects.filter(pk=table.user("administrator").pk).update(person=None)
    client = table.client("administrator")
    assert "Rien ne demande votre consentement" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"donner": CODE}).status_code == 404


def test_the_page_costs_the_same_with_a_long_past(table: Table) -> None:
    def more() -> None:
        for _number in range(9):
            services.agree(actor=None, person_id=table.person("partner").pk, purpose=CODE)
            services.withdraw_consent(actor=None, person_id=table.person("partner").pk, purpose=CODE)

    assert_constant_queries(more, lambda: table.client("partner").get(PAGE))


def test_only_a_purpose_of_consent_has_a_keeper() -> None:
    for purpose in ("account", "unknown"):
        with pytest.raises(LookupError):
            policies.register_keeper(Keeper(purpose, lambda pk: False, lambda actor, pk: None))


# --- retention


def nightly() -> Job:
    enqueue("privacy.retention")
    worker.work(once=True)
    return Job.objects.get(name="privacy.retention")


def test_the_night_removes_and_leaves_the_proof(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concertoit.ground.core.jobs.registry._periodic", {})
    data_of(table, "partner", days=-1)
    kept = data_of(table, "observer", days=1)
    client, page = table.client("administrator"), reverse("privacy:retention")
    shown = client.get(page).content.decode()
    assert "cette nuit, à 2 h 40".replace(" h ", "\u00a0h\u00a0") in shown
    assert "Retirer maintenant" in shown
    assert PersonalData.objects.count() == 2, "looking removes nothing"
    assert nightly().result["removed"] == {"identity.personal_data": 1}
    assert list(PersonalData.objects.all()) == [kept]
    shown = client.get(page).content.decode()
    assert "de nuit" in shown
    assert "Données personnelles dont la date convenue est passée\u00a0: 1 (détruites)" in shown
    assert "Retirer maintenant" not in shown


def test_an_installation_that_decides_each_time(table: Table, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concertoit.ground.core.jobs.registry._periodic", {})
    settings.RETENTION_AUTOMATIC = False
    data_of(table, "partner", days=-1)
    assert nightly().result == {"due": {"identity.personal_data": 1}}
    assert PersonalData.objects.exists()
    client, page = table.client("administrator"), reverse("privacy:retention")
    assert "ils comptent sans retirer" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert RetentionRun.objects.get().actor_id == table.user("administrator").pk
    assert "à la main" in client.get(page).content.decode()
    assert "Rien n’était à retirer" in client.post(page, follow=True).content.decode()


def test_the_page_of_retention_is_the_administration_s(table: Table) -> None:
    assert table.client("coordinator").get(reverse("privacy:retention")).status_code == 404
    assert not queries.runs(table.user("coordinator")).exists()
    run = RetentionRun.objects.create(at=timezone.now())
    log = DestructionLog.objects.create(run=run, remover="room.gone", purpose=CODE, gone="destroyed", object_ids=[1])
    assert queries.remover_label(log) == "room.gone"
    client = table.client("administrator")
    # The dry run asks each remover what is due: about one question for each, whatever it finds.
    with assert_queries(12 + len(policies.removers())):
        assert "room.gone" in client.get(reverse("privacy:retention")).content.decode()
