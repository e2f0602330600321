"""What a column (or a label before a colon) means, recognised by its words: exact tables, folded, never fuzzy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.statuses import read_state
from concertoit.together.plans.rules.wording import flatten, fold, fold_plural, squeeze

from .vocabulary import FOLLOWERS, HEADERS, LEVEL_ROLES, PLAN_ROLES, Role

__all__ = [
    "LEVEL_ROLES",
    "PLAN_ROLES",
    "Recognition",
    "Role",
    "labelled_kind",
    "level_label",
    "recognise",
    "recognise_loosely",
    "year_label",
]

_WORDS: dict[str, Role] = {
    fold_plural(word) or fold(word): role for role, listed in HEADERS.items() for word in squeeze(listed).split(" | ")
}
_YEAR = re.compile(
    r"^(?P<lead>(?:annee|exercice|budget|cout|montant|echeancier|periode|calendrier|etapes?|taches?)\s(?:de\s)?)?"
    r"(?:(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?|[tq]\s?[1-4](?:\s?[-/]?\s?(?:19|20)\d\d)?|(?:l')?(?:an|annee|phase)\s?[1-9]"
    r"|en continu|[2-5]\d\s?[-/]\s?[2-5]\d|[1-4](?:er|e|eme)?\strimestre(?:\s(?:19|20)\d\d)?|(?:court|moyen|long)\sterme"
    r"|(?:printemps|ete|automne|hiver)(?:\s(?:19|20)\d\d)?"
    r"|(?:janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)[a-z]*\.?(?:\s(?:19|20)\d\d)?)(?:\s?\(?\$\)?)?$"
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A role and how it was recognised: ``exact``, ``part`` (of a combined header), ``start`` (first words), ``year``."""

    role: Role
    how: str
    alternatives: tuple[Role, ...] = ()


@lru_cache(maxsize=8192)
def recognise(header: str) -> Recognition | None:
    """The role of a header text, or None when its words are not known."""
    text = squeeze(re.sub(r"(?<=[a-zà-ÿ])-\s*\n\s*(?=[a-zà-ÿ])", "", header)).strip(" *:.-–—")
    if not text or len(text) > 110:
        return None
    label = year_label(text)
    if label:
        word = fold(text[: len(text) - len(label)]).split(" ")[0]
        role = {"budget": Role.BUDGET, "cout": Role.BUDGET, "montant": Role.BUDGET}.get(word, Role.YEAR)
        role = Role.STEP if word.startswith(("etape", "tache")) else role
        return Recognition(role, "year")
    if read_state(text) and fold(text) not in _WORDS:
        return Recognition(Role.STATE, "state")
    exact = _WORDS.get(fold_plural(text)) or _WORDS.get(fold(text))
    if exact:
        return Recognition(exact, "exact")
    outside = squeeze(re.sub(r"\((?!s\)|e\)|es\)|x\)|ne\)|trice\)|euse\))[^)]*\)|\[[^\]]*\]", " ", text)).strip(" :*-")
    if outside != text and outside:
        inner = recognise(outside)
        if inner:
            return Recognition(inner.role, "exact" if inner.how == "exact" else inner.how, inner.alternatives)
    return _by_parts(outside or text) or _by_start(outside or text)


def year_label(header: str) -> str:
    """The year, quarter, month or term that a header holds (``2026``, ``Budget 2026``), as written, or empty."""
    text = squeeze(header).strip(" :*")
    match = _YEAR.match(fold(text))
    return text[match.end("lead") if match["lead"] else 0 :].strip(" ()$") if match else ""


def _by_parts(text: str) -> Recognition | None:
    pieces = [p for p in re.split(r"\s*(?:/|,|&|\+|\bet/ou\b|\bet\b|\bou\b|\n)\s*", text) if p.strip()]
    if len(pieces) < 2:
        return None
    found = [_WORDS.get(fold_plural(piece)) or _starting(piece) for piece in pieces]
    roles = [role for role in found if role]
    if not roles or (len(roles) * 2 <= len(pieces) and found[0] is None) or len(roles) * 2 < len(pieces):
        return None
    if roles[0] is Role.MEANS and Role.ACTION in roles:
        return Recognition(Role.ACTION, "part", (Role.MEANS,))
    levels = [r for r in dict.fromkeys(roles) if r in LEVEL_ROLES]
    if len(levels) > 1 and levels != [Role.ACTION, Role.OUTCOME]:
        return Recognition(Role.OUTLINE, "part", tuple(levels))
    others = tuple(r for r in dict.fromkeys(roles) if r is not roles[0])
    return Recognition(roles[0], "part", others)


def _starting(text: str) -> Role | None:
    tokens = fold_plural(text).split()
    if len(tokens) > 9:
        return None
    for size in range(len(tokens) - 1, 0, -1):
        role = _WORDS.get(" ".join(tokens[:size]))
        if role and tokens[size] in FOLLOWERS:
            return role
    return None


def recognise_loosely(header: str) -> Recognition | None:
    """The role of a header of a table already known to be a plan's: by its first known words, else its last ones."""
    tokens = fold_plural(re.sub(r"\([^)]*\)|[€$]|\b(?:TTC|HT)\b", " ", header)).split()
    if not tokens or len(tokens) > 10:
        return None
    for size in range(len(tokens), 0, -1):
        role = _WORDS.get(" ".join(tokens[:size]))
        if role and role is not Role.COUNT:
            return Recognition(role, "start")
    last = _WORDS.get(tokens[-1])
    return Recognition(last, "start") if last in {Role.LEAD, Role.PARTNER, Role.FISCAL_AGENT} else None


def _by_start(text: str) -> Recognition | None:
    role = _starting(text)
    return Recognition(role, "start") if role else None


_LEVEL_LABEL = re.compile(
    r"^(?P<word>(?:sous-)?(?:axe|orientation|enjeu|objectif|but|action|mesure|moyen|projet|activite|initiative|engagement|resultat|etape|tache"
    r"|fiche(?:s?[ -](?:d')?(?:action|projet|mesure))?"
    r"|volet|theme|thematique|champ d'action|priorite|chantier|defi|livrable|changement|intervention|pilier)s?)"
    r"(?P<more>(?:\s(?:d'intervention|strategiques?|prioritaires?|generaux|general|specifiques?|attendus?|vises?|souhaites?|d'action|operationnels?"
    r"|transversal|transversale))*)(?![\w'])"
)


@lru_cache(maxsize=8192)
def level_label(text: str) -> tuple[Role, str, str] | None:
    """A level word at the start of a text (``Axe d'intervention 2 : …``): (role, words as written, what follows)."""
    bare = text.lstrip(" *_\t#")
    match = _LEVEL_LABEL.match(flatten(bare[:80]))
    if match is None:
        return None
    recognised = recognise(match["word"] + match["more"]) or recognise(match["word"])
    role = recognised.role if recognised and recognised.role is not Role.CROSS_CUTTING else Role.AXIS
    if match["word"].startswith("priorite"):
        role = Role.AXIS
    if role is Role.MEANS:
        role = Role.ACTION
    return role, bare[: match.end()], bare[match.end() :]


def labelled_kind(text: str) -> NodeKind | None:
    """Axis or objective, when a text starts with such a label and a number, or with the label and a colon."""
    label = level_label(text)
    if label is None or label[0] not in {Role.AXIS, Role.OBJECTIVE, Role.SPECIFIC}:
        return None
    rest = label[2]
    if read_number(rest, labelled=True) is None and not re.match(r"\s*[:–—-]\s*\S", rest):
        return None
    return NodeKind.AXIS if label[0] is Role.AXIS else NodeKind.OBJECTIVE
