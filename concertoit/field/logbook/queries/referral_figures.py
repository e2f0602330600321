"""The figures of referrals of a démarche over a period: two queries, whatever their number."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, Q

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.rules.referral_figures import Figures, Told, figures
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.spaces.policies import Viewer

NEWS = (flow.ACCEPTED, flow.RECEIVED, flow.REFUSED, flow.WAITING, flow.GIVEN_UP)


def figures_of(viewer: Viewer, start: date, end: date) -> Figures:
    """What became of the referrals noted from a day to another, both included."""
    viewer.must("logbook.figures")
    rows = Referral.objects.filter(space=viewer.space, on__gte=start, on__lte=end, entry__deleted_at=None)
    values = rows.annotate(
        sent_at=Min("moves__at", filter=Q(moves__new=ReferralState.SENT)),
        news_at=Min("moves__at", filter=Q(moves__new__in=NEWS)),
    ).values_list("state", "service__name", "resource", "refusal", "sent_at", "news_at")
    told = [
        Told(state, service or resource, news_at - sent_at if sent_at and news_at else None, refusal)
        for state, service, resource, refusal, sent_at, news_at in values.order_by("pk")
    ]
    return figures(told)
