"""Peer mediation: tenants who were trained help neighbours to talk (S12).

Who the parties are is in its own table; what they agreed is in another, read by the two who mediated and by nobody else.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import (
    ConsentAnswer,
    FollowUpAnswer,
    MediationChannel,
    MediationOutcome,
    MediationState,
    MediationSubject,
    PartyRole,
    SessionKind,
)
from concertoit.field.participation.models.associations import Complex
from concertoit.ground.core.models import TimeStamped


class Mediator(TimeStamped):
    """A tenant who was trained, where they live, and where they do not mediate."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("courriel où cette personne reçoit ses liens"), blank=True)
    trained_on = models.DateField(_("formation suivie le"), null=True, blank=True)
    training = models.CharField(_("formation"), max_length=160, blank=True)
    languages = models.CharField(_("langues"), max_length=120, blank=True)
    home = models.ForeignKey(Complex, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    not_in = models.ManyToManyField(Complex, related_name="+", blank=True)
    availability = models.CharField(_("disponibilités"), max_length=200, blank=True)
    ended_on = models.DateField(_("ne fait plus de médiation depuis le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("médiatrice ou médiateur")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="participation_mediator_once",
                violation_error_message=_("Cette personne est déjà inscrite."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class MediationRequest(TimeStamped):
    """A request: what it is about and where it stands, without who nor what was said."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    number = models.CharField(_("numéro"), max_length=12)
    received_on = models.DateField(_("reçue le"))
    channel = models.CharField(_("arrivée"), max_length=10, choices=MediationChannel.choices)
    subject = models.CharField(_("sujet"), max_length=12, choices=MediationSubject.choices)
    language = models.CharField(_("langue souhaitée"), max_length=40, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=MediationState.choices, default=MediationState.NEW)
    outcome = models.CharField(_("issue"), max_length=12, choices=MediationOutcome.choices, blank=True)
    closed_on = models.DateField(_("terminée le"), null=True, blank=True)
    follow_up_by = models.DateField(_("suivi à faire le"), null=True, blank=True)
    follow_up_on = models.DateField(_("suivi fait le"), null=True, blank=True)
    follow_up = models.CharField(_("au suivi"), max_length=8, choices=FollowUpAnswer.choices, blank=True)

    class Meta:
        ordering = ["space_id", "-received_on", "-id"]
        verbose_name = _("demande de médiation")
        indexes = [
            models.Index(fields=["space", "state", "-received_on"], name="participation_med_state"),
            models.Index(fields=["space", "follow_up_by"], name="participation_med_follow"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="participation_med_number",
                violation_error_message=_("Une demande porte déjà ce numéro."),
            )
        ]

    def __str__(self) -> str:
        return self.number


class MediationParty(TimeStamped):
    """A party: its role and complex stay; who it is goes away some months after the end."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(MediationRequest, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(_("rôle"), max_length=10, choices=PartyRole.choices)
    complex = models.ForeignKey(Complex, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    mediator = models.ForeignKey(Mediator, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    asked = models.BooleanField(_("a fait la demande"), default=False)
    name = models.CharField(_("prénom ou nom d’usage"), max_length=80, blank=True)
    reach = models.CharField(_("comment joindre"), max_length=120, blank=True)
    consent = models.CharField(
        _("consentement"), max_length=8, choices=ConsentAnswer.choices, default=ConsentAnswer.WAITING
    )
    consent_on = models.DateField(_("répondu le"), null=True, blank=True)
    satisfaction_told = models.BooleanField(_("a répondu aux deux questions"), default=False)

    class Meta:
        ordering = ["request_id", "-asked", "id"]
        verbose_name = _("partie à une médiation")
        indexes = [models.Index(fields=["space", "complex"], name="participation_med_party")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MediationSeat(TimeStamped):
    """Somebody designated to mediate. The link goes to the e-mail of that day, and is shown to nobody else."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(MediationRequest, on_delete=models.CASCADE, related_name="seats")
    mediator = models.ForeignKey(Mediator, on_delete=models.PROTECT, related_name="seats")
    email = models.EmailField(_("courriel"), blank=True)
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    explained = models.JSONField(_("ce qui a été vérifié"), default=list)
    declined_on = models.DateField(_("s’est retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = _("désignation pour une médiation")
        indexes = [
            models.Index(fields=["space", "mediator"], name="participation_med_seat"),
            models.Index(fields=["token_digest"], name="participation_med_token"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "mediator"],
                name="participation_med_seat_once",
                violation_error_message=_("Cette personne est déjà désignée."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MediationConflict(TimeStamped):
    """A mediator said, or somebody knows, that they should not mediate this request. The reason stays general."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(MediationRequest, on_delete=models.CASCADE, related_name="conflicts")
    mediator = models.ForeignKey(Mediator, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("dit le"))

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = _("conflit d’intérêts déclaré")
        indexes = [models.Index(fields=["space", "mediator"], name="participation_med_conflict")]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "mediator"],
                name="participation_med_conflict_once",
                violation_error_message=_("Ce conflit est déjà inscrit."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MediationSession(TimeStamped):
    """A meeting took place: when, of which kind, how long. What was said is written nowhere."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(MediationRequest, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField(_("date"))
    kind = models.CharField(_("type"), max_length=8, choices=SessionKind.choices)
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), null=True, blank=True)

    class Meta:
        ordering = ["request_id", "on", "id"]
        verbose_name = _("rencontre de médiation")
        indexes = [models.Index(fields=["space", "on"], name="participation_med_session")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MediationAgreement(TimeStamped):
    """What the parties agreed. Read by those who mediated, through ``queries.mediation_private`` only."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.OneToOneField(MediationRequest, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("ce qui est convenu"))
    signed_on = models.DateField(_("signée le"))

    class Meta:
        ordering = ["request_id"]
        verbose_name = _("entente")
        indexes = [models.Index(fields=["space", "signed_on"], name="participation_med_agreement")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MediationOpinion(models.Model):
    """Two answers of a party, with the year and nothing that leads to a mediation or to anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("année"))
    heard = models.PositiveSmallIntegerField(_("s’est senti écouté, de 1 à 4"))
    again = models.PositiveSmallIntegerField(_("recommanderait la médiation, de 1 à 4"))

    class Meta:
        ordering = ["space_id", "year", "id"]
        verbose_name = _("avis sur une médiation")
        indexes = [models.Index(fields=["space", "year"], name="participation_med_opinion")]

    def __str__(self) -> str:
        return str(self.year)
