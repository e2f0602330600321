"""Questions asked of people, and what they answered.

An answer without a name keeps neither account, nor hour, nor address: a day, and how it came.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.ground.surveys.enums import Audience, Identity, Moment, QuestionKind, Source, SurveyState


class Survey(TimeStamped):
    """A form of a démarche. ``subject_type`` and ``subject_id`` name what it is about in another room, if anything.

    ``pair`` joins the two surveys that measure a change: the same questions before and after.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=160)
    intro = models.TextField(_("mot d’introduction"), blank=True)
    identity = models.CharField(_("les réponses"), max_length=15, choices=Identity.choices, default=Identity.NOBODY)
    audience = models.CharField(
        _("qui lit les résultats"), max_length=15, choices=Audience.choices, default=Audience.COORDINATION
    )
    state = models.CharField(_("état"), max_length=10, choices=SurveyState.choices, default=SurveyState.DRAFT)
    open_address = models.BooleanField(
        _("adresse ouverte"),
        default=False,
        help_text=_("Toute personne qui a l’adresse répond, sans compte : pour un code affiché dans une salle."),
    )
    code = models.CharField(max_length=12, unique=True, editable=False)
    opened_on = models.DateField(_("ouvert le"), null=True, blank=True)
    closes_on = models.DateField(_("dernier jour pour répondre"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    pair = models.UUIDField(null=True, blank=True, editable=False)
    moment = models.CharField(max_length=10, choices=Moment.choices, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("sondage")
        indexes = [
            models.Index(fields=["space", "state"], name="surveys_survey_state"),
            models.Index(fields=["subject_type", "subject_id"], name="surveys_survey_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "moment"],
                name="surveys_pair_moment",
                violation_error_message=_("Il y a déjà un sondage pour ce moment."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question of a survey, in its place."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("on répond par"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.ONE)
    text = models.CharField(_("question"), max_length=400)
    help = models.CharField(_("précision"), max_length=300, blank=True)
    required = models.BooleanField(_("réponse nécessaire"), default=False)

    class Meta:
        ordering = ["survey_id", "position", "id"]
        verbose_name = _("question")

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """A possible answer. ``is_right``: the right one of a question of knowledge."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("réponse"), max_length=200)
    is_right = models.BooleanField(default=False)

    class Meta:
        ordering = ["question_id", "position", "id"]
        verbose_name = _("choix de réponse")

    def __str__(self) -> str:
        return self.label


class Invitee(models.Model):
    """Somebody asked to answer by a personal link. ``answered`` has no date: a date would name an answer."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitees")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("nom"), max_length=160, blank=True)
    email = models.EmailField(_("courriel"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    answered = models.BooleanField(_("a répondu"), default=False)
    reminders = models.PositiveSmallIntegerField(_("rappels"), default=0)
    last_sent_on = models.DateField(_("dernier envoi"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        ordering = ["survey_id", "email", "id"]
        verbose_name = _("personne invitée à répondre")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "email"],
                name="surveys_invitee_email",
                violation_error_message=_("Cette personne est déjà invitée."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Response(models.Model):
    """What one person or organisation answered. ``sent_id`` is made in the browser: sent twice, it is one answer.

    ``pair_key`` brings together the two answers of one person without saying who; it exists only in paired surveys.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    sent_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    received_on = models.DateField(_("reçue le"))
    source = models.CharField(_("reçue"), max_length=10, choices=Source.choices)
    person = models.ForeignKey(
        "identity.Person",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("personne"),
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("organisme"),
    )  # fmt: skip
    signed = models.CharField(_("signée"), max_length=200, blank=True)
    pair_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["survey_id", "id"]
        verbose_name = _("réponse")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=models.Q(person__isnull=False), name="surveys_one_by_person"
            ),
            models.UniqueConstraint(
                fields=["survey", "organisation"],
                condition=models.Q(organisation__isnull=False, person__isnull=True),
                name="surveys_one_by_organisation",
            ),
            models.UniqueConstraint(
                fields=["survey", "pair_key"], condition=~models.Q(pair_key=""), name="surveys_one_by_pair_key"
            ),
        ]

    def __str__(self) -> str:
        return self.signed or str(self.pk)


class Answer(models.Model):
    """The answer to one question: a chosen option (a row each), a number, or a text."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["response_id", "question_id", "id"]
        verbose_name = _("réponse à une question")
        indexes = [models.Index(fields=["question", "option"], name="surveys_answer_option")]

    def __str__(self) -> str:
        return self.text or str(self.number or self.option_id)
