"""« Cette fiche est-elle exacte? » : the organisation confirms, by a personal link without an account, or by voice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.field.directory import notifications
from concertoit.field.directory.enums import Answer
from concertoit.field.directory.models import ConfirmationAsk, Service
from concertoit.field.directory.queries.records import service_of
from concertoit.field.directory.rules.freshness import in_force
from concertoit.field.directory.services.records import say
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer


def token_of(ask: ConfirmationAsk) -> str:
    """The secret of a question's link."""
    return personal_links.token_of("directory.confirm", ask, ask.email)


@transaction.atomic
def ask(*, viewer: Viewer, service_id: int, email: str) -> ConfirmationAsk:
    """Ask the organisation, by e-mail. Raises ``DomainError`` for a bad address, or when one waits already."""
    viewer.must("directory.write")
    service = service_of(viewer, service_id)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    waits = ConfirmationAsk.objects.filter(service=service, answered_at=None, expires_at__gt=timezone.now())
    if waits.exists():
        raise DomainError(_("Une demande attend déjà la réponse de cet organisme."), field="email")
    row = ConfirmationAsk.objects.create(
        space=viewer.space, service=service, email=address, asked_by=viewer.user, token_digest=get_random_string(64),
        expires_at=timezone.now() + timedelta(days=in_force(timezone.localdate()).link),
    )  # fmt: skip
    token = token_of(row)
    row.token_digest = personal_links.digest_of(token)
    row.save(update_fields=["token_digest", "updated_at"])
    notifications.ask(ask=row, token=token)
    say(viewer, "directory.confirmation_asked", service)
    return row


def find(token: str, *, lock: bool = False) -> ConfirmationAsk:
    """The question behind a link. Raises ``NotVisible`` for a link that is none of ours."""
    rows: Any = ConfirmationAsk.objects.select_related("service__organisation", "service__provider", "space")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())
    found: ConfirmationAsk = row
    return found


def is_open(ask: ConfirmationAsk) -> bool:
    return ask.answered_at is None and ask.expires_at > timezone.now()


@transaction.atomic
def answer(*, token: str, said: str, words: str = "") -> ConfirmationAsk:
    """What the organisation says: its record is right from today, or somebody has to change it."""
    row = find(token, lock=True)
    if not is_open(row):
        raise DomainError(_("Ce lien a déjà servi, ou n’est plus valide."))
    if said == Answer.CHANGED and not words.strip():
        raise DomainError(_("Dites ce qui a changé."), field="words")
    row.answer, row.words, row.answered_at = said, words.strip(), timezone.now()
    if said == Answer.RIGHT:
        row.settled_at = row.answered_at
        confirm(row.service, by=str(row.service.organisation), email=row.email)
        say(None, "directory.confirmed", row.service, space_id=row.space_id)
    else:
        say(None, "directory.correction_received", row.service, space_id=row.space_id)
    row.save()
    notifications.answered(ask=row)
    return row


def confirm(service: Service, *, by: str, email: str = "") -> None:
    """The record is right as of today. Called in a transaction."""
    service.confirmed_on, service.confirmed_by, service.assurer_email = timezone.localdate(), by[:160], email
    service.save(update_fields=["confirmed_on", "confirmed_by", "assurer_email", "updated_at"])


@transaction.atomic
def confirm_by_voice(*, viewer: Viewer, service_id: int) -> Service:
    """The organisation said so, on the phone or around the table; also its own member, from inside."""
    viewer.must("directory.write")
    service = service_of(viewer, service_id)
    by = _("%(who)s, de vive voix") % {"who": service.organisation}
    if service.organisation_id in viewer.organisation_ids:
        by = str(service.organisation)
    confirm(service, by=by)
    say(viewer, "directory.confirmed_for", service, after={"confirmed_on": str(service.confirmed_on)})
    return service


@transaction.atomic
def settle(*, viewer: Viewer, ask_id: int) -> ConfirmationAsk:
    """What the organisation said has been carried into the record, which is confirmed by that."""
    viewer.must("directory.write")
    row = ConfirmationAsk.objects.select_for_update().filter(pk=ask_id, space=viewer.space).first()
    if row is None or row.answered_at is None:
        raise NotVisible("")
    row.settled_at = timezone.now()
    row.save(update_fields=["settled_at", "updated_at"])
    service = Service.objects.select_related("organisation").get(pk=row.service_id)
    if row.answer == Answer.CHANGED:
        confirm(service, by=str(service.organisation), email=row.email)
    say(viewer, "directory.correction_settled", service)
    return row
