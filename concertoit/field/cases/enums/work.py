"""Codes of the work on a case: visits, orders, owners, closing, with their French labels."""

from typing import Any

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

    NONE = "none", pgettext_lazy("partenaires", "Aucun")
    WAITING = "waiting", pgettext_lazy("partenaires", "En attente")
    WORKING = "working", pgettext_lazy("partenaires", "Au travail")
    REFUSED = "refused", _("Refusé par tous")
    DONE = "done", pgettext_lazy("partenaires", "Terminé")


class MoveKind(models.TextChoices):
    """What a line of the log of a case tells."""

    CASE = "case", _("dossier")
    ASSIGNMENT = "assignment", _("affectation")
    CLOCK = "clock", _("délai")


CLOCK_LABELS: dict[str, Any] = {
    "first_action": _("Premier geste"),
    "investigate": _("Visite et constat"),
    "summary": _("Sommaire écrit"),
    "make_safe": _("Mise en sécurité"),
    "works": _("Travaux"),
    "assignment": _("Réponse ou échéance d’un partenaire"),
    "order": _("Ordonnance ou avis à respecter"),
}
DUE_LABELS: dict[str, Any] = {
    "met": _("Dans les délais"),
    "met_late": _("Fait en retard"),
    "late": _("Délai passé"),
    "soon": _("Bientôt"),
    "running": _("En cours"),
    "foreseen": _("À prévoir"),
    "paused": _("En pause"),
    "not_needed": _("Non requis"),
    "stopped": _("Arrêté à la fermeture"),
}
PARAMETER_LABELS: dict[str, Any] = {
    "clock.first_action": _("Urgence : premier geste"),
    "clock.investigate": _("Visiter et constater"),
    "clock.summary": _("Écrire le sommaire après le constat"),
    "clock.make_safe": _("Mettre en sécurité après le constat"),
    "clock.works": _("Travaux préventifs après le constat"),
    "partner.answer": _("Réponse d’un partenaire"),
    "partner.remind": _("Rappel au partenaire avant la date de réponse"),
    "partner.escalate": _("Avis à l’agente ou l’agent de liaison après la date de réponse"),
    "partner.link": _("Validité d’un lien personnel de partenaire"),
    "path.letter": _("Réponse du propriétaire à la lettre recommandée"),
    "home.silent": _("Dossier sans nouvelles"),
}
UNIT_LABELS: dict[str, Any] = {
    "hours": _("heures"),
    "working_days": _("jours ouvrables"),
    "weeks": _("semaines"),
    "days": _("jours"),
}
INTEGRATION_LABELS: dict[str, Any] = {
    "confidentiality": _("Engagement de confidentialité signé"),
    "grid_training": _("Formation à la grille d’observation"),
    "rights_training": _("Formation aux droits et obligations des locataires"),
    "met_permits": _("Rencontre du service des permis et de l’inspection (DAU)"),
    "met_health": _("Rencontre de l’équipe du CISSS"),
    "met_community": _("Rencontre des comités logement et organismes du milieu"),
    "safety": _("Sécurité en visite : consignes et matériel"),
    "first_visit": _("Première visite en duo"),
    "alone": _("Visite en autonomie"),
}
# What a line of the log says, for the states that are not those of a case or of an assignment.
MOVE_LABELS: dict[str, Any] = {
    "followed": _("Suivi confié"),
    "unfollowed": _("Suivi retiré"),
    "paused": _("Délais en pause"),
    "resumed": _("Délais repris"),
    "confirmed": _("Le ménage confirme que c’est réglé"),
    "standard": _("Délais habituels"),
    "emergency": _("Délais d’urgence"),
}
