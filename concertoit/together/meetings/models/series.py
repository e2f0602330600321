"""Series of meetings: who meets, at what rhythm, and the template that each meeting copies."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.enums import ItemKind, MonthWeek, QuorumRule, Rhythm, Weekday

# A plenary or a coordination committee of seed 000 sits for 2 h 30.
USUAL_MINUTES = 150


class Series(TimeStamped):
    """The meetings of a governing body or of a committee. The rhythm is data: ``rules/recurrence.py`` makes days of it.

    ``interval`` counts months or weeks; ``per_year`` counts meetings, held in ``months`` when these are chosen (1 to 12).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(
        "spaces.GoverningBody",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("instance"),
    )
    committee = models.ForeignKey(
        "spaces.Committee",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("comité"),
    )
    name = models.CharField(_("nom"), max_length=160)
    rhythm = models.CharField(_("rythme"), max_length=10, choices=Rhythm.choices, default=Rhythm.MONTHS)
    interval = models.PositiveSmallIntegerField(_("tous les"), default=1)
    per_year = models.PositiveSmallIntegerField(_("fois par année"), null=True, blank=True)
    months = models.JSONField(_("mois"), default=list, blank=True)
    month_week = models.PositiveSmallIntegerField(
        _("semaine du mois"), choices=MonthWeek.choices, default=MonthWeek.SECOND
    )
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday.choices, default=Weekday.TUESDAY)
    starts_on = models.DateField(_("à partir du"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    time = models.TimeField(_("heure"))
    length_minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), default=USUAL_MINUTES)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    video_url = models.URLField(_("lien vidéo"), max_length=500, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("convoquer combien de jours avant"), default=14)
    quorum_rule = models.CharField(_("quorum"), max_length=10, choices=QuorumRule.choices, default=QuorumRule.NONE)
    quorum_number = models.PositiveSmallIntegerField(_("nombre, ou pourcentage"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "name", "id"]
        verbose_name = _("série de rencontres")
        indexes = [models.Index(fields=["space", "ended_at"], name="meetings_series_space")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(body__isnull=True) ^ models.Q(committee__isnull=True),
                name="meetings_series_one_place",
                violation_error_message=_("Une série est celle d’une instance ou d’un comité."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="meetings_series_dates",
                violation_error_message=_("La fin doit suivre le début."),
            ),
            models.CheckConstraint(
                condition=models.Q(length_minutes__gt=0),
                name="meetings_series_length",
                violation_error_message=_("Une rencontre dure au moins une minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_of(self) -> Any:
        """The body or the committee that meets."""
        return self.body or self.committee


class StandingItem(TimeStamped):
    """A point that comes back at each meeting of a series (*point statutaire*)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="standing")
    kind = models.CharField(_("sorte"), max_length=20, choices=ItemKind.choices, default=ItemKind.TEXT)
    title = models.CharField(_("titre"), max_length=300)
    note = models.TextField(_("précisions"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["series_id", "position", "id"]
        verbose_name = _("point statutaire")

    def __str__(self) -> str:
        return self.title
