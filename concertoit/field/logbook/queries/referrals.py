"""Who reads which referrals, and what their pages need.

A worker reads their own. A lead reads, beside theirs, those that the workers of their team noted on days inside the dates
of the team; where a démarche has no team (a brigade), the lead reads all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Edition, Referral, ReferralMove, TeamSeat, Term
from concertoit.field.logbook.rules.referral_delays import days
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import FIELD_TEAM, Viewer


def author_of(viewer: Viewer) -> Membership:
    """The place from which a person of the field writes. Raises ``NotVisible`` for who has none."""
    rows = Membership.objects.filter(pk__in=viewer.membership_ids, role__in=FIELD_TEAM).order_by("pk")
    return must_exist(rows.first())


def visible(viewer: Viewer) -> QuerySet[Referral]:
    """The referrals that a viewer reads."""
    rows = Referral.objects.filter(space=viewer.space)
    if not viewer.can("referrals.write"):
        return rows.none()
    mine = Q(author_id__in=viewer.membership_ids)
    if Role.LIAISON not in viewer.roles:
        return rows.filter(mine)
    leads = TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()),
        space=viewer.space, is_lead=True, worker__membership_id__in=viewer.membership_ids,
        starts_on__lte=timezone.localdate(),
    )  # fmt: skip
    seats = TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("on")),
        team__in=leads.values("team_id"), worker__membership_id=OuterRef("author_id"), starts_on__lte=OuterRef("on"),
    )  # fmt: skip
    anywhere = TeamSeat.objects.filter(space=viewer.space)
    return rows.filter(mine | Exists(seats) | ~Exists(anywhere))


def lines(viewer: Viewer, *, mine: bool = True, state: str = "") -> QuerySet[Referral]:
    """The referrals of a page, those that have waited longest first among what is followed."""
    rows = visible(viewer).select_related(
        "service__organisation", "main_reason", "author__person", "author__organisation", "handover"
    )
    if mine:
        rows = rows.filter(author_id__in=viewer.membership_ids)
    if state == "suivre":
        return rows.filter(state__in=flow.FOLLOWED).order_by("state_at", "pk")
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-on", "-pk")


def referral_of(viewer: Viewer, referral_id: int) -> Referral:
    """A referral that the viewer reads. Raises ``NotVisible`` for another."""
    return must_exist(lines(viewer, mine=False).filter(pk=referral_id).first())


def moves_of(referral: Referral) -> list[ReferralMove]:
    """The log of a referral, oldest first."""
    return list(referral.moves.select_related("user").order_by("at", "pk"))


def edition_for(space: Space, on: date) -> Edition | None:
    """The lists in use on a day: those of the démarche before the shared ones."""
    rows = Edition.objects.filter(Q(space=space) | Q(space=None), starts_on__lte=on)
    return rows.order_by(F("space").asc(nulls_last=True), "-starts_on", "-pk").first()


def reasons_for(space: Space, on: date) -> QuerySet[Term]:
    """Main reasons of referral offered on a day."""
    rows = Term.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on), kind=TermKind.REASON)
    return rows.filter(edition=edition_for(space, on)).order_by("position", "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a worker: referrals never sent, silent for longer than the reminder, answered by the resource."""

    to_send: list[Referral]
    silent: list[Referral]
    answered: list[Referral]


def waiting(viewers: Sequence[Viewer], today: date) -> Waiting:
    """For « Ma table »: the viewer's own referrals in all their démarches; two queries."""
    ids = [pk for viewer in viewers if viewer.can("referrals.write") for pk in viewer.membership_ids]
    rows = Referral.objects.filter(author_id__in=ids).select_related("service__organisation", "main_reason")
    since = timezone.make_aware(datetime.combine(today - days("reminder", today), time.max))
    open_rows = list(rows.filter(state__in=[flow.PROPOSED, flow.SENT, flow.ACCEPTED]).order_by("state_at", "pk")[:200])
    answers = ReferralMove.objects.filter(
        referral_id=OuterRef("pk"), by=flow.RESOURCE, at=OuterRef("state_at"),
        at__gte=timezone.now() - days("reminder", today),
    )  # fmt: skip
    return Waiting(
        to_send=[row for row in open_rows if row.state == flow.PROPOSED],
        silent=[row for row in open_rows if row.state != flow.PROPOSED and row.state_at <= since],
        answered=list(rows.filter(Exists(answers)).order_by("-state_at", "-pk")[:50]),
    )
