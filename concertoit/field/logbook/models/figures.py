"""Counts kept for years, months and days that are over, and reports that were published (S6): ADR 13."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import Sector
from concertoit.field.logbook.rules.tallies import Grain, Span
from concertoit.ground.core.models import TimeStamped

SPANS = [(span.value, span.value) for span in Span]
GRAINS = [(grain.value, grain.value) for grain in Grain]


class TallyPeriod(models.Model):
    """Whether the counts of a year, a month or a recent day may be read. ``touches`` grows with each correction; the
    counts are those of the moment when it was ``counted``: when the two differ, the period is read from entries until it
    is counted again.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    span = models.CharField(max_length=5, choices=SPANS)
    start = models.DateField()
    touches = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["space_id", "span", "start"]
        verbose_name = _("période comptée")
        constraints = [models.UniqueConstraint(fields=["space", "span", "start"], name="logbook_tally_period_once")]

    def __str__(self) -> str:
        return f"{self.span} {self.start}"


class Tally(models.Model):
    """Counts of a year, a month or a day, of a sector, at a grain: the whole, a MRC, a municipality, a worker in one.

    ``counts`` is ``rules.tallies.written``; the four numbers before it are what breakdowns add up.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    span = models.CharField(max_length=5, choices=SPANS)
    start = models.DateField()
    grain = models.CharField(max_length=5, choices=GRAINS)
    sector = models.CharField(max_length=10, choices=Sector.choices, blank=True)
    mrc_id_then = models.BigIntegerField(null=True)
    municipality_id_then = models.BigIntegerField(null=True)
    worker_id_then = models.BigIntegerField(null=True)
    interventions = models.PositiveIntegerField()
    collective = models.PositiveIntegerField()
    referred = models.PositiveIntegerField()
    referrals = models.PositiveIntegerField()
    counts = models.TextField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("comptes gardés")
        indexes = [models.Index(fields=["space", "grain", "span", "start"], name="logbook_tally_read")]

    def __str__(self) -> str:
        return f"{self.grain} {self.span} {self.start}"


class FiguresReport(TimeStamped):
    """Statistics that were published: masked, frozen, rendered from ``snapshot`` for ever."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=160)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    smallest = models.PositiveSmallIntegerField(_("plus petit compte montré"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("publié par")
    )
    published_at = models.DateTimeField(_("publié le"))
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = _("rapport de statistiques")
        constraints = [models.UniqueConstraint(fields=["space", "number"], name="logbook_figures_report_number")]
        indexes = [models.Index(fields=["space", "-published_at"], name="logbook_figures_report")]

    def __str__(self) -> str:
        return self.title
