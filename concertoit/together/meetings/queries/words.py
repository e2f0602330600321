"""A rhythm in words: « aux deux mois, le deuxième mardi, à 9 h 30 »."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS as ENGLISH
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.core.spoken import in_english, number, time_of_day
from concertoit.ground.core.typography import MONTHS
from concertoit.together.meetings.enums import MonthWeek, Rhythm, Weekday
from concertoit.together.meetings.models import Series


def rhythm_of(series: Series) -> str:
    """How often, on which day, at what hour."""
    hour = _("à %(time)s") % {"time": time_of_day(series.time)}
    if series.rhythm == Rhythm.FREE:
        return _("aux dates que l’on choisit, %(hour)s") % {"hour": hour}
    parts = [_often(series), _day(series), hour]
    if series.months:
        parts.append(_("en %(months)s") % {"months": ", ".join(_month(one) for one in sorted(series.months))})
    return ", ".join(parts)


def _often(series: Series) -> str:
    if series.rhythm == Rhythm.WEEKS:
        text = ngettext("chaque semaine", "toutes les %(num)s semaines", series.interval)
        return text % {"num": number(series.interval)}
    if series.rhythm == Rhythm.YEAR:
        times = series.per_year or 1
        return ngettext("une fois par année", "%(num)s fois par année", times) % {"num": number(times)}
    return ngettext("chaque mois", "tous les %(num)s mois", series.interval) % {"num": number(series.interval)}


def _day(series: Series) -> str:
    weekday = str(Weekday(series.weekday).label)
    if series.rhythm == Rhythm.WEEKS:
        return _("le %(weekday)s") % {"weekday": weekday}
    return _("le %(week)s %(weekday)s du mois") % {"week": MonthWeek(series.month_week).label, "weekday": weekday}


def _month(one: int) -> str:
    return str(ENGLISH[one]) if in_english() else MONTHS[one - 1]


def month_of(day: date, *, year: bool = True) -> str:
    """« septembre 2026 »"""
    name = _month(day.month)
    return f"{name} {day.year}" if year else name


def length_of(minutes: int) -> str:
    """« 2 h 30 », « 45 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(num)s min") % {"num": rest}
    return (
        _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}
        if rest
        else _("%(hours)s h") % {"hours": hours}
    )
