"""Days and moments near today, as people say them: « hier, 15 h 12 », « demain », « le vendredi 27 novembre »."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short, day_and_month, in_english, time_of_day, weekday

# Abbreviations of the Office québécois de la langue française.
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")


def recent(moment: datetime, now: datetime | None = None) -> str:
    """A moment of the past: its hour within the week, then its day; beyond the year, the date."""
    at = timezone.localtime(moment)
    today = timezone.localtime(now).date() if now else timezone.localdate()
    days = (today - at.date()).days
    values = {"time": time_of_day(at), "weekday": weekday(at.date()), "day": day_of(at.date())}
    if days <= 0:
        return _("aujourd’hui, %(time)s") % values
    if days == 1:
        return _("hier, %(time)s") % values
    if days < 7:
        return _("%(weekday)s, %(time)s") % values
    return _("le %(day)s") % values if days < 300 else date_short(at.date())


def near(day: date, today: date | None = None) -> str:
    """A day to come (or just past), for « d’ici … » and « depuis … »."""
    today = today or timezone.localdate()
    days = (day - today).days
    if days in (0, 1):
        return _("aujourd’hui") if days == 0 else _("demain")
    values = {"weekday": weekday(day), "day": day_of(day)}
    if 1 < days < 7:
        return _("%(weekday)s %(day)s") % values
    if abs(days) >= 300:
        values["day"] += f"{',' if in_english() else ''} {day.year}"
    return _("le %(day)s") % values


def by(day: date, today: date | None = None) -> str:
    """By when: « aujourd’hui », « d’ici demain », « d’ici le 12 décembre »."""
    words = near(day, today)
    return words if day == (today or timezone.localdate()) else _("d’ici %(day)s") % {"day": words}


def day_of(day: date) -> str:
    """« 27 novembre », « 1er mai »."""
    return day_and_month(day)


def month_short(day: date) -> str:
    """« nov. », as on a calendar's leaf."""
    return f"{day:%b}" if in_english() else _SHORT[day.month - 1]
