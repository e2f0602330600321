"""Services that organisations offer, as HSDS 3.0 says them, and which démarches show them.

What questions are asked of has columns here (``Provider``, ``Service``, terms); the rest of the standard (phones, places,
hours, areas, costs, documents…) is one table of parts, each with the columns of ``rules/hsds.py``: a page reads them in
one query, and the same phone may belong to a service, a place and a contact, as the standard allows.
"""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.directory.enums import Status
from concertoit.ground.core.models import TimeStamped


class Provider(TimeStamped):
    """What HSDS says of an organisation beside its name in the house (``identity.Organisation``)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    name = models.CharField(_("nom"), max_length=200)
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description en anglais"), blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    website = models.CharField(_("site Web"), max_length=500, blank=True)
    extra = models.JSONField(_("autres renseignements"), default=dict, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("organisme du répertoire")

    def __str__(self) -> str:
        return self.name


class Service(TimeStamped):
    """A service (HSDS ``service``). Retired, never deleted, once a referral points to it.

    ``confirmed_on`` is the day when its organisation last said that the record is right; ``changed_on`` when somebody
    last changed it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(_("nom"), max_length=200)
    name_en = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description en anglais"), blank=True)
    url = models.CharField(_("page Web"), max_length=500, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    status = models.CharField(_("état"), max_length=20, choices=Status.choices, default=Status.ACTIVE)
    application_process = models.TextField(_("comment le demander"), blank=True)
    application_process_en = models.TextField(_("comment le demander, en anglais"), blank=True)
    eligibility_description = models.TextField(_("à qui il s’adresse"), blank=True)
    eligibility_description_en = models.TextField(_("à qui il s’adresse, en anglais"), blank=True)
    minimum_age = models.FloatField(_("à partir de (ans)"), null=True, blank=True)
    maximum_age = models.FloatField(_("jusqu’à (ans)"), null=True, blank=True)
    fees_description = models.TextField(_("coût"), blank=True)
    wait_time = models.CharField(_("attente"), max_length=200, blank=True)
    alert = models.TextField(_("avis temporaire"), blank=True)
    alert_en = models.TextField(_("avis temporaire en anglais"), blank=True)
    open_on_holidays = models.BooleanField(_("ouvert les jours fériés"), default=False)
    extra = models.JSONField(_("autres renseignements"), default=dict, blank=True)
    is_public = models.BooleanField(
        pgettext_lazy("service", "public"),
        default=True,
        help_text=_("La fiche est offerte à tout le monde par l’interface ouverte (HSDS)."),
    )
    confirmed_on = models.DateField(_("confirmé par l’organisme le"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmé par"), max_length=160, blank=True)
    assurer_email = models.EmailField(_("courriel de qui confirme"), blank=True)
    changed_on = models.DateField(_("modifié le"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("remplacé par")
    )
    folded = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("service")
        indexes = [
            models.Index(fields=["organisation", "name"], name="directory_service_org"),
            models.Index(fields=["is_public", "retired_at"], name="directory_service_public"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """A service has the record of its organisation, made with the first one."""
        if self.provider_id is None:
            named = {"name": self.organisation.name, "alternate_name": self.organisation.short_name}
            self.provider, _new = Provider.objects.get_or_create(organisation=self.organisation, defaults=named)
        super().save(*args, **options)


class Listing(TimeStamped):
    """A démarche shows a service in its directory."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="listings")

    class Meta:
        ordering = ["space_id", "service_id"]
        verbose_name = _("service montré")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "service"],
                name="directory_listing_once",
                violation_error_message=_("Ce service est déjà au répertoire."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.service_id}"


class Part(TimeStamped):
    """A row of another table of HSDS (phone, schedule, address…): ``data`` has the columns of its table.

    ``provider`` is the organisation to which its links lead; ``service`` the service, when it is about one only.
    """

    kind = models.CharField(_("table"), max_length=30)
    uid = models.UUIDField(default=uuid.uuid4)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="parts")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="parts", null=True, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = _("renseignement d’une fiche")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "uid"],
                name="directory_part_once",
                violation_error_message=_("Ce renseignement existe déjà."),
            )
        ]
        indexes = [models.Index(fields=["service", "kind"], name="directory_part_service")]

    def __str__(self) -> str:
        return self.kind


class Taxonomy(TimeStamped):
    """A list of terms: ours (needs, clienteles) or one that an import brought."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = _("liste de termes")

    def __str__(self) -> str:
        return str(self.data.get("name", ""))


class TaxonomyTerm(TimeStamped):
    """A term of a list."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.PROTECT, related_name="terms", null=True, blank=True)
    code = models.CharField(_("code"), max_length=120, blank=True)
    name = models.CharField(_("nom"), max_length=200)
    name_en = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["taxonomy_id", "id"]
        verbose_name = _("terme")

    def __str__(self) -> str:
        return self.name


class Attribute(TimeStamped):
    """A term said of something: of a service most often, or of any part."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="attributes")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="attributes", null=True, blank=True)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = _("terme attribué")

    def __str__(self) -> str:
        return f"#{self.pk}"
