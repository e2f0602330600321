"""The concerted observation grid (I7): its versions, what several people observed, the grades that came of it.

A version is a draft or frozen. A filled grid (``Sheet``) is one person's on one day; several people's observations of one
point stand side by side. What the household says of itself (``HouseholdNeed``) is apart, under another permission.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.grid import DecisionKind, Extent, GridState, Measure, Need, Observed, Proof, Scope
from concertoit.ground.core.models import TimeStamped


class GridVersion(TimeStamped):
    """An edition of the grid of a démarche. Once adopted it never changes: a new one is prepared from it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("titre"), max_length=120)
    state = models.CharField(_("état"), max_length=10, choices=GridState.choices, default=GridState.DRAFT)
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    # Counts of ``rules.grading.Thresholds``, adopted with the version.
    thresholds = models.JSONField(_("seuils"), default=dict, blank=True)
    source = models.CharField(_("d’où elle vient"), max_length=300, blank=True)
    adopted_by = models.CharField(_("adoptée par"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adoptée le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "-number"]
        verbose_name = _("version de la grille")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="cases_grid_number",
                violation_error_message=_("Cette version existe déjà."),
            ),
            models.UniqueConstraint(
                fields=["space"],
                condition=models.Q(state=GridState.ADOPTED),
                name="cases_grid_in_use",
                violation_error_message=_("Une seule version est en usage."),
            ),
            models.UniqueConstraint(
                fields=["space"],
                condition=models.Q(state=GridState.DRAFT),
                name="cases_grid_draft",
                violation_error_message=_("Un brouillon est déjà ouvert."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == GridState.DRAFT


class GridDimension(TimeStamped):
    """A dimension of the grid, and the groups of people that it harms more."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(GridVersion, on_delete=models.CASCADE, related_name="dimensions")
    code = models.CharField(_("code"), max_length=12)
    title = models.CharField(_("titre"), max_length=120)
    sensitive = models.JSONField(_("groupes sensibles"), default=list, blank=True)  # ``SensitiveGroup``
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version_id", "position", "id"]
        verbose_name = _("dimension de la grille")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="cases_griddimension_code",
                violation_error_message=_("Une dimension porte déjà ce code."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class GridItem(TimeStamped):
    """A point to look at. ``danger``: the words of its danger box; without them it has none.

    ``weight``, ``hhsrs`` and ``sources`` say what source grids give; the grade does not use them. A point that was
    retired keeps its code, so that older observations still say what they are about.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(GridVersion, on_delete=models.CASCADE, related_name="items")
    dimension = models.ForeignKey(GridDimension, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=16)
    scope = models.CharField(_("portée"), max_length=10, choices=Scope.choices, default=Scope.DWELLING)
    label = models.CharField(_("ce qu’on regarde"), max_length=300)
    danger = models.CharField(_("danger immédiat si"), max_length=200, blank=True)
    mandates = models.JSONField(_("mandat"), default=list, blank=True)  # ``Mandate``
    together = models.BooleanField(_("à regarder ensemble"), default=False)  # all of them, and not one of them
    measure = models.CharField(_("se mesure par"), max_length=12, choices=Measure.choices, blank=True)
    weight = models.PositiveSmallIntegerField(_("poids dans les grilles d’origine"), default=1)
    hhsrs = models.CharField(_("risque HHSRS"), max_length=60, blank=True)
    sources = models.CharField(_("sources"), max_length=300, blank=True)
    retired = models.BooleanField(_("retiré"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version_id", "position", "id"]
        verbose_name = _("point de la grille")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="cases_griditem_code",
                violation_error_message=_("Un point porte déjà ce code."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.label}"


class Sheet(TimeStamped):
    """A grid that one person fills for a case on one day, in one competence; with a visit, or from what is told."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(GridVersion, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("cases.Visit", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    author = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("par"))
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("organisme")
    )
    competence = models.CharField(_("à titre de"), max_length=14, choices=Competence.choices)
    on = models.DateField(_("observé le"))
    on_site = models.BooleanField(_("sur place"), default=True)
    finished_at = models.DateTimeField(_("terminée le"), null=True, blank=True)

    class Meta:
        ordering = ["case_id", "on", "id"]
        verbose_name = _("grille remplie")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "author", "competence", "on"],
                condition=models.Q(finished_at=None),
                name="cases_sheet_once",
                violation_error_message=_("Vous remplissez déjà une grille de ce jour pour ce dossier."),
            )
        ]
        indexes = [models.Index(fields=["space", "case", "on"], name="cases_sheet_case")]

    def __str__(self) -> str:
        return f"{self.on} #{self.author_id}"


class SheetSending(models.Model):
    """What a phone sent, by the id that it made: sent twice, it is written once."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="sendings")
    client_id = models.UUIDField(default=uuid.uuid4)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sheet_id", "id"]
        verbose_name = _("envoi d’une grille")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "client_id"],
                name="cases_sending_once",
                violation_error_message=_("Cet envoi est déjà reçu."),
            )
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class Observation(TimeStamped):
    """What a filled grid says of one point. Photos hang on it (``cases.observation``).

    ``code`` is the point's, so that versions of the grid compare. One that was set aside keeps standing on the page with
    its reason; the grade leaves it out.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="observations")
    item = models.ForeignKey(GridItem, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    state = models.CharField(_("état"), max_length=2, choices=Observed.choices)
    extent = models.CharField(_("étendue"), max_length=8, choices=Extent.choices, blank=True)
    danger = models.BooleanField(_("danger immédiat"), default=False)
    proof = models.CharField(_("comment on le sait"), max_length=8, choices=Proof.choices, blank=True)
    measure = models.DecimalField(_("mesure"), max_digits=7, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("note, sans nom"), max_length=280, blank=True)
    set_aside_at = models.DateTimeField(_("écartée le"), null=True, blank=True)
    set_aside_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    set_aside_why = models.CharField(_("pourquoi"), max_length=280, blank=True)

    class Meta:
        ordering = ["sheet_id", "item_id"]
        verbose_name = _("observation")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "item"],
                name="cases_observation_once",
                violation_error_message=_("Ce point est déjà observé dans cette grille."),
            )
        ]
        indexes = [models.Index(fields=["space", "code", "state"], name="cases_observation_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class GradeRecord(TimeStamped):
    """The grade as it came out on a day, kept so that a later version of the grid rewrites no history.

    ``level`` and ``building`` are 0 to 4, or nothing while nothing is checked. A confirmation is a row with
    ``confirmed_by``; it holds until another row follows.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(GridVersion, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    at = models.DateTimeField(_("le"))
    level = models.PositiveSmallIntegerField(_("cote"), null=True)
    building = models.PositiveSmallIntegerField(_("cote du bâti"), null=True)
    causes = models.JSONField(default=list)  # codes of points
    dimensions = models.JSONField(default=dict)  # code → level or null
    checked = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    proved = models.PositiveSmallIntegerField(default=0)
    problems = models.PositiveSmallIntegerField(default=0)
    confirmed_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["case_id", "at", "id"]
        verbose_name = _("cote d’un dossier")
        indexes = [models.Index(fields=["space", "case", "-at"], name="cases_graderecord_case")]

    def __str__(self) -> str:
        return f"#{self.case_id} N{self.level}"


class HouseholdNeed(TimeStamped):
    """What a household said of itself one day, and the accompaniment it needs. Never part of the building's grade."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    vulnerabilities = models.JSONField(_("ce que le ménage dit de lui-même"), default=list, blank=True)
    need = models.CharField(_("besoin d’accompagnement"), max_length=2, choices=Need.choices)
    note = models.CharField(_("ce qui aiderait, sans nom"), max_length=280, blank=True)
    on = models.DateField(_("dit le"))
    author = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case_id", "-on", "-id"]
        verbose_name = _("besoin d’accompagnement")
        indexes = [models.Index(fields=["space", "case", "-on"], name="cases_need_case")]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.need}"


class AuthorityDecision(TimeStamped):
    """A decision of an authority, in its own words. Its document hangs on it (``cases.decision``)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("décision"), max_length=12, choices=DecisionKind.choices)
    authority = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("autorité")
    )
    decided_on = models.DateField(_("prise le"))
    number = models.CharField(_("numéro"), max_length=40, blank=True)
    note = models.CharField(_("précision, sans nom"), max_length=280, blank=True)

    class Meta:
        ordering = ["case_id", "-decided_on", "-id"]
        verbose_name = _("décision d’une autorité")
        indexes = [models.Index(fields=["space", "case"], name="cases_decision_case")]

    def __str__(self) -> str:
        return self.get_kind_display()
