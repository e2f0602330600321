"""Messages of a case: dated, signed by an organisation, never edited; e-mails say only that there is one (I5)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.support import Audience
from concertoit.field.cases.models import Case
from concertoit.field.cases.models.support import Message, ThreadRead
from concertoit.field.cases.notifications import messages as notices
from concertoit.field.cases.policies import must_read_thread
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.field.cases.services.support import membership_of
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

LONGEST = 4000


@transaction.atomic
def write(*, viewer: Viewer, case: Case, audience: str, body: str) -> Message:
    """Write to an audience of the case, in the name of one's organisation; what was there is read.

    Raises ``NotAllowed`` for a thread that is not the viewer's, ``DomainError`` for an empty message.
    """
    must_read_thread(viewer, case, audience)
    seat = membership_of(viewer)
    organisation = seat.organisation if seat else None
    row = Message.objects.create(
        space=case.space, case=case, audience=Audience(audience), at=timezone.now(), body=_checked(body), author=seat,
        organisation=organisation, signed_as=str(organisation or case.space)[:200],
    )  # fmt: skip
    journal(case, "cases.message_written", actor=viewer.user, after={"audience": row.audience})
    mark_read(viewer=viewer, case=case, audience=audience)
    notices.written(message=row, actor=viewer.user)
    moved(case)
    return row


@transaction.atomic
def write_from_tenant(*, case: Case, body: str) -> Message:
    """Write as the household, from its page by code: the caller has found the case through the code.

    Raises ``DomainError`` for an empty message.
    """
    row = Message.objects.create(
        space=case.space, case=case, audience=Audience.TENANT, at=timezone.now(), body=_checked(body),
        from_tenant=True, signed_as=_("Le ménage"),
    )  # fmt: skip
    journal(case, "cases.tenant_wrote")
    tenant_read(case=case)
    notices.written(message=row, actor=None)
    moved(case)
    return row


def _checked(body: str) -> str:
    text = body.strip()
    if not text:
        raise DomainError(_("Écrivez votre message."), field="body")
    if len(text) > LONGEST:
        raise DomainError(_("Le message est trop long : %(most)s signes au plus.") % {"most": LONGEST}, field="body")
    return text


@transaction.atomic
def mark_read(*, viewer: Viewer, case: Case, audience: str) -> None:
    """Note that the viewer read a thread until now; the others see it."""
    must_read_thread(viewer, case, audience)
    seat = membership_of(viewer)
    label = str(seat.organisation) if seat and seat.organisation else str(case.space)
    ThreadRead.objects.update_or_create(
        case=case, audience=audience, user=viewer.user,
        defaults={"space": case.space, "signed_as": label[:200], "read_at": timezone.now()},
    )  # fmt: skip


@transaction.atomic
def tenant_read(*, case: Case) -> None:
    """Note that the household read what the team wrote, until now."""
    ThreadRead.objects.update_or_create(
        case=case, audience=Audience.TENANT, user=None,
        defaults={"space": case.space, "signed_as": _("Le ménage"), "read_at": timezone.now()},
    )  # fmt: skip
