"""Codes of support to households, with their French labels (I5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoteKind(models.TextChoices):
    """What an accompaniment note tells."""

    CALL = "call", _("Appel ou message")
    VISIT = "visit", _("Rencontre ou visite")
    PROCEDURE = "procedure", _("Aide à une démarche")
    PREVENTION = "prevention", _("Prévention : entretien, aération, nuisibles")
    RIGHTS = "rights", _("Droits et obligations expliqués")
    CORRECTION = "correction", _("Correction d’une note")


class PathStepKind(models.TextChoices):
    """The tenant's path, in the order it is usually walked; nobody must take every step."""

    VERBAL = "verbal", _("Entente verbale avec le propriétaire")
    LETTER = "letter", _("Lettre recommandée (mise en demeure)")
    INSPECTION = "inspection", _("Demande au service d’inspection")
    TRIBUNAL = "tribunal", _("Demande au Tribunal administratif du logement")


class RentAsk(models.TextChoices):
    """What a tenant may ask of the owner or of the tribunal."""

    WORKS = "works", _("Faire les travaux")
    REDUCTION = "reduction", _("Diminution de loyer")
    DEPOSIT = "deposit", _("Dépôt du loyer au greffe")
    DAMAGES = "damages", _("Dommages et intérêts")


class PathResult(models.TextChoices):
    """What came of a step."""

    DONE = "done", _("Travaux faits")
    PROMISED = "promised", _("Engagement avec une date")
    GRANTED = "granted", _("Demande accueillie")
    REFUSED = "refused", pgettext_lazy("démarche", "Refus")
    SILENT = "silent", _("Aucune réponse")
    DROPPED = "dropped", _("Abandonnée par le ménage")


class LetterKind(models.TextChoices):
    """To whom a letter is."""

    OWNER = "owner", _("Mise en demeure au propriétaire")
    INSPECTION = "inspection", _("Demande au service d’inspection")
    TRIBUNAL = "tribunal", _("Résumé pour le dossier du Tribunal")
    TENANT = "tenant", _("Lettre au ménage")


class VoidReason(models.TextChoices):
    """Why a letter that was produced does not count any more."""

    RETURNED = "returned", _("Revenue : adresse ou destinataire inexact")
    UNSENT = "unsent", _("Jamais envoyée")
    WRONG = "wrong", _("Contient une erreur")


class Audience(models.TextChoices):
    """Between whom a message passes."""

    PARTNERS = "partners", _("Équipe et partenaires qui ont accepté")
    TENANT = "tenant", _("Équipe et ménage")
