"""The emergency cell (I6): who was called, what is asked of whom, a log that cannot be rewritten, and the review after.

Nothing here names a tenant: households are counted, and who they are stays behind the case's own policy.
"""

from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums.cell import CellAnswer, CellReason, CellRole, CellState, EntryKind
from concertoit.field.cases.rules.cell import Line
from concertoit.ground.core.models import TimeStamped


class RapidResponse(TimeStamped):
    """An emergency cell. ``revision`` grows with every act: it is the ETag of what is asked again and again.

    ``log_count`` and ``log_head`` remember the log apart from its lines, so that removing the last one shows.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(_("numéro"), max_length=12)
    title = models.CharField(_("où"), max_length=160)
    reason = models.CharField(_("pourquoi"), max_length=12, choices=CellReason.choices)
    detail = models.CharField(_("en quelques mots"), max_length=300, blank=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    building = models.ForeignKey("places.Building", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    exercise = models.BooleanField(_("exercice"), default=False)
    state = models.CharField(_("état"), max_length=12, choices=CellState.choices, default=CellState.ACTIVE)
    activated_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    activated_label = models.CharField(_("activée par"), max_length=200)
    activated_at = models.DateTimeField(_("activée le"))
    acknowledged_at = models.DateTimeField(_("première réponse"), null=True, blank=True)
    quorum_at = models.DateTimeField(_("rôles essentiels tenus"), null=True, blank=True)
    on_site_at = models.DateTimeField(_("premier geste sur place"), null=True, blank=True)
    stood_down_at = models.DateTimeField(_("levée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    log_count = models.PositiveIntegerField(default=0)
    log_head = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-activated_at", "-id"]
        verbose_name = _("cellule d’urgence")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "reference"],
                name="cases_cell_reference",
                violation_error_message=_("Une cellule porte déjà ce numéro."),
            )
        ]
        indexes = [
            models.Index(fields=["space", "state", "-activated_at"], name="cases_cell_state"),
            models.Index(fields=["space", "case"], name="cases_cell_case"),
            models.Index(fields=["space", "building"], name="cases_cell_building"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.title}"

    @property
    def is_active(self) -> bool:
        return self.state == CellState.ACTIVE


class CellMember(TimeStamped):
    """Somebody called: of the démarche (``membership``), of an organisation, or by name with an e-mail only.

    Name, organisation and telephone are those of the function, copied so that the log stays readable.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    cell = models.ForeignKey(RapidResponse, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("nom"), max_length=160)
    organisation_name = models.CharField(_("organisme"), max_length=200, blank=True)
    email = models.EmailField(_("courriel professionnel"), blank=True)
    phone = models.CharField(_("téléphone professionnel"), max_length=40, blank=True)
    role = models.CharField(_("rôle"), max_length=10, choices=CellRole.choices, default=CellRole.MEMBER)
    role_at = models.DateTimeField(_("rôle tenu depuis"))
    answer = models.CharField(_("réponse"), max_length=10, choices=CellAnswer.choices, blank=True)
    acknowledged_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    # Only a digest is stored: a copy of the database opens no cell.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ["cell_id", "id"]
        verbose_name = _("membre d’une cellule d’urgence")
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "membership"],
                name="cases_cell_member_once",
                violation_error_message=_("Cette personne est déjà appelée."),
            )
        ]
        indexes = [models.Index(fields=["space", "membership"], name="cases_cell_member")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.name} ({self.organisation_name})" if self.organisation_name else self.name

    @property
    def comes(self) -> bool:
        return self.answer in (CellAnswer.COMING, CellAnswer.REMOTE)


class CellTask(TimeStamped):
    """Something asked of somebody, with a time. ``after``: decided by the review, once the cell is stood down."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    cell = models.ForeignKey(RapidResponse, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("tâche"), max_length=200)
    owner = models.ForeignKey(CellMember, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_at = models.DateTimeField(_("pour"), null=True, blank=True)
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    done_label = models.CharField(_("faite par"), max_length=200, blank=True)
    after = models.BooleanField(_("après la cellule"), default=False)
    client_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["cell_id", "done_at", "due_at", "id"]
        verbose_name = _("tâche d’une cellule d’urgence")
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "client_id"],
                name="cases_cell_task_once",
                violation_error_message=_("Cette tâche est déjà inscrite."),
            )
        ]
        indexes = [models.Index(fields=["space", "owner"], name="cases_cell_task_owner")]

    def __str__(self) -> str:
        return self.title


class CellEntry(models.Model):
    """A line of the log. Written once: a correction is another line. ``digest`` chains it to the line before."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    cell = models.ForeignKey(RapidResponse, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField(_("ligne"))
    at = models.DateTimeField(pgettext_lazy("journal", "le"))
    kind = models.CharField(_("type"), max_length=12, choices=EntryKind.choices)
    text = models.TextField(_("texte"))
    data = models.JSONField(default=dict)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    author_label = models.CharField(_("par"), max_length=200)
    corrects = models.PositiveIntegerField(_("corrige la ligne"), null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["cell_id", "number"]
        verbose_name = _("ligne du journal d’une cellule")
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "number"],
                name="cases_cell_line",
                violation_error_message=_("Cette ligne est déjà écrite."),
            ),
            models.UniqueConstraint(
                fields=["cell", "client_id"],
                name="cases_cell_line_once",
                violation_error_message=_("Cette ligne est déjà écrite."),
            ),
        ]
        indexes = [models.Index(fields=["space", "cell"], name="cases_cell_entry")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write the line once. Raises ``TypeError`` when somebody tries to write it again."""
        if self.pk is not None:
            raise TypeError("a line of the log is never rewritten: write a correction")
        super().save(*args, **options)

    @property
    def line(self) -> Line:
        """What the digest covers."""
        at = self.at.astimezone(UTC).isoformat()
        return Line(self.number, at, self.kind, self.text, self.author_label, self.corrects, self.data)


class CellReview(TimeStamped):
    """The review after the action: what went well, what to change. Its actions are tasks (``CellTask.after``)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    cell = models.OneToOneField(RapidResponse, on_delete=models.CASCADE, related_name="review")
    well = models.TextField(_("ce qui a bien été"))
    change = models.TextField(_("ce qu’il faut changer"))
    author_label = models.CharField(_("par"), max_length=200)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("retour sur une cellule d’urgence")

    def __str__(self) -> str:
        return str(self.cell_id)
