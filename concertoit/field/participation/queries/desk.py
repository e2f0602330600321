"""What participation brings to the desk of who coordinates: for all their démarches at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from concertoit.field.participation import workflow
from concertoit.field.participation.models import AdviceRequest, Assembly, Election, Mandate
from concertoit.ground.spaces.policies import Viewer

SOON = 90


@dataclass(slots=True)
class Waiting:
    """Rows that wait for the coordination, and assemblies that come for everybody."""

    mandates: list[Mandate] = field(default_factory=list)
    advice: list[AdviceRequest] = field(default_factory=list)
    elections: list[Election] = field(default_factory=list)
    assemblies: list[Assembly] = field(default_factory=list)


def waiting(viewers: Sequence[Viewer], today: date) -> Waiting:
    """Ends of mandates within three months, advice without answer, elections to lead on, assemblies to come."""
    seen = [viewer.space.pk for viewer in viewers if viewer.can("participation.view")]
    managed = [viewer.space.pk for viewer in viewers if viewer.can("participation.manage")]
    found = Waiting()
    if seen:
        rows = Assembly.objects.filter(space__in=seen, on__gte=today, cancelled=False)
        found.assemblies = list(rows.select_related("association__organisation").order_by("on", "pk")[:20])
    if managed:
        ending = Mandate.objects.filter(space__in=managed, left_on=None, ends_on__lte=today + timedelta(days=SOON))
        found.mandates = list(ending.select_related("person").order_by("ends_on", "pk"))
        asked = AdviceRequest.objects.filter(space__in=managed, advice_on=None)
        found.advice = list(asked.order_by("decides_on", "pk"))
        over = (workflow.PROCLAIMED, workflow.ANNULLED, workflow.PREPARING)
        found.elections = list(Election.objects.filter(space__in=managed).exclude(state__in=over).order_by("pk"))
    return found
