"""What of workshops and reviews can be searched: their titles and questions, and the groups of ideas."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many
from concertoit.together.decisions.models import Review, Workshop

WORKSHOP, REVIEW = "decisions.workshop", "decisions.review"


def declare() -> None:
    """Say what can be found; everybody in the démarche may see all of it."""
    register(Searchable(WORKSHOP, _("Atelier"), "lightbulb", workshop_docs))
    register(Searchable(REVIEW, _("Révision"), "clipboard-check", review_docs))


def written(workshop: Workshop) -> None:
    """Keep a workshop as it is now."""
    index_many(kind=WORKSHOP, docs=workshop_docs([workshop.pk]))


def reviewed(review: Review) -> None:
    """Keep a review as it is now."""
    index_many(kind=REVIEW, docs=review_docs([review.pk]))


def workshop_docs(ids: list[int] | None = None) -> Iterator[Doc]:
    """Workshops with their question and the titles of their groups: two queries."""
    rows = Workshop.objects.select_related("space").prefetch_related("groups").order_by("pk")
    for one in rows if ids is None else rows.filter(pk__in=ids):
        url = reverse("decisions:workshop", kwargs={"slug": one.space.slug, "workshop_id": one.pk})
        body = " · ".join([one.question, *(group.title for group in one.groups.all())])
        yield Doc(one.pk, one.title, url, body, one.space_id)


def review_docs(ids: list[int] | None = None) -> Iterator[Doc]:
    """Reviews, by their title."""
    rows = Review.objects.select_related("space").order_by("pk")
    for one in rows if ids is None else rows.filter(pk__in=ids):
        url = reverse("decisions:review", kwargs={"slug": one.space.slug, "review_id": one.pk})
        yield Doc(one.pk, one.title, url, "", one.space_id)
