"""Training, visits and gatherings: programmes, events, their sessions, who comes, and the needs they answer."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.events.enums import CheckedBy, EventKind, EventState, NeedState, Seat


class Programme(TimeStamped):
    """A season of events: « Formations 2026-2027 »."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=160)
    intro = models.TextField(_("présentation"), blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "-starts_on", "-id"]
        verbose_name = _("programmation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="events_programme_dates",
                violation_error_message=_("La fin doit suivre le début."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Event(TimeStamped):
    """Something to which people come, once or several times."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, related_name="events", null=True, blank=True,
        verbose_name=_("programmation"),
    )  # fmt: skip
    kind = models.CharField(_("type"), max_length=15, choices=EventKind.choices, default=EventKind.TRAINING)
    title = models.CharField(_("titre"), max_length=200)
    description = models.TextField(_("présentation"), blank=True)
    audience = models.CharField(_("pour qui"), max_length=200, blank=True)
    leader = models.CharField(_("animation"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    open_to_all = models.BooleanField(_("inscription ouverte à toute personne qui a l’adresse"), default=False)
    gives_certificate = models.BooleanField(_("attestation de présence"), default=False)
    synthesis = models.TextField(_("synthèse"), blank=True)
    synthesis_on = models.DateField(_("synthèse diffusée le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "-created_at", "-id"]
        verbose_name = _("activité")
        indexes = [models.Index(fields=["space", "state"], name="events_event_state")]

    def __str__(self) -> str:
        return self.title


class Session(TimeStamped):
    """One time an event is held. ``sequence`` rises at each change that calendars must know (RFC 5545)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    code = models.CharField(max_length=8, unique=True, editable=False)
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), default=120)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    video_link = models.URLField(_("lien vidéo"), blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    closes_on = models.DateField(_("dernier jour pour s’inscrire"), null=True, blank=True)
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = _("séance")
        indexes = [models.Index(fields=["space", "starts_at"], name="events_session_start")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0),
                name="events_session_minutes",
                violation_error_message=_("Une séance dure au moins une minute."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at:%Y-%m-%d}"


class Registration(models.Model):
    """Somebody who comes, or wishes to. ``waited`` orders the waiting list."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="registrations")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("nom"), max_length=160)
    email = models.EmailField(_("courriel"), blank=True)
    organisation = models.CharField(_("organisme"), max_length=200, blank=True)
    needs = models.CharField(_("besoins pour participer"), max_length=300, blank=True)
    seat = models.CharField(_("inscription"), max_length=12, choices=Seat.choices, default=Seat.REGISTERED)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    present = models.BooleanField(_("présence"), null=True, blank=True)
    checked_by = models.CharField(max_length=6, choices=CheckedBy.choices, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        ordering = ["session_id", "created_at", "id"]
        verbose_name = _("inscription")
        indexes = [models.Index(fields=["session", "seat"], name="events_registration_seat")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=~models.Q(email=""),
                name="events_registration_email",
                violation_error_message=_("Cette personne est déjà inscrite."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Need(TimeStamped):
    """What people would like to learn, see or talk about; the next programme answers it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("besoin"), max_length=200)
    detail = models.TextField(_("précision"), blank=True)
    said_by = models.CharField(_("exprimé par"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=NeedState.choices, default=NeedState.OPEN)
    state_note = models.CharField(_("motif"), max_length=300, blank=True)
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, related_name="needs", null=True, blank=True, verbose_name=_("activité")
    )

    class Meta:
        ordering = ["space_id", "title", "id"]
        verbose_name = _("besoin")
        indexes = [models.Index(fields=["space", "state"], name="events_need_state")]

    def __str__(self) -> str:
        return self.title


class NeedSupport(models.Model):
    """Somebody who has the same need: one voice by participation."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="supports")
    membership = models.ForeignKey("spaces.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["need_id", "id"]
        verbose_name = _("appui à un besoin")
        constraints = [models.UniqueConstraint(fields=["need", "membership"], name="events_need_once")]

    def __str__(self) -> str:
        return f"{self.need_id}:{self.membership_id}"
