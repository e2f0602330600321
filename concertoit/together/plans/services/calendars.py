"""Personal calendar addresses: a signed token tied to a membership, until it is revoked or the membership ends."""

import uuid

from django.core import signing
from django.db import transaction
from django.urls import reverse

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.together.plans.models import CalendarLink

SALT = "plans.calendar"


def link_of(viewer: Viewer) -> CalendarLink | None:
    """The viewer's address in this démarche, if they asked for one."""
    return CalendarLink.objects.filter(membership__in=viewer.membership_ids).order_by("pk").first()


@transaction.atomic
def open_link(*, viewer: Viewer) -> CalendarLink:
    """A new address for the viewer; the one before stops answering."""
    viewer.must("plan.view")
    CalendarLink.objects.filter(membership__in=viewer.membership_ids).delete()
    return CalendarLink.objects.create(space=viewer.space, membership_id=min(viewer.membership_ids))


@transaction.atomic
def revoke_link(*, viewer: Viewer) -> None:
    """The viewer's address stops answering."""
    CalendarLink.objects.filter(membership__in=viewer.membership_ids).delete()


def address_of(link: CalendarLink) -> str:
    """The address, without its site."""
    return reverse("plans:personal_calendar", kwargs={"token": signing.dumps(link.key.hex, salt=SALT)})


def membership_behind(token: str) -> Membership:
    """Whose calendar this is. Raises ``NotVisible`` for a token not ours, revoked, or of a past membership."""
    try:
        key = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        raise NotVisible("") from None
    return must_exist(
        Membership.objects.filter(in_force(), pk__in=CalendarLink.objects.filter(key=key).values("membership"))
        .select_related("space")
        .first()
    )
