"""A prioritisation: what was asked, whose voice counts, what each voice said.

Options are copied from the plan when the form is prepared, so that what people read does not move under them. A ballot
knows neither a time nor a name: its key to a voice says whose it is, and is cut at closing when that was promised.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import (
    FAMILY_LABELS,
    Channel,
    Disclosure,
    MoneyQuestion,
    PrioritisationState,
    VoiceMode,
)


class Prioritisation(TimeStamped):
    """One form sent to the partners about the actions of a version of the plan."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey("plans.Plan", on_delete=models.RESTRICT, related_name="+")
    version = models.ForeignKey("plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True)
    version_label = models.CharField(_("version"), max_length=120)
    title = models.CharField(_("titre"), max_length=160)
    introduction = models.TextField(_("mot d’introduction"), blank=True)
    voice_mode = models.CharField(_("voix"), max_length=12, choices=VoiceMode.choices, default=VoiceMode.ORGANISATION)
    disclosure = models.CharField(
        _("qui peut lire une réponse"), max_length=12, choices=Disclosure.choices, default=Disclosure.COORDINATION
    )
    live = models.BooleanField(_("résultats provisoires pour le coco"), default=False)
    money = models.CharField(_("argent"), max_length=10, choices=MoneyQuestion.choices, default=MoneyQuestion.NONE)
    state = models.CharField(
        _("état"), max_length=10, choices=PrioritisationState.choices, default=PrioritisationState.PREPARING
    )
    deadline = models.DateTimeField(_("date limite"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What the order of the form and the last ties are drawn from: kept, so that a draw can be made again.
    seed = models.CharField(max_length=32, editable=False)
    families_mapping = models.CharField(max_length=10)
    created_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("priorisation")
        indexes = [models.Index(fields=["space", "state"], name="decisions_prio_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live=False) | ~models.Q(disclosure="nobody"),
                name="decisions_prio_live",
                violation_error_message=_(
                    "Des résultats provisoires trahiraient les réponses que personne ne doit pouvoir lire."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(state="preparing") | models.Q(deadline__isnull=False),
                name="decisions_prio_deadline",
                violation_error_message=_("Une date limite est nécessaire pour ouvrir."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PriorityOption(models.Model):
    """One action, as people read it on the form. ``key`` names it in ballots, results and files."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.ForeignKey(Prioritisation, on_delete=models.CASCADE, related_name="options")
    item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True)
    key = models.PositiveIntegerField()
    axis_number = models.PositiveSmallIntegerField(default=0)
    axis_title = models.TextField(_("axe"), blank=True)
    code = models.CharField(_("numéro"), max_length=40, blank=True)
    title = models.TextField(_("action"))
    description = models.TextField(_("description"), blank=True)
    carriers = models.TextField(_("porté par"), blank=True)

    class Meta:
        ordering = ["prioritisation_id", "key"]
        verbose_name = _("action à prioriser")
        constraints = [models.UniqueConstraint(fields=["prioritisation", "key"], name="decisions_option_key")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Voice(TimeStamped):
    """An organisation, or a person, whose answer counts once; when it last answered and how."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.ForeignKey(Prioritisation, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", null=True)
    family = models.CharField(_("famille"), max_length=12, choices=list(FAMILY_LABELS.items()))
    saved_at = models.DateTimeField(_("dernier enregistrement"), null=True, blank=True)
    saved_by = models.CharField(_("enregistré par"), max_length=200, blank=True)
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel.choices, blank=True)
    done_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    class Meta:
        ordering = ["prioritisation_id", "id"]
        verbose_name = _("voix")
        indexes = [models.Index(fields=["prioritisation", "saved_at"], name="decisions_voice_saved")]
        constraints = [
            models.UniqueConstraint(
                fields=["prioritisation", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="decisions_voice_org",
                violation_error_message=_("Cet organisme a déjà sa voix."),
            ),
            models.UniqueConstraint(
                fields=["prioritisation", "person"],
                condition=models.Q(person__isnull=False),
                name="decisions_voice_person",
                violation_error_message=_("Cette personne a déjà sa voix."),
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) ^ models.Q(person__isnull=True),
                name="decisions_voice_whose",
                violation_error_message=_("Une voix est celle d’un organisme ou d’une personne."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.person or "")


class Invitee(TimeStamped):
    """Somebody who may fill the ballot of a voice by a personal link; two people of an organisation have one each."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="invitees")
    membership = models.ForeignKey("spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    # Only a digest is stored: a copy of the database answers nothing.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("rappels"), default=0)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["voice_id", "id"]
        verbose_name = _("personne invitée à répondre")

    def __str__(self) -> str:
        return self.name or self.email


class PriorityBallot(models.Model):
    """What a voice said: ``grades`` by option key, ``money`` by option key (1 for a tick, or points). No time, no name.

    ``family`` is written at closing, under the name by which it may be shown.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.ForeignKey(Prioritisation, on_delete=models.CASCADE, related_name="ballots")
    voice = models.OneToOneField(Voice, on_delete=models.CASCADE, related_name="ballot", null=True)
    family = models.CharField(max_length=12, blank=True)
    grades = models.JSONField(default=dict)
    money = models.JSONField(default=dict)

    class Meta:
        ordering = ["prioritisation_id", "id"]
        verbose_name = _("réponse")

    def __str__(self) -> str:
        return f"#{self.pk}"
