"""A meeting, its agenda, and what is kept for the next ones."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.enums import ItemKind, ItemState, MeetingState, QuorumRule, QuorumState
from concertoit.together.meetings.models.series import USUAL_MINUTES, Series


class Meeting(TimeStamped):
    """One meeting. What it takes from its series is copied: later changes of the series never reach a meeting that is
    convened, open, held or cancelled.

    ``uid`` and ``sequence`` are those of RFC 5545: the identity in people's calendars, and the number of the invitation.
    ``occurrence_on`` is the day that the rhythm gave, which stays when the meeting moves.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="meetings", null=True, blank=True)
    body = models.ForeignKey("spaces.GoverningBody", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    committee = models.ForeignKey(
        "spaces.Committee", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    occurrence_on = models.DateField(null=True, blank=True, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=MeetingState.choices, default=MeetingState.PREPARED)
    starts_at = models.DateTimeField(_("début"))
    length_minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), default=USUAL_MINUTES)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    video_url = models.URLField(_("lien vidéo"), max_length=500, blank=True)
    note = models.TextField(_("mot aux personnes invitées"), blank=True)
    facilitator = models.ForeignKey(
        "spaces.Membership",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("animation"),
    )
    secretary = models.ForeignKey(
        "spaces.Membership",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("prise de notes"),
    )
    # the standing items as they were when the agenda was made: the series may change, this meeting does not
    template = models.JSONField(default=list, blank=True, editable=False)
    # since when « changed since the last meeting » is counted, and when the agenda was last made from the plan
    since = models.DateTimeField(null=True, blank=True, editable=False)
    built_at = models.DateTimeField(null=True, blank=True, editable=False)
    convened_at = models.DateTimeField(null=True, blank=True)
    # the organiser in people's calendars: the same from the first invitation to the last
    convened_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(_("motif de l’annulation"), blank=True)
    # the rule of the day and what was recorded of it: organisations there, organisations needed
    quorum_rule = models.CharField(_("quorum"), max_length=10, choices=QuorumRule.choices, default=QuorumRule.NONE)
    quorum_number = models.PositiveSmallIntegerField(_("nombre, ou pourcentage"), null=True, blank=True)
    quorum_state = models.CharField(max_length=10, choices=QuorumState.choices, default=QuorumState.UNKNOWN)
    quorum_present = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_at = models.DateTimeField(null=True, blank=True)
    quorum_note = models.CharField(_("précision"), max_length=300, blank=True)
    # notes about the whole meeting, typed while it is held
    record = models.TextField(_("notes de la rencontre"), blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name = _("rencontre")
        indexes = [
            models.Index(fields=["space", "starts_at"], name="meetings_meeting_when"),
            models.Index(fields=["space", "state", "starts_at"], name="meetings_meeting_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "occurrence_on"], name="meetings_meeting_occurrence"),
            models.CheckConstraint(
                condition=models.Q(body__isnull=True) ^ models.Q(committee__isnull=True),
                name="meetings_meeting_one_place",
                violation_error_message=_("Une rencontre est celle d’une instance ou d’un comité."),
            ),
            models.CheckConstraint(
                condition=models.Q(length_minutes__gt=0),
                name="meetings_meeting_length",
                violation_error_message=_("Une rencontre dure au moins une minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.length_minutes)

    @property
    def place_of(self) -> Any:
        """The body or the committee that meets."""
        return self.body or self.committee


class AgendaItem(TimeStamped):
    """A point of an agenda, or a line under it (``section``).

    ``key`` says where it comes from (``standing:4``, ``axis:12``, ``action:34``, ``kept:7``, ``hand:…``), so that making
    the agenda again finds it. ``by_hand`` names the columns that people wrote themselves, which are then left alone;
    ``removed_at`` keeps a point that people took out from coming back. ``facts`` is what the plan said when the agenda
    was made: a printed agenda does not change under the eyes of who reads it.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey("self", on_delete=models.CASCADE, related_name="lines", null=True, blank=True)
    key = models.CharField(max_length=60)
    kind = models.CharField(_("sorte"), max_length=20, choices=ItemKind.choices, default=ItemKind.TEXT)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("titre"), max_length=500)
    note = models.TextField(_("précisions"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    plan_item = models.ForeignKey(
        "plans.PlanItem",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("élément du plan"),
    )
    presenter = models.ForeignKey(
        "spaces.Membership",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("présenté par"),
    )
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    by_hand = models.JSONField(default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # what happens to it during the meeting
    state = models.CharField(_("état"), max_length=10, choices=ItemState.choices, default=ItemState.TODO)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    spent_seconds = models.PositiveIntegerField(default=0)
    record = models.TextField(_("compte rendu"), blank=True)

    class Meta:
        ordering = ["meeting_id", "position", "id"]
        verbose_name = _("point à l’ordre du jour")
        indexes = [
            models.Index(fields=["meeting", "position"], name="meetings_item_order"),
            models.Index(fields=["space", "plan_item"], name="meetings_item_plan"),
        ]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="meetings_item_key")]

    def __str__(self) -> str:
        return self.title


class KeptItem(TimeStamped):
    """A point kept for a next meeting of the series: not treated, postponed, or set aside by somebody.

    It goes into the next agenda by itself (``placed``), unless somebody drops it.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="kept")
    source = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    title = models.CharField(_("titre"), max_length=500)
    note = models.TextField(_("précisions"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    plan_item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    proposed_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    placed = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["series_id", "id"]
        verbose_name = _("point gardé pour la suite")
        indexes = [models.Index(fields=["series", "dropped_at"], name="meetings_kept_open")]

    def __str__(self) -> str:
        return self.title
