"""Words that say where an action stands, read exactly (never approximately), alone in a cell or glued to a title."""

from __future__ import annotations

import re

from .document import StepState
from .wording import flatten, fold

_WORDS: dict[StepState, str] = {
    StepState.DONE: "realise realisee termine terminee complete completee fait faite acheve achevee"
    " atteint atteinte livre livree"
    " clos cloture cloturee"
    "|100 %|100%|action realisee|action terminee|oui|done|✔|✓|✅|☑",
    StepState.DOING: "amorce amorcee debute debutee entame entamee commence commencee poursuivi poursuivie"
    "|en cours|en preparation|en elaboration"
    "|en cours de realisation|en realisation|en marche|en developpement|en progression|en bonne voie|en continu"
    "|partiellement realise|partiellement realisee|partiellement complete|partiellement atteint"
    "|a poursuivre|en oeuvre|en retard",
    StepState.TODO: "planifie planifiee prevu prevue"
    "|a faire|a traiter|a lancer|a initier|a amorcer|pas demarre|non demarree|☐|🔲|⬜"
    "|a venir|a debuter|a commencer|a planifier|a realiser|a demarrer"
    "|non debute|non debutee|non commence|non commencee"
    "|pas commence|pas commencee|pas debute|pas debutee|non realise|non realisee|non amorce|non amorcee"
    "|non demarre|0 %|0%|a discuter",
    StepState.DROPPED: "abandonne abandonnee annule annulee retire retiree cesse"
    " supprime supprimee|non retenu|non retenue|❌",
    StepState.BLOCKED: "suspendu suspendue bloque bloquee reporte reportee|en attente|en suspens|en pause|en arret",
}
STATES: dict[str, StepState] = {
    word: state
    for state, listed in _WORDS.items()
    for index, group in enumerate(listed.split("|"))
    for word in (group.split() if index == 0 else [group])
}
_BY_LENGTH = sorted(
    (w for w in STATES if w not in {"oui", "done", "fait", "faite", "en continu"}), key=len, reverse=True
)
_CLOSED = "|".join(re.escape(w) for w in _BY_LENGTH if w[0].isalpha() or w[0] in "01")
_SIGNS = "✔✓✅☑❌"
_BOXES = re.compile(r"^\s*(?:\[(?P<mark>[ xX]?)\]|(?P<sign>[☐☒🔲⬜]))\s+(?=\S)")
_EDGES = re.compile(r"^[^\w%]+|[^\w%]+$")
_GOES_ON = re.compile(r"\s*[(\n:;,]\s*|\.\s+|\s+[–—-]\s+|\s(?:en|le|au|depuis)\s(?=(?:\d|[^\W\d]+\s\d))")
_MAY_HOLD = re.compile(r"[()\[\]–—|:]|\s-|-\s|[A-ZÀ-Ý]{4}")
_TRAILING = re.compile(
    rf"(?:\s*[(\[]\s*(?P<in>{_CLOSED})\s*[)\]]|(?:\s+[–—|-]+|\s?:)\s*(?P<dash>{_CLOSED}))\s*[.;]?\s*$"
)
_LEADING = re.compile(rf"^\s*(?:[(\[]\s*(?P<in>{_CLOSED})\s*[)\]]\s*[:–—-]?|(?P<dash>{_CLOSED})\s*[:–—|-]\s)\s*")


def read_state(text: str) -> StepState | None:
    """State of a cell that holds a state and nothing else (but a pictogram), or None."""
    folded = fold(text).strip(" .;:!")
    return STATES.get(folded) or STATES.get(_EDGES.sub("", folded))


def leading_state(text: str) -> StepState | None:
    """State of a cell that starts with one and goes on (``Réalisé (mai 2025)``, ``En cours : 3 rencontres``)."""
    first = _GOES_ON.split(text.strip(), maxsplit=1)[0]
    return read_state(first) if first != text.strip() else None


def split_state(title: str) -> tuple[str, StepState | None, str]:
    """Take a state glued to a title apart: (title, state, words of the state); unchanged when there is none."""
    bare = title.strip()
    box = _BOXES.match(bare)
    if box:
        done = box["mark"] in {"x", "X"} or box["sign"] == "☒"
        return bare[box.end() :], StepState.DONE if done else StepState.TODO, box[0].strip()
    for sign in _SIGNS:
        if bare.startswith(sign) or bare.endswith(sign):
            return bare.strip(sign + " "), STATES[sign], sign
    if not _MAY_HOLD.search(bare):
        return title, None, ""
    folded = flatten(bare)
    for pattern in (_TRAILING, _LEADING):
        match = pattern.search(folded)
        if match and match.end() - match.start() < len(bare):
            words = match["in"] or match["dash"]
            at = match.start("in") if match["in"] else match.start("dash")
            rest = bare[: match.start()] if pattern is _TRAILING else bare[match.end() :]
            return rest.strip(), STATES[words], bare[at : at + len(words)]
    capitals = re.search(r"\s+([A-ZÀ-Ý]{4,}(?:\s[A-ZÀ-Ý]{3,})?)$", bare)
    if capitals and not bare.isupper() and fold(capitals[1]) in STATES:
        return bare[: capitals.start()].strip(), STATES[fold(capitals[1])], capitals[1]
    return title, None, ""
