"""The lists of the framework on community support, as data: editions of 2007 and of 2022, and what became of each term.

Activities follow the two editions of the *Cadre de référence sur le soutien communautaire en logement social* (MSSS and
SHQ; facts, section 2), in our words. Clienteles and reasons of referral are a parameter of ours: the framework names
none. A bit never changes: masks of entries hold it for ever; new terms are added at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

ACTIVITY, CLIENTELE, REASON = "activity", "clientele", "reason"
OURS = "Cadre de référence, édition de {year} (activités); clientèles et raisons : choix de la plateforme"


@dataclass(frozen=True, slots=True)
class Item:
    """A term: its code, French and English labels. Its place in the list is its bit."""

    code: str
    french: str
    english: str


@dataclass(frozen=True, slots=True)
class EditionData:
    """An edition: when it came into use, and its lists by kind."""

    code: str
    name: str
    starts_on: date
    lists: Mapping[str, Sequence[Item]]

    @property
    def source(self) -> str:
        return OURS.format(year=self.starts_on.year)


_BEFORE = (
    Item("welcome", "Accueil", "Welcome"),
    Item("referral", "Référence", "Referral"),
    Item("accompaniment", "Accompagnement vers des services", "Support in reaching services"),
    Item("conflict", "Gestion de conflits", "Conflict management"),
    Item("crisis", "Situation de crise", "Crisis intervention"),
)
_AFTER = (
    Item("lease", "Gestion du bail", "Lease management"),
    Item("tenants_committee", "Soutien au comité de locataires", "Support for the tenants’ committee"),
    Item("other_committees", "Soutien à d’autres comités", "Support for other committees"),
    Item("organising", "Organisation d’activités", "Organizing activities"),
)
_CLIENTELES = (
    Item("families", "Familles", "Families"),
    Item("youth", "Jeunes", "Youth"),
    Item("elders", "Personnes aînées", "Seniors"),
    Item("alone", "Personnes seules", "People living alone"),
    Item("mental_health", "Santé mentale", "Mental health"),
    Item("newcomers", "Personnes immigrantes", "Newcomers"),
    Item("disabled", "Situation de handicap", "People with disabilities"),
    Item("indigenous", "Premières Nations et Inuit", "First Nations and Inuit"),
    Item("homelessness", "À risque d’itinérance", "At risk of homelessness"),
    Item("everybody", "Tout l’immeuble", "The whole building"),
)
_REASONS = (
    Item("mental_health", "Santé mentale", "Mental health"),
    Item("frail_elders", "Personne aînée en perte d’autonomie", "Senior losing autonomy"),
    Item("food", "Aide alimentaire", "Food assistance"),
    Item("budget", "Budget", "Budget"),
    Item("home_support", "Soutien à domicile", "Home support"),
    Item("addiction", "Dépendance", "Addiction"),
    Item("family", "Famille et jeunesse", "Family and youth"),
    Item("violence", "Violence", "Violence"),
    Item("rights", "Droits et revenu", "Rights and income"),
    Item("clutter", "Encombrement, insalubrité", "Clutter, unsanitary housing"),
    Item("work", "Emploi et formation", "Work and training"),
    Item("other", "Autre raison", "Other reason"),
)
EDITIONS = (
    EditionData(
        "2007", "Listes de 2007", date(2007, 11, 1),
        {
            ACTIVITY: (
                *_BEFORE, Item("psychosocial", "Intervention psychosociale", "Psychosocial intervention"), *_AFTER,
            ),
            CLIENTELE: _CLIENTELES,
            REASON: _REASONS,
        },
    ),
    EditionData(
        "2022", "Listes de 2022", date(2022, 5, 1),
        {
            ACTIVITY: (*_BEFORE, Item("occasional", "Soutien ponctuel", "Occasional support"), *_AFTER),
            CLIENTELE: _CLIENTELES,
            REASON: _REASONS,
        },
    ),
)  # fmt: skip
# kind, code in the older edition, code in the newer one, why; a term of the same code became itself.
RENAMED = ((ACTIVITY, "psychosocial", "occasional", "L’édition de 2022 resserre l’activité au soutien ponctuel"),)


def expressed(mask: int, became: Mapping[int, Sequence[int]]) -> int:
    """A mask of one edition in the bits of another. ``became``: each bit's new bits; several when a term was divided.

    A bit that became nothing is left out: the other edition has no word for it.
    """
    found = 0
    for bit in bits_of(mask):
        for new in became.get(bit, ()):
            found |= 1 << new
    return found


def bits_of(mask: int) -> list[int]:
    """The bits that are set, from the lowest."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
