"""Territory: regions, MRC, municipalities with the official codes of the ministry (text: codes keep their zeros)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.places import rules


class Region(models.Model):
    """One of the 17 administrative regions."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("nom"), max_length=100)
    boundary = models.JSONField(_("contour"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("région")

    def __str__(self) -> str:
        return self.name


class Mrc(models.Model):
    """A regional county municipality or equivalent territory (104)."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("nom"), max_length=100)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    boundary = models.JSONField(_("contour"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("MRC")
        verbose_name_plural = _("MRC")

    def __str__(self) -> str:
        return self.name

    @property
    def directory_code(self) -> str:
        """The three-digit code of the municipal directory, by which the tile map knows its tiles."""
        return rules.mamh_code(self.code)


class Municipality(models.Model):
    """A municipality of the official directory."""

    code = models.CharField(
        _("code géographique"), max_length=5, unique=True, validators=[RegexValidator(r"^\d{5}$", _("Cinq chiffres."))]
    )
    name = models.CharField(_("nom"), max_length=120)
    designation = models.CharField(_("désignation"), max_length=60, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    mrc = models.ForeignKey(
        Mrc, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("MRC")
    )
    postal_code = models.CharField(_("code postal"), max_length=7, blank=True)
    population = models.PositiveIntegerField(_("population décrétée"), null=True, blank=True)
    dwellings = models.PositiveIntegerField(_("logements privés"), null=True, blank=True)
    website = models.URLField(_("site Web"), blank=True)

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("municipalité")
        indexes = [models.Index(fields=["mrc", "name"], name="places_mun_mrc")]

    def __str__(self) -> str:
        return self.name
