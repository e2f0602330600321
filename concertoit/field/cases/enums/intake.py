"""Codes of reports: what is told, where a report stands, why it is set aside."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Problem(models.TextChoices):
    """What a household says is wrong, in its own words: the observation grid says it precisely afterwards."""

    MOULD = "mould", _("Moisissures, humidité")
    WATER = "water", _("Infiltration ou dégât d’eau")
    COLD = "cold", _("Pas assez de chauffage")
    PESTS = "pests", _("Insectes, souris ou rats")
    WIRING = "wiring", _("Électricité dangereuse")
    GAS = "gas", _("Gaz, mazout ou monoxyde de carbone")
    PLUMBING = "plumbing", _("Plomberie, toilette, eau chaude")
    STRUCTURE = "structure", _("Plancher, balcon, escalier ou mur abîmé")
    EXIT = "exit", _("Sortie bloquée, alarme absente")
    DIRT = "dirt", _("Saleté ou déchets dans l’immeuble")
    LOCK = "lock", _("Porte, fenêtre ou serrure brisée")
    CROWDING = "crowding", _("Chambre sans fenêtre ou logement trop petit")
    OTHER = "other", pgettext_lazy("problème", "Autre chose")


class Danger(models.TextChoices):
    """What cannot wait. The page shows 911 and 811 first: the software is not an emergency line."""

    SMELL = "smell", _("Odeur de gaz, ou l’alarme de monoxyde de carbone sonne")
    SPARKS = "sparks", _("Étincelles, prises chaudes, odeur de brûlé")
    FALLING = "falling", _("Quelque chose s’effondre ou peut tomber")
    NO_HEAT = "no_heat", _("Aucun chauffage et il gèle")
    TRAPPED = "trapped", _("On ne peut pas sortir en cas de feu")
    ILL = "ill", _("Quelqu’un est malade à cause du logement")
    THREAT = "threat", _("Menaces ou coupure de service par le propriétaire")


class ReportState(models.TextChoices):
    """Where a report stands: what was done with it."""

    NEW = "new", pgettext_lazy("signalement", "À regarder")
    OPENED = "opened", _("Un dossier a été ouvert")
    ATTACHED = "attached", _("Joint à un dossier")
    SET_ASIDE = "set_aside", _("Mis de côté")


class SetAside(models.TextChoices):
    """Why no case follows a report."""

    ELSEWHERE = "elsewhere", _("Hors du territoire")
    NOT_OURS = "not_ours", _("Ne relève pas de l’équipe, personne référée ailleurs")
    TWICE = "twice", _("Le même signalement est déjà là")
    UNCLEAR = "unclear", _("On ne peut pas savoir où ni quoi, et personne à joindre")
    WITHDRAWN = "withdrawn", _("Retiré par la personne")
    NOT_REAL = "not_real", _("Essai ou abus")


class WordKind(models.TextChoices):
    """What is said about a report after it was sent."""

    ADDITION = "addition", _("Précision de la personne")
    QUESTION = "question", _("Question de l’équipe")
    ANSWER = "answer", _("Réponse de la personne")
    CORRECTION = "correction", _("Correction demandée")


class ListState(models.TextChoices):
    """Where the import of a list stands."""

    READ = "read", pgettext_lazy("liste", "À confirmer")
    CONFIRMED = "confirmed", pgettext_lazy("liste", "Importée")
    DISCARDED = "discarded", pgettext_lazy("liste", "Abandonnée")


class LookReason(models.TextChoices):
    """Why somebody opens the identity of a household."""

    REACH = "reach", _("Joindre le ménage")
    VISIT = "visit", _("Préparer une visite")
    LETTER = "letter", _("Écrire une lettre avec le ménage")
    SUPPORT = "support", _("Accompagner le ménage")
    CHECK = "check", _("Corriger ou compléter la fiche")
    REQUEST = "request", _("Répondre à une demande d’accès de la personne")
