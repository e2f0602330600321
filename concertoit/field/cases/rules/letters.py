"""Letters from what was ticked: problems, steps with their dates, what is asked. In French and in English (I5).

A letter is proposed, then corrected by a person before it is produced. The household is never named: ``HOUSEHOLD``
stands for its name and becomes it, or a line to fill by hand, in the file that somebody downloads. Nothing here
concludes in law: the words say what was observed, when, and what is asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from concertoit.field.cases.rules.rights import Said

HOUSEHOLD = "[[…]]"
LANGUAGES = ("fr", "en")
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_STEPS = {
    "verbal": Said(
        "le {day}, le propriétaire en a été avisé de vive voix", "on {day}, the landlord was told in person"
    ),
    "letter": Said("le {day}, une lettre recommandée lui a été envoyée", "on {day}, a registered letter was sent"),
    "inspection": Said(
        "le {day}, le service d’inspection a été saisi", "on {day}, the inspection service was notified"
    ),
    "tribunal": Said("le {day}, une demande a été déposée au Tribunal", "on {day}, an application was filed"),
}
_RESULTS = {
    "done": Said("des travaux ont été faits", "works were done"),
    "promised": Said("un engagement a été pris", "a commitment was made"),
    "granted": Said("la demande a été accueillie", "the request was granted"),
    "refused": Said("la réponse a été un refus", "the answer was a refusal"),
    "silent": Said("aucune réponse n’a suivi", "no answer came"),
    "dropped": Said("la démarche a été abandonnée", "the step was dropped"),
}
_ASKS = {
    "works": Said("faire les travaux nécessaires", "that the necessary works be done"),
    "reduction": Said(
        "une diminution de loyer pour la durée de la situation", "a reduction of rent for as long as this lasts"
    ),
    "deposit": Said("l’autorisation de déposer le loyer au greffe", "leave to deposit the rent with the Tribunal"),
    "damages": Said("des dommages et intérêts", "damages"),
}


# What was told, by its code (``enums.intake.Problem``): a letter says it in its own language, whoever writes it.
PROBLEMS = {
    "mould": Said("des moisissures ou de l’humidité", "mould or damp"),
    "water": Said("une infiltration ou un dégât d’eau", "a leak or water damage"),
    "cold": Said("un chauffage insuffisant", "not enough heating"),
    "pests": Said("des insectes, des souris ou des rats", "insects, mice or rats"),
    "wiring": Said("une installation électrique dangereuse", "dangerous wiring"),
    "gas": Said(
        "un risque lié au gaz, au mazout ou au monoxyde de carbone", "a risk from gas, oil or carbon monoxide"
    ),
    "plumbing": Said("la plomberie, la toilette ou l’eau chaude", "the plumbing, the toilet or the hot water"),
    "structure": Said(
        "un plancher, un balcon, un escalier ou un mur abîmé", "a damaged floor, balcony, stairs or wall"
    ),
    "exit": Said("une sortie bloquée ou une alarme absente", "a blocked exit or a missing alarm"),
    "dirt": Said("de la saleté ou des déchets dans l’immeuble", "dirt or waste in the building"),
    "lock": Said("une porte, une fenêtre ou une serrure brisée", "a broken door, window or lock"),
    "crowding": Said("une chambre sans fenêtre ou trop peu d’espace", "a room without a window or too little space"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was done: its kind, its day, what came of it (a code, or nothing yet)."""

    kind: str
    done_on: date
    result: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is made of. ``address``: the dwelling, as it is written on an envelope."""

    kind: str
    dated: date
    address: str
    reference: str
    team: str
    problems: Sequence[Said] = ()
    steps: Sequence[Step] = ()
    asks: Sequence[str] = ()
    answer_by: date | None = None
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in one language: to whom, about what, and its body (blank line: paragraph; ``- ``: line of a list)."""

    to: str
    subject: str
    body: str


def write(facts: LetterFacts) -> dict[str, Words]:
    """The letter proposed in each language. Raises ``KeyError`` for an unknown kind."""
    return {language: _BODIES[facts.kind](facts, language) for language in LANGUAGES}


