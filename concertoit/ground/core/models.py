"""Abstract bases shared by the models of every room, and the table of background jobs."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TimeStamped(models.Model):
    """A row that knows when it was written first and last."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class JobState(models.TextChoices):
    QUEUED = "queued", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminée")
    FAILED = "failed", _("En échec")


class Job(models.Model):
    """Work done behind the page. Only ``ground.core.jobs`` writes here.

    A worker holds a job by a lease (``lease_until``, ``worker``): when it dies, the lease ends and another worker takes
    the job. ``dedup_key`` is unique while the job is unfinished, or for ever when ``keeps_key``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("tâche"), max_length=80)
    payload = models.JSONField(default=dict)
    space_id = models.BigIntegerField(null=True)
    asked_by_id = models.BigIntegerField(null=True)
    dedup_key = models.CharField(max_length=200, null=True, unique=True)
    keeps_key = models.BooleanField(default=False)
    state = models.CharField(_("état"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    run_at = models.DateTimeField(_("à faire dès"), default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    worker = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    progress = models.PositiveSmallIntegerField(_("avancement"), default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("tâche de fond")
        indexes = [
            models.Index(fields=["run_at"], name="core_job_queued", condition=models.Q(state=JobState.QUEUED)),
            models.Index(fields=["lease_until"], name="core_job_running", condition=models.Q(state=JobState.RUNNING)),
            models.Index(fields=["state", "-created_at"], name="core_job_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100),
                name="core_job_progress",
                violation_error_message=_("L’avancement va de 0 à 100."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uid}"

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
