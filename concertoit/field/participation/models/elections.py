"""The election of the tenants' representatives on the board (P2). The votes themselves are in ``ground.ballots``."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import CandidacyState, ElectionState, Secrecy
from concertoit.field.participation.models.associations import Assembly, Complex
from concertoit.ground.core.models import TimeStamped


class Election(TimeStamped):
    """An election, from its modalities to its proclamation.

    ``result`` is written once at counting: ``{"totals": {key: n}, "blank": n, "rejected": n, "ballots": n, "elected":
    [key…], "tied": [key…], "left": n}``. ``lot`` is the draw: ``{"seed", "witnesses", "drawn", "on"}``.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=200)
    assembly = models.ForeignKey(
        Assembly,
        on_delete=models.PROTECT,
        related_name="elections",
        null=True,
        blank=True,
        verbose_name=_("assemblée"),
    )
    state = models.CharField(_("état"), max_length=12, choices=ElectionState.choices, default=ElectionState.PREPARING)
    places = models.PositiveSmallIntegerField(_("sièges à pourvoir"), default=2)
    secrecy = models.CharField(
        _("secret du vote"), max_length=16, choices=Secrecy.choices, default=Secrecy.ORGANISATIONAL
    )
    channels: "models.JSONField[Any, Any]" = models.JSONField(_("façons de voter"), default=list)
    modalities = models.TextField(_("modalités adoptées"), blank=True)
    modalities_on = models.DateField(_("modalités adoptées le"), null=True, blank=True)
    president = models.CharField(_("présidence d’élection"), max_length=160, blank=True)
    external_url = models.URLField(_("adresse de l’élection sur Belenios"), blank=True)
    box = models.ForeignKey("ballots.Box", on_delete=models.PROTECT, related_name="+", null=True)
    counting_round = models.PositiveSmallIntegerField(_("dépouillement"), default=1)
    differences: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    lot: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    counted_on = models.DateField(_("dépouillée le"), null=True, blank=True)
    complaints_until = models.DateField(_("contestation possible jusqu’au"), null=True, blank=True)
    proclaimed_on = models.DateField(_("proclamée le"), null=True, blank=True)
    annulled_why = models.TextField(_("raison de l’annulation"), blank=True)

    class Meta:
        ordering = ["space_id", "-created_at", "-id"]
        verbose_name = _("élection")
        indexes = [models.Index(fields=["space", "state"], name="participation_election_state")]

    def __str__(self) -> str:
        return self.title


class Candidacy(TimeStamped):
    """Somebody who offers to represent the tenants."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidacies")
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    complex = models.ForeignKey(Complex, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    statement = models.TextField(_("présentation"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=CandidacyState.choices, default=CandidacyState.DECLARED)
    reason = models.CharField(_("raison"), max_length=300, blank=True)

    class Meta:
        ordering = ["election_id", "id"]
        verbose_name = _("candidature")
        indexes = [models.Index(fields=["space", "election"], name="particip_candidacy_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "person"],
                name="participation_candidacy_once",
                violation_error_message=_("Cette personne est déjà candidate."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Scrutineer(TimeStamped):
    """Somebody who counts on paper, alone, through a personal link; two counts must agree."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="scrutineers")
    name = models.CharField(_("nom"), max_length=160)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    counted_round = models.PositiveSmallIntegerField(default=0)
    count: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["election_id", "id"]
        verbose_name = _("scrutatrice ou scrutateur")
        indexes = [models.Index(fields=["space", "election"], name="particip_scrutineer_ix")]

    def __str__(self) -> str:
        return self.name


class Complaint(TimeStamped):
    """Somebody contests the election; proclamation waits for the answer."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="complaints")
    on = models.DateField(_("reçue le"))
    author_label = models.CharField(_("de"), max_length=160)
    text = models.TextField(_("contestation"))
    answer = models.TextField(_("réponse"), blank=True)
    answered_on = models.DateField(_("réponse donnée le"), null=True, blank=True)

    class Meta:
        ordering = ["election_id", "on", "id"]
        verbose_name = _("contestation")
        indexes = [models.Index(fields=["space", "election"], name="particip_complaint_ix")]

    def __str__(self) -> str:
        return self.author_label
