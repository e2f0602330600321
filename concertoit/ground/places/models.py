"""Territory: regions, MRC, municipalities with the official codes of the ministry (text: codes keep their zeros)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
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


class Building(TimeStamped):
    """A building of a street: one row for one building, whatever the ways of writing its address.

    It is a fact of the territory, shared by démarches; who lives there, and what was reported, belongs to rooms.
    ``dwellings`` unknown is empty, never zero.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipalité")
    )
    low = models.PositiveIntegerField(_("numéro"))
    high = models.PositiveIntegerField(_("jusqu’au numéro"))
    suffix = models.CharField(_("suffixe"), max_length=2, blank=True)
    street = models.CharField(_("voie"), max_length=120)
    postal_code = models.CharField(_("code postal"), max_length=7, blank=True)
    dwellings = models.PositiveIntegerField(_("nombre de logements"), null=True, blank=True)
    year_built = models.PositiveSmallIntegerField(_("année de construction"), null=True, blank=True)
    storeys = models.PositiveSmallIntegerField(_("étages"), null=True, blank=True)

    class Meta:
        ordering = ["municipality_id", "street", "low", "id"]
        verbose_name = _("immeuble")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(high__gte=models.F("low")),
                name="places_building_numbers",
                violation_error_message=_("Le dernier numéro vient après le premier."),
            )
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The address without the town."""
        return rules.address_line(self.low, self.high, self.suffix, self.street)


class Door(models.Model):
    """A civic number of a building. Its constraint is what keeps one address from having two buildings."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="doors")
    street_key = models.CharField(max_length=120)
    number = models.PositiveIntegerField(_("numéro"))
    suffix = models.CharField(_("suffixe"), max_length=2, blank=True)

    class Meta:
        ordering = ["building_id", "number", "suffix"]
        verbose_name = _("numéro civique")
        # An address is looked for by its number first; people write only part of the street.
        indexes = [models.Index(fields=["number", "street_key"], name="places_door_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "street_key", "number", "suffix"],
                name="places_door_once",
                violation_error_message=_("Un immeuble porte déjà cette adresse."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}{self.suffix}"


class Dwelling(TimeStamped):
    """A dwelling of a building, known by its number or by where it is (« sous-sol »)."""

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="homes")
    unit = models.CharField(_("logement"), max_length=20)
    unit_key = models.CharField(max_length=20, editable=False)

    class Meta:
        ordering = ["building_id", "unit_key", "id"]
        verbose_name = _("logement")
        constraints = [
            models.UniqueConstraint(
                fields=["building", "unit_key"],
                name="places_dwelling_once",
                violation_error_message=_("Ce logement existe déjà dans l’immeuble."),
            )
        ]

    def __str__(self) -> str:
        return self.unit

    @property
    def named(self) -> str:
        """« app. 5 », or the words of where it is."""
        return unit_named(self.unit)


def unit_named(unit: str) -> str:
    """A dwelling as an address says it: « app. 5 », « sous-sol »; nothing for none."""
    return gettext("app. %(unit)s") % {"unit": unit} if rules.is_numbered(unit) else unit
