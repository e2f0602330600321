"""Consents, retention with its proof, the register of incidents, the public page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit import queries as journal
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.identity.models import PersonalData
from concertoit.ground.notifications import services as notifications
from concertoit.ground.notifications import verbs as kinds
from concertoit.ground.notifications.models import Notice
from concertoit.ground.privacy import policies, queries, services
from concertoit.ground.privacy.enums import Basis, Gone, Means
from concertoit.ground.privacy.models import DestructionLog, Incident, RetentionRun
from concertoit.ground.privacy.policies import Purpose, Remover
from concertoit.ground.privacy.rules import months_before, years_and_months
from tests.personas import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """A purpose and a remover of this test only: odd numbers have been kept long enough."""
    kept = set(range(10))
    monkeypatch.setattr(policies, "_purposes", {})
    monkeypatch.setattr(policies, "_removers", {})
    policies.register_purpose(Purpose("test", "Essayer", Basis.CONSENT, 18, "la fin de l’essai", "Loi d’essai"))
    remover = Remover(
        "test.shelf", "Étagère", "test", Gone.DESTROYED,
        due=lambda today: [n for n in kept if n % 2], remove=lambda ids: kept.difference_update(ids),
    )  # fmt: skip
    policies.register_remover(remover)
    return kept


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 2, 24), 12, date(2025, 2, 24)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected
    assert years_and_months(18) == (1, 6)


def test_a_consent_is_given_for_a_purpose_and_withdrawn(table: Table, shelf: set[int]) -> None:
    actor, person = table.user("coordinator"), table.person("partner")
    given = {"person_id": person.pk, "purpose": "test", "space_id": table.space.pk}
    assert not queries.has_consent(**given)
    services.give_consent(actor=actor, text_version="2026-01", means=Means.FORM, **given)
    assert queries.has_consent(**given)
    assert not queries.has_consent(**{**given, "space_id": table.other.pk})
    assert services.withdraw_consent(actor=actor, **given) == 1
    assert services.withdraw_consent(actor=actor, **given) == 0
    assert not queries.has_consent(**given)
    told = [journal.plain_sentence(line) for line in journal.journal(table.space.pk)]
    assert "Alice Modèle a noté un consentement\u00a0: Essayer" in told
    with pytest.raises(LookupError):
        services.give_consent(actor=actor, text_version="x", means=Means.FORM, **{**given, "purpose": "unknown"})


def test_what_is_due_is_shown_then_removed_with_its_proof(shelf: set[int], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retention", "--dry-run")
    assert "Étagère\u00a0: 5" in capsys.readouterr().out
    assert len(shelf) == 10
    assert not RetentionRun.objects.exists()
    call_command("retention")
    assert shelf == {0, 2, 4, 6, 8}
    [proof] = DestructionLog.objects.all()
    assert (proof.remover, proof.gone, proof.object_ids) == ("test.shelf", "destroyed", [1, 3, 5, 7, 9])
    call_command("retention")
    assert RetentionRun.objects.count() == 1
    assert "Rien n’était à retirer" in capsys.readouterr().out


def test_a_pass_cut_short_has_written_whole_batches(shelf: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    remove = policies.removers()[0].remove

    def fails_at_five(ids: list[int]) -> None:
        if 5 in ids:
            raise RuntimeError
        remove(ids)

    object.__setattr__(policies.removers()[0], "remove", fails_at_five)
    with pytest.raises(RuntimeError):
        services.apply_retention()
    assert [log.object_ids for log in DestructionLog.objects.order_by("pk")] == [[1, 3]]
    assert 5 in shelf


def test_declarations_are_checked(shelf: set[int]) -> None:
    with pytest.raises(LookupError):
        policies.register_field("identity.user", "email", purpose="unknown")
    with pytest.raises(LookupError):
        policies.register_remover(Remover("x", "x", "unknown", Gone.DESTROYED, lambda day: [], list))
    with pytest.raises(ValueError, match="twice"):
        policies.register_purpose(Purpose("test", "Autre", Basis.LAW, 1, "x"))
    with pytest.raises(ValueError, match="twice"):
        policies.register_remover(Remover("test.shelf", "x", "test", Gone.DESTROYED, lambda day: [], list))


def test_personal_data_and_old_notices_go_when_their_time_is_over(table: Table) -> None:
    today = timezone.localdate()
    for key, days in (("partner", -1), ("observer", 1)):
        PersonalData.objects.create(
            person=table.person(key),
            email="a@exemple.test",
            collected_on=today,
            keep_until=today + timedelta(days=days),
        )
    kinds.register(kinds.Kind("test.retention", "x", "x"))
    with transaction.atomic():
        notifications.notify(users=[table.user("partner")], kind="test.retention", subject="Vieux", url="/")
    Notice.objects.update(at=timezone.now() - timedelta(days=400))
    services.apply_retention()
    assert [row.person for row in PersonalData.objects.order_by("pk")] == [table.person("observer")]
    assert not Notice.objects.exists()


def test_the_public_page_says_everything_that_is_kept(table: Table, settings: Any) -> None:
    settings.PRIVACY_OFFICER = "Direction, vieprivee@exemple.test"
    page = table.client("visitor").get(reverse("privacy:notice")).content.decode()
    for kept in queries.register_of_fields():
        assert str(kept.purpose.label) in page
    assert "courriel personnel" in page
    assert "1 an après la date de l’avis" in page
    assert "vieprivee@exemple.test" in page


INCIDENT = {
    "data_concerned": "Noms et courriels", "circumstances": "Envoi à la mauvaise liste.", "happened": "2026-02-24",
    "known_on": "2026-02-25", "people_count": "environ 30", "assessment": "Données peu sensibles.", "measures": "Rappel.",
}  # fmt: skip


def test_the_register_of_incidents(table: Table) -> None:
    client, new = table.client("administrator"), reverse("privacy:incident_new")
    assert client.post(new, {**INCIDENT, "known_on": "2126-01-01"}).status_code == 422
    assert client.post(new, INCIDENT).status_code == 302
    incident = Incident.objects.get()
    assert "Envoi à la mauvaise liste" in client.get(reverse("privacy:incidents")).content.decode()
    url = reverse("privacy:incident", kwargs={"incident_id": incident.pk})
    assert "environ 30" in client.get(url).content.decode()
    client.post(url, {**INCIDENT, "serious_risk": "on", "commission_notified_on": "2026-02-26"})
    incident.refresh_from_db()
    assert incident.serious_risk
    assert [line.verb for line in journal.history("privacy.incident", str(incident.pk))] == [
        "privacy.incident_updated", "privacy.incident_noted"
    ]  # fmt: skip
    assert table.client("coordinator").get(url).status_code == 404
    with pytest.raises(NotVisible):
        services.note_incident(actor=table.user("coordinator"), incident=incident)
    assert not queries.incidents(table.user("coordinator")).exists()
