"""Consent rounds in the database: a session, the seats called to it, its proposals and what was said of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import (
    CONSENT_MODE_LABELS,
    CONSENT_REACTION_LABELS,
    CONSENT_STATE_LABELS,
    CONSENT_SUBJECT_LABELS,
    CONSENT_VOICE_LABELS,
    CONSENT_WAY_LABELS,
    MANDATE_LABELS,
    OBJECTION_STATE_LABELS,
    OBJECTION_TARGET_LABELS,
    PRESENCE_LABELS,
    choices,
)


class ConsentSession(TimeStamped):
    """A body that decides by consent, in the room or from afar: the seats it calls, the quorum it gave itself."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=200)
    body = models.ForeignKey(
        "spaces.GoverningBody",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("instance"),
    )
    mode = models.CharField(_("déroulement"), max_length=10, choices=choices(CONSENT_MODE_LABELS), default="room")
    held_on = models.DateField(_("tenue le"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    quorum_source = models.CharField(_("d’où vient le quorum"), max_length=200, blank=True)
    opened_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("séance de consentement")
        indexes = [models.Index(fields=["space", "closed_at"], name="decisions_c_consent_open")]

    def __str__(self) -> str:
        return self.title


class ConsentSeat(TimeStamped):
    """A voice called to a session: of an organisation, or of a person who sits in their own name.

    The e-mail is where the personal link goes; the table keeps the digest of its secret only.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(ConsentSession, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    label = models.CharField(_("voix"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("lien envoyé le"), null=True, blank=True)
    reminded_on = models.DateField(_("dernier rappel"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    presence = models.CharField(_("présence"), max_length=10, choices=choices(PRESENCE_LABELS), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["session_id", "position", "id"]
        verbose_name = _("voix")
        indexes = [models.Index(fields=["space", "organisation"], name="decisions_c_seat_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="decisions_c_one_voice",
                violation_error_message=_("Cet organisme a déjà sa voix dans cette séance."),
            ),
            models.UniqueConstraint(
                fields=["session", "membership"],
                condition=models.Q(organisation__isnull=True, membership__isnull=False),
                name="decisions_c_own_voice",
                violation_error_message=_("Cette personne a déjà sa voix dans cette séance."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ConsentRound(TimeStamped):
    """A proposal and where it stands. For a part of a plan, ``item_uid`` is the axis; what it says is in its turns."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(ConsentSession, on_delete=models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(_("objet"), max_length=15, choices=choices(CONSENT_SUBJECT_LABELS), default="text")
    item_uid = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("proposition"), max_length=300)
    text = models.TextField(_("texte de la proposition"), blank=True)
    state = models.CharField(_("état"), max_length=15, choices=choices(CONSENT_STATE_LABELS), default="prepared")
    answer_by = models.DateField(_("répondre d’ici le"), null=True, blank=True)
    reminded_on = models.DateField(_("dernier rappel"), null=True, blank=True)
    concluded_at = models.DateTimeField(_("conclue le"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    conclusion = models.TextField(_("précision du résultat"), blank=True)
    present = models.PositiveSmallIntegerField(_("voix présentes"), null=True, blank=True)

    class Meta:
        ordering = ["session_id", "position", "id"]
        verbose_name = _("proposition")
        indexes = [models.Index(fields=["space", "state"], name="decisions_c_round_state")]

    def __str__(self) -> str:
        return self.title


class ConsentTurn(models.Model):
    """One round of a proposal: the very text, and for a part of a plan the very content, that people had before them."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(ConsentRound, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField(_("tour"))
    text = models.TextField(blank=True)
    content = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    change = models.TextField(_("ce qui change depuis le tour précédent"), blank=True)
    opened_at = models.DateTimeField(_("ouvert le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    class Meta:
        ordering = ["round_id", "number"]
        verbose_name = _("tour")
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="decisions_c_turn_number")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class ConsentQuestion(models.Model):
    """A clarifying question and its answer, both said to everybody."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    turn = models.ForeignKey(ConsentTurn, on_delete=models.CASCADE, related_name="questions")
    seat = models.ForeignKey(ConsentSeat, on_delete=models.CASCADE, related_name="+")
    body = models.TextField(_("question"))
    asked_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("réponse"), blank=True)
    answered_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["turn_id", "asked_at", "id"]
        verbose_name = _("question de clarification")

    def __str__(self) -> str:
        return self.body[:60]


class ConsentReaction(models.Model):
    """What an organisation feels of a proposal in one round, and says of it; one for each seat."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    turn = models.ForeignKey(ConsentTurn, on_delete=models.CASCADE, related_name="reactions")
    seat = models.ForeignKey(ConsentSeat, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("réaction"), max_length=10, choices=choices(CONSENT_REACTION_LABELS))
    body = models.TextField(_("en mots"), blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["turn_id", "said_at", "id"]
        verbose_name = _("réaction")
        constraints = [models.UniqueConstraint(fields=["turn", "seat"], name="decisions_c_one_reaction")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.kind}"


class ConsentVoice(models.Model):
    """What an organisation says in one round: one row, whoever speaks for it and however many times."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    turn = models.ForeignKey(ConsentTurn, on_delete=models.CASCADE, related_name="voices")
    seat = models.ForeignKey(ConsentSeat, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("voix"), max_length=10, choices=choices(CONSENT_VOICE_LABELS))
    way = models.CharField(_("moyen"), max_length=10, choices=choices(CONSENT_WAY_LABELS))
    said_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    said_at = models.DateTimeField()
    mandate = models.CharField(_("mandat"), max_length=10, choices=choices(MANDATE_LABELS), blank=True)
    mandate_on = models.DateField(_("réponse du conseil, le"), null=True, blank=True)
    mandate_note = models.TextField(_("ce que dit le conseil"), blank=True)

    class Meta:
        ordering = ["turn_id", "said_at", "id"]
        verbose_name = _("voix dite")
        indexes = [models.Index(fields=["space", "mandate"], name="decisions_c_voice_mandate")]
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "seat"],
                name="decisions_c_voice_once",
                violation_error_message=_("Cet organisme s’est déjà prononcé à ce tour."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.kind}"


class ConsentObjection(models.Model):
    """An objection: its author, target, reason and proposed amendment, what became of it and what resolved it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(ConsentRound, on_delete=models.CASCADE, related_name="objections")
    turn = models.ForeignKey(ConsentTurn, on_delete=models.CASCADE, related_name="objections")
    seat = models.ForeignKey(ConsentSeat, on_delete=models.CASCADE, related_name="objections")
    target = models.CharField(_("cible"), max_length=15, choices=choices(OBJECTION_TARGET_LABELS), default="whole")
    item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    target_label = models.CharField(_("élément visé"), max_length=300, blank=True)
    reason = models.TextField(_("raison"))
    amendment = models.TextField(_("amendement proposé"), blank=True)
    state = models.CharField(_("état"), max_length=15, choices=choices(OBJECTION_STATE_LABELS), default="raised")
    understood = models.TextField(_("ce qui a été compris"), blank=True)
    why = models.TextField(_("pourquoi elle n’est pas retenue"), blank=True)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    resolved_turn = models.ForeignKey(
        ConsentTurn, on_delete=models.SET_NULL, related_name="resolved", null=True, blank=True
    )
    resolved_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["round_id", "raised_at", "id"]
        verbose_name = _("objection")
        indexes = [models.Index(fields=["space", "state"], name="decisions_c_objection_state")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="not_retained") | ~models.Q(why=""),
                name="decisions_c_objection_why",
                violation_error_message=_("Dites pourquoi l’objection n’est pas retenue."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="integrated") | models.Q(resolved_turn__isnull=False),
                name="decisions_c_objection_turn",
                violation_error_message=_("Une objection intégrée l’est par un nouveau tour."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:60]
