"""Where community support is given, who gives it, and what they did (S4, S5). Without names by default."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import CollectiveObject, EntryKind, Sector
from concertoit.ground.core.models import TimeStamped


class Site(TimeStamped):
    """A building, or an ensemble that people call by one name, where support is given."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("nom"), max_length=120)
    building = models.ForeignKey("places.Building", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, related_name="+", verbose_name=_("municipalité")
    )
    provider = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("propriétaire"),
    )  # fmt: skip
    sector = models.CharField(_("secteur"), max_length=10, choices=Sector.choices)
    dwellings = models.PositiveIntegerField(_("logements"), null=True, blank=True)
    closed_on = models.DateField(_("n’est plus desservi depuis le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "name", "id"]
        verbose_name = _("immeuble desservi")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="logbook_site_name",
                violation_error_message=_("Un immeuble desservi porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Team(TimeStamped):
    """Workers who share a lead: those of one employer, or of one sector."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        ordering = ["space_id", "name", "id"]
        verbose_name = _("équipe")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="logbook_team_name",
                violation_error_message=_("Une équipe porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Worker(TimeStamped):
    """A community support worker (S4): employer, time, roles, buildings served."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField("spaces.Membership", on_delete=models.CASCADE, related_name="+")
    full_time = models.BooleanField(_("à temps complet"), default=True)
    hours = models.DecimalField(_("heures par semaine"), max_digits=4, decimal_places=1, null=True, blank=True)
    within_other_job = models.BooleanField(_("dans le cadre d’un autre emploi"), default=False)
    roles = models.JSONField(_("rôles"), default=list, blank=True)  # animate, organise, bridge
    sites = models.ManyToManyField(Site, related_name="+", blank=True, verbose_name=_("immeubles desservis"))

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("intervenante ou intervenant")

    def __str__(self) -> str:
        return f"#{self.membership_id}"


class TeamSeat(TimeStamped):
    """A worker in a team between two dates. The lead reads what was entered for days inside those dates."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="seats")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="seats")
    is_lead = models.BooleanField(_("responsable de l’équipe"), default=False)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["team_id", "-is_lead", "starts_on", "id"]
        verbose_name = _("place dans une équipe")
        indexes = [models.Index(fields=["worker", "starts_on"], name="logbook_seat_worker")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Entry(TimeStamped):
    """An intervention. ``client_id`` is made on the phone: sent twice, it is one entry.

    Sector and territory are copied at the date, so that a building sold or merged later changes no published figure.
    Masks hold the terms of ``edition`` by their bit. ``people`` is a count, never turned into persons.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", verbose_name=_("par"))
    on = models.DateField(_("date"))
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("immeuble"))
    sector = models.CharField(_("secteur"), max_length=10, choices=Sector.choices)
    municipality_id_then = models.BigIntegerField(editable=False)
    mrc_id_then = models.BigIntegerField(null=True, editable=False)
    edition = models.ForeignKey("logbook.Edition", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("forme"), max_length=10, choices=EntryKind.choices)
    collective_object = models.CharField(
        _("ce qui est soutenu"), max_length=12, choices=CollectiveObject.choices, blank=True
    )
    clientele_mask = models.BigIntegerField(default=0)
    activity_mask = models.BigIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("personnes présentes"), null=True, blank=True)
    referred = models.BooleanField(_("au moins une référence"), default=False)
    note = models.CharField(
        _("note"), max_length=280, blank=True, help_text=_("Sans nom ni détail qui ferait reconnaître quelqu’un.")
    )
    deleted_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    brought = models.ForeignKey(
        "logbook.EntryImport", on_delete=models.SET_NULL, related_name="+", null=True, blank=True, editable=False,
        verbose_name=_("apportée par un tableau"),
    )  # fmt: skip

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("intervention")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "client_id"],
                name="logbook_entry_once",
                violation_error_message=_("Cette intervention est déjà inscrite."),
            )
        ]
        indexes = [
            models.Index(fields=["space", "on"], name="logbook_entry_day"),
            models.Index(fields=["space", "worker", "-on"], name="logbook_entry_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.on} · {self.site_id}"
