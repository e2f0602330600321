"""Where what the journal tells of a referral has its page, who reads it, and how its values are said."""

from __future__ import annotations

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.enums.referrals import RefusalReason
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.queries.referrals import visible
from concertoit.ground.spaces.queries.histories import page_of_row, read_with, worded

url = page_of_row(Referral, "logbook:referral", referral_id="pk")
show = worded({"state": dict(ReferralState.choices), "refusal": dict(RefusalReason.choices)})
# Who reads the referral reads its history.
can_view = read_with("referrals.write", visible)
