"""Where what the journal tells of a referral has its page, who reads it, and how its values are said."""

from __future__ import annotations

from typing import Any

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.enums.referrals import RefusalReason
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.queries.referrals import visible
from concertoit.ground.spaces.queries import viewer_in
from concertoit.ground.spaces.queries.histories import page_of_row, worded

url = page_of_row(Referral, "logbook:referral", referral_id="pk")
show = worded({"state": dict(ReferralState.choices), "refusal": dict(RefusalReason.choices)})


def can_view(user: Any, entry: Any) -> bool:
    """Who reads the referral reads its history."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and visible(viewer).filter(pk=entry.object_id).exists()
