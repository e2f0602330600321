"""How a prioritisation is shown: its tabs, what was announced, a count with the words of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_long, percent, time_of_day
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import (
    BAND_LABELS,
    CLOSENESS_LABELS,
    FAMILY_LABELS,
    GRADE_LABELS,
    Disclosure,
    MoneyQuestion,
    PrioritisationState,
)
from concertoit.together.decisions.models import Prioritisation, PriorityOption
from concertoit.together.decisions.queries.prioritisation import Counted
from concertoit.together.decisions.rules.prioritisation import GRADES, Band
from concertoit.together.decisions.services.prioritisation import is_open

CLOSENESS_TONES = {"agreed": "ok", "mixed": "neutral", "divided": "sun", "polarised": "brick"}
CLOSENESS_ICONS = {
    "agreed": "check2-circle", "mixed": "dash-circle", "divided": "arrows-expand", "polarised": "arrow-left-right"
}  # fmt: skip


def tabs_of(viewer: Viewer, row: Prioritisation, current: str) -> list[dict[str, Any]]:
    """The pages of a prioritisation that this viewer may open."""
    closed, money = row.state == PrioritisationState.CLOSED, row.money != MoneyQuestion.NONE
    live = row.live and is_open(row) and viewer.can("prioritisation.analyse")
    pages = [
        ("overview", "prioritisation", _("Vue d’ensemble"), True),
        ("voices", "prioritisation_voices", _("Qui répond"), viewer.can("prioritisation.prepare")),
        ("results", "prioritisation_results", _("Priorités"), closed or live),
        ("money", "prioritisation_money", _("Argent"), money and closed),
        ("recommendation", "recommendation", _("Recommandation"), money and closed and _sees(viewer, row)),
        ("proof", "prioritisation_proof", _("Vérifier"), closed),
    ]
    return [
        {
            "label": label,
            "href": reverse(f"decisions:{name}", kwargs={"slug": viewer.space.slug, "pk": row.pk}),
            "current": key == current,
        }
        for key, name, label, shown in pages
        if shown
    ]


def _sees(viewer: Viewer, row: Prioritisation) -> bool:
    if viewer.can("money.recommend"):
        return True
    one = getattr(row, "recommendation", None)
    return one is not None and one.published_at is not None


def announced(row: Prioritisation) -> list[tuple[str, str]]:
    """What was said before opening, and holds until the end."""
    deadline = timezone.localtime(row.deadline) if row.deadline else None
    until = f"{date_long(deadline.date())}, {time_of_day(deadline)}" if deadline else ""
    at_closing = _("À la fermeture seulement, pour toute la table")
    passing = _("Provisoires pour le coco pendant l’ouverture, puis pour toute la table à la fermeture")
    lines = [
        (_("Actions tirées de"), row.version_label),
        (_("Voix"), row.get_voice_mode_display()),
        (_("Qui peut lire une réponse"), row.get_disclosure_display()),
        (_("Résultats"), passing if row.live else at_closing),
        (_("Argent"), row.get_money_display()),
        (_("Jusqu’au"), until.removeprefix("le ")),
    ]
    return [(str(term), str(value)) for term, value in lines]


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a distribution bar."""

    grade: str
    label: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """What a family says of an action."""

    label: str
    opinions: int
    shares: list[Share]


@dataclass(frozen=True, slots=True)
class Shown:
    """An action with its count, ready for a page."""

    option: PriorityOption
    rank: int
    median: str
    grade: str
    band: str
    shares: list[Share]
    opinions: int
    unknown: int
    silent: int
    agreement: float | None
    polarisation: float | None
    closeness: str
    closeness_label: str
    tone: str
    icon: str
    families: list[FamilyLine]
    together: Fraction | None
    score: float

    @property
    def sentence(self) -> str:
        """The distribution in words, for who does not see the bar."""
        return ", ".join(f"{one.label} : {one.count}" for one in self.shares)

    @property
    def favour(self) -> str:
        """The share of the two best grades among opinions."""
        good = sum(one.count for one in self.shares if one.grade in ("essential", "important"))
        return percent(good / self.opinions) if self.opinions else ""


def shares_of(counts: Iterable[int]) -> list[Share]:
    """Parts of the bar, best first, in percent of the opinions."""
    values = list(counts)
    total, x, parts = sum(values), 0.0, []
    for grade, value in zip(GRADES, values, strict=True):
        width = 100 * value / total if total else 0.0
        parts.append(Share(str(grade), str(GRADE_LABELS[grade]), value, round(x, 2), round(width, 2)))
        x += width
    return parts


def _shown(one: dict[str, Any], option: PriorityOption) -> Shown:
    counts, closeness = one["counts"], one["closeness"] or ""
    above, below = Fraction(one["above"]), Fraction(one["below"])
    place = len(GRADES) - 1 - GRADES.index(one["median"]) if one["median"] else 0
    return Shown(
        option=option, rank=one["rank"], grade=one["median"] or "", band=one["band"],
        median=str(GRADE_LABELS[one["median"]]) if one["median"] else _("Aucun avis"),
        shares=shares_of(counts), opinions=sum(counts), unknown=one["unknown"], silent=one["silent"],
        agreement=float(one["agreement"]) if one["agreement"] is not None else None,
        polarisation=float(Fraction(one["polarisation"])) if one["polarisation"] is not None else None,
        closeness=closeness, closeness_label=str(CLOSENESS_LABELS.get(closeness, "")),
        tone=CLOSENESS_TONES.get(closeness, "neutral"), icon=CLOSENESS_ICONS.get(closeness, "question-circle"),
        families=[
            FamilyLine(str(FAMILY_LABELS[name]), sum(values), shares_of(values))
            for name, values in one["families"].items()
        ],
        together=Fraction(one["together"]) if one["together"] is not None and one["families"] else None,
        score=float(place + (above - below) / 2),
    )  # fmt: skip


def shown_of(counted: Counted, options: list[PriorityOption]) -> list[Shown]:
    """Every action counted, first to last."""
    by_key = {str(option.key): option for option in options}
    return [_shown(one, by_key[one["key"]]) for one in counted.outcome["options"]]


@dataclass(frozen=True, slots=True)
class BandView:
    """A band with its actions in order."""

    code: str
    label: str
    lines: list[Shown]


def bands_of(counted: Counted, options: list[PriorityOption], axis: int | None = None) -> list[BandView]:
    """The bands that have an action (of one axis, when it is named), best first."""
    lines = [one for one in shown_of(counted, options) if axis is None or one.option.axis_number == axis]
    bands = [BandView(str(band), str(BAND_LABELS[band]), [one for one in lines if one.band == band]) for band in Band]
    return [band for band in bands if band.lines]


def hides_everything(row: Prioritisation, voices: int, smallest: int) -> bool:
    """Whether so few answered without being readable that showing a distribution would show an answer."""
    return row.disclosure == Disclosure.NOBODY and voices < smallest
