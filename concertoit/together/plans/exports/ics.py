"""Due dates as an iCalendar (RFC 5545): one all-day event each, whose identity stays when its date moves."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.queries.worklist import due_of, line_of
from concertoit.together.plans.rules.document import StepState


def calendar(
    name: str, nodes: Iterable[PlanNode], address: Callable[[PlanNode], str], events: Iterable[Any] = ()
) -> bytes:
    """The file. ``address`` gives the whole address of an item's page; ``events`` are entries of other rooms."""
    file = Calendar()
    file.add("prodid", "-//Concertoit//Échéances//FR")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("refresh-interval;value=duration", "PT12H")
    for node in nodes:
        due = due_of(node)
        if due is None:
            continue
        event = Event()
        event.add("uid", f"{node.item.uid}-echeance@concertoit")
        event.add("dtstamp", node.item.updated_at)
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        event.add("summary", _("Échéance : %(what)s") % {"what": node})
        event.add("description", _description(node))
        event.add("url", address(node))
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    for other in events:
        file.add_component(other)
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _description(node: PlanNode) -> str:
    state = str(STEP_STATE_LABELS[StepState(node.item.state)])
    above = [str(one) for one in reversed(line_of(node)[1:])]
    return "\n".join([_("État : %(state)s") % {"state": state}, *above])
