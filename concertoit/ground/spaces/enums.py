"""Codes of démarches, bodies and memberships, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpaceKind(models.TextChoices):
    CHANTIER = "chantier", _("Chantier régional")
    TABLE = "table", _("Table de concertation")
    COALITION = "coalition", _("Coalition")
    LOCAL_COMMITTEE = "local_committee", _("Comité local")
    PROJECT = "project", _("Projet concerté")
    OFFICE = "office", _("Office d’habitation")


class BodyKind(models.TextChoices):
    COORDINATION = "coordination", _("Comité de coordination")
    PLENARY = "plenary", _("Plénière")
    AUTHORITY = "authority", _("Instance décisionnelle")
    OTHER = "other", _("Autre instance")


class CommitteeState(models.TextChoices):
    TO_FORM = "to_form", _("À former")
    ACTIVE = "active", _("Actif")
    CLOSED = "closed", _("Terminé")


class Role(models.TextChoices):
    """What a member may do in the démarche (see ``policies.py``)."""

    COORDINATION = "coordination", _("Coordination")
    COCO = "coco", _("Membre du comité de coordination")
    PARTNER = "partner", _("Partenaire")
    CONTRIBUTOR = "contributor", _("Contribution pour un organisme")
    OBSERVER = "observer", _("Observation")
    FUNDER = "funder", _("Bailleur de fonds")
    # Those who act in the field. What they see of people is decided object by object, in the rooms of the field.
    LIAISON = "liaison", _("Agente ou agent de liaison")
    WORKER = "worker", _("Équipe terrain")
    RESPONDER = "responder", _("Partenaire d’intervention")


class Tool(models.TextChoices):
    """What a démarche works with: entries of the rail, public forms. The pages themselves stay where they are."""

    CASES = "cases", _("Dossiers d’insalubrité")
    LOGBOOK = "logbook", _("Journal de bord du soutien communautaire")
    DIRECTORY = "directory", _("Répertoire des ressources et références")
    TENANTS = "tenants", _("Participation des locataires")
    MEDIATION = "mediation", _("Médiation par les pairs")
    SMALL_WORKS = "small_works", _("Menus travaux")


class Capacity(models.TextChoices):
    """In what capacity a person takes part (seed 000 names elected officials, citizens, municipal staff)."""

    ELECTED = "elected", _("Personne élue")
    MUNICIPAL_STAFF = "municipal_staff", _("Personnel municipal")
    CITIZEN = "citizen", _("Citoyenne ou citoyen")
    ORGANISATION = "organisation", _("Organisme")
    TENANT = "tenant", _("Locataire")
    HEALTH = "health", _("Réseau de la santé")
    GOVERNMENT = "government", _("Gouvernement")
    COORDINATION = "coordination", _("Coordination")
    RESEARCH = "research", pgettext_lazy("milieu", "Recherche")
    # The committees of community support count tenants, managers, directors and workers (seed 002).
    MANAGER = "manager", _("Gestionnaire")
    DIRECTOR = "director", _("Administratrice ou administrateur")
    WORKER = "worker", _("Intervenante ou intervenant")
