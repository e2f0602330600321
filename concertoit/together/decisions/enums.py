"""Codes of deciding together, with their French labels: one group per part."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.together.decisions.rules import adoption, consent


class Stage(models.TextChoices):
    """The steps of the cycle that the landing page shows, in order."""

    WORKSHOP = "workshop", _("Trouver des idées")
    REVIEW = "review", _("Revoir les actions")
    PRIORITISATION = "prioritisation", _("Prioriser et répartir")
    CONSENT = "consent", _("Consentir et adopter")


# --- prioritisation and money ----------------------------------------------------------------------------------------


class PrioritisationState(models.TextChoices):
    PREPARING = "preparing", _("En préparation")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Fermée")


class VoiceMode(models.TextChoices):
    """Whose voice counts; chosen and shown before opening."""

    ORGANISATION = "organisation", _("Une voix par organisme")
    PERSON = "person", _("Une voix par personne")


class Disclosure(models.TextChoices):
    """Who may read what one voice said; chosen and shown before opening."""

    NOBODY = "nobody", _("Personne : le lien entre une réponse et qui l’a donnée est coupé à la fermeture")
    COORDINATION = "coordination", _("La coordination")
    TABLE = "table", _("Toute la table, après la fermeture")


class MoneyQuestion(models.TextChoices):
    NONE = "none", _("Pas de question sur l’argent")
    APPROVE = "approve", _("Cocher les demandes à financer")
    ALLOT = "allot", _("Répartir 100 points entre les demandes")


class Channel(models.TextChoices):
    """How an answer came."""

    LOGIN = "login", _("en ligne")
    LINK = "link", _("par lien personnel")
    PAPER = "paper", _("sur papier")


class CountKind(models.TextChoices):
    GRADES = "grades", _("Priorités")
    MONEY = "money", _("Argent")
    SHORT_LIST = "short_list", _("Courte liste")


GRADE_LABELS: dict[str, Any] = {
    "essential": _("Essentiel"),
    "important": _("Important"),
    "useful": _("Utile"),
    "minor": _("Peu utile"),
    "leave": _("À laisser"),
    "unknown": _("Je ne sais pas"),
}
BAND_LABELS: dict[str, Any] = {
    "first": _("À mener en premier"),
    "forward": _("À faire avancer"),
    "useful": _("Utile si les moyens le permettent"),
    "reconsider": _("À revoir"),
    "few": _("Trop peu d’avis pour conclure"),
}
CLOSENESS_LABELS: dict[str, Any] = {
    "agreed": _("Large accord"),
    "mixed": _("Avis partagés"),
    "divided": _("Désaccord"),
    "polarised": _("Deux camps"),
}
FAMILY_LABELS: dict[str, Any] = {
    "housing": _("Habitation"),
    "community": _("Communautaire et concertation"),
    "municipal": _("Municipal"),
    "public": _("Réseau public"),
    "citizens": _("Citoyennes, citoyens et locataires"),
    "other": _("Autres"),
}


# --- workshops ------------------------------------------------------------------------------------------------------


class WorkshopMode(models.TextChoices):
    """What an idea keeps of who wrote it; chosen before opening, shown to whoever takes part."""

    NAMED = "named", _("Avec le nom")
    ORGANISATION = "organisation", _("Avec l’organisme")
    NAMELESS = "nameless", _("Sans nom")


class WorkshopState(models.TextChoices):
    PREPARING = "preparing", _("En préparation")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Terminé")


class HatColour(models.TextChoices):
    """The six hats, in the order in which they are usually worn."""

    BLUE = "blue", _("Chapeau bleu")
    WHITE = "white", _("Chapeau blanc")
    RED = "red", _("Chapeau rouge")
    YELLOW = "yellow", _("Chapeau jaune")
    BLACK = "black", _("Chapeau noir")
    GREEN = "green", _("Chapeau vert")


HAT_SUBJECTS: dict[str, Any] = {
    HatColour.BLUE: _("La marche à suivre"),
    HatColour.WHITE: _("Les faits"),
    HatColour.RED: _("Ce que l’on ressent"),
    HatColour.YELLOW: _("Les avantages"),
    HatColour.BLACK: _("Les risques"),
    HatColour.GREEN: _("Les idées nouvelles"),
}
HAT_PROMPTS: dict[str, Any] = {
    HatColour.BLUE: _("Comment s’y prend-on? Que reste-t-il à décider?"),
    HatColour.WHITE: _("Que savons-nous? Quels chiffres, quels constats, que manque-t-il?"),
    HatColour.RED: _("Qu’est-ce que cela vous fait? Sans avoir à l’expliquer."),
    HatColour.YELLOW: _("Qu’y gagne-t-on? Pourquoi cela pourrait-il marcher?"),
    HatColour.BLACK: _("Qu’est-ce qui peut mal tourner? Qui risque d’y perdre?"),
    HatColour.GREEN: _("Que pourrait-on faire d’autre? Toutes les idées sont bonnes."),
}
MODE_NOTICES: dict[str, Any] = {
    WorkshopMode.NAMED: _("Votre nom accompagne chacune de vos idées, sur le mur et dans la synthèse."),
    WorkshopMode.ORGANISATION: _("Le nom de votre organisme accompagne vos idées; le vôtre n’est pas gardé."),
    WorkshopMode.NAMELESS: _("Rien n’est gardé de qui écrit : ni nom, ni organisme, ni heure."),
}


# --- reviews --------------------------------------------------------------------------------------------------------


class ReviewManner(models.TextChoices):
    TOGETHER = "together", _("Le comité de coordination, ensemble")
    PARTNERS = "partners", _("Chaque organisme partenaire")


class ReviewState(models.TextChoices):
    PREPARING = "preparing", _("En préparation")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Terminée")
    APPLIED = "applied", _("Appliquée à l’ébauche")


class ReviewVerdict(models.TextChoices):
    KEEP = "keep", _("Conserver")
    FIX = "fix", _("Corriger")
    STOP = "stop", _("Cesser")


# --- consent and adoption --------------------------------------------------------------------------------------------

CONSENT_SUBJECT_LABELS: dict[consent.Subject, Any] = {
    consent.Subject.AXIS: _("Axe du plan"),
    consent.Subject.REST: _("Éléments hors axe"),
    consent.Subject.BUDGET: _("Budget"),
    consent.Subject.FISCAL_AGENT: _("Fiduciaire"),
    consent.Subject.TEXT: _("Proposition"),
}
CONSENT_STATE_LABELS: dict[consent.RoundState, Any] = {
    consent.RoundState.PREPARED: _("À venir"),
    consent.RoundState.QUESTIONS: _("Questions de clarification"),
    consent.RoundState.REACTIONS: _("Réactions"),
    consent.RoundState.VOICES: _("Consentement ou objection"),
    consent.RoundState.INTEGRATION: _("Intégration des objections"),
    consent.RoundState.ADOPTED: _("Adoptée par consentement"),
    consent.RoundState.ADOPTED_OVER: _("Adoptée, avec objections non retenues"),
    consent.RoundState.NOT_ADOPTED: _("Non adoptée"),
}
CONSENT_MODE_LABELS: dict[consent.Mode, Any] = {
    consent.Mode.ROOM: _("En séance, une proposition à la fois"),
    consent.Mode.REMOTE: _("À distance, sur quelques jours"),
}
CONSENT_REACTION_LABELS: dict[consent.Reaction, Any] = {
    consent.Reaction.SUPPORT: _("J’appuie"),
    consent.Reaction.WONDER: _("Je m’interroge"),
    consent.Reaction.CONCERN: _("J’ai une préoccupation"),
}
CONSENT_VOICE_LABELS: dict[consent.Voice, Any] = {
    consent.Voice.CONSENT: _("Consent"),
    consent.Voice.RESERVED: _("Consent, sous réserve de son CA"),
    consent.Voice.OBJECTION: _("Objection"),
}
MANDATE_LABELS: dict[consent.Mandate, Any] = {
    consent.Mandate.NONE: "",
    consent.Mandate.PENDING: _("à confirmer par son CA"),
    consent.Mandate.CONFIRMED: _("confirmé par son CA"),
    consent.Mandate.DECLINED: _("refusé par son CA"),
}
CONSENT_WAY_LABELS: dict[consent.Way, Any] = {
    consent.Way.ACCOUNT: _("en ligne"),
    consent.Way.LINK: _("par lien personnel"),
    consent.Way.ALOUD: _("dit en séance, noté par l’animation"),
    consent.Way.TOUR: _("tour de table, noté par l’animation"),
}
PRESENCE_LABELS: dict[consent.Presence, Any] = {
    consent.Presence.UNKNOWN: _("Non précisée"),
    consent.Presence.PRESENT: _("Présent"),
    consent.Presence.EXCUSED: _("Excusé"),
    consent.Presence.ABSENT: _("Absent"),
}
OBJECTION_TARGET_LABELS: dict[consent.Target, Any] = {
    consent.Target.WHOLE: _("La proposition entière"),
    consent.Target.AXIS: _("L’axe"),
    consent.Target.ACTION: _("Une action"),
    consent.Target.BUDGET: _("Une ligne du budget"),
    consent.Target.FISCAL_AGENT: _("Le fiduciaire"),
}
OBJECTION_STATE_LABELS: dict[consent.ObjectionState, Any] = {
    consent.ObjectionState.RAISED: _("Soulevée"),
    consent.ObjectionState.CLARIFIED: _("Clarifiée"),
    consent.ObjectionState.INTEGRATED: _("Intégrée"),
    consent.ObjectionState.WITHDRAWN: _("Retirée"),
    consent.ObjectionState.NOT_RETAINED: _("Non retenue"),
}

PROCESS_LABELS: dict[adoption.Process, Any] = {
    adoption.Process.WORKSHOP: _("Atelier"),
    adoption.Process.REVIEW: _("Révision"),
    adoption.Process.PRIORITISATION: _("Priorisation"),
    adoption.Process.CONSENT: _("Séance de consentement"),
    adoption.Process.DEPOSIT: _("Dépôt"),
}
NOT_MINOR_LABELS: dict[adoption.NotMinor, Any] = {
    adoption.NotMinor.ADDED: _("un élément est ajouté"),
    adoption.NotMinor.REMOVED: _("un élément est retiré"),
    adoption.NotMinor.MOVED: _("un élément est déplacé"),
    adoption.NotMinor.AMOUNT: _("un montant change"),
    adoption.NotMinor.ORGANISATION: _("un organisme ou un comité change"),
    adoption.NotMinor.PERIOD: _("une période change"),
    adoption.NotMinor.NUMBER: _("un nombre change dans le texte"),
    adoption.NotMinor.OTHER: _("ce n’est pas seulement le texte qui change"),
}


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """The choices of a field from the labels of codes; the empty code is what ``blank`` says."""
    return [(code.value, label) for code, label in labels.items() if code.value]
