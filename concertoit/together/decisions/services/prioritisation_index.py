"""What of prioritisations can be searched: those that were opened, by their title and introduction."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.together.decisions.enums import PrioritisationState
from concertoit.together.decisions.models import Prioritisation

KIND = "decisions.prioritisation"


def declare() -> None:
    """Say that prioritisations can be found, by everybody in the démarche."""
    register(Searchable(KIND, _("Priorisation"), "bar-chart-steps", docs))


def docs(pk: int | None = None) -> Iterator[Doc]:
    """Those that were opened (one, when it is named)."""
    rows = Prioritisation.objects.exclude(state=PrioritisationState.PREPARING).select_related("space").order_by("pk")
    for row in rows if pk is None else rows.filter(pk=pk):
        url = reverse("decisions:prioritisation", kwargs={"slug": row.space.slug, "pk": row.pk})
        yield Doc(row.pk, row.title, url, row.introduction, row.space_id)


def changed(row: Prioritisation) -> None:
    """Keep one anew, in the transaction of its change."""
    found = list(docs(row.pk))
    if found:
        index_many(kind=KIND, docs=found)
    else:
        remove(kind=KIND, object_ids=[row.pk])