def spoken(day: date, language: str) -> str:
    """A day as a letter says it: ``3 novembre 2026``, ``1er mai 2026``, ``November 3, 2026``."""
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{month} {day.day}, {day.year}"
    return f"{'1er' if day.day == 1 else day.day} {month} {day.year}"


def frozen(words: Mapping[str, Words], *, kind: str, dated: date, reference: str) -> dict[str, Any]:
    """What is kept of a letter: plain JSON."""
    texts = {language: asdict(one) for language, one in sorted(words.items())}
    return {"kind": kind, "dated": dated.isoformat(), "reference": reference, **texts}


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: what was kept is what is read again."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def named(text: str, name: str, language: str) -> str:
    """The text with the household's name, or a line to fill by hand."""
    line = "______________________________ " + ("(nom)" if language == "fr" else "(name)")
    return text.replace(HOUSEHOLD, name or line)


def paragraphs(body: str) -> list[tuple[str, list[str]]]:
    """The body as blocks: (``text`` or ``list``, its lines)."""
    blocks = []
    for chunk in body.replace("\r\n", "\n").strip().split("\n\n"):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        listed = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        said = [line for line in lines if not line.startswith("- ")]
        if said:
            blocks.append(("text", said))
        if listed:
            blocks.append(("list", listed))
    return blocks


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _problems(facts: LetterFacts, language: str) -> str:
    none = {"fr": "(dites ce qui est à corriger)", "en": "(say what must be put right)"}[language]
    return _bullets([problem.speak(language) for problem in facts.problems] or [none])


def _story(facts: LetterFacts, language: str) -> list[str]:
    lines = []
    for step in sorted(facts.steps, key=lambda one: one.done_on):
        said = _STEPS[step.kind].speak(language).format(day=spoken(step.done_on, language))
        lines.append(f"{said}; {_RESULTS[step.result].speak(language)}" if step.result else said)
    return lines


def _asks(facts: LetterFacts, language: str) -> str:
    return _bullets([_ASKS[code].speak(language) for code in facts.asks if code in _ASKS])


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _owner(facts: LetterFacts, language: str) -> Words:
    story, asks = (
        _bullets(_story(facts, language)),
        _asks(facts, language) or _bullets([_ASKS["works"].speak(language)]),
    )
    until = spoken(facts.answer_by, language) if facts.answer_by else ""
    if language == "en":
        return Words(
            facts.recipient or "To the landlord",
            f"Formal notice: {facts.address}",
            _joined(
                f"I rent the dwelling at {facts.address}. Here is what must be put right there:",
                _problems(facts, language), "What was done so far:" if story else "", story,
                f"By this letter I ask you, by {until} at the latest:" if until else "By this letter I ask you:", asks,
                "Without an answer from you, I may turn to the inspection service and to the Tribunal administratif "
                "du "
                "logement, and ask for what the law allows (Civil Code of Québec, art. 1854, 1863 and 1910).",
                "Please tell me in writing, with a date, what will be done and by whom.",
                f"{HOUSEHOLD}\n{facts.address}",
            ),
        )  # fmt: skip
    return Words(
        facts.recipient or "Au propriétaire",
        f"Mise en demeure : {facts.address}",
        _joined(
            f"Je suis locataire du logement situé au {facts.address}. Voici ce qui doit y être corrigé :",
            _problems(facts, language), "Ce qui a été fait jusqu’ici :" if story else "", story,
            f"Par la présente, je vous demande, au plus tard le {until} :" if until else "Par la présente, je "
            "demande :",
            asks,
            "Sans réponse de votre part, je pourrai m’adresser au service d’inspection et au Tribunal administratif "
            "du "
            "logement, et demander ce que la loi permet (Code civil du Québec, art. 1854, 1863 et 1910).",
            "Dites-moi par écrit, avec une date, ce qui sera fait et par qui.",
            f"{HOUSEHOLD}\n{facts.address}",
        ),
    )  # fmt: skip


