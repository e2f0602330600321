"""Asking people to answer, and asking again those who have not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys import notifications
from concertoit.ground.surveys.models import Invitee, Survey
from concertoit.ground.surveys.services.writing import held, is_open, journal

REMINDERS_MAX = 3  # ours: more would be insistence


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to ask: an address, with a name and a membership when they are known."""

    email: str
    name: str = ""
    membership: Membership | None = None


def token_of(invitee: Invitee) -> str:
    """The secret of a personal link, made again when it is sent."""
    return personal_links.token_of("surveys.answer", invitee, invitee.email)


@transaction.atomic
def invite(*, viewer: Viewer, survey: Survey, recipients: Iterable[Recipient]) -> int:
    """Send personal links; who already has one is not asked twice. Answers how many left.

    Raises ``DomainError`` for a bad address (nothing is sent then), or a survey that is not open.
    """
    viewer.must("survey.manage")
    row = held(survey)
    if not is_open(row, timezone.localdate()):
        raise DomainError(_("Ouvrez le sondage avant d’inviter à y répondre."))
    people = list(recipients)
    for one in people:
        _must_be_address(one.email)
    known = set(Invitee.objects.filter(survey=row).values_list("email", flat=True))
    sent = 0
    for one in people:
        email = one.email.strip().lower()
        if email in known:
            continue
        known.add(email)
        invitee = Invitee.objects.create(
            space=row.space, survey=row, email=email, name=one.name, membership=one.membership,
            token_digest=get_random_string(64),
        )  # fmt: skip
        _send(invitee)
        sent += 1
    if sent:
        journal(viewer, "survey.invited", row, after={"people": sent})
    return sent


def _must_be_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise DomainError(
            _("« %(email)s » n’est pas une adresse complète. Rien n’est parti.") % {"email": email}, field="emails"
        ) from None


def _send(invitee: Invitee, *, again: bool = False) -> None:
    token = token_of(invitee)
    invitee.token_digest = personal_links.digest_of(token)
    invitee.last_sent_on = timezone.localdate()
    invitee.save(update_fields=["token_digest", "last_sent_on", "reminders"])
    notifications.ask(invitee=invitee, token=token, again=again)


@transaction.atomic
def remind(*, survey: Survey, viewer: Viewer | None = None) -> int:
    """Ask again those who have a link and no answer, not twice the same day. Without a viewer, the job does it."""
    if viewer is not None:
        viewer.must("survey.manage")
    row = held(survey)
    today = timezone.localdate()
    if not is_open(row, today):
        raise DomainError(_("Ce sondage est fermé : on n’y répond plus."))
    silent = Invitee.objects.filter(
        survey=row, answered=False, last_sent_on__lt=today, reminders__lt=REMINDERS_MAX
    ).select_related("survey__space")
    sent = 0
    for invitee in silent.order_by("pk"):
        invitee.reminders += 1
        _send(invitee, again=True)
        sent += 1
    return sent
