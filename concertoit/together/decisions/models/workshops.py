"""Six-hats workshops: what is asked, the hats, the ideas and what becomes of them.

An idea keeps no time of its own, and in a workshop « sans nom » no author, organisation nor journal line: nothing links
it to who wrote it. Its ``client_id`` is made on the phone for this idea only, so that sending twice writes once.
"""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import HatColour, WorkshopMode, WorkshopState


class Workshop(TimeStamped):
    """A workshop. ``revision`` grows with everything that the wall shows, ``turn`` with what phones must know (doors and
    hats, not ideas): they are the ETags of what is asked again and again.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=160)
    question = models.TextField(_("question"), max_length=1000)
    on = models.DateField(_("date"), null=True, blank=True)
    mode = models.CharField(_("signature des idées"), max_length=15, choices=WorkshopMode.choices)
    state = models.CharField(max_length=10, choices=WorkshopState.choices, default=WorkshopState.PREPARING)
    by_code = models.BooleanField(_("participer avec un code, sans compte"), default=True)
    on_paper = models.BooleanField(default=False)
    code = models.CharField(_("code"), max_length=8, unique=True)
    revision = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("atelier")
        indexes = [models.Index(fields=["space", "state"], name="decisions_workshop_state")]

    def __str__(self) -> str:
        return self.title


class Hat(models.Model):
    """A hat of a workshop, for so many minutes. Its end is its opening and its minutes; it closes by hand."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="hats")
    colour = models.CharField(_("chapeau"), max_length=10, choices=HatColour.choices)
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["workshop_id", "position", "id"]
        verbose_name = _("chapeau")
        constraints = [models.UniqueConstraint(fields=["workshop", "colour"], name="decisions_hat_once")]

    def __str__(self) -> str:
        return str(self.get_colour_display())

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def ends_at(self) -> object:
        """When its time is over; nothing before it opens."""
        return self.opened_at + timedelta(minutes=self.minutes) if self.opened_at else None


class IdeaGroup(models.Model):
    """Ideas that say the same direction, under a title, maybe under an axis of the plan."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(_("titre"), max_length=200)
    axis = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["workshop_id", "position", "id"]
        verbose_name = _("groupe d’idées")

    def __str__(self) -> str:
        return self.title


class Idea(models.Model):
    """One idea under one hat. A duplicate keeps its words and points at the idea that stands for it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="ideas")
    hat = models.ForeignKey(Hat, on_delete=models.CASCADE, related_name="ideas")
    client_id = models.UUIDField(editable=False)
    text = models.TextField(_("idée"), max_length=500)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    signature = models.CharField(max_length=160, blank=True)
    group = models.ForeignKey(IdeaGroup, on_delete=models.SET_NULL, related_name="ideas", null=True, blank=True)
    axis = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="duplicates", null=True, blank=True
    )
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["workshop_id", "id"]
        verbose_name = _("idée")
        indexes = [models.Index(fields=["space", "workshop"], name="decisions_idea_workshop")]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_id"], name="decisions_idea_once"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="decisions_idea_not_itself",
                violation_error_message=_("Une idée ne peut pas être le doublon d’elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ProposedAction(TimeStamped):
    """Lineage: an element of the plan that comes from ideas of a workshop, as they were said.

    Without an item once the draft that had it was abandoned: the ideas stay, and may be proposed again.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="proposals")
    item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    group = models.ForeignKey(IdeaGroup, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    title = models.TextField()
    ideas = models.ManyToManyField(Idea, related_name="+")

    class Meta:
        ordering = ["workshop_id", "id"]
        verbose_name = _("action proposée")
        constraints = [models.UniqueConstraint(fields=["item"], name="decisions_proposal_item")]

    def __str__(self) -> str:
        return self.title
