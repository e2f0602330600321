"""Cells of organisations and committees, taken apart with care: a name is never cut where a doubt remains.

Separators are line breaks, semicolons, commas and bullets outside parentheses; *et* only separates acronyms.
A sentence ("Formation d'un comité afin de…") stays one entry, even with commas inside.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .document import Actor, ActorKind, ActorRole
from .wording import fold, squeeze

_TO_FORM = (
    r"(?:(?:au besoin,?\s)?(?:formation|création|mise (?:sur pied|en place)) d['’e]\s?u?n?e?\s?"
    r"(?:comité|sous-comité|groupe|table|cellule|équipe))"
)
_TO_CONTACT = (
    r"(?:mettre en relation avec|mise en relation avec|consultations? d|consulter|à contacter|à approcher|approcher)"
)
_PHRASE_START = re.compile(
    rf"(?<=[^\s(])(?<!besoin,)(?<!besoin)\s+"
    rf"(?={_TO_FORM}|mettre en relation avec|mise en relation avec|consultation d[ue]s?\s)",
    re.IGNORECASE,
)
_STARTS_TO_FORM = re.compile(_TO_FORM, re.IGNORECASE)
_STARTS_TO_CONTACT = re.compile(
    rf"(?P<verb>{_TO_CONTACT}['’ue]?s?)\s*:?\s*(?:(?:le|la|les|l['’])\s?)?(?P<name>.*)", re.IGNORECASE | re.DOTALL
)
_PENDING = re.compile(
    r"\bà (?:former|créer|mettre (?:en place|sur pied)|venir|définir|déterminer|identifier|confirmer|préciser"
    r"|contacter|approcher)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\s*,?\s+(?=(?:afin d|selon|visant|pour (?!l['’]?action)|formée? d|au besoin|dont l|en vue d|lorsque|si ))",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\(?\b(?:organisme\s)?(?:fiduciaires?|fid\.)\)?(?:\s*:\s*)?", re.IGNORECASE)
_LABEL = re.compile(r"^(?P<label>[^:,;()]{3,60}?)\s*:\s+(?=\S)")
_CODED = re.compile(r"^(?P<code>[RCP])\s*[:=]\s*")
_CODES = {"R": ActorRole.LEAD, "C": ActorRole.PARTNER, "P": ActorRole.PARTNER}
_COMMITTEE = re.compile(
    r"(?:sous-?)?comit[ée]s?\b|coco\b|cellule\b|groupe de travail|chantier\b"
    r"|table (?:de|des|d['’]|sectorielle|intersectorielle)",
    re.IGNORECASE,
)
_BULLETS = "•▪◦●○■□►➢➤✓✔·*–—-"
_NOTHING = re.compile(r"^(?:[-–—/.]*|n/?a|s\.?o\.?|aucune?|x)$", re.IGNORECASE)


def split_actors(text: str, role: ActorRole, *, items: list[str] | None = None) -> list[Actor]:
    """The organisations and committees of a cell, in order, in the given role or in the one their words give.

    *À former*, *création d'un comité*, *mettre en relation avec* make a ``TO_CONTACT``; *(fiduciaire)* adds a
    ``FISCAL_AGENT`` beside the role of the column. ``items`` are the entries of a real list, when the cell has one.
    """
    actors: list[Actor] = []
    unwrapped = re.sub(r"(?<![;:])\n+(?=[a-zà-ÿ(])", " ", text)
    lines = items if items else re.split(r"[\n;]+|\s[·•|]\s", unwrapped)
    for line in lines:
        label = ""
        for phrase in _phrases(line):
            found = _read_phrase(phrase, role, label)
            label = found[-1].precision if found and _LABEL.match(phrase) else label if found and label else ""
            actors.extend(found)
    return actors


def _phrases(line: str) -> list[str]:
    line = line.strip().lstrip(_BULLETS).strip()
    return [part.strip(" ,") for part in _PHRASE_START.split(line) if part and part.strip(" ,.")]


def _read_phrase(phrase: str, role: ActorRole, label: str = "") -> list[Actor]:
    phrase = squeeze(phrase)
    if not phrase or _NOTHING.match(phrase):
        return []
    if _STARTS_TO_FORM.match(phrase):
        name, purpose = _cut_purpose(phrase)
        return [Actor(ActorRole.TO_CONTACT, name, ActorKind.COMMITTEE_TO_FORM, purpose)]
    contact = _STARTS_TO_CONTACT.match(phrase)
    if contact and contact["name"].strip():
        name = contact["name"].strip(" .")
        start = phrase.rindex(name) if name in phrase else 0
        return [Actor(ActorRole.TO_CONTACT, name, kind_of(name), phrase[:start].strip(" :") or contact["verb"])]
    coded = _CODED.match(phrase)
    if coded:
        return [
            a for part in _split_list(phrase[coded.end() :]) for a in _one(part, _CODES[coded["code"]], coded["code"])
        ]
    headed = _LABEL.match(phrase)
    if headed and not _FISCAL.match(phrase):
        return [a for part in _split_list(phrase[headed.end() :]) for a in _one(part, role, headed["label"])]
    return [actor for part in _split_list(phrase) for actor in _one(part, role, label)]


def _cut_purpose(phrase: str) -> tuple[str, str]:
    cut = _PURPOSE.search(phrase, 12)
    return (phrase[: cut.start()].strip(), phrase[cut.end() :].strip()) if cut else (phrase.rstrip("."), "")


def _split_list(text: str) -> list[str]:
    """Split on commas and slashes outside parentheses, and on *et* between two acronyms."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == "," and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    parts.append(current)
    out: list[str] = []
    for part in parts:
        out.extend(re.split(r"\s+[/•▪+]\s+|(?<=[A-Z]{2})\s+et\s+(?=[A-Z]{2,}(?:\W|$))", part.strip()))
    return [p.strip(" .") if not re.search(r"\b[A-Z]\.[A-Z]\.", p) else p.strip() for p in out if p.strip(" .,-")]


