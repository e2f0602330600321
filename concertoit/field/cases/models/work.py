"""Visits, orders, the log of a case, its milestones and pauses, personal links of partners, delays of a démarche."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.work import MoveKind, OrderKind, OrderState, VisitKind, VisitState
from concertoit.ground.core.models import TimeStamped


class Visit(TimeStamped):
    """Somebody of the team or of a partner goes there. The observation grid hangs on it (``cases.visit``).

    ``member`` or ``organisation`` says who goes. ``order`` is what a re-inspection checks. Notes are « sans nom ».
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="visits")
    kind = models.CharField(_("pour"), max_length=12, choices=VisitKind.choices, default=VisitKind.OBSERVATION)
    competence = models.CharField(_("compétence"), max_length=14, choices=Competence.choices)
    member = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("membre de l’équipe"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("organisme"),
    )  # fmt: skip
    planned_at = models.DateTimeField(_("prévue le"))
    state = models.CharField(_("état"), max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    note = models.TextField(_("note, sans nom"), blank=True)
    re_inspection = models.BooleanField(_("réinspection"), default=False)
    order = models.ForeignKey(
        "cases.Order", on_delete=models.SET_NULL, related_name="visits", null=True, blank=True,
        verbose_name=_("ordonnance ou avis vérifié"),
    )  # fmt: skip

    class Meta:
        ordering = ["planned_at", "id"]
        verbose_name = _("visite")
        indexes = [
            models.Index(fields=["space", "member", "state", "planned_at"], name="cases_visit_member"),
            models.Index(fields=["space", "organisation", "state", "planned_at"], name="cases_visit_org"),
            models.Index(fields=["space", "state", "planned_at"], name="cases_visit_state"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Order(TimeStamped):
    """An order, a notice, a statement or a report. Before ``released_on``, the team and its issuer alone see it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="orders")
    kind = models.CharField(_("type"), max_length=10, choices=OrderKind.choices)
    number = models.CharField(_("numéro de l’autorité"), max_length=40, blank=True)
    issuer = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("émis par"),
    )  # fmt: skip
    issued_on = models.DateField(_("émis le"))
    released_on = models.DateField(_("communiqué à compter du"), null=True, blank=True)
    due_on = models.DateField(_("à respecter d’ici le"), null=True, blank=True)
    text = models.TextField(_("ce qui est demandé, sans nom"), blank=True)
    state = models.CharField(_("état"), max_length=12, choices=OrderState.choices, default=OrderState.OPEN)
    state_on = models.DateField(_("depuis le"), null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = _("ordonnance, avis ou constat")
        indexes = [models.Index(fields=["space", "state", "due_on"], name="cases_order_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def is_late(self) -> bool:
        """Whether its day is past and nobody said what came of it."""
        return self.state == OrderState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()


class CaseMove(models.Model):
    """One line of the log of a case: a state that changed, with who and why. Never edited."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="moves")
    assignment = models.ForeignKey("cases.Assignment", on_delete=models.CASCADE, related_name="moves", null=True)
    kind = models.CharField(max_length=12, choices=MoveKind.choices)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    words = models.TextField(_("raison"), blank=True)
    user = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    # Who, where there is no account: a role or an organisation.
    author = models.CharField(_("par"), max_length=160, blank=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("étape d’un dossier")
        indexes = [models.Index(fields=["space", "at"], name="cases_move_at")]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.after}"


class Milestone(TimeStamped):
    """A delay that was met (or not): what the clocks of ``rules/clocks.py`` ask for, and when it was done."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="milestones")
    code = models.CharField(max_length=20)  # ``rules.clocks.Clock``
    reached_at = models.DateTimeField(_("fait le"))
    needed = models.BooleanField(_("nécessaire"), default=True)
    round = models.PositiveSmallIntegerField(
        default=0
    )  # the case's ``reopened_count`` then: a reopened case starts anew

    class Meta:
        ordering = ["case_id", "reached_at", "id"]
        verbose_name = _("délai tenu")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "round"],
                name="cases_milestone_once",
                violation_error_message=_("Cette étape est déjà notée."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.code}"


class ClockPause(TimeStamped):
    """Days that do not count, for a reason that anybody may read. The emergency delay never pauses."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="pauses")
    since = models.DateField(_("du"))
    until = models.DateField(_("au"), null=True, blank=True)
    reason = models.CharField(_("raison, sans nom"), max_length=200)

    class Meta:
        ordering = ["since", "id"]
        verbose_name = _("pause des délais")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="cases_pause_dates",
                violation_error_message=_("La pause finit après avoir commencé."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.since}"


class PartnerLink(TimeStamped):
    """The personal link by which a partner answers an assignment without an account; only its SHA-256 is kept."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    assignment = models.ForeignKey("cases.Assignment", on_delete=models.CASCADE, related_name="links")
    email = models.EmailField(_("courriel professionnel"))
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("valide jusqu’au"))
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("lien personnel d’un partenaire")

    def __str__(self) -> str:
        return f"#{self.assignment_id}"


class WorkParameter(models.Model):
    """The value a démarche gave to a delay from a day on, with its source (``rules/parameters.py``)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField(_("valeur"))
    since = models.DateField(_("en vigueur depuis le"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["code", "since", "id"]
        verbose_name = _("délai de la démarche")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "code", "since"],
                name="cases_parameter_once",
                violation_error_message=_("Ce délai a déjà une valeur à cette date."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}"
