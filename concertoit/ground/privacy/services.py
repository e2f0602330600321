"""Consents, destruction of what has been kept long enough, the register of incidents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.ground.audit.services import record
from concertoit.ground.privacy import queries
from concertoit.ground.privacy.enums import Means
from concertoit.ground.privacy.models import DestructionLog, Incident, PrivacyConsent, RetentionRun
from concertoit.ground.privacy.policies import Remover, keeper_of, must_administer, purpose_of, removers

BATCH = 500


@transaction.atomic
def give_consent(
    *, actor: Any, person_id: int, purpose: str, text_version: str, means: Means, space_id: int | None = None
) -> PrivacyConsent:
    """Note that a person agreed, having read this version of the text. Raises ``LookupError`` for an unknown purpose."""
    consent = PrivacyConsent.objects.create(
        person_id=person_id, space_id=space_id, purpose=purpose_of(purpose).code, text_version=text_version,
        means=means, given_at=timezone.now(),
    )  # fmt: skip
    _journal(actor, "privacy.consent_given", consent)
    return consent


@transaction.atomic
def agree(*, actor: Any, person_id: int, purpose: str) -> PrivacyConsent:
    """Note that a person agrees, on their own page, to the text as it is today; agreeing twice is agreeing once.

    Raises ``LookupError`` for an unknown purpose.
    """
    version = queries.version_of(purpose)
    rows = PrivacyConsent.objects.select_for_update().filter(
        person_id=person_id, purpose=purpose, space_id=None, withdrawn_at=None
    )
    known = {row.text_version: row for row in rows.order_by("pk")}
    if version in known:
        return known[version]
    rows.update(withdrawn_at=timezone.now())  # another text: the new consent takes the place of the old one
    return give_consent(actor=actor, person_id=person_id, purpose=purpose, text_version=version, means=Means.FORM)


@transaction.atomic
def withdraw_consent(*, actor: Any, person_id: int, purpose: str, space_id: int | None = None) -> int:
    """Note that a person no longer agrees; answers how many consents this ends.

    What was kept for that purpose alone is destroyed with it (``policies.Keeper``), even where nobody had noted the
    consent.
    """
    given = PrivacyConsent.objects.filter(
        person_id=person_id, purpose=purpose, space_id=space_id, withdrawn_at=None
    ).order_by("pk")
    ended = 0
    for consent in given:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at", "updated_at"])
        _journal(actor, "privacy.consent_withdrawn", consent)
        ended += 1
    keeper = keeper_of(purpose)
    if keeper is not None and keeper.held(person_id) and not queries.has_any_consent(person_id, purpose):
        keeper.forget(actor, person_id)
    return ended


def _journal(actor: Any, verb: str, consent: PrivacyConsent) -> None:
    record(
        actor=actor,
        verb=verb,
        object_type="privacy.consent",
        object_id=consent.pk,
        object_label=str(purpose_of(consent.purpose).label),
        space_id=consent.space_id,
        after={"person_id": consent.person_id, "text_version": consent.text_version},
    )


@dataclass(frozen=True, slots=True)
class Due:
    """What a remover has to remove."""

    remover: Remover
    ids: list[int]

    @property
    def count(self) -> int:
        return len(self.ids)


def due(today: date | None = None) -> list[Due]:
    """What has been kept long enough, remover by remover. Writes nothing."""
    day = today or timezone.localdate()
    return [Due(remover, sorted(remover.due(day))) for remover in removers()]


def apply_retention(*, actor: Any = None, today: date | None = None) -> RetentionRun | None:
    """Remove what is due and keep the proof; answers the pass, or nothing when nothing was due.

    Each batch is one transaction: a pass cut short has removed and written down whole batches.
    """
    found = [one for one in due(today) if one.ids]
    if not found:
        return None
    run = RetentionRun.objects.create(at=timezone.now(), actor_id=actor.pk if actor else None)
    for one in found:
        for start in range(0, len(one.ids), BATCH):
            _remove(run, one.remover, one.ids[start : start + BATCH], actor)
    return run


@transaction.atomic
def _remove(run: RetentionRun, remover: Remover, ids: list[int], actor: Any) -> None:
    remover.remove(ids)
    DestructionLog.objects.create(
        run=run, remover=remover.code, purpose=remover.purpose, gone=remover.gone, object_ids=ids
    )
    record(
        actor=actor,
        verb="privacy.destroyed",
        object_type="privacy.run",
        object_id=run.pk,
        object_label=str(remover.label),
        after={"count": len(ids), "gone": str(remover.gone)},
    )


@transaction.atomic
def note_incident(*, actor: Any, incident: Incident) -> Incident:
    """Write an incident in the register, or complete it. Raises ``NotVisible`` but for the administration."""
    must_administer(actor)
    return _write(actor, incident)


@transaction.atomic
def declare_incident(*, actor: Any, incident: Incident, space_id: int) -> Incident:
    """Write a new incident in the register from a démarche; the administration completes it.

    The caller has asked the policy of its room who may declare one.
    """
    incident.space_id, incident.declared_by_id = space_id, actor.pk
    return _write(actor, incident)


def _write(actor: Any, incident: Incident) -> Incident:
    new = incident.pk is None
    incident.save()
    record(
        actor=actor,
        verb="privacy.incident_noted" if new else "privacy.incident_updated",
        object_type="privacy.incident",
        object_id=incident.pk,
        object_label=str(incident),
        space_id=incident.space_id,
    )
    return incident
