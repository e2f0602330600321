"""Where what the journal tells of a referral has its page, who reads it, and how its values are said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.enums.referrals import RefusalReason
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.queries.referrals import visible
from concertoit.ground.spaces.queries import viewer_in

_LABELS = {**dict(ReferralState.choices), **dict(RefusalReason.choices)}


def url(object_id: str) -> str:
    """The referral's page; the list of démarches when it is gone."""
    row = Referral.objects.select_related("space").filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    return reverse("logbook:referral", kwargs={"slug": row.space.slug, "referral_id": row.pk})


def can_view(user: Any, entry: Any) -> bool:
    """Who reads the referral reads its history."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and visible(viewer).filter(pk=entry.object_id).exists()


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(_LABELS[value]) if key in ("state", "refusal") and value in _LABELS else None
