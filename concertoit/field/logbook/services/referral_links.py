"""The resource's side of the loop: a personal link without an account, a reminder, and silence that ends by itself.

The e-mail says a number and a reason, never who the person is. What the person agreed to hand over is shown behind the
link, once the resource has accepted.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums.referrals import MoveBy
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.notifications import referrals as notifications
from concertoit.field.logbook.queries import referrals as queries
from concertoit.field.logbook.rules.referral_delays import days
from concertoit.field.logbook.services.referrals import advance, journal
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


def token_of(row: Referral) -> str:
    """The secret of a referral's link; another address makes another link."""
    return personal_links.token_of("logbook.referral", row, row.to_email)


@transaction.atomic
def send_link(*, viewer: Viewer, referral_id: int, email: str) -> Referral:
    """Write to the resource. The referral is sent if it was not; the link answers for eight days.

    Raises ``NotVisible``, ``NotAllowed``, ``DomainError`` for a bad address, no consent, or a loop that has ended.
    """
    viewer.must("referrals.write")
    queries.referral_of(viewer, referral_id)
    row: Referral = Referral.objects.select_for_update().get(pk=referral_id)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    if row.state not in flow.FOLLOWED:
        raise DomainError(_("Cette référence est terminée. Rouvrez-la pour la transmettre de nouveau."))
    row.to_email = address
    if row.state == flow.PROPOSED:
        advance(row=row, to=flow.SENT, by=MoveBy.WORKER, user=viewer.user)
    _open_link(row, again=False)
    journal(viewer.user, "referral.sent", row)
    return row


def _open_link(row: Referral, *, again: bool) -> None:
    token = token_of(row)
    row.token_digest = personal_links.digest_of(token)
    row.link_expires_at = timezone.now() + days("link", timezone.localdate())
    row.save(update_fields=["to_email", "token_digest", "link_expires_at", "updated_at"])
    notifications.link(row=row, token=token, again=again)


def find(token: str, *, lock: bool = False) -> Referral:
    """The referral behind a link. Raises ``NotVisible`` for a link that is none of ours."""
    rows: Any = Referral.objects.select_related("space", "service", "main_reason", "author__organisation")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())
    found: Referral = row
    return found


def is_open(row: Referral) -> bool:
    """Whether the link still answers."""
    return row.link_expires_at is not None and row.link_expires_at > timezone.now()


@transaction.atomic
def answer(*, token: str, to: str, refusal: str = "", note: str = "") -> Referral:
    """What the resource says. Raises ``NotVisible`` for an unknown link, ``DomainError`` for one that is over."""
    row = find(token, lock=True)
    if not is_open(row):
        raise DomainError(_("Ce lien n’est plus valide."))
    advance(row=row, to=to, by=MoveBy.RESOURCE, refusal=refusal, note=note)
    notifications.answered(row=row)
    return row


def remind_and_expire(*, space: Space, today: date) -> tuple[int, int]:
    """What the night does in a démarche: remind resources once, and end what stayed without news.

    The second time of a same day changes nothing. Answers how many were reminded and ended.
    """
    expired = 0
    for pk in _since(space, today, "expiry", flow.EXPIRES).values_list("pk", flat=True):
        expired += _expire(pk)
    reminded = 0
    for pk in _since(space, today, "reminder", {flow.SENT}).filter(reminded_at=None).values_list("pk", flat=True):
        reminded += _remind(pk)
    return reminded, expired


def _since(space: Space, today: date, delay: str, states: Any) -> Any:
    """Referrals that have been in one of these states for a delay."""
    before = timezone.make_aware(datetime.combine(today - days(delay, today), time.max))
    return Referral.objects.filter(space=space, state__in=states, state_at__lte=before).order_by("pk")


@transaction.atomic
def _expire(pk: int) -> bool:
    row = Referral.objects.select_for_update().get(pk=pk)
    if row.state not in flow.EXPIRES:
        return False
    advance(row=row, to=flow.NO_NEWS, by=MoveBy.NIGHT)
    notifications.silent(row=row)
    return True


@transaction.atomic
def _remind(pk: int) -> bool:
    row = Referral.objects.select_for_update().get(pk=pk)
    if row.state != flow.SENT or row.reminded_at is not None:
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at", "updated_at"])
    if row.to_email:
        _open_link(row, again=True)
    else:
        notifications.to_follow(row=row)
    journal(None, "referral.reminded", row)
    return True
