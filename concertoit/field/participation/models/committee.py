"""The residents' consultative committee (CCR): who sits, from where, until when, and the advice it gives (P1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import AdviceSense, AdviceSubject, Followed, Leaving, SeatOrigin
from concertoit.field.participation.models.associations import Assembly, Complex, TenantAssociation
from concertoit.ground.core.models import TimeStamped


class ParameterValue(TimeStamped):
    """A value that a démarche gives to a parameter, from a day on, with its source (``rules.parameters``)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(_("paramètre"), max_length=60)
    value = models.CharField(_("valeur"), max_length=40)
    since = models.DateField(_("en vigueur depuis le"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["space_id", "code", "since"]
        verbose_name = _("paramètre de la démarche")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "code", "since"],
                name="participation_parameter_day",
                violation_error_message=_("Ce paramètre a déjà une valeur à cette date."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class ResidentsCommittee(TimeStamped):
    """The committee itself. ``body`` is the governing body of the démarche whose meetings are its meetings."""

    space = models.OneToOneField("spaces.Space", on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey("spaces.GoverningBody", on_delete=models.PROTECT, related_name="+", null=True)
    created_by_office_on = models.DateField(_("créé par l’office le"), null=True, blank=True)
    board_size = models.PositiveSmallIntegerField(_("membres du conseil d’administration"), null=True, blank=True)

    class Meta:
        ordering = ["space_id"]
        verbose_name = _("comité consultatif des résidants")

    def __str__(self) -> str:
        return str(_("Comité consultatif des résidants"))


class Mandate(TimeStamped):
    """A seat on the committee, with its origin and its term. Who left stays written, with why."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    committee = models.ForeignKey(ResidentsCommittee, on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("origine"), max_length=12, choices=SeatOrigin.choices)
    association = models.ForeignKey(
        TenantAssociation, on_delete=models.PROTECT, related_name="mandates", null=True, blank=True
    )
    complex = models.ForeignKey(Complex, on_delete=models.PROTECT, related_name="mandates", null=True, blank=True)
    starts_on = models.DateField(_("début du mandat"))
    ends_on = models.DateField(_("fin du mandat"))
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replacements", null=True, blank=True)
    left_on = models.DateField(_("parti le"), null=True, blank=True)
    left_why = models.CharField(_("raison du départ"), max_length=10, choices=Leaving.choices, blank=True)
    left_by = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["committee_id", "starts_on", "id"]
        verbose_name = _("mandat")
        indexes = [models.Index(fields=["space", "ends_on"], name="participation_mandate_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="participation_mandate_order",
                violation_error_message=_("La fin du mandat suit son début."),
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True, left_why="")
                | (models.Q(left_on__isnull=False) & ~models.Q(left_why="")),
                name="participation_mandate_left",
                violation_error_message=_("Dites quand et pourquoi la personne est partie."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class AdviceRequest(TimeStamped):
    """What the office asks of the committee, what the committee answers, what the office does of it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    committee = models.ForeignKey(ResidentsCommittee, on_delete=models.CASCADE, related_name="requests")
    subject = models.CharField(_("sujet"), max_length=10, choices=AdviceSubject.choices)
    title = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("ce que l’office soumet"), blank=True)
    asked_on = models.DateField(_("soumis au comité le"))
    decides_on = models.DateField(_("décision prévue le"), null=True, blank=True)
    advice_on = models.DateField(_("avis rendu le"), null=True, blank=True)
    sense = models.CharField(_("sens de l’avis"), max_length=12, choices=AdviceSense.choices, blank=True)
    advice = models.TextField(_("avis du comité"), blank=True)
    followed_on = models.DateField(_("suite donnée le"), null=True, blank=True)
    followed = models.CharField(_("suite"), max_length=4, choices=Followed.choices, blank=True)
    answer = models.TextField(_("ce que l’office a fait de l’avis"), blank=True)

    class Meta:
        ordering = ["space_id", "-asked_on", "-id"]
        verbose_name = _("demande d’avis")
        verbose_name_plural = _("demandes d’avis")
        indexes = [models.Index(fields=["space", "asked_on"], name="participation_advice_on")]

    def __str__(self) -> str:
        return self.title
