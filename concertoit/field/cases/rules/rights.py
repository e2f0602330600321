"""What a tenant household should know, when it needs it: short cards, in our own words, each with its source (I5).

A card is information, never legal advice. ``read_on`` is the day somebody read the text of the law at its source for this
card; without it the card says that it must be checked before leaning on it. Words are in both languages here, because a
household reads them in its own, whatever the language of who shows them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

EDITION = "2026-11"
_READ = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    fr: str
    en: str

    def speak(self, language: str) -> str:
        """The text in a language code (``fr-ca``, ``en``…); French for any other."""
        return self.en if language.startswith("en") else self.fr


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to know. ``steps`` and ``problems``: what calls for it, once ticked; ``duty``: it says what the tenant
    owes too."""

    code: str
    title: Said
    text: Said
    source: str
    steps: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    duty: bool = False
    read_on: date | None = None


CARDS: tuple[Card, ...] = (
    Card(
        "good_repair",
        Said("Un logement en bon état, et la paix", "A home in good repair, and peace"),
        Said(
            "Le propriétaire livre le logement en bon état, l’entretient pendant tout le bail et vous y laisse "
            "vivre en "
            "paix.",
            "The landlord must deliver the dwelling in good repair, keep it that way for the whole lease and let you "
            "live there in peace.",
        ),
        "C.c.Q., art. 1854", steps=("verbal", "letter"), problems=("plumbing", "lock", "pests"), read_on=_READ,
    ),
    Card(
        "habitable",
        Said("Habitable, du début à la fin", "Habitable from start to finish"),
        Said(
            "Le logement doit être habitable à l’arrivée et le rester. Une clause du bail qui dit le contraire ne "
            "compte "
            "pas.",
            "The dwelling must be habitable when you move in and must stay that way. A clause in the lease that says "
            "otherwise does not count.",
        ),
        "C.c.Q., art. 1910 et 1893", steps=("letter", "tribunal"), problems=("cold", "mould", "water", "crowding"),
    ),
    Card(
        "cleanliness",
        Said("La propreté : chacun sa part", "Cleanliness: everyone does their part"),
        Said(
            "Le propriétaire remet un logement propre, et le laisse propre après ses travaux. Vous le gardez propre.",
            "The landlord hands over a clean dwelling and leaves it clean after doing work. You keep it clean.",
        ),
        "C.c.Q., art. 1911", problems=("dirt", "pests"), duty=True,
    ),
    Card(
        "safety_rules",
        Said("Sécurité et salubrité", "Safety and sanitation"),
        Said(
            "Manquer aux règles de sécurité ou de salubrité, c’est comme manquer au bail : les mêmes recours "
            "s’ouvrent, au "
            "propriétaire comme au locataire.",
            "Breaking the rules on safety or sanitation is like breaking the lease: the same remedies are open to "
            "the landlord and to the tenant.",
        ),
        "C.c.Q., art. 1912", steps=("inspection", "tribunal"), problems=("exit", "wiring", "gas"),
    ),
    Card(
        "unfit",
        Said("Impropre à l’habitation", "Unfit for habitation"),
        Said(
            "Un logement dont l’état menace sérieusement la santé ou la sécurité ne peut pas être loué. C’est le "
            "Tribunal ou "
            "une autorité qui le déclare : ni la brigade, ni cette page.",
            "A dwelling in a condition that seriously threatens health or safety cannot be rented. Only the Tribunal "
            "or an authority can declare this: not the brigade, not this page.",
        ),
        "C.c.Q., art. 1913", steps=("inspection",), problems=("gas", "wiring", "exit", "structure"),
    ),
    Card(
        "leaving",
        Said("Avant de quitter un logement dangereux", "Before leaving a dangerous dwelling"),
        Said(
            "Si le logement devient impropre à l’habitation, on peut le quitter. Il faut aviser le propriétaire de "
            "son "
            "état avant de partir, ou dans les 10 jours. Parlez-en d’abord à la brigade.",
            "If the dwelling becomes unfit for habitation, you may leave it. You must tell the landlord about its "
            "condition before you leave, or within the next 10 days. Talk to the brigade first.",
        ),
        "C.c.Q., art. 1915", steps=("tribunal",), read_on=_READ,
    ),
    Card(
        "repairs",
        Said("Qui répare quoi", "Who repairs what"),
        Said(
            "Les réparations nécessaires sont au propriétaire. Le menu entretien est à vous, sauf ce que l’usure ou "
            "un "
            "événement imprévisible a brisé.",
            "Necessary repairs are the landlord’s responsibility. Minor upkeep is yours, except for what wear or an "
            "unforeseeable event broke.",
        ),
        "C.c.Q., art. 1864", steps=("verbal",), problems=("plumbing", "lock"), duty=True,
    ),
    Card(
        "tell",
        Said("Dire vite ce qui se brise", "Report quickly what breaks"),
        Said(
            "Qui connaît un défaut important avise le propriétaire dans un délai raisonnable. Par écrit, avec une "
            "date et "
            "une photo : cela se prouve.",
            "If you know of a serious defect, you must tell the landlord within a reasonable time. Do it in writing, "
            "with a date and a photo: then it can be proved.",
        ),
        "C.c.Q., art. 1866", steps=("verbal", "letter"), duty=True,
    ),
    Card(
        "remedies",
        Said("Si rien ne bouge : les recours", "If nothing happens: your remedies"),
        Said(
            "Devant le Tribunal, on peut demander les travaux, une diminution de loyer, des dommages et intérêts "
            "et, si le "
            "tort est sérieux, la fin du bail.",
            "You can ask the Tribunal for the work to be done, a lower rent, damages and, if the harm is serious, "
            "the end of the lease.",
        ),
        "C.c.Q., art. 1863", steps=("tribunal",), read_on=_READ,
    ),
    Card(
        "deposit",
        Said("Déposer son loyer au greffe", "Depositing your rent with the Tribunal"),
        Said(
            "On n’arrête jamais de payer. On peut demander à verser son loyer au greffe du Tribunal, après un avis "
            "de 10 "
            "jours au propriétaire qui dit pourquoi; le Tribunal accepte ou non, et fixe la somme.",
            "Never stop paying. You can ask to pay your rent into the office of the Tribunal, after giving the "
            "landlord 10 days’ notice that says why; the Tribunal agrees or not, and sets the amount.",
        ),
        "C.c.Q., art. 1907", steps=("tribunal",), read_on=_READ,
    ),
    Card(
        "by_laws",
        Said("Le règlement de l’immeuble", "The building’s rules"),
        Said(
            "Le règlement vous est remis avant de signer le bail. Il ne peut rien retirer à ce que la loi vous "
            "garantit.",
            "The building’s rules are given to you before you sign the lease. They cannot take away anything the law "
            "guarantees you.",
        ),
        "C.c.Q., art. 1893 et 1894", steps=("verbal",), duty=True,
    ),
    Card(
        "proof",
        Said("Prouver : quoi garder", "Evidence: what to keep"),
        Said(
            "Gardez le bail, les photos datées, les messages, le reçu de la lettre recommandée et le rapport "
            "d’inspection. Le Tribunal décide avec des preuves.",
            "Keep the lease, dated photos, messages, the receipt for the registered letter and the inspection "
            "report. The Tribunal decides based on evidence.",
        ),
        "Procédure du Tribunal administratif du logement", steps=("letter", "inspection", "tribunal"),
    ),
)  # fmt: skip
BY_CODE = {card.code: card for card in CARDS}


def cards_for(problems: Collection[str], steps: Collection[str]) -> list[Card]:
    """The cards that what was ticked calls for: about these steps, or about these problems; each once, in order."""

    ticked, walked = set(problems), set(steps)
    return [card for card in CARDS if not ticked.isdisjoint(card.problems) or not walked.isdisjoint(card.steps)]
