"""Durations, moments and lines of emergency cells, as people read them (I6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.models import CellEntry
from concertoit.ground.core.spoken import date_short, time_of_day


def duration(value: timedelta | None) -> str:
    """« 12 min », « 1 h 05 », « 2 j 3 h »; a dash for what did not happen."""
    if value is None:
        return "–"
    minutes = round(value.total_seconds() / 60)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}
    return _("%(days)s j %(hours)s h") % {"days": hours // 24, "hours": hours % 24}


def moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_short(local.date())}, {time_of_day(local)}"


def entry_text(row: CellEntry) -> str:
    """A line with what was counted and who was named for it."""
    data, parts = row.data, [row.text]
    if row.corrects:
        parts.insert(0, _("(corrige la ligne %(n)s)") % {"n": row.corrects})
    if data.get("households"):
        parts.append(_("Ménages : %(n)s.") % {"n": data["households"]})
    if data.get("persons"):
        parts.append(_("Personnes : %(n)s.") % {"n": data["persons"]})
    if data.get("who"):
        parts.append(_("Par : %(who)s.") % {"who": data["who"]})
    if data.get("on"):
        parts.append(_("Pour le %(day)s.") % {"day": data["on"]})
    return " ".join(parts)
