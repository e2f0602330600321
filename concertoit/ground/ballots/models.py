"""The secret ballot box: a register of who voted, and ballots that say nothing of who or when.

Organisational secrecy (docs/adr/0012). Two tables meet only in the box to which they belong:

- ``Elector`` knows that somebody voted and by which channel; it has no date.
- ``Ballot`` has a random id, its box and what was chosen. Nothing else: no elector, no time, no address, no history.

The whole content of a box is taken out, shuffled and written again under new ids each time a ballot comes in
(``services/voting.py``), so that neither the order of rows nor the hidden columns of a database tell which is whose.
"""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ballots.enums import BoxState, Channel, ElectorState
from concertoit.ground.core.models import TimeStamped


class Box(TimeStamped):
    """The box of one vote. ``options`` are frozen at opening: ``[{"key", "label", "detail"}]``.

    ``tally`` is what the box held, counted once at closing:
    ``{"ballots": 12, "blank": 1, "options": {key: 7}}``. It stays
    empty when the ballots were poured into the paper box to be counted with the others.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    lead = models.TextField(_("présentation"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=BoxState.choices, default=BoxState.PREPARED)
    options: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    max_choices = models.PositiveSmallIntegerField(_("nombre de choix"), default=1)
    channels: "models.JSONField[Any, Any]" = models.JSONField(_("façons de voter"), default=list)
    threshold = models.PositiveSmallIntegerField(_("seuil"), default=5)
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    poured = models.BooleanField(_("versée dans l’urne de papier"), default=False)
    turnout: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    tally: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("urne")
        verbose_name_plural = _("urnes")
        indexes = [models.Index(fields=["space", "state"], name="ballots_box_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def online(self) -> bool:
        """Whether one may vote by a personal link."""
        return Channel.ONLINE in self.channels


class Elector(models.Model):
    """A line of the register. No date on purpose: when somebody voted is nowhere."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="electors")
    number = models.PositiveIntegerField(_("numéro"))
    name = models.CharField(_("nom"), max_length=160)
    dwelling = models.CharField(_("logement"), max_length=160, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    folded = models.CharField(max_length=330, editable=False)
    state = models.CharField(_("état"), max_length=10, choices=ElectorState.choices, default=ElectorState.LISTED)
    channel = models.CharField(_("façon de voter"), max_length=10, choices=Channel.choices, blank=True)
    # The code itself is nowhere: only the voter has it.
    code_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    codes_issued = models.PositiveSmallIntegerField(_("codes remis"), default=0)

    class Meta:
        ordering = ["box_id", "number"]
        verbose_name = _("électrice ou électeur")
        verbose_name_plural = _("électrices et électeurs")
        indexes = [models.Index(fields=["space", "box"], name="ballots_elector_space")]
        constraints = [
            models.UniqueConstraint(
                fields=["box", "folded"],
                name="ballots_elector_once",
                violation_error_message=_("Cette personne est déjà sur la liste, pour le même logement."),
            ),
            models.UniqueConstraint(fields=["box", "number"], name="ballots_elector_number"),
            models.CheckConstraint(
                condition=models.Q(state=ElectorState.LISTED, channel="")
                | (models.Q(state=ElectorState.VOTED) & ~models.Q(channel="")),
                name="ballots_elector_channel",
                violation_error_message=_("Qui a voté l’a fait d’une façon, et d’une seule."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ballot(models.Model):
    """What somebody chose. Only a random id, the box and the choices: add nothing to this table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="ballots")
    choices: "models.JSONField[Any, Any]" = models.JSONField(_("choix"), default=list)

    class Meta:
        ordering = ["id"]
        verbose_name = _("bulletin")

    def __str__(self) -> str:
        return str(_("bulletin"))
