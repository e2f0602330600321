"""Beside the building, the household: notes, the tenant's path, letters, messages, who sent the household to us (I5).

Everything but messages to partners is under ``policies.may_see_support``, which building inspection never has. What is
written here is dated, signed and never changed: a correction is another line.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums.support import (
    Audience,
    LetterKind,
    NoteKind,
    PathResult,
    PathStepKind,
    RentAsk,
    VoidReason,
)
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.models import TimeStamped


class WrittenOnce(TimeStamped):
    """A row that is never edited; retention deletes it, nothing else touches it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Raises ``DomainError`` for a row that is already written."""
        if not self._state.adding:
            raise DomainError(_("Ce qui est signé ne se modifie pas. Ajoutez une note qui le corrige."))
        super().save(*args, **options)


class SupportNote(WrittenOnce):
    """What was done with the household, signed. ``card``: the information on rights that was explained."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("type"), max_length=12, choices=NoteKind.choices)
    on = models.DateField(_("fait le"))
    body = models.TextField(_("note"), blank=True)
    card = models.CharField(_("droit expliqué"), max_length=40, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    author = models.ForeignKey("spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True)
    signed_as = models.CharField(_("signé par"), max_length=200)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("note d’accompagnement")
        indexes = [models.Index(fields=["space", "case", "-on"], name="cases_note_case")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PathStep(TimeStamped):
    """A step of the tenant's path: what was tried with the owner, then with the authorities, and what came of it.

    ``due_on`` is when the step is to be done; once it is, ``answer_by`` is when an answer is expected.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(pgettext_lazy("parcours", "démarche"), max_length=12, choices=PathStepKind.choices)
    asks = models.JSONField(_("ce qui est demandé"), default=list, blank=True)  # values of ``RentAsk``
    due_on = models.DateField(_("à faire d’ici le"), null=True, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)
    answer_by = models.DateField(_("réponse attendue le"), null=True, blank=True)
    answer_rule = models.CharField(_("délai appliqué"), max_length=200, blank=True)
    result = models.CharField(_("résultat"), max_length=12, choices=PathResult.choices, blank=True)
    result_on = models.DateField(_("résultat connu le"), null=True, blank=True)
    note = models.CharField(_("précision"), max_length=280, blank=True)
    signed_as = models.CharField(_("inscrit par"), max_length=200)

    class Meta:
        ordering = ["case_id", "id"]
        verbose_name = _("étape du parcours du locataire")
        indexes = [
            models.Index(fields=["space", "case"], name="cases_step_case"),
            models.Index(fields=["space", "answer_by"], name="cases_step_answer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result="") | models.Q(done_on__isnull=False),
                name="cases_step_done_first",
                violation_error_message=_("Dites d’abord quand la démarche a été faite."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def waits_until(self) -> Any:
        """The day that counts now: to act, or to hear; nothing once the result is known."""
        if self.result:
            return None
        return self.answer_by if self.done_on else self.due_on

    @property
    def asked(self) -> list[str]:
        """What is asked, as people say it."""
        return [str(RentAsk(code).label) for code in self.asks if code in RentAsk.values]


class Letter(TimeStamped):
    """A letter that was produced: its words in two languages, frozen, with their digest. Nothing is sent by itself.

    The name of the household is never in ``content``: a placeholder stands for it, filled when somebody who may know it
    downloads the file. ``stage`` counts the times the case was opened: one letter to the owner for each.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("lettre"), max_length=12, choices=LetterKind.choices)
    stage = models.PositiveSmallIntegerField(_("ouverture du dossier"))
    dated = models.DateField(_("datée du"))
    content = models.JSONField(_("texte"))  # {"fr": {...}, "en": {...}} as ``rules.letters.Words`` gives it
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    produced_at = models.DateTimeField(_("produite le"))
    signed_as = models.CharField(_("produite par"), max_length=200)
    voided_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    void_reason = models.CharField(
        pgettext_lazy("lettre", "ce qu’elle est devenue"), max_length=10, choices=VoidReason.choices, blank=True
    )
    void_note = models.CharField(_("précision"), max_length=200, blank=True)

    class Meta:
        ordering = ["-produced_at", "-id"]
        verbose_name = _("lettre")
        indexes = [models.Index(fields=["space", "case"], name="cases_letter_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"],
                condition=models.Q(kind=LetterKind.OWNER, voided_at=None),
                name="cases_letter_owner_once",
                violation_error_message=_("Le propriétaire a déjà sa lettre à cette étape du dossier."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Message(WrittenOnce):
    """A message of the case, read by one audience: the team and partners who accepted, or the team and the tenant."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(pgettext_lazy("message", "entre"), max_length=8, choices=Audience.choices)
    at = models.DateTimeField(_("écrit le"))
    body = models.TextField(_("message"))
    from_tenant = models.BooleanField(_("du ménage"), default=False)
    author = models.ForeignKey("spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True)
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True)
    signed_as = models.CharField(_("signé par"), max_length=200)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("message d’un dossier")
        indexes = [models.Index(fields=["space", "case", "audience", "at"], name="cases_message_thread")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ThreadRead(models.Model):
    """Until when somebody has read a thread; ``user`` is empty for the household."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+", null=True)
    signed_as = models.CharField(_("lu par"), max_length=200)
    read_at = models.DateTimeField(_("lu le"))

    class Meta:
        ordering = ["case_id", "audience", "-read_at"]
        verbose_name = _("lecture d’une conversation")
        indexes = [models.Index(fields=["space", "case"], name="cases_read_case")]
        constraints = [
            models.UniqueConstraint(fields=["case", "audience", "user"], name="cases_read_once"),
            models.UniqueConstraint(
                fields=["case", "audience"], condition=models.Q(user=None), name="cases_read_tenant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReceivedReferral(TimeStamped):
    """An organisation sent the household to us; it hears back that somebody follows, and nothing else."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("organisme"),
    )  # fmt: skip
    from_whom = models.CharField(_("de la part de"), max_length=120, blank=True)
    on = models.DateField(_("reçue le"))
    reason = models.CharField(_("pourquoi"), max_length=200)
    answered_on = models.DateField(_("nouvelles données le"), null=True, blank=True)
    answered_as = models.CharField(_("nouvelles données par"), max_length=200, blank=True)
    signed_as = models.CharField(_("inscrite par"), max_length=200)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("référence reçue")
        indexes = [models.Index(fields=["space", "case"], name="cases_received_case")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def sender(self) -> str:
        return str(self.organisation) if self.organisation else self.from_whom
