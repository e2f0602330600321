"""Referrals and their loop (S5): noted with the person's consent, sent, answered, and followed until one knows.

Other rooms refer through ``refer`` and say where it comes from with ``origin``; the logbook's entry form calls
``note_referral``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.directory.models import Service
from concertoit.field.logbook.enums import Destination, ReferralState
from concertoit.field.logbook.enums.referrals import ConsentBy, ConsentMeans, MoveBy, RefusalReason
from concertoit.field.logbook.models import Entry, Referral, ReferralHandover, ReferralMove, Term
from concertoit.field.logbook.queries import referrals as queries
from concertoit.field.logbook.services.figures import touch
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

# Version of what is read to the person (``templates/logbook/referral_form.html``); change both together.
CONSENT_TEXT = "2026-11"
OBJECT = "logbook.referral"


@dataclass(frozen=True, slots=True)
class Consent:
    """The person's agreement: who gave it, how, the day, and the version of the text."""

    by: str = ConsentBy.SELF
    means: str = ConsentMeans.SPOKEN
    on: date | None = None
    text: str = CONSENT_TEXT


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """What is known when a referral is noted. ``origin`` is (type, id) of what it comes from in another room.

    ``given_name`` and ``phone`` are for the hand-over only, with the consent that goes with them.
    """

    destination: str
    main_reason: Term
    service: Service | None = None
    resource: str = ""
    note: str = ""
    on: date | None = None
    consent: Consent | None = None
    to_email: str = ""
    given_name: str = ""
    phone: str = ""
    origin: tuple[str, str] = ("", "")
    origin_label: str = ""
    told: bool = field(default=False)


@transaction.atomic
def refer(*, viewer: Viewer, facts: ReferralFacts, entry: Entry | None = None) -> Referral:
    """Note a referral. ``facts.told``: the resource already knows, or the person calls: it counts as sent.

    Raises ``NotAllowed``; ``DomainError`` for a retired service, an address that is not one, or something sent without
    the person's consent.
    """
    viewer.must("referrals.write")
    _check(facts)
    now = timezone.now()
    consent = facts.consent
    row = Referral.objects.create(
        space=viewer.space, entry=entry, author=queries.author_of(viewer), on=facts.on or timezone.localdate(),
        destination=facts.destination, service=facts.service, resource=facts.resource.strip(),
        main_reason=facts.main_reason, note=facts.note.strip(), state=flow.PROPOSED, state_at=now,
        origin_type=facts.origin[0], origin_id=facts.origin[1], origin_label=facts.origin_label,
        consent_on=(consent.on or timezone.localdate()) if consent else None,
        consent_by=consent.by if consent else "", consent_means=consent.means if consent else "",
        consent_text=consent.text if consent else "", to_email=facts.to_email.strip().lower(),
    )  # fmt: skip
    touch(row.space_id, row.on)
    _log(row, "", flow.PROPOSED, MoveBy.WORKER, viewer.user)
    journal(viewer.user, "referral.noted", row, after={
        "destination": str(row.get_destination_display()), "service": str(facts.service or ""),
        "consent": bool(consent),
    })  # fmt: skip
    if facts.given_name.strip():
        _hand_over(viewer, row, facts)
    if facts.told and consent:
        advance(row=row, to=flow.SENT, by=MoveBy.WORKER, user=viewer.user)
    return row


def note_referral(
    *, viewer: Viewer, entry: Entry, destination: str, main_reason: Term, service: Service | None = None,
    consented: bool, note: str = "",
) -> Referral:  # fmt: skip
    """A referral made during an entry of the logbook: sent when the person agreed, proposed otherwise."""
    consent = Consent(on=entry.on) if consented else None
    return refer(
        viewer=viewer,
        facts=ReferralFacts(
            destination=destination, main_reason=main_reason, service=service, note=note, on=entry.on,
            consent=consent, told=consented,
        ),
        entry=entry,
    )  # fmt: skip


def _check(facts: ReferralFacts) -> None:
    if facts.destination not in Destination.values:
        raise DomainError(_("Choisissez vers quel genre de ressource."), field="destination")
    if facts.service is not None and facts.service.retired_at is not None:
        raise DomainError(_("Ce service est retiré du répertoire. Choisissez-en un autre."), field="service")
    if facts.to_email.strip():
        try:
            validate_email(facts.to_email.strip())
        except ValidationError:
            raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="to_email") from None
    if facts.consent is None and (facts.given_name.strip() or facts.phone.strip() or facts.told):
        raise DomainError(_("Il faut l’accord de la personne avant de transmettre quoi que ce soit."), field="consent")


