"""Where tenants live, the associations they form, and the assemblies they hold (P4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import AssemblyKind, Recognition
from concertoit.ground.core.models import TimeStamped


class Complex(TimeStamped):
    """An *ensemble immobilier* of the office: one or more buildings that people call by one name."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("nom"), max_length=160)
    street = models.CharField(_("adresse"), max_length=200, blank=True)
    dwellings = models.PositiveIntegerField(_("logements"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "name", "id"]
        verbose_name = _("ensemble immobilier")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="participation_complex_name",
                violation_error_message=_("Un ensemble porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TenantAssociation(TimeStamped):
    """A tenants' association (ADL): what it covers, how it was founded, whether the office recognises it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+")
    complexes = models.ManyToManyField(Complex, related_name="associations", blank=True)
    recognition = models.CharField(
        _("reconnaissance"), max_length=12, choices=Recognition.choices, default=Recognition.ASKED
    )
    recognised_on = models.DateField(_("reconnue le"), null=True, blank=True)
    founded_on = models.DateField(_("fondée le"), null=True, blank=True)
    all_invited = models.BooleanField(_("tous les locataires représentés ont été invités"), null=True, blank=True)
    office_witness = models.BooleanField(_("l’office y était comme témoin"), null=True, blank=True)
    founding_presence = models.PositiveIntegerField(_("locataires présents à la fondation"), null=True, blank=True)
    by_laws_on = models.DateField(_("règlements adoptés le"), null=True, blank=True)
    by_laws = models.TextField(_("ce que disent les règlements"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("association de locataires")
        verbose_name_plural = _("associations de locataires")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "organisation"],
                name="participation_association_once",
                violation_error_message=_("Cette association est déjà au registre."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class GrantYear(TimeStamped):
    """The grant of an association for a year: what was paid, what was used, for collective use only."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    association = models.ForeignKey(TenantAssociation, on_delete=models.CASCADE, related_name="grants")
    year = models.PositiveSmallIntegerField(_("année"))
    dwellings = models.PositiveIntegerField(_("logements comptés"))
    paid = models.DecimalField(_("subvention versée"), max_digits=10, decimal_places=2)
    used = models.DecimalField(_("somme utilisée"), max_digits=10, decimal_places=2, null=True, blank=True)
    use = models.TextField(_("à quoi elle a servi"), blank=True)

    class Meta:
        ordering = ["association_id", "-year"]
        verbose_name = _("subvention d’une année")
        indexes = [models.Index(fields=["space", "year"], name="participation_grant_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year"],
                name="participation_grant_once",
                violation_error_message=_("La subvention de cette année est déjà inscrite."),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class Assembly(TimeStamped):
    """An assembly: of one association, or (without association) of all the tenants of the office.

    Presence is a number; names are in the signed list, attached only where it is needed.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    association = models.ForeignKey(
        TenantAssociation, on_delete=models.CASCADE, related_name="assemblies", null=True, blank=True
    )
    kind = models.CharField(_("type"), max_length=10, choices=AssemblyKind.choices, default=AssemblyKind.YEARLY)
    on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    notice_on = models.DateField(_("avis de convocation envoyé le"), null=True, blank=True)
    agenda = models.TextField(_("ordre du jour"), blank=True)
    quorum = models.PositiveIntegerField(_("quorum prévu aux règlements"), null=True, blank=True)
    present = models.PositiveIntegerField(_("personnes présentes"), null=True, blank=True)
    accounts_adopted = models.BooleanField(_("états financiers adoptés"), null=True, blank=True)
    budget_adopted = models.BooleanField(_("budget adopté"), null=True, blank=True)
    by_laws_text = models.TextField(_("changement de règlements proposé"), blank=True)
    by_laws_for = models.PositiveIntegerField(_("voix pour le changement"), null=True, blank=True)
    minutes = models.TextField(_("procès-verbal"), blank=True)
    cancelled = models.BooleanField(_("annulée"), default=False)

    class Meta:
        ordering = ["space_id", "-on", "-id"]
        verbose_name = _("assemblée")
        indexes = [models.Index(fields=["space", "on"], name="participation_assembly_on")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @property
    def held(self) -> bool:
        """Whether it took place: somebody counted who was there."""
        return self.present is not None and not self.cancelled

    @property
    def has_quorum(self) -> bool | None:
        """Whether enough people were there; unknown without both numbers."""
        return None if self.present is None or self.quorum is None else self.present >= self.quorum
