"""News between linked démarches: who is linked, what was published here, what came from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings.models import Meeting, News, NewsReceived
from concertoit.together.plans.enums import AlignmentState
from concertoit.together.plans.models import Alignment, PlanNode
from concertoit.together.plans.queries.alignments import nodes_in_force

# What pages show, the most recent first; « Ma table » goes back this far: parameters of ours.
SHOWN = 60
SINCE = timedelta(days=30)


def linked_to(space: Space) -> list[Space]:
    """Démarches whose plan is linked to this one's, in either direction: a link proposed and accepted."""
    rows = Alignment.objects.filter(Q(space=space) | Q(other_space=space), state=AlignmentState.ACCEPTED)
    ids = {pk for pair in rows.values_list("space_id", "other_space_id") for pk in pair} - {space.pk}
    return list(Space.objects.filter(pk__in=ids, archived_at=None).order_by("name", "pk"))


def ours_for(space_id: int, items: Iterable[int | None]) -> dict[int, int]:
    """Elements of our plan linked to elements of another's: ours, by theirs; the first accepted link of each."""
    wanted = {pk for pk in items if pk}
    if not wanted:
        return {}
    rows = Alignment.objects.filter(state=AlignmentState.ACCEPTED).order_by("-pk")
    here = rows.filter(space=space_id, other_item__in=wanted).values_list("other_item_id", "item_id")
    there = rows.filter(other_space=space_id, item__in=wanted).values_list("item_id", "other_item_id")
    return dict([*here, *there])


@dataclass(slots=True)
class ReceivedView:
    """A news from elsewhere; ``mine``: the element of our plan that is linked to the one it speaks of."""

    row: NewsReceived
    mine: PlanNode | None = None


@dataclass(slots=True)
class NewsPage:
    """What the page shows: what came, what was published here, and for whom."""

    received: list[ReceivedView] = field(default_factory=list)
    published: list[News] = field(default_factory=list)
    linked: list[Space] = field(default_factory=list)


def arrived(spaces: Iterable[int]) -> QuerySet[NewsReceived]:
    """News that these démarches received and that still stand."""
    rows = NewsReceived.objects.filter(space__in=list(spaces), news__withdrawn_at=None)
    return rows.select_related("news__space").order_by("-news__at", "-pk")


def news_page(viewer: Viewer) -> NewsPage:
    """News of a démarche, both ways. Members read; a stranger has no viewer."""
    viewer.must("meetings.view")
    rows = list(arrived([viewer.space.pk]).select_related("news__space", "item__meeting")[:SHOWN])
    ours = ours_for(viewer.space.pk, [row.news.plan_item_id for row in rows])
    nodes = nodes_in_force(set(ours.values()))
    published = News.objects.filter(space=viewer.space, withdrawn_at=None).annotate(readers=Count("received"))
    return NewsPage(
        received=[ReceivedView(row, nodes.get(ours.get(row.news.plan_item_id or 0, 0))) for row in rows],
        published=list(published.order_by("-at", "-pk")[:SHOWN]),
        linked=linked_to(viewer.space),
    )


def to_tell(meeting: Meeting) -> list[NewsReceived]:
    """News for the agenda of a meeting: those nobody has told yet, and those come since this table last met."""
    rows = arrived([meeting.space_id]).filter(aside_at=None)
    fresh = Q(told_at=None)
    if meeting.since is not None:
        fresh |= Q(news__at__gte=meeting.since)
    return list(rows.filter(fresh).order_by("news__at", "pk"))


def heard(viewers: Sequence[Viewer]) -> list[NewsReceived]:
    """What came lately to the démarches of a reader; one query."""
    spaces = [viewer.space.pk for viewer in viewers]
    return list(arrived(spaces).filter(news__at__gte=timezone.now() - SINCE)[:SHOWN]) if spaces else []


def published_here(viewer: Viewer, news_id: int) -> News:
    """A news of the démarche that still stands. Raises ``NotVisible``."""
    return must_exist(News.objects.filter(pk=news_id, space=viewer.space, withdrawn_at=None).first())
