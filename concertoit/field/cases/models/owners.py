"""Who owns a building. A person who owns is personal data: declared, reached for the building's condition only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums.work import OwnerKind
from concertoit.ground.core.models import TimeStamped


class Owner(TimeStamped):
    """Somebody, a company or an organisation that owns buildings of the démarche's cases."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("nature"), max_length=12, choices=OwnerKind.choices)
    name = models.CharField(_("nom"), max_length=160)
    contact_name = models.CharField(_("personne à joindre"), max_length=160, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    address = models.CharField(_("adresse de correspondance"), max_length=200, blank=True)
    reachable = models.BooleanField(_("on réussit à joindre le propriétaire"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("propriétaire")
        indexes = [models.Index(fields=["space", "name"], name="cases_owner_name")]

    def __str__(self) -> str:
        return self.name


class Ownership(TimeStamped):
    """An owner of a building between two dates, as somebody of the team read it at the roll or was told."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="buildings")
    building = models.ForeignKey("places.Building", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("depuis le"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("d’après"), max_length=160, blank=True)

    class Meta:
        ordering = ["building_id", "-since", "id"]
        verbose_name = _("propriété d’un immeuble")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "owner", "building"],
                name="cases_ownership_once",
                violation_error_message=_("Ce propriétaire est déjà inscrit pour cet immeuble."),
            )
        ]
        indexes = [models.Index(fields=["space", "building"], name="cases_ownership_building")]

    def __str__(self) -> str:
        return f"#{self.owner_id} → #{self.building_id}"