def _inspection(facts: LetterFacts, language: str) -> Words:
    story = _bullets(_story(facts, language))
    if language == "en":
        return Words(
            facts.recipient or "To the inspection service",
            f"Request for an inspection: {facts.address}",
            _joined(
                f"A household lives at {facts.address} with the following problems (case {facts.reference}):",
                _problems(facts, language), "What was done so far:" if story else "", story,
                "We ask for an inspection of the dwelling and, where needed, of the building, and for a copy of the "
                "report.",
                f"To agree on a visit, please go through {facts.team}; somebody the household trusts can be there.",
                facts.team,
            ),
        )  # fmt: skip
    return Words(
        facts.recipient or "Au service d’inspection",
        f"Demande d’inspection : {facts.address}",
        _joined(
            f"Un ménage vit au {facts.address} avec les problèmes suivants (dossier {facts.reference}) :",
            _problems(facts, language), "Ce qui a été fait jusqu’ici :" if story else "", story,
            "Nous demandons l’inspection du logement et, au besoin, de l’immeuble, ainsi qu’une copie du rapport.",
            f"Pour convenir d’une visite, passez par {facts.team} : une personne de confiance peut accompagner le "
            f"ménage.",
            facts.team,
        ),
    )  # fmt: skip


def _tribunal(facts: LetterFacts, language: str) -> Words:
    story, asks = _bullets(_story(facts, language)), _asks(facts, language)
    if language == "en":
        return Words(
            facts.recipient or "Tribunal administratif du logement",
            f"Summary of the facts: {facts.address}",
            _joined(
                f"Dwelling: {facts.address}\nTenant: {HOUSEHOLD}", "What is wrong:", _problems(facts, language),
                "What was done, in order of dates:" if story else "", story, "What is asked:" if asks else "", asks,
                "Bring: the lease, dated pictures, messages with the landlord, the receipt of the registered "
                "letter, the "
                "inspection report. This summary is no application: the Tribunal has its own form.",
            ),
        )  # fmt: skip
    return Words(
        facts.recipient or "Tribunal administratif du logement",
        f"Résumé des faits : {facts.address}",
        _joined(
            f"Logement : {facts.address}\nLocataire : {HOUSEHOLD}", "Ce qui ne va pas :", _problems(facts, language),
            "Ce qui a été fait, par ordre de date :" if story else "", story,
            "Ce qui est demandé :" if asks else "", asks,
            "À apporter : le bail, les photos datées, les messages avec le propriétaire, le reçu de la lettre "
            "recommandée, le rapport d’inspection. Ce résumé n’est pas une demande : le Tribunal a son formulaire.",
        ),
    )  # fmt: skip


def _tenant(facts: LetterFacts, language: str) -> Words:
    story, asks = _bullets(_story(facts, language)), _asks(facts, language)
    if language == "en":
        return Words(
            HOUSEHOLD,
            f"Where your case stands: {facts.reference}",
            _joined(
                "Hello,", "You told us of the following problems:", _problems(facts, language),
                "What was done so far:" if story else "", story, "What you wish to ask:" if asks else "", asks,
                "Keep paying your rent, and keep this letter with your lease, your pictures and your receipts.",
                "Questions? Answer on your page with your code, or call us.", facts.team,
            ),
        )  # fmt: skip
    return Words(
        HOUSEHOLD,
        f"Où en est votre dossier : {facts.reference}",
        _joined(
            "Bonjour,", "Vous nous avez parlé des problèmes suivants :", _problems(facts, language),
            "Ce qui a été fait jusqu’ici :" if story else "", story,
            "Ce que vous souhaitez demander :" if asks else "", asks,
            "Continuez de payer votre loyer, et gardez cette lettre avec votre bail, vos photos et vos reçus.",
            "Une question? Répondez sur votre page avec votre code, ou appelez-nous.", facts.team,
        ),
    )  # fmt: skip


_BODIES = {"owner": _owner, "inspection": _inspection, "tribunal": _tribunal, "tenant": _tenant}
