"""The rules of complex cases and their verdicts, said in sentences made from the data itself (I4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.field.cases.rules.complexity import FACTS, Answer, Condition, Criterion, Kind, Op, Span, Weight
from concertoit.ground.core.spoken import number

TITLES: Mapping[str, Any] = {
    "large_building": gettext_lazy("Grand immeuble en mauvais état"),
    "danger": gettext_lazy("Danger immédiat"),
    "several_dwellings": gettext_lazy("Plusieurs logements du même immeuble"),
    "several_mandates": gettext_lazy("Plusieurs mandats"),
    "comes_back": gettext_lazy("Le problème revient, ou les échéances passent"),
    "household": gettext_lazy("Ménage à accompagner dans un logement en mauvais état"),
    "evacuation": gettext_lazy("Évacuation possible"),
    "owner": gettext_lazy("Propriétaire injoignable, qui refuse, ou avec plusieurs immeubles"),
    "reprisals": gettext_lazy("Crainte de représailles"),
    "refused_visits": gettext_lazy("Visites refusées"),
}
FACT_LABELS: Mapping[str, Any] = {
    "dwellings": gettext_lazy("Logements de l’immeuble"),
    "grade": gettext_lazy("Cote de la grille (N0 à N4)"),
    "dwellings_reported": gettext_lazy("Logements de l’immeuble signalés, sur des mois"),
    "mandates": gettext_lazy("Partenaires dont le mandat est demandé"),
    "recurrences": gettext_lazy("Retours du problème, sur des mois"),
    "missed_deadlines": gettext_lazy("Échéances manquées"),
    "need": gettext_lazy("Besoin d’accompagnement (P0 à P3)"),
    "clutter": gettext_lazy("Encombrement (cote CIR, 1 à 9)"),
    "possible_evacuation": gettext_lazy("Évacuation possible (1 oui, 0 non)"),
    "owner_unreachable": gettext_lazy("Propriétaire injoignable (1 oui, 0 non)"),
    "owner_refuses": gettext_lazy("Propriétaire qui refuse (1 oui, 0 non)"),
    "owner_buildings": gettext_lazy("Immeubles du propriétaire avec un dossier ouvert"),
    "fear_of_reprisals": gettext_lazy("Crainte de représailles (1 oui, 0 non)"),
    "refused_visits": gettext_lazy("Visites refusées"),
    "children": gettext_lazy("Enfants de moins de 14 ans"),
    "days_open": gettext_lazy("Jours depuis l’ouverture du dossier"),
}
OP_LABELS: Mapping[str, Any] = {
    Op.MORE: gettext_lazy("plus que"),
    Op.AT_LEAST: gettext_lazy("au moins"),
    Op.AT_MOST: gettext_lazy("au plus"),
    Op.IS: gettext_lazy("est"),
}
WEIGHT_LABELS: Mapping[str, Any] = {
    Weight.CERTAIN: gettext_lazy("Certain : suffit à lui seul"),
    Weight.OTHER: gettext_lazy("Avec d’autres"),
}
ANSWER_LABELS: Mapping[str, Any] = {
    Answer.YES: gettext_lazy("Oui"),
    Answer.CHECK: gettext_lazy("À vérifier"),
    Answer.NO: gettext_lazy("Non"),
}
# yes, no, and while nobody said
_YES_NO: Mapping[str, tuple[Any, Any, Any]] = {
    "possible_evacuation": (
        gettext_lazy("une évacuation est possible"),
        gettext_lazy("aucune évacuation n’est à prévoir"),
        gettext_lazy("personne n’a dit si une évacuation est possible"),
    ),
    "owner_unreachable": (
        gettext_lazy("le propriétaire est injoignable"),
        gettext_lazy("on joint le propriétaire"),
        gettext_lazy("personne n’a dit si l’on joint le propriétaire"),
    ),
    "owner_refuses": (
        gettext_lazy("le propriétaire refuse d’agir"),
        gettext_lazy("le propriétaire ne refuse pas d’agir"),
        gettext_lazy("personne n’a dit si le propriétaire refuse d’agir"),
    ),
    "fear_of_reprisals": (
        gettext_lazy("le ménage craint des représailles"),
        gettext_lazy("le ménage ne craint pas de représailles"),
        gettext_lazy("personne n’a dit si le ménage craint des représailles"),
    ),
}
_UNKNOWN: Mapping[str, Any] = {
    "dwellings": gettext_lazy("le nombre de logements de l’immeuble est inconnu"),
    "grade": gettext_lazy("la grille n’est pas encore remplie"),
    "need": gettext_lazy("le besoin d’accompagnement n’est pas encore évalué"),
    "clutter": gettext_lazy("l’encombrement n’est pas mesuré"),
    "owner_buildings": gettext_lazy("le propriétaire n’est pas inscrit"),
    "children": gettext_lazy("on ne sait pas si des enfants vivent là"),
}


def _dwellings(n: int, q: str, m: str) -> str:
    return ngettext("l’immeuble a %(q)s logement", "l’immeuble a %(q)s logements", n) % {"q": q}


def _reported(n: int, q: str, m: str) -> str:
    return ngettext(
        "%(q)s logement de l’immeuble est signalé en %(m)s mois",
        "%(q)s logements de l’immeuble sont signalés en %(m)s mois",
        n,
    ) % {"q": q, "m": m}


def _mandates(n: int, q: str, m: str) -> str:
    return ngettext(
        "le dossier demande %(q)s mandat de partenaire", "le dossier demande %(q)s mandats de partenaires", n
    ) % {"q": q}


def _back(n: int, q: str, m: str) -> str:
    return _("le problème est revenu %(q)s fois en %(m)s mois") % {"q": q, "m": m}


def _missed(n: int, q: str, m: str) -> str:
    return ngettext("%(q)s échéance est manquée", "%(q)s échéances sont manquées", n) % {"q": q}


def _buildings(n: int, q: str, m: str) -> str:
    return ngettext(
        "le propriétaire a %(q)s immeuble avec un dossier ouvert",
        "le propriétaire a %(q)s immeubles avec un dossier ouvert",
        n,
    ) % {"q": q}


def _refused(n: int, q: str, m: str) -> str:
    return ngettext("%(q)s visite est refusée", "%(q)s visites sont refusées", n) % {"q": q}


def _children(n: int, q: str, m: str) -> str:
    return ngettext(
        "le ménage compte %(q)s enfant de moins de 14 ans", "le ménage compte %(q)s enfants de moins de 14 ans", n
    ) % {"q": q}


def _days(n: int, q: str, m: str) -> str:
    return ngettext(
        "le dossier est ouvert depuis %(q)s jour", "le dossier est ouvert depuis %(q)s jours", n
    ) % {"q": q}  # fmt: skip


def _grade(n: int, q: str, m: str) -> str:
    return _("la cote est %(q)s") % {"q": q}


def _need(n: int, q: str, m: str) -> str:
    return _("le besoin d’accompagnement est %(q)s") % {"q": q}


def _clutter(n: int, q: str, m: str) -> str:
    return _("l’encombrement est à %(q)s (cote CIR)") % {"q": q}


_SAY: Mapping[str, Callable[[int, str, str], str]] = {
    "dwellings": _dwellings, "dwellings_reported": _reported, "mandates": _mandates, "recurrences": _back,
    "missed_deadlines": _missed, "owner_buildings": _buildings, "refused_visits": _refused, "children": _children,
    "days_open": _days, "grade": _grade, "need": _need, "clutter": _clutter,
}  # fmt: skip
_PREFIX = {Kind.GRADE: "N", Kind.NEED: "P"}


def _quantity(fact: str, op: Op, value: int) -> str:
    kind = FACTS[fact].kind
    written = _PREFIX.get(kind, "") + number(value)
    if op is Op.IS:
        return written
    scale = kind in (Kind.GRADE, Kind.NEED, Kind.CLUTTER)
    if op is Op.MORE:
        return (_("plus de %(n)s") if not scale else _("au-dessus de %(n)s")) % {"n": written}
    if op is Op.AT_LEAST:
        return (_("au moins %(n)s") if not scale else _("%(n)s ou plus")) % {"n": written}
    return (_("au plus %(n)s") if not scale else _("%(n)s ou moins")) % {"n": written}


def condition_text(one: Condition) -> str:
    """« l’immeuble a plus de 6 logements »."""
    if one.fact in _YES_NO:
        return str(_YES_NO[one.fact][0 if one.value else 1])
    return _SAY[one.fact](one.value, _quantity(one.fact, one.op, one.value), number(one.months or 0))


def known_text(fact: str, span: Span, months: int | None = None) -> str:
    """What is known of a fact: « l’immeuble a 12 logements », or that nobody knows."""
    if span.known:
        return condition_text(Condition(fact, Op.IS, span.low, months))
    if fact in _YES_NO:
        return str(_YES_NO[fact][2])
    whole = _UNKNOWN.get(fact)
    if whole is not None and span.low <= 1:
        return str(whole)
    text = condition_text(Condition(fact, Op.AT_LEAST, span.low, months))
    return _("%(known)s, peut-être davantage") % {"known": text}


def criterion_text(one: Criterion) -> str:
    """The sentence of a criterion: what is compared, with « et » and « ou »."""
    groups = [_(" et ").join(condition_text(asked) for asked in group) for group in one.groups]
    long = any(len(group) > 1 for group in one.groups)
    return capitalised((_("; ou ") if long else _(" ou ")).join(groups))


def criterion_title(code: str, title: str) -> str:
    """The name of a criterion: the team's own, or that of the list to begin with."""
    return title or str(TITLES.get(code, code))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion of a verdict ready to show. ``hidden``: this reader does not accompany the household."""

    title: str
    asks: str
    knows: tuple[str, ...]
    answer: str
    label: str
    weight: str
    hidden: bool = False


def verdict_lines(items: list[dict[str, Any]], *, reserved: bool) -> list[Line]:
    """The lines of a kept verdict, met first. Without ``reserved``, what only those who accompany read has no answer."""
    order = {answer: place for place, answer in enumerate((Answer.YES, Answer.CHECK, Answer.NO))}
    rows = sorted(items, key=lambda item: (order[Answer(item["answer"])], item["weight"] != Weight.CERTAIN))
    open_rows = [_line(item) for item in rows if reserved or not item["reserved"]]
    # In the order of the rules, not of the answers: the place must not tell.
    closed = [_closed(item) for item in items if item["reserved"]] if not reserved else []
    return [*open_rows, *closed]


def _criterion_of(item: dict[str, Any]) -> Criterion:
    groups = tuple(
        tuple(Condition(one["fact"], Op(one["op"]), one["value"], one["months"]) for one in group)
        for group in item["groups"]
    )
    return Criterion(item["code"], Weight(item["weight"]), groups, title=item["title"])


def _line(item: dict[str, Any]) -> Line:
    knows = {
        known_text(one["fact"], Span(one["low"], one["high"]), one["months"]): None
        for group in item["groups"]
        for one in group
    }
    return Line(
        criterion_title(item["code"], item["title"]), criterion_text(_criterion_of(item)),
        tuple(capitalised(text) for text in knows), item["answer"], str(ANSWER_LABELS[item["answer"]]), item["weight"],
    )  # fmt: skip


def _closed(item: dict[str, Any]) -> Line:
    title = criterion_title(item["code"], item["title"])
    return Line(title, criterion_text(_criterion_of(item)), (), "", _("Réservé"), item["weight"], hidden=True)
