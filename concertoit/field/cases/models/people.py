"""The household, and who its people are: names apart from the case, under their own permission, each look logged (X2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums import HouseholdRole
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason
from concertoit.ground.core.models import TimeStamped
from concertoit.ground.privacy.enums import Means


class Household(TimeStamped):
    """Those who live in a dwelling, without a name: what a visit must know before knocking."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    # Empty while the address of a report cannot be read.
    building = models.ForeignKey("places.Building", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dwelling = models.ForeignKey("places.Dwelling", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    adults = models.PositiveSmallIntegerField(_("adultes"), null=True, blank=True)
    children = models.PositiveSmallIntegerField(_("enfants de moins de 14 ans"), null=True, blank=True)
    youths = models.PositiveSmallIntegerField(_("jeunes de 14 à 17 ans"), null=True, blank=True)
    language = models.CharField(_("langue parlée"), max_length=40, blank=True)
    access_note = models.CharField(_("pour entrer"), max_length=200, blank=True)
    anonymised_at = models.DateTimeField(_("rendu anonyme le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("ménage")
        indexes = [models.Index(fields=["space", "building"], name="cases_household_place")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class HouseholdPerson(TimeStamped):
    """Who somebody of a household is. The only table of the room with names; read through ``queries.people`` only."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(_("rôle"), max_length=10, choices=HouseholdRole.choices)
    given_name = models.CharField(_("prénom"), max_length=80, blank=True)
    family_name = models.CharField(_("nom"), max_length=80, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    reach = models.CharField(_("quand et comment joindre"), max_length=200, blank=True)
    # Someone under 14 speaks through the person who holds parental authority or the tutor (Loi sur l’accès, art. 53.1;
    # Loi sur le secteur privé, art. 4.1).
    represented_by = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["household_id", "id"]
        verbose_name = _("personne du ménage")
        indexes = [models.Index(fields=["space", "household"], name="cases_person_household")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class IdentityLook(models.Model):
    """Somebody opened the identity of a household: who, when, for what. Never edited."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField(_("le"))
    why = models.CharField(pgettext_lazy("consultation", "pour"), max_length=12, choices=LookReason.choices)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("consultation d’une identité")
        indexes = [models.Index(fields=["space", "household", "-at"], name="cases_look_household")]

    def __str__(self) -> str:
        return f"#{self.household_id} {self.at:%Y-%m-%d}"


class HouseholdConsent(TimeStamped):
    """A person of the household agreed to one purpose, having read or heard one version of a text; they may withdraw."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    # Who agrees; for someone under 14, the adult who holds parental authority.
    person = models.ForeignKey(HouseholdPerson, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    purpose = models.CharField(pgettext_lazy("but", "fin"), max_length=20, choices=ConsentPurpose.choices)
    text_version = models.CharField(_("version du texte"), max_length=60)
    means = models.CharField(_("donné par"), max_length=10, choices=Means.choices)
    given_at = models.DateTimeField(_("donné le"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        verbose_name = _("consentement du ménage")
        indexes = [models.Index(fields=["household", "purpose"], name="cases_consent_purpose")]

    def __str__(self) -> str:
        return f"#{self.household_id} {self.purpose}"
