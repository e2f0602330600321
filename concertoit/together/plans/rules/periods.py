"""French periods as written in plans, and the dates they stand for when the words say them.

Conventions (a plan may override none of them, so they are few and plain): a year or a range of years is whole calendar
years, unless the text says *exercice* or *année financière* (April to March, the Québec government's year); seasons are
the meteorological ones (spring ends in May, as in official answers to "D'ici le printemps"); a winter with one year is
January and February of that year. *Court terme*, *au besoin* and the like keep their words and get no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .document import Period
from .wording import fold, squeeze

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {"hiver": (1, 2), "printemps": (3, 5), "ete": (6, 8), "automne": (9, 11)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_TOKEN = re.compile(
    rf"""(?<![\w])(?:
      (?P<iso>(?P<iso_y>{_YEAR})[-/.](?P<iso_m>0?[1-9]|1[0-2])[-/.](?P<iso_d>0?[1-9]|[12]\d|3[01]))(?!\d)
    | (?P<dmy>(?P<dmy_d>0?[1-9]|[12]\d|3[01])[-/.](?P<dmy_m>0?[1-9]|1[0-2])[-/.](?P<dmy_y>{_YEAR}))(?!\d)
    | (?P<span>(?P<span_a>{_YEAR})\s?[-/]\s?(?P<span_b>{_YEAR}|(?:1[3-9]|[2-9]\d)))(?![-/]?\d)
    | (?P<ym>(?P<ym_y>{_YEAR})-(?P<ym_m>0[1-9]|1[0-2]))(?!\d)
    | (?P<short>(?P<short_a>[1-6]\d)\s?[-/]\s?(?P<short_b>[1-6]\d))(?![-/\w]|\s?(?:logement|personne|ans\b|\$|%))
    | (?:(?P<edge>debut|mi|fin|milieu)(?:\s|-|\sde\s|\sd'|\sdu\s(?:mois\sde\s)?)+)?
      (?:(?P<day>3[01]|[12]\d|0?[1-9])(?:er)?\s)?(?P<month>{_MONTH})\b\.?(?:\s(?P<month_y>{_YEAR}|'\d\d))?
    | (?P<season>{"|".join(_SEASONS)})\b(?:\s(?P<season_y>{_YEAR})(?:\s?[-/]\s?(?P<season_z>{_YEAR}))?)?
    | (?:t|q)\s?(?P<quarter>[1-4])\b(?:\s?[-/]?\s?(?P<quarter_y>{_YEAR}))?
    | (?P<nth>[1-4])(?:er|e|eme|ieme)?\s(?P<part>trimestre|semestre)\b(?:\s(?:de\s)?(?P<nth_y>{_YEAR}))?
    | (?P<edge_year>debut|mi|fin|milieu)(?:\s|-|\sde\s|\sde\sl'annee\s|\sd')+(?P<edge_y>{_YEAR})
    | (?P<relative>(?:an|annee)s?\s?(?P<relative_a>[1-9]|1\d)
      (?:\s?(?:-|a|et|,)\s?(?:an\s|annee\s)?(?P<relative_b>[1-9]|1\d))?)\b(?!\s?{_MONTH})
    | (?P<year>{_YEAR})
    )(?!\w)""",
    re.VERBOSE,
)
_SMALL = re.compile(
    r"\b(?:d'?ici|avant|au|a|la|le|l|de|du|des|en|et|ou|partir|compter|jusqu|jusque|fin|debut|mi|entre|puis|plus|tard"
    r"|exercice|annee|financiere?|d|date|echeance|cours|fois|depuis|pour|les|lancement)\b"
)
_CONTINUOUS = re.compile(
    r"\b(?:en continu|continu(?:e|el|elle|ellement)?s?|en tout temps|tout au long|permanent(?:e|s|es)?"
    r"|recurrent(?:e|s|es)?"
    r"|(?:bi)?annuel(?:le|lement|s|les)?|mensuel(?:le|lement|s|les)?|trimestriel(?:le|lement|s|les)?|hebdomadaire(?:ment)?"
    r"|chaque (?:annee|mois|semaine|trimestre|automne|printemps|ete|hiver)|(?:tous|toutes) les (?:ans|mois|annees)"
    r"|par (?:an|annee|mois)|en cours|ongoing)\b"
)
_WEEKDAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?\s*)?"
_UNTIL = re.compile(
    r"(?:d'ici|avant|au plus tard|jusqu'(?:a|en|au)|pour|echeance|limite|max(?:imum)?)"
    r"(?:\s(?:a|en|au|le|la|les|l'exercice|pour|du|de|fin))*\s?(?:l'|d')?\s?:?\s*(?:la\s|le\s|l')?"
    rf"{_WEEKDAY}$"
)
_SINCE = re.compile(
    r"(?:a partir d[eu']|des|a compter d[eu']|depuis|debut(?:ant)?(?: en| le)?|lancement)(?:\s?(?:l'|le|la|de))*"
    rf"\s*:?\s*{_WEEKDAY}$"
)
_FISCAL = re.compile(r"(?:exercice|annee financiere|annees financieres)(?:\sfinancier)?\s?$")
_TERMS = re.compile(
    r"^(?:(?:a )?(?:tres )?(?:court|moyen|long)(?: |-|/|et|a|moyen|long)*terme|au besoin"
    r"|selon (?:les )?(?:besoins?|opportunites?)"
    r"|a (?:determiner|venir|preciser|confirmer|fixer|definir)|indetermine|n/?a|s\.?o\.?|non applicable"
    r"|ponctuel(?:lement)?"
    r"|immediat(?:ement)?|urgent|[cml]t(?:\s?[-/,a]\s?[cml]t)*)\b"
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """One dated expression: its interval, or what is still missing (``month`` span without a year)."""

    start: date | None
    end: date | None
    begins: int
    ends: int
    months: tuple[int, int] | None = None
    day: int | None = None


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def from_serial(number: float) -> date | None:
    """Date of a spreadsheet serial number (1900 system) between 2000 and 2100, else None."""
    return date(1899, 12, 30) + timedelta(days=int(number)) if 36526 <= number < 73051 else None


def is_vague(text: str) -> bool:
    """True for a schedule that is meant but carries no date: *court terme*, *au besoin*, *à déterminer*."""
    return bool(_TERMS.match(fold(text)))


def is_continuous(text: str) -> bool:
    return bool(_CONTINUOUS.search(fold(text)))


def read_period(text: str, *, plan_start: date | None = None) -> Period | None:
    """The period a text stands for, its words kept, or None when the text holds no expression of time at all.

    ``plan_start`` (the plan's first day) gives their dates to ``An 1`` and ``Année 2``.
    """
    folded = fold(text)
    moments = _complete([_moment(match, folded, plan_start) for match in _TOKEN.finditer(folded)])
    continuous = is_continuous(text)
    if not moments and not continuous and not is_vague(text):
        return None
    starts = [m.start for m in moments if m.start]
    if moments and moments[0].start is None and moments[0].end and _UNTIL.search(folded[: moments[0].begins]):
        starts = []
    ends = [m.end for m in moments if m.end]
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and start > end:
        start = None
    return Period(written=squeeze(text), start=start, end=end, continuous=continuous)


@lru_cache(maxsize=8192)
def is_only_period(text: str) -> bool:
    """True when the text holds nothing else than expressions of time and the small words between them."""
    folded = fold(text)
    if not folded or not (_TOKEN.search(folded) or _CONTINUOUS.search(folded) or _TERMS.match(folded)):
        return False
    rest = _TERMS.sub("", _CONTINUOUS.sub(" ", _TOKEN.sub(" ", folded)))
    return not re.search(r"\w", _SMALL.sub(" ", rest))


@lru_cache(maxsize=8192)
def leading_period(text: str) -> str:
    """The period a text starts with (``26-28 1, Identifier``), as written, or an empty string."""
    best, first = "", True
    for match in re.finditer(r"\S+", text[:80]):
        candidate = text[: match.end()].strip()
        if first and re.fullmatch(r"\d{1,2}[.,)°-]*", candidate):
            return ""
        if match.start() > 60:
            break
        first = False
        if is_only_period(candidate):
            best = candidate
    best = re.sub(r"(?<=\S)\s+(?:AN|An|an|ANNÉE|Année)\s?\d+$", "", best)
    return re.sub(r"[\s:–—-]*(?:\s(?:à|au|et|de|en|la|le|les|a|l|d))?[\s:;,–—-]*$", "", best)


def _moment(match: re.Match[str], folded: str, plan_start: date | None) -> _Moment:
    before = folded[max(0, match.start() - 60) : match.start()]
    start, end, months, day = _interval(match, before, plan_start)
    if _UNTIL.search(before):
        start = None
    elif _SINCE.search(before):
        end = None
    return _Moment(start, end, match.start(), match.end(), months, day)


Interval = tuple[date | None, date | None, tuple[int, int] | None, int | None]


def _interval(match: re.Match[str], before: str, plan_start: date | None) -> Interval:
    found = match.groupdict()
    if found["iso"]:
        return _day(found["iso_y"], found["iso_m"], found["iso_d"])
    if found["dmy"]:
        return _day(found["dmy_y"], found["dmy_m"], found["dmy_d"])
    if found["span"] or found["short"]:
        return _years(
            found["span_a"] or "20" + found["short_a"],
            found["span_b"] or found["short_b"],
            bool(_FISCAL.search(before)),
        )
    if found["ym"]:
        return _months(found["ym_y"], (int(found["ym_m"]),) * 2, None)
    if found["month"]:
        return _month(found)
    if found["relative"]:
        return _relative(found, plan_start)
    if found["year"]:
        return _years(found["year"], found["year"], bool(_FISCAL.search(before)))
    return _season_or_part(found)


def _day(year: str, month: str, day: str) -> Interval:
    try:
        moment = date(int(year), int(month), int(day))
    except ValueError:
        return None, None, None, None
    return moment, moment, None, None


def _years(first: str, last: str, fiscal: bool) -> Interval:
    a = int(first)
    b = int(last) if len(last) == 4 else a // 100 * 100 + int(last)
    if b < a or b - a > 30:
        return None, None, None, None
    if fiscal and b > a:
        return date(a, 4, 1), date(b, 3, 31), None, None
    return date(a, 1, 1), date(b, 12, 31), None, None


def _months(year: str | None, months: tuple[int, int], day: int | None) -> Interval:
    if not year:
        return None, None, months, day
    return (*_dated(int(year[-2:]) + 2000 if year.startswith("'") else int(year), months, day), months, day)


def _dated(year: int, months: tuple[int, int], day: int | None) -> tuple[date, date]:
    if day:
        moment = date(year, months[0], min(day, monthrange(year, months[0])[1]))
        return moment, moment
    return date(year, months[0], 1), month_end(year, months[1])


def _month(found: dict[str, str | None]) -> Interval:
    number = _MONTHS[str(found["month"])]
    return _months(found["month_y"], (number, number), int(found["day"]) if found["day"] else None)


def _relative(found: dict[str, str | None], plan_start: date | None) -> Interval:
    if plan_start is None:
        return None, None, None, None
    first = int(str(found["relative_a"]))
    last = int(found["relative_b"] or first)
    start = plan_start.replace(year=plan_start.year + first - 1, day=min(plan_start.day, 28))
    return (
        start,
        plan_start.replace(year=plan_start.year + last, day=min(plan_start.day, 28)) - timedelta(days=1),
        None,
        None,
    )


def _season_or_part(found: dict[str, str | None]) -> Interval:
    if found["season"]:
        if found["season"] == "hiver" and found["season_z"]:
            return date(int(str(found["season_y"])), 12, 1), month_end(int(found["season_z"]), 2), None, None
        return _months(found["season_z"] or found["season_y"], _SEASONS[found["season"]], None)
    if found["edge_y"]:
        months = {"debut": (1, 3), "mi": (6, 6), "milieu": (6, 6)}.get(str(found["edge_year"]), (10, 12))
        return _months(found["edge_y"], months, None)
    if found["quarter"]:
        number, size = int(found["quarter"]), 3
    else:
        number, size = int(str(found["nth"])), 6 if found["part"] == "semestre" else 3
    if number * size > 12:
        return None, None, None, None
    return _months(found["quarter_y"] or found["nth_y"], ((number - 1) * size + 1, number * size), None)


def _complete(moments: list[_Moment]) -> list[_Moment]:
    """Give a year to months and seasons written without one: that of the next dated moment, else of the one before.

    A month alone gets no year: a plan usually covers several, and choosing one would invent a date.
    """
    done: list[_Moment] = []
    following: date | None = None
    for moment in reversed(moments):
        if moment.months and not (moment.start or moment.end):
            previous = next(
                (m.end or m.start for m in reversed(moments) if m.begins < moment.begins and (m.end or m.start)), None
            )
            anchor = following or previous
            if anchor:
                start, end = _dated(anchor.year, moment.months, moment.day)
                if following and start > following:
                    start, end = _dated(anchor.year - 1, moment.months, moment.day)
                moment = _Moment(start, end, moment.begins, moment.ends, moment.months, moment.day)
        following = moment.start or moment.end or following
        done.append(moment)
    return done[::-1]
