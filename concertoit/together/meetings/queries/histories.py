"""Who may read the history of a meeting or of a series, and where its page is."""

from typing import Any

from django.urls import reverse

from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.queries import viewer_in
from concertoit.together.meetings.models import Meeting, News, Series


def can_view(user: Any, entry: Any) -> bool:
    """Whoever reads the journal of the démarche."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("journal.view")


def meeting_url(object_id: str) -> str:
    """The page of a meeting; the list of démarches when it is gone."""
    row = Meeting.objects.filter(pk=object_id).select_related("space").first()
    if row is None:
        return reverse("spaces:list")
    return reverse("meetings:meeting", kwargs={"slug": row.space.slug, "meeting_id": row.pk})


def series_url(object_id: str) -> str:
    """The page of a series; the list of démarches when it is gone."""
    row = Series.objects.filter(pk=object_id).select_related("space").first()
    if row is None:
        return reverse("spaces:list")
    return reverse("meetings:series", kwargs={"slug": row.space.slug, "series_id": row.pk})


def news_url(object_id: str) -> str:
    """The list where a news stands, in the démarche that published it."""
    row = News.objects.filter(pk=object_id).select_related("space").first()
    return reverse("meetings:news", kwargs={"slug": row.space.slug}) if row else reverse("spaces:list")


def welcome_url(object_id: str) -> str:
    """The welcome of a participation; the list of démarches when it is gone."""
    row = Membership.objects.filter(pk=object_id).select_related("space").first()
    if row is None:
        return reverse("spaces:list")
    return reverse("meetings:welcome_one", kwargs={"slug": row.space.slug, "membership_id": row.pk})
