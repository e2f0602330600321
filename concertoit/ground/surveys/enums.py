"""Codes of surveys with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Fermé")


class Identity(models.TextChoices):
    """Whom an answer names: chosen before opening, said to who answers."""

    NOBODY = "nobody", _("Sans nom : rien ne dit qui a répondu quoi")
    PERSON = "person", _("Au nom de chaque personne")
    ORGANISATION = "organisation", _("Au nom de chaque organisme : une réponse par organisme")


class Audience(models.TextChoices):
    """Who reads the results once there are some."""

    COORDINATION = "coordination", _("La coordination et le coco")
    EVERYBODY = "everybody", _("Tout le monde dans la démarche")


class QuestionKind(models.TextChoices):
    ONE = "one", _("Un choix")
    MANY = "many", _("Plusieurs choix")
    SCALE = "scale", _("Une échelle, de la première à la dernière ligne")
    NUMBER = "number", _("Un nombre")
    TEXT = "text", _("Un texte")


class Moment(models.TextChoices):
    """Which of two surveys that ask the same thing twice."""

    ALONE = "", _("Un seul sondage")
    BEFORE = "before", _("Avant")
    AFTER = "after", _("Après")


class Source(models.TextChoices):
    ACCOUNT = "account", _("avec un compte")
    LINK = "link", _("par lien personnel")
    OPEN = "open", _("par l’adresse ouverte")
    PAPER = "paper", _("sur papier")