def _hand_over(viewer: Viewer, row: Referral, facts: ReferralFacts) -> None:
    ReferralHandover.objects.create(
        space=row.space, referral=row, given_name=facts.given_name.strip(), phone=facts.phone.strip(),
        consent_text=CONSENT_TEXT,
    )  # fmt: skip
    journal(viewer.user, "referral.handover_given", row)


@transaction.atomic
def agree(*, viewer: Viewer, referral_id: int, consent: Consent) -> Referral:
    """Note afterwards that the person agreed."""
    row = _locked(viewer, referral_id)
    row.consent_on, row.consent_by = consent.on or timezone.localdate(), consent.by
    row.consent_means, row.consent_text = consent.means, consent.text
    row.save(update_fields=["consent_on", "consent_by", "consent_means", "consent_text", "updated_at"])
    journal(viewer.user, "referral.moved", row, note=_("la personne est d’accord"), after={"consent": True})
    return row


@transaction.atomic
def move(*, viewer: Viewer, referral_id: int, to: str, refusal: str = "", note: str = "") -> Referral:
    """Say where a referral stands, from the worker's side.

    Raises ``NotVisible`` for another's referral, ``DomainError`` for a state that does not lead there, a refusal without
    its reason, or something sent without consent.
    """
    row = _locked(viewer, referral_id)
    advance(row=row, to=to, by=MoveBy.WORKER, user=viewer.user, refusal=refusal, note=note)
    return row


def _locked(viewer: Viewer, referral_id: int) -> Referral:
    viewer.must("referrals.write")
    queries.referral_of(viewer, referral_id)
    row: Referral = Referral.objects.select_for_update().get(pk=referral_id)
    return row


def advance(
    *, row: Referral, to: str, by: str, user: Any = None, refusal: str = "", note: str = ""
) -> tuple[str, ...]:
    """Make the moves that lead to a state, in the one log. Called in a transaction, on a row that is locked."""
    path = flow.steps(row.state, to, by)
    if not path:
        raise DomainError(
            _("Une référence « %(state)s » ne passe pas à « %(to)s ».")
            % {"state": row.get_state_display(), "to": dict(ReferralState.choices).get(to, to)}
        )
    if to == flow.SENT and row.consent_on is None:
        raise DomainError(_("Notez d’abord l’accord de la personne."), field="consent")
    if to == flow.REFUSED and refusal not in RefusalReason.values:
        raise DomainError(_("Dites pourquoi la ressource refuse."), field="refusal")
    now, before = timezone.now(), row.state
    for state in path:
        _log(
            row, row.state, state, by, user, refusal if state == flow.REFUSED else "", note if state == to else "", now
        )
        row.state = state
    row.state_at, row.refusal = now, refusal if to == flow.REFUSED else ""
    if to == flow.SENT:
        row.reminded_at = None
    row.save(update_fields=["state", "state_at", "refusal", "reminded_at", "updated_at"])
    if ReferralState.CANCELLED in (before, row.state):
        touch(row.space_id, row.on)  # a cancelled referral counts nowhere
    verb = {MoveBy.RESOURCE: "referral.answered", MoveBy.NIGHT: "referral.expired"}.get(MoveBy(by), "referral.moved")
    journal(
        user, verb, row, note=str(row.get_state_display()).lower(), before={"state": before},
        after={"state": row.state, "refusal": row.refusal},
    )  # fmt: skip
    return path


def _log(
    row: Referral, old: str, new: str, by: str, user: Any, refusal: str = "", note: str = "", at: Any = None
) -> None:
    ReferralMove.objects.create(
        space_id=row.space_id, referral=row, old=old, new=new, at=at or row.state_at, by=by, user=user,
        refusal=refusal, note=note.strip()[:280],
    )  # fmt: skip


def journal(user: Any, verb: str, row: Referral, *, note: str = "", **values: Any) -> None:
    """One line about a referral. Called in a transaction."""
    record_row(row, row.number, actor=user, verb=verb, note=note, **values)


@transaction.atomic
def remove_handover(*, viewer: Viewer, referral_id: int) -> None:
    """Destroy how to call the person, before its time."""
    row = _locked(viewer, referral_id)
    if ReferralHandover.objects.filter(referral=row).delete()[0]:
        journal(viewer.user, "referral.handover_removed", row)
