"""A person was sent to a resource: with their consent, and until one knows what became of it (S5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import Destination, ReferralState
from concertoit.field.logbook.enums.referrals import ConsentBy, ConsentMeans, MoveBy, RefusalReason
from concertoit.ground.core.models import TimeStamped


class Referral(TimeStamped):
    """A referral, without a name. ``service`` is a line of the directory; without one, ``resource`` says which one.

    It comes from an entry of the logbook, from the directory, or from something of another room (``origin_type``,
    ``origin_id``, ``origin_label``: the number of a case, never a name).
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(
        "logbook.Entry", on_delete=models.CASCADE, related_name="referrals", null=True, blank=True
    )
    origin_type = models.CharField(max_length=40, blank=True, editable=False)
    origin_id = models.CharField(max_length=40, blank=True, editable=False)
    origin_label = models.CharField(_("dans le cadre de"), max_length=120, blank=True)
    author = models.ForeignKey("spaces.Membership", on_delete=models.PROTECT, related_name="+", verbose_name=_("par"))
    on = models.DateField(_("date"))
    destination = models.CharField(_("vers"), max_length=10, choices=Destination.choices)
    service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("ressource"),
    )  # fmt: skip
    resource = models.CharField(_("autre ressource"), max_length=160, blank=True)
    main_reason = models.ForeignKey(
        "logbook.Term", on_delete=models.PROTECT, related_name="+", verbose_name=_("raison principale")
    )
    note = models.CharField(
        _("précision"), max_length=280, blank=True, help_text=_("Sans nom ni détail qui ferait reconnaître quelqu’un.")
    )
    consent_on = models.DateField(_("accord de la personne donné le"), null=True, blank=True)
    consent_by = models.CharField(_("accord donné par"), max_length=14, choices=ConsentBy.choices, blank=True)
    consent_means = models.CharField(_("façon"), max_length=10, choices=ConsentMeans.choices, blank=True)
    consent_text = models.CharField(_("version du texte"), max_length=20, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ReferralState.choices, default=ReferralState.PROPOSED)
    state_at = models.DateTimeField(_("depuis le"))
    refusal = models.CharField(_("motif du refus"), max_length=14, choices=RefusalReason.choices, blank=True)
    # The link of the resource: only a digest is kept, a copy of the database answers nothing.
    to_email = models.EmailField(_("courriel de la ressource"), blank=True)
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    link_expires_at = models.DateTimeField(_("lien valide jusqu’au"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("rappel envoyé le"), null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("référence")
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"],
                condition=~models.Q(token_digest=""),
                name="logbook_referral_link",
                violation_error_message=_("Ce lien sert déjà à une autre référence."),
            ),
        ]
        indexes = [
            models.Index(fields=["space", "on"], name="logbook_referral_day"),
            models.Index(fields=["space", "state", "state_at"], name="logbook_referral_state"),
            models.Index(fields=["space", "author", "state"], name="logbook_referral_author"),
            models.Index(fields=["origin_type", "origin_id"], name="logbook_referral_origin"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people, e-mails and the journal name it."""
        return f"R-{self.pk:05d}"


class ReferralMove(models.Model):
    """A step of the loop: the one log of all transitions, also those of a link or of the night."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="moves")
    old = models.CharField(_("de"), max_length=10, choices=ReferralState.choices, blank=True)
    new = models.CharField(_("vers"), max_length=10, choices=ReferralState.choices)
    at = models.DateTimeField(_("le"))
    by = models.CharField(_("nouvelle donnée par"), max_length=10, choices=MoveBy.choices)
    user = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    refusal = models.CharField(_("motif du refus"), max_length=14, choices=RefusalReason.choices, blank=True)
    note = models.CharField(_("précision"), max_length=280, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("étape d’une référence")
        indexes = [models.Index(fields=["space", "new", "at"], name="logbook_move_state")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class ReferralHandover(TimeStamped):
    """How to call the person, given to the resource with their consent; destroyed after the end of the loop.

    Apart from the referral, which says nothing of who it is about.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="handover")
    given_name = models.CharField(_("prénom"), max_length=60)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    consent_text = models.CharField(_("version du texte"), max_length=20)

    class Meta:
        ordering = ["referral_id"]
        verbose_name = _("coordonnées pour une référence")

    def __str__(self) -> str:
        return f"#{self.referral_id}"
