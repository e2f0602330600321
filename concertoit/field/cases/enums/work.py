"""Codes of the work on a case: visits, orders, owners, closing, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitKind(models.TextChoices):
    """What a visit is for. A visit of accompaniment is read with the accompaniment track only."""

    OBSERVATION = "observation", _("Constater l’état du logement")
    WORKS = "works", _("Vérifier des travaux")
    SUPPORT = "support", _("Accompagner le ménage")


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visite", "Prévue")
    DONE = "done", pgettext_lazy("visite", "Faite")
    REFUSED = "refused", pgettext_lazy("visite", "Refusée par le ménage")
    NO_ANSWER = "no_answer", pgettext_lazy("visite", "Personne n’a répondu")
    CANCELLED = "cancelled", pgettext_lazy("visite", "Annulée")


class OrderKind(models.TextChoices):
    """What an authority or a partner writes to the owner, or of what it saw."""

    ORDER = "order", _("Ordonnance")
    NOTICE = "notice", _("Avis de correction")
    STATEMENT = "statement", _("Constat d’infraction")
    REPORT = "report", _("Rapport d’inspection")
    DECISION = "decision", _("Décision d’une autorité")


class OrderState(models.TextChoices):
    OPEN = "open", pgettext_lazy("ordonnance", "À respecter")
    COMPLIED = "complied", pgettext_lazy("ordonnance", "Respectée")
    NOT_COMPLIED = "not_complied", pgettext_lazy("ordonnance", "Non respectée")
    WITHDRAWN = "withdrawn", pgettext_lazy("ordonnance", "Retirée")


class OwnerKind(models.TextChoices):
    PERSON = "person", _("Personne")
    COMPANY = "company", _("Entreprise")
    ORGANISATION = "organisation", _("Office, coopérative ou OBNL")


class Partners(models.TextChoices):
    """Where a case stands with its partners, all together; kept on the case so that lists need not count."""

    NONE = "none", _("Aucun partenaire affecté")
    WAITING = "waiting", _("En attente d’un partenaire")
    WORKING = "working", _("Un partenaire au moins s’en occupe")
    REFUSED = "refused", _("Refusé par tous")
    DONE = "done", _("Les partenaires ont terminé")


class MoveKind(models.TextChoices):
    """What a line of the log of a case tells."""

    CASE = "case", _("dossier")
    ASSIGNMENT = "assignment", _("affectation")
    CLOCK = "clock", _("délai")
