"""What the journal and the data check know of figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.logbook.models import FiguresReport, TallyPeriod
from concertoit.field.logbook.queries.figures import wrong_months
from concertoit.ground.core.checks_data import Finding
from concertoit.ground.spaces.queries import viewer_in


def url(object_id: str) -> str:
    """The page of a published report; the list of démarches when it is gone with its own."""
    row = FiguresReport.objects.select_related("space").filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    return reverse("logbook:figures_report", kwargs={"slug": row.space.slug, "number": row.number})


def can_view(user: Any, entry: Any) -> bool:
    """Whoever reads figures reads when they were published."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("logbook.figures")


def check() -> Iterator[Finding]:
    """Kept counts are what entries and referrals say."""
    for space_id in TallyPeriod.objects.order_by("space_id").values_list("space_id", flat=True).distinct():
        for month in wrong_months(space_id):
            message = _("les comptes gardés de %(month)s ne sont plus ceux des interventions") % {"month": month}
            yield Finding(f"logbook_tally, démarche {space_id}", message)
