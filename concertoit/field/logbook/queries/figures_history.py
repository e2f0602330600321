"""What the journal and the data check know of figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertoit.field.logbook.models import FiguresReport, TallyPeriod
from concertoit.field.logbook.queries.figures import wrong_periods
from concertoit.field.logbook.rules.tallies import Span
from concertoit.ground.core.checks_data import Finding
from concertoit.ground.spaces.queries.histories import page_of_row, read_with

url = page_of_row(FiguresReport, "logbook:figures_report", number="number")
can_view = read_with("logbook.figures")


def check() -> Iterator[Finding]:
    """Kept counts are what entries and referrals say."""
    for space_id in TallyPeriod.objects.order_by("space_id").values_list("space_id", flat=True).distinct():
        for span, start in wrong_periods(space_id):
            when = start.isoformat() if span is Span.DAY else f"{start:%Y-%m}"
            message = _("les comptes gardés de %(month)s ne sont plus ceux des interventions") % {"month": when}
            yield Finding(f"logbook_tally, démarche {space_id}", message)
