"""Who is invited to a meeting, what they answer, and whether they came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.enums import Answer, Presence
from concertoit.together.meetings.models.meeting import Meeting


class Attendance(TimeStamped):
    """Somebody invited: a participation of the démarche, or a guest known by name and address only.

    Attendance is told by organisation; ``counts`` says whether that organisation counts for the quorum. ``sent_sequence``
    is the number of the last invitation sent to this address: a later one is an update, none is a first invitation.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="people")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    counts = models.BooleanField(_("compte pour le quorum"), default=True)
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer.choices, default=Answer.NONE)
    answer_note = models.CharField(_("mot"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    substitute_name = models.CharField(_("remplacement"), max_length=200, blank=True)
    substitute_email = models.EmailField(_("courriel du remplacement"), blank=True)
    presence = models.CharField(_("présence"), max_length=12, choices=Presence.choices, default=Presence.UNKNOWN)
    presence_at = models.DateTimeField(null=True, blank=True)
    # Only a digest is stored: a copy of the database answers for nobody. Empty until an invitation leaves.
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    sent_sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "name", "id"]
        verbose_name = _("invitation à une rencontre")
        indexes = [
            models.Index(fields=["space", "answer"], name="meetings_people_answer"),
            models.Index(fields=["membership", "meeting"], name="meetings_people_member"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="meetings_people_once",
                violation_error_message=_("Cette personne est déjà invitée."),
            )
        ]

    def __str__(self) -> str:
        return self.name
