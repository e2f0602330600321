"""What people are told, and how each of them wants to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.notifications.enums import Email, Rhythm


class Notice(models.Model):
    """One message to one person. ``email`` says what it owes them by e-mail; ``emailed_at`` that it was paid."""

    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    space_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("objet"), max_length=300)
    body = models.TextField(_("texte"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(_("date"))
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    email = models.CharField(max_length=10, choices=Email.choices)
    emailed_at = models.DateTimeField(null=True, blank=True)
    batch = models.UUIDField(editable=False)
    dedup_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("avis")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "dedup_key"],
                condition=~models.Q(dedup_key=""),
                name="notifications_once",
                violation_error_message=_("Cette personne a déjà reçu cet avis."),
            )
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notifications_list"),
            models.Index(
                fields=["user"], name="notifications_unread", condition=models.Q(read_at__isnull=True, in_app=True)
            ),
            models.Index(
                fields=["user"],
                name="notifications_owed",
                condition=models.Q(emailed_at__isnull=True, email=Email.DIGEST),
            ),
            models.Index(fields=["batch"], name="notifications_batch"),
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """What a person said about one kind of notice; without a row, the kind's own defaults hold."""

    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    app = models.BooleanField(_("dans l’application"), default=True)
    email = models.CharField(_("par courriel"), max_length=10, choices=Email.choices)

    class Meta:
        ordering = ["user_id", "kind"]
        verbose_name = _("préférence")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="notifications_preference_once",
                violation_error_message=_("Une préférence existe déjà pour ce type d’avis."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.user_id} {self.kind}"


class Reader(models.Model):
    """When a person wants the digest, and when the last one left."""

    user = models.OneToOneField("identity.User", on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(_("résumé"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    digested_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["user_id"]
        verbose_name = _("rythme du résumé")

    def __str__(self) -> str:
        return f"#{self.user_id} {self.rhythm}"


class Mute(models.Model):
    """A démarche from which a person wants quiet."""

    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    space_id = models.BigIntegerField()

    class Meta:
        ordering = ["user_id", "space_id"]
        verbose_name = _("sourdine")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "space_id"],
                name="notifications_mute_once",
                violation_error_message=_("La démarche est déjà en sourdine."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.user_id} {self.space_id}"