def _one(part: str, role: ActorRole, precision: str) -> list[Actor]:
    if _NOTHING.match(part):
        return []
    fiscal = _FISCAL.search(part)
    name = squeeze(_FISCAL.sub(" ", part)).strip(" ,:-–") if fiscal else part
    if fiscal and name:
        agent = Actor(ActorRole.FISCAL_AGENT, name, kind_of(name), fiscal[0].strip("() :"))
        return [agent] if role is ActorRole.FISCAL_AGENT or precision else [Actor(role, name, kind_of(name)), agent]
    pending = _PENDING.search(part)
    if pending and _COMMITTEE.match(part):
        name = squeeze(_PENDING.sub(" ", part)).strip(" ()-–,")
        return [Actor(ActorRole.TO_CONTACT, name or part, ActorKind.COMMITTEE_TO_FORM, pending[0])]
    inside = re.fullmatch(r"(?P<name>[^()]{2,}?)\s*\((?P<precision>[^()]{9,})\)", part)
    if inside and " " in inside["precision"]:
        extra = f"{precision}, {inside['precision']}" if precision else inside["precision"]
        return [Actor(role, inside["name"], kind_of(inside["name"]), extra)]
    return [Actor(role, part, kind_of(part), precision)]


def kind_of(name: str) -> ActorKind:
    """Committee by its first words; a long sentence is a description; the rest are organisations."""
    if _STARTS_TO_FORM.match(name):
        return ActorKind.COMMITTEE_TO_FORM
    if _COMMITTEE.match(name):
        return ActorKind.COMMITTEE
    return ActorKind.TEXT if len(name) > 120 else ActorKind.ORGANISATION


_SMALL_WORDS = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "pour", "sur", "par"}


@lru_cache(maxsize=8192)
def signature(name: str) -> str:
    """Initials that the spellings of one name share: ``DSL``, ``DS Lanaudière`` and ``Développement social Lanaudière``.

    Short all-capital words count as initials, other words give their first letter. Only names with three initials or more
    have a signature, so that two-letter coincidences are not taken for one name.
    """
    initials = ""
    for word in re.findall(r"[^\W_]+", name):
        if fold(word) in _SMALL_WORDS and not (word.isupper() and len(word) > 1):
            continue
        initials += fold(word) if word.isupper() and len(word) <= 6 and word.isalpha() else fold(word)[:1]
    return initials if 3 <= len(initials) <= 8 else ""


def may_be_one(first: str, second: str) -> bool:
    """True when two different names with one signature agree where both are spelled out."""
    if signature(first) != signature(second) or not signature(first):
        return False
    spelled = [[w for w in re.findall(r"[^\W_]+", n) if not (w.isupper() and len(w) <= 6)] for n in (first, second)]
    if not spelled[0] or not spelled[1]:
        return True
    a, b = ({fold(w) for w in side if fold(w) not in _SMALL_WORDS} for side in spelled)
    return ((a <= b or b <= a) and a != b) or fold(first) == fold(second)
