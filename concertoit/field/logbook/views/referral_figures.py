"""What becomes of referrals, in figures that name nobody."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.enums.referrals import RefusalReason
from concertoit.field.logbook.queries.referral_figures import figures_of
from concertoit.field.logbook.rules.referral_figures import ENOUGH
from concertoit.field.logbook.views.referrals import LOOKS
from concertoit.ground.privacy.rules.masking import SMALLEST
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render


def _day(written: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return otherwise


@in_space("logbook.figures")
def figures(request: SpaceRequest) -> HttpResponse:
    """The figures of a period: this year so far, or the days that are asked."""
    today = timezone.localdate()
    start = _day(request.GET.get("du", ""), today.replace(month=1, day=1))
    end = _day(request.GET.get("au", ""), today)
    context = {
        "figures": figures_of(request.viewer, start, end), "start": start, "end": end, "smallest": SMALLEST,
        "enough": ENOUGH, "labels": dict(ReferralState.choices), "reasons": dict(RefusalReason.choices), "looks": LOOKS,
    }  # fmt: skip
    return render(request, "logbook/referral_figures.html", context)
