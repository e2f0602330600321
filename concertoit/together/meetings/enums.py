"""Codes of meetings, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How a series comes back (``rules/recurrence.py`` computes the days)."""

    MONTHS = "months", _("Tous les mois, ou tous les N mois")
    WEEKS = "weeks", _("Toutes les semaines, ou toutes les N semaines")
    YEAR = "year", _("Un nombre de fois par année")
    FREE = "free", _("Aux dates que l’on choisit")


class MonthWeek(models.IntegerChoices):
    """Which weekday of the month."""

    FIRST = 1, _("premier")
    SECOND = 2, _("deuxième")
    THIRD = 3, _("troisième")
    FOURTH = 4, _("quatrième")
    LAST = 5, _("dernier")


class Weekday(models.IntegerChoices):
    """As ``date.weekday()`` counts."""

    MONDAY = 0, _("lundi")
    TUESDAY = 1, _("mardi")
    WEDNESDAY = 2, _("mercredi")
    THURSDAY = 3, _("jeudi")
    FRIDAY = 4, _("vendredi")
    SATURDAY = 5, _("samedi")
    SUNDAY = 6, _("dimanche")


class QuorumRule(models.TextChoices):
    """How many organisations must be there for the table to decide: a rule that each body gives itself."""

    NONE = "none", _("Pas de quorum")
    NUMBER = "number", _("Un nombre d’organismes")
    MAJORITY = "majority", _("Plus de la moitié des organismes convoqués")
    SHARE = "share", _("Un pourcentage des organismes convoqués")


class QuorumState(models.TextChoices):
    """What was recorded of the quorum."""

    UNKNOWN = "unknown", _("Pas encore constaté")
    REACHED = "reached", _("Quorum atteint")
    MISSED = "missed", _("Quorum non atteint")


class ItemKind(models.TextChoices):
    """What a point of an agenda is about; the first ones make the template of a series."""

    WELCOME = "welcome", _("Ouverture et tour de table")
    AGENDA = "agenda", _("Lecture de l’ordre du jour")
    MINUTES = "minutes", _("Procès-verbal de la dernière rencontre")
    FOLLOW_UPS = "follow_ups", _("Suites de la dernière rencontre")
    CARRIED = "carried", _("Points reportés")
    PLAN = "plan", _("Le plan, axe par axe")
    PROJECTS = "projects", _("Suivi de chaque projet")
    SUPPORT = "support", _("Demandes d’appui")
    LOCAL_NEWS = "local_news", _("Nouvelles des comités locaux")
    PARTNER_NEWS = "partner_news", _("Nouvelles des partenaires")
    CHANTIER_NEWS = "chantier_news", _("Nouvelles du chantier")
    TEXT = "text", _("Point libre")
    BREAK = "break", _("Pause")
    CLOSING = "closing", _("Prochaine rencontre et clôture")
    # what an agenda also holds, and a template does not
    AXIS = "axis", _("Axe du plan")
    ACTION = "action", _("Élément du plan")


# Kinds that people choose for a standing item; the two others come from the plan.
STANDING_KINDS = tuple(kind for kind in ItemKind if kind not in (ItemKind.AXIS, ItemKind.ACTION))


class MeetingState(models.TextChoices):
    PREPARED = "prepared", _("En préparation")
    CONVENED = "convened", _("Convoquée")
    OPEN = "open", _("En cours")
    CLOSED = "closed", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class ItemState(models.TextChoices):
    """Where a point of the agenda stands during and after the meeting."""

    TODO = "todo", _("À traiter")
    CURRENT = "current", _("En cours")
    DONE = "done", _("Traité")
    DEFERRED = "deferred", _("Reporté")


class Answer(models.TextChoices):
    """What somebody answers to an invitation (the PARTSTAT of RFC 5545)."""

    NONE = "none", _("Sans réponse")
    YES = "yes", _("Sera là")
    NO = "no", _("Ne pourra pas")
    TENTATIVE = "tentative", _("Peut-être")


class Presence(models.TextChoices):
    """What was noted at the meeting."""

    UNKNOWN = "unknown", _("Pas noté")
    PRESENT = "present", _("Présence")
    REPRESENTED = "represented", _("Représentation")
    EXCUSED = "excused", _("Absence motivée")
    ABSENT = "absent", _("Absence")


class OutcomeKind(models.TextChoices):
    """What a point leads to."""

    INFORMATION = "information", _("Information")
    DECISION = "decision", _("Décision")
    FOLLOW_UP = "follow_up", _("Suite à donner")


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Projet")
    SENT = "sent", _("Envoyé, à approuver")
    APPROVED = "approved", _("Approuvé")
    REPLACED = "replaced", _("Remplacé")
