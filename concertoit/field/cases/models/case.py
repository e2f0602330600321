"""A case: what is wrong at an address, who follows it, where it stands. Nothing here names a tenant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import (
    AssignmentState,
    CaseState,
    Channel,
    Competence,
    Living,
    Outcome,
    Urgency,
    Works,
)
from concertoit.field.cases.enums.work import Partners
from concertoit.ground.core.models import TimeStamped


class Case(TimeStamped):
    """One household's (or one dwelling's, or one building's) problem, from the first word to closure and after.

    ``known_at`` is when anybody of the team knew: the clocks start there, whoever typed it and when. ``moved_at`` is the
    last act of anybody; it drives « silent for 60 days ».
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(_("numéro"), max_length=12)
    building = models.ForeignKey(
        "places.Building", on_delete=models.PROTECT, related_name="+", verbose_name=_("immeuble")
    )
    dwelling = models.ForeignKey(
        "places.Dwelling", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("logement"),
    )  # fmt: skip
    household = models.ForeignKey(
        "cases.Household", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("ménage"),
    )  # fmt: skip
    channel = models.CharField(_("arrivé par"), max_length=12, choices=Channel.choices)
    problems = models.JSONField(_("ce qui est signalé"), default=list, blank=True)
    summary = models.CharField(_("en bref"), max_length=200)
    urgency = models.CharField(_("délais"), max_length=10, choices=Urgency.choices, default=Urgency.STANDARD)
    state = models.CharField(_("état"), max_length=10, choices=CaseState.choices, default=CaseState.NEW)
    follower = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("suivi par"),
    )  # fmt: skip
    known_at = models.DateTimeField(_("connu de l’équipe le"))
    # Where the clocks start again after a reopening; ``known_at`` itself never changes.
    clock_at = models.DateTimeField(_("délais comptés depuis le"), null=True, blank=True)
    moved_at = models.DateTimeField(_("dernier geste le"))
    made_safe_at = models.DateTimeField(_("mis en sécurité le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    outcome = models.CharField(_("issue"), max_length=12, choices=Outcome.choices, blank=True)
    living = models.CharField(_("conditions de vie"), max_length=10, choices=Living.choices, blank=True)
    closing_note = models.TextField(_("ce qui a été fait"), blank=True)
    reopened_count = models.PositiveSmallIntegerField(_("réouvertures"), default=0)
    # What lists ask of every case, kept by services so that 100,000 cases cost no count.
    partners = models.CharField(_("partenaires"), max_length=8, choices=Partners.choices, default=Partners.NONE)
    next_due_at = models.DateTimeField(_("prochaine échéance"), null=True, blank=True)
    next_due = models.CharField(max_length=20, blank=True)  # ``rules.clocks.Clock``, or « assignment », « order »
    # Written by the decision of the liaison agent on complexity (I6).
    is_complex = models.BooleanField(_("cas complexe"), default=False)

    class Meta:
        ordering = ["-known_at", "-id"]
        verbose_name = _("dossier")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "reference"],
                name="cases_case_reference",
                violation_error_message=_("Un dossier porte déjà ce numéro."),
            )
        ]
        # The number breaks ties in every list: it stands in the index too, or the database sorts 100,000 rows for a page.
        indexes = [
            models.Index(fields=["space", "state", "-known_at", "-id"], name="cases_case_state"),
            models.Index(fields=["space", "-known_at", "-id"], name="cases_case_known"),
            models.Index(
                fields=["space", "-known_at", "-id"],
                name="cases_case_open",
                condition=~models.Q(state=CaseState.CLOSED),
            ),
            models.Index(fields=["space", "moved_at"], name="cases_case_moved"),
            models.Index(fields=["space", "building"], name="cases_case_building"),
            models.Index(fields=["space", "follower", "-known_at", "-id"], name="cases_case_follower"),
            # The agent's first question every morning: the whole answer stands in the index.
            models.Index(
                fields=["space", "-known_at", "-id"],
                name="cases_case_orphans",
                condition=~models.Q(state=CaseState.CLOSED) & models.Q(follower=None),
            ),
            models.Index(
                fields=["space", "next_due_at", "id"],
                name="cases_case_due",
                condition=~models.Q(state=CaseState.CLOSED),
            ),
            models.Index(
                fields=["space", "partners", "-known_at", "-id"],
                name="cases_case_partners",
                condition=~models.Q(state=CaseState.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state != CaseState.CLOSED


class BrigadeMember(TimeStamped):
    """Somebody of the team (I2): a membership of the démarche, with competences, integration and availability."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField("spaces.Membership", on_delete=models.CASCADE, related_name="+")
    competences = models.JSONField(_("compétences"), default=list)  # values of ``Competence``
    languages = models.CharField(_("langues parlées"), max_length=120, blank=True)
    availability = models.CharField(_("disponibilités"), max_length=200, blank=True)
    on_call = models.BooleanField(_("peut être appelée ou appelé pour une cellule d’urgence"), default=False)
    integration = models.JSONField(_("étapes d’intégration faites"), default=dict, blank=True)  # step code → ISO date

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("membre de la brigade")

    def __str__(self) -> str:
        return f"#{self.membership_id}"


class PartnerMandate(TimeStamped):
    """An organisation that cases are assigned to, with what it is competent for (I8)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    competences = models.JSONField(_("compétences"), default=list)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    ended_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("mandat d’un partenaire")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "organisation"],
                name="cases_mandate_once",
                violation_error_message=_("Cet organisme a déjà un mandat dans la démarche."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Assignment(TimeStamped):
    """A case asked of a partner: its own state, reasons and deadline. Before accepting, a partner sees no identity."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    competence = models.CharField(_("pour"), max_length=14, choices=Competence.choices)
    ask = models.TextField(_("ce qui est demandé"), blank=True)
    state = models.CharField(_("état"), max_length=12, choices=AssignmentState.choices, default=AssignmentState.NEW)
    state_at = models.DateTimeField(_("depuis le"))
    reason = models.TextField(_("raison"), blank=True)
    works = models.CharField(_("travaux"), max_length=10, choices=Works.choices, blank=True)
    answer_by = models.DateField(_("répondre d’ici le"), null=True, blank=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)

    class Meta:
        ordering = ["case_id", "id"]
        verbose_name = _("affectation à un partenaire")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation", "competence"],
                name="cases_assignment_once",
                violation_error_message=_("Cet organisme a déjà ce dossier pour cette compétence."),
            )
        ]
        indexes = [
            models.Index(fields=["space", "organisation", "state"], name="cases_assignment_org"),
            models.Index(fields=["space", "state", "due_on"], name="cases_assignment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.organisation_id}"
