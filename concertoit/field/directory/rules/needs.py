"""Two short lists of ours, French and English: what people need, and for whom a service is. Imported lists stay beside.

Ids are made from the codes, so that every installation gives the same ones.
"""

from __future__ import annotations

from uuid import UUID, uuid5

_ROOT = UUID("8a5f6f0e-6a0b-4d9e-9c8e-2f1f3f6a7d10")
NEEDS, CLIENTELES = "needs", "clienteles"
NAMES = {
    NEEDS: ("Besoins", "Needs", "Ce dont une personne a besoin."),
    CLIENTELES: ("Clientèles", "Populations", "À qui un service s’adresse."),
}
TERMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    NEEDS: (
        ("housing", "Se loger", "Housing"),
        ("housing_rights", "Droits des locataires", "Tenants’ rights"),
        ("unsanitary", "Insalubrité", "Unsanitary housing"),
        ("food", "Aide alimentaire", "Food"),
        ("budget", "Budget et dettes", "Budget and debt"),
        ("mental_health", "Santé mentale", "Mental health"),
        ("health", "Santé et soins", "Health care"),
        ("home_support", "Soutien à domicile", "Home support"),
        ("crisis", "Crise et détresse", "Crisis"),
        ("violence", "Violence et sécurité", "Violence and safety"),
        ("addiction", "Dépendances", "Addiction"),
        ("family", "Famille et enfants", "Family and children"),
        ("settlement", "Accueil des personnes immigrantes", "Settlement"),
        ("legal", "Information juridique", "Legal information"),
        ("transport", "Transport et accompagnement", "Transport"),
        ("belonging", "Vie sociale et entraide", "Social life"),
        ("employment", "Emploi et formation", "Work and training"),
    ),
    CLIENTELES: (
        ("youth", "Jeunes", "Youth"),
        ("families", "Familles", "Families"),
        ("elders", "Personnes aînées", "Older adults"),
        ("women", "Femmes", "Women"),
        ("men", "Hommes", "Men"),
        ("newcomers", "Personnes immigrantes", "Newcomers"),
        ("disability", "Personnes handicapées", "People with disabilities"),
        ("tenants", "Locataires", "Tenants"),
    ),
}


def taxonomy_uid(kind: str) -> UUID:
    return uuid5(_ROOT, kind)


def term_uid(kind: str, code: str) -> UUID:
    return uuid5(_ROOT, f"{kind}/{code}")


def label_of(kind: str, code: str, *, english: bool = False) -> str:
    """A label by its code; the code itself for one that is not ours."""
    for known, french, anglais in TERMS[kind]:
        if known == code:
            return anglais if english else french
    return code
