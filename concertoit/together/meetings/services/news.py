"""News of a démarche for those linked to it: published, told at their meetings, set aside, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.enums import SpaceKind
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, Meeting, News, NewsReceived
from concertoit.together.meetings.queries.news import linked_to, ours_for, published_here, to_tell
from concertoit.together.meetings.queries.people import coordination
from concertoit.together.meetings.rules.agenda import Point
from concertoit.together.plans.models import PlanItem

NEWS = "meetings.news"
TITLE_MAX, BODY_MAX = 200, 2000
# Minutes of a heading put by itself where the template has none: a parameter of ours.
HEADING_MINUTES = 5
# Whose news a standing item holds: local committees, regional chantiers, everybody else.
KIND_OF = {SpaceKind.LOCAL_COMMITTEE.value: ItemKind.LOCAL_NEWS, SpaceKind.CHANTIER.value: ItemKind.CHANTIER_NEWS}


@transaction.atomic
def publish(*, viewer: Viewer, title: str, body: str, item_id: int | None = None) -> News:
    """Tell the linked démarches something: each receives it in its list, and at its next agenda.

    Raises ``DomainError`` without title or text, or when no démarche is linked; ``NotVisible`` for another's element.
    """
    viewer.must("meetings.publish")
    title, body = " ".join(title.split()), body.strip()
    if not title:
        raise DomainError(_("Donnez un titre à la nouvelle."), field="title")
    if not body or len(body) > BODY_MAX:
        raise DomainError(_("Écrivez la nouvelle en %(max)s caractères au plus.") % {"max": BODY_MAX}, field="body")
    linked = linked_to(viewer.space)
    if not linked:
        raise DomainError(_("Aucune démarche n’est liée à la vôtre : une nouvelle n’irait à personne."))
    if item_id and not PlanItem.objects.filter(pk=item_id, space=viewer.space).exists():
        raise NotVisible("")
    news = News.objects.create(
        space=viewer.space, title=title[:TITLE_MAX], body=body, plan_item_id=item_id, at=timezone.now(),
        author=viewer.user, author_label=str(viewer.user)[:200],
    )  # fmt: skip
    NewsReceived.objects.bulk_create(NewsReceived(space=one, news=news) for one in linked)
    _journal(viewer, "news.published", news, after={"spaces": len(linked)})
    for one in linked:
        _elsewhere("news.received", news, one)
        notifications.news_came(news=news, space=one, users=coordination(one.pk), actor=viewer.user)
    return news


@transaction.atomic
def withdraw(*, viewer: Viewer, news_id: int) -> News:
    """Take a news back: it leaves lists, « Ma table » and agendas to come. What a meeting already heard stays there."""
    viewer.must("meetings.publish")
    news = published_here(viewer, news_id)
    news.withdrawn_at = timezone.now()
    news.save(update_fields=["withdrawn_at", "updated_at"])
    _leave_agendas([news.pk])
    _journal(viewer, "news.withdrawn", news)
    for row in NewsReceived.objects.filter(news=news).select_related("space").order_by("pk"):
        _elsewhere("news.taken_back", news, row.space)
    return news


@transaction.atomic
def set_aside(*, viewer: Viewer, received_id: int, aside: bool) -> NewsReceived:
    """Keep a received news out of the agendas to come, or bring it back. Raises ``NotVisible`` for another's."""
    viewer.must("meetings.edit")
    rows = NewsReceived.objects.select_for_update(of=("self",)).select_related("news")
    row = must_exist(rows.filter(pk=received_id, space=viewer.space, news__withdrawn_at=None).first())
    row.aside_at = timezone.now() if aside else None
    row.save(update_fields=["aside_at", "updated_at"])
    if aside:
        _leave_agendas([row.news_id], space_id=viewer.space.pk)
    _journal(viewer, "news.aside" if aside else "news.back", row.news)
    return row


def with_news(points: Sequence[Point], meeting: Meeting) -> list[Point]:
    """The points of an agenda, with received news under the standing item of their kind.

    A table of the démarche (not a committee) whose template has no such item gets one, before the closing.
    """
    made = list(points)
    rows = to_tell(meeting)
    ours = ours_for(meeting.space_id, [row.news.plan_item_id for row in rows])
    lines: dict[ItemKind, list[Point]] = {}
    for row in rows:
        kind = KIND_OF.get(row.news.space.kind, ItemKind.PARTNER_NEWS)
        lines.setdefault(kind, []).append(_line(row, kind, ours))
    for kind, some in lines.items():
        made = _placed(made, kind, some, may_add=meeting.body_id is not None)
    return made


def _line(row: NewsReceived, kind: ItemKind, ours: Mapping[int, int]) -> Point:
    title = f"{row.news.space.name}\u00a0: {row.news.title}"
    return Point(f"news:{row.pk}", kind, title, note=row.news.body, plan_item=ours.get(row.news.plan_item_id or 0))


def _placed(points: list[Point], kind: ItemKind, lines: list[Point], *, may_add: bool) -> list[Point]:
    for place, point in enumerate(points):
        if point.kind == kind:
            return [*points[:place], replace(point, lines=(*point.lines, *lines)), *points[place + 1 :]]
    if not may_add:
        return points
    place = next((at for at, point in enumerate(points) if point.kind == ItemKind.CLOSING), len(points))
    heading = Point(f"news-heading:{kind}", kind, str(kind.label), HEADING_MINUTES, lines=tuple(lines))
    return [*points[:place], heading, *points[place:]]


def note_places(meeting: Meeting, rows: Mapping[str, AgendaItem]) -> None:
    """Remember where each received news stands on an agenda just made."""
    places = {int(key.removeprefix("news:")): row for key, row in rows.items() if key.startswith("news:")}
    received = list(NewsReceived.objects.filter(pk__in=places, space=meeting.space_id, told_at=None))
    for one in received:
        one.item = places[one.pk]
    NewsReceived.objects.bulk_update(received, ["item"])


def note_told(meeting: Meeting) -> None:
    """A closed meeting has heard the news that stood on its agenda; one that was put off goes on as a kept point."""
    keys = meeting.items.filter(removed_at=None, key__startswith="news:").values_list("key", flat=True)
    told = [int(key.removeprefix("news:")) for key in keys]
    rows = NewsReceived.objects.filter(pk__in=told, space=meeting.space_id, told_at=None)
    rows.update(told_at=meeting.closed_at or timezone.now())


def _leave_agendas(news: Sequence[int], *, space_id: int | None = None) -> None:
    """Take lines out of agendas that are not held yet, unless something was noted under them."""
    rows = NewsReceived.objects.filter(news__in=news)
    if space_id is not None:
        rows = rows.filter(space=space_id)
    spaces = dict(rows.values_list("pk", "space_id"))
    items = AgendaItem.objects.filter(
        space__in=set(spaces.values()), key__in=[f"news:{pk}" for pk in spaces], record="",
        meeting__state__in=(workflow.PREPARED, workflow.CONVENED),
    )  # fmt: skip
    items.delete()


def _journal(viewer: Viewer, verb: str, news: News, **values: object) -> None:
    record(
        actor=viewer.user, verb=verb, object_type=NEWS, object_id=news.pk, object_label=news.title,
        space_id=viewer.space.pk, **values,  # type: ignore[arg-type]
    )  # fmt: skip


def _elsewhere(verb: str, news: News, space: Space) -> None:
    """The line of the journal of a démarche that receives: it names the démarche, not who wrote."""
    record(
        actor=None, verb=verb, object_type=NEWS, object_id=news.pk, object_label=news.title, space_id=space.pk,
        note=news.space.name,
    )  # fmt: skip
