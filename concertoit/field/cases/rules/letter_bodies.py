"""What each kind of letter says: to the owner, to the inspection service, to the Tribunal, to the tenant (I5)."""

from __future__ import annotations

from collections.abc import Sequence

from concertoit.field.cases.rules.letter_words import ASKS, RESULTS, STEPS, spoken
from concertoit.field.cases.rules.letters import HOUSEHOLD, LANGUAGES, LetterFacts, Words


def write(facts: LetterFacts) -> dict[str, Words]:
    """The letter proposed in each language. Raises ``KeyError`` for an unknown kind."""
    return {language: _BODIES[facts.kind](facts, language) for language in LANGUAGES}


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _problems(facts: LetterFacts, language: str) -> str:
    none = {"fr": "(dites ce qui est à corriger)", "en": "(say what must be corrected)"}[language]
    return _bullets([problem.speak(language) for problem in facts.problems] or [none])


def _story(facts: LetterFacts, language: str) -> list[str]:
    lines = []
    for step in sorted(facts.steps, key=lambda one: one.done_on):
        said = STEPS[step.kind].speak(language).format(day=spoken(step.done_on, language))
        lines.append(f"{said}; {RESULTS[step.result].speak(language)}" if step.result else said)
    return lines


def _asks(facts: LetterFacts, language: str) -> str:
    return _bullets([ASKS[code].speak(language) for code in facts.asks if code in ASKS])


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _owner(facts: LetterFacts, language: str) -> Words:
    story, asks = (
        _bullets(_story(facts, language)),
        _asks(facts, language) or _bullets([ASKS["works"].speak(language)]),
    )
    until = spoken(facts.answer_by, language) if facts.answer_by else ""
    if language == "en":
        return Words(
            facts.recipient or "To the landlord",
            f"Formal notice: {facts.address}",
            _joined(
                f"I am the tenant of the dwelling at {facts.address}. Here is what must be corrected there:",
                _problems(facts, language), "What has been done so far:" if story else "", story,
                f"By this letter I request, by {until} at the latest:" if until else "By this letter I request:", asks,
                "Without an answer from you, I may turn to the inspection service and to the Administrative Housing "
                "Tribunal (TAL), and ask for what the law allows (Civil Code of Québec, arts. 1854, 1863 and 1910).",
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
                f"The household living at {facts.address} has the following problems (case {facts.reference}):",
                _problems(facts, language), "What has been done so far:" if story else "", story,
                "We ask for an inspection of the dwelling and, where needed, of the building, and for a copy of the "
                "report.",
                f"To arrange a visit, please go through {facts.team}: someone the household trusts can be there.",
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
                "What has been done, in date order:" if story else "", story, "What is requested:" if asks else "",
                asks,
                "Bring: the lease, dated photos, messages with the landlord, the receipt for the registered letter, "
                "the inspection report. This summary is not an application: the Tribunal has its own form.",
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
                "Hello,", "You told us about the following problems:", _problems(facts, language),
                "What has been done so far:" if story else "", story, "What you wish to request:" if asks else "", asks,
                "Keep paying your rent, and keep this letter with your lease, your photos and your receipts.",
                "Questions? Write to us on your page with your code, or call us.", facts.team,
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
