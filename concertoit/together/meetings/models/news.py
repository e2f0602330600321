"""News that flow between linked démarches, and the packs that welcome a new partner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.models.meeting import AgendaItem, Meeting


class News(TimeStamped):
    """A statement of a démarche for those linked to it (*nouvelles du chantier*, *des comités locaux*)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("nouvelle"))
    plan_item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    at = models.DateTimeField(_("date"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    author_label = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("nouvelle")
        indexes = [models.Index(fields=["space", "-at"], name="meetings_news_space")]

    def __str__(self) -> str:
        return self.title


class NewsReceived(TimeStamped):
    """A news as a linked démarche has it: waiting for a meeting, told at one, or set aside. ``space`` is who receives."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="received")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    told_at = models.DateTimeField(_("dite le"), null=True, blank=True)
    aside_at = models.DateTimeField(_("mise de côté le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("nouvelle reçue")
        indexes = [models.Index(fields=["space", "told_at"], name="meetings_news_waiting")]
        constraints = [models.UniqueConstraint(fields=["news", "space"], name="meetings_news_once")]

    def __str__(self) -> str:
        return f"{self.news_id} → {self.space_id}"


class WelcomePack(TimeStamped):
    """A pack made for a new partner from the plan in force and the projects of the day: frozen, with its SHA-256."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("rencontre d’intégration"),
    )
    version = models.ForeignKey("plans.PlanVersion", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("pour"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    word = models.TextField(_("mot d’accueil"), blank=True)
    snapshot = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    # Only a digest is stored: a copy of the database opens no pack.
    token_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("trousse d’accueil")
        indexes = [models.Index(fields=["space", "-created_at"], name="meetings_pack_space")]

    def __str__(self) -> str:
        return self.name
