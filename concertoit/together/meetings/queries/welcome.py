"""Who joined a démarche since its plan was first adopted, and where their welcome stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import Meeting, Welcome, WelcomePack
from concertoit.together.meetings.queries.people import addresses
from concertoit.together.plans.models import PlanVersion

# Somebody is a newcomer for this long, and is asked about on « Ma table » for as long: a parameter of ours.
NEWCOMER_FOR = timedelta(days=180)
# Who coordinates welcomes; who funds or observes has nothing to carry.
NOT_WELCOMED = (Role.COORDINATION, Role.FUNDER)
AHEAD = timedelta(days=120)


@dataclass(slots=True)
class Newcomer:
    """Somebody who joined, with the meeting foreseen for them and the last pack made."""

    membership: Membership
    since: date | None
    welcome: Welcome | None = None
    pack: WelcomePack | None = None
    email: str = ""

    @property
    def done(self) -> bool:
        return self.welcome is not None and self.welcome.welcomed_on is not None

    @property
    def day(self) -> date | None:
        """The day of the integration meeting, if one is foreseen."""
        if self.welcome is None:
            return None
        if self.welcome.meeting is not None:
            return timezone.localtime(self.welcome.meeting.starts_at).date()
        return self.welcome.on

    @property
    def name(self) -> str:
        return str(self.membership.organisation or self.membership.person)


def joined(spaces: Sequence[int]) -> QuerySet[Membership]:
    """Participations that began after the first adoption of a plan of their démarche, as ``since``; one query.

    Who sat when the plan was first adopted made it with the others; without any adopted plan nobody is new.
    """
    adopted = PlanVersion.objects.filter(space=OuterRef("space")).exclude(adopted_on=None).order_by("adopted_on")
    rows = Membership.objects.filter(in_force(), space__in=spaces).exclude(role__in=NOT_WELCOMED)
    rows = rows.annotate(
        since=Coalesce(F("starts_on"), TruncDate("created_at")), adopted=Subquery(adopted.values("adopted_on")[:1])
    )
    new = rows.filter(since__gt=F("adopted")).filter(since__gt=timezone.localdate() - NEWCOMER_FOR)
    return new.select_related("person", "organisation").order_by("-since", "pk")


@dataclass(slots=True)
class WelcomePage:
    """Newcomers, those to welcome first; and everybody else, for whom a pack may be made too."""

    to_welcome: list[Newcomer] = field(default_factory=list)
    welcomed: list[Newcomer] = field(default_factory=list)
    others: list[Membership] = field(default_factory=list)


def welcome_page(viewer: Viewer) -> WelcomePage:
    """The welcome of a démarche, for its coordination; a constant number of queries."""
    viewer.must("meetings.welcome")
    since = {row.pk: (row, row.since) for row in joined([viewer.space.pk])}  # type: ignore[attr-defined]
    known = Welcome.objects.filter(space=viewer.space).select_related(
        "meeting", "membership__person", "membership__organisation"
    )
    welcomes = {row.membership_id: row for row in known}
    packs: dict[int, WelcomePack] = {}
    for pack in WelcomePack.objects.filter(space=viewer.space).exclude(membership=None).defer("snapshot"):
        packs.setdefault(pack.membership_id or 0, pack)
    members = {pk: row for pk, (row, _day) in since.items()}
    members |= {pk: row.membership for pk, row in welcomes.items() if pk not in members}
    page = WelcomePage()
    for pk, membership in members.items():
        one = Newcomer(membership, since[pk][1] if pk in since else None, welcomes.get(pk), packs.get(pk))
        (page.welcomed if one.done else page.to_welcome).append(one)
    rest = Membership.objects.filter(in_force(), space=viewer.space).exclude(pk__in=members)
    rest = rest.exclude(role__in=NOT_WELCOMED).select_related("person", "organisation")
    page.others = list(rest.order_by("position", "pk"))
    return page


def newcomer(viewer: Viewer, membership_id: int) -> Newcomer:
    """The welcome of one participation. Raises ``NotVisible`` for another démarche's."""
    viewer.must("meetings.welcome")
    rows = Membership.objects.filter(pk=membership_id, space=viewer.space).select_related("person", "organisation")
    row = must_exist(rows.first())
    return Newcomer(
        row,
        row.starts_on or timezone.localtime(row.created_at).date(),
        Welcome.objects.filter(membership=row).select_related("meeting").first(),
        WelcomePack.objects.filter(membership=row).order_by("-pk").first(),
        addresses([row]).get(row.pk, ""),
    )


def coming_meetings(viewer: Viewer) -> list[Meeting]:
    """Meetings that could be somebody's integration meeting."""
    rows = Meeting.objects.filter(space=viewer.space, state__in=workflow.COMING, starts_at__gt=timezone.now())
    return list(rows.filter(starts_at__lt=timezone.now() + AHEAD).order_by("starts_at", "pk"))


def to_welcome(viewers: Sequence[Viewer]) -> list[Newcomer]:
    """Newcomers of the démarches that a reader coordinates, not welcomed yet; one query, two when there are some."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("meetings.welcome")]
    if not spaces:
        return []
    done = Welcome.objects.filter(membership=OuterRef("pk")).exclude(welcomed_on=None)
    rows = list(joined(spaces).filter(~Exists(done)))
    known = Welcome.objects.filter(membership__in=rows).select_related("meeting") if rows else ()
    welcomes = {one.membership_id: one for one in known}
    return [Newcomer(row, row.since, welcomes.get(row.pk)) for row in rows]  # type: ignore[attr-defined]


def own_welcomes(viewers: Sequence[Viewer]) -> list[Welcome]:
    """Integration meetings that wait for the reader, on a day of their own."""
    mine = [pk for viewer in viewers for pk in viewer.membership_ids]
    rows = Welcome.objects.filter(membership__in=mine, welcomed_on=None, meeting=None, on__gte=timezone.localdate())
    return list(rows.order_by("on", "pk"))


def pack_for(viewer: Viewer, pack_id: int) -> WelcomePack:
    """A pack of the démarche. Raises ``NotVisible`` for another's."""
    viewer.must("meetings.welcome")
    return must_exist(
        WelcomePack.objects.filter(pk=pack_id, space=viewer.space).select_related("space", "membership").first()
    )


def pack_of_link(token: str) -> WelcomePack:
    """The pack behind a personal link. Raises ``NotVisible`` for a link that is none of ours."""
    digest = personal_links.digest_of(token)
    return must_exist(
        WelcomePack.objects.filter(token_digest=digest).exclude(token_digest="").select_related("space").first()
    )
