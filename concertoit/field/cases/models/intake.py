"""What somebody told: a report, before and after it becomes a case. The address and the problem; names are elsewhere."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.intake import ListState, ReportState, SetAside, WordKind
from concertoit.ground.core.models import TimeStamped


class Report(TimeStamped):
    """One person's words about one place. Several reports may feed one case; each keeps its own follow-up code.

    ``uid`` is what the code is made from, with the installation's key: the table holds a digest of the code only.
    ``building`` is empty while the address cannot be read; then ``address`` keeps what was written.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(_("numéro"), max_length=14)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True)
    client_id = models.CharField(max_length=64, blank=True)
    channel = models.CharField(_("arrivé par"), max_length=12, choices=Channel.choices)
    state = models.CharField(_("état"), max_length=10, choices=ReportState.choices, default=ReportState.NEW)
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("municipalité"),
    )  # fmt: skip
    address = models.CharField(_("adresse écrite"), max_length=200, blank=True)
    building = models.ForeignKey(
        "places.Building", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("immeuble"),
    )  # fmt: skip
    dwelling = models.ForeignKey(
        "places.Dwelling", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("logement"),
    )  # fmt: skip
    household = models.ForeignKey(
        "cases.Household", on_delete=models.SET_NULL, related_name="reports", null=True, blank=True,
        verbose_name=_("ménage"),
    )  # fmt: skip
    problems = models.JSONField(_("ce qui est signalé"), default=list, blank=True)  # values of ``Problem``
    dangers = models.JSONField(_("ce qui ne peut pas attendre"), default=list, blank=True)  # values of ``Danger``
    description = models.TextField(_("en ses mots"), blank=True)
    since = models.CharField(_("depuis quand"), max_length=80, blank=True)
    told_owner = models.BooleanField(_("propriétaire déjà averti"), null=True, blank=True)
    joined = models.BooleanField(_("accepte d’être suivi avec d’autres de l’immeuble"), default=False)
    language = models.CharField(_("langue de la page"), max_length=5, default="fr")
    received_at = models.DateTimeField(_("reçu le"))
    taken_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("noté par"),
    )  # fmt: skip
    sender = models.CharField(_("transmis par"), max_length=120, blank=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="reports", null=True, blank=True,
        verbose_name=_("dossier"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    set_aside = models.CharField(_("mis de côté parce que"), max_length=10, choices=SetAside.choices, blank=True)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    # What a 311 sends beside the problem (Open311 GeoReport v2): its own number, its service, a picture it keeps.
    external_system = models.CharField(_("système d’origine"), max_length=80, blank=True)
    external_id = models.CharField(_("numéro d’origine"), max_length=80, blank=True)
    service_code = models.CharField(_("service demandé"), max_length=40, blank=True)
    media_url = models.URLField(_("photo chez l’expéditeur"), max_length=400, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name = _("signalement")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "reference"],
                name="cases_report_reference",
                violation_error_message=_("Un signalement porte déjà ce numéro."),
            ),
            models.UniqueConstraint(
                fields=["space", "client_id"],
                condition=~models.Q(client_id=""),
                name="cases_report_client",
                violation_error_message=_("Ce signalement est déjà reçu."),
            ),
            models.UniqueConstraint(
                fields=["space", "external_system", "external_id"],
                condition=~models.Q(external_id=""),
                name="cases_report_external",
                violation_error_message=_("Ce signalement est déjà reçu de ce système."),
            ),
        ]
        indexes = [
            models.Index(fields=["space", "state", "-received_at"], name="cases_report_state"),
            models.Index(fields=["space", "-received_at"], name="cases_report_received"),
            models.Index(fields=["space", "building"], name="cases_report_building"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_urgent(self) -> bool:
        return bool(self.dangers)

    @property
    def waits(self) -> bool:
        return self.state == ReportState.NEW


class ReportDraft(TimeStamped):
    """A report that somebody has begun and not sent: resumed with its code, destroyed after some days."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(_("réponses commencées"), default=dict, blank=True)
    expires_at = models.DateTimeField(_("détruit le"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("signalement commencé")
        indexes = [models.Index(fields=["expires_at"], name="cases_draft_expires")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReportWord(TimeStamped):
    """Something said about a report afterwards: a precision, a question of the team, its answer, a correction asked."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(_("sorte"), max_length=10, choices=WordKind.choices)
    text = models.TextField(_("texte"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    answers = models.ForeignKey("self", on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    at = models.DateTimeField(_("le"))
    handled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("mot d’un signalement")
        indexes = [models.Index(fields=["space", "kind", "handled_at"], name="cases_word_waiting")]

    def __str__(self) -> str:
        return f"#{self.report_id} {self.kind}"


class CaseList(TimeStamped):
    """A list of existing cases being brought in: read, shown with its errors, then confirmed or given up.

    ``rows`` hold what was read, names included, until the list is confirmed, given up or too old.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("fichier"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=ListState.choices, default=ListState.READ)
    headers = models.JSONField(_("colonnes"), default=list)
    rows = models.JSONField(_("lignes lues"), default=list)
    made_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    opened_count = models.PositiveIntegerField(_("dossiers ouverts"), default=0)
    expires_at = models.DateTimeField(_("détruite le"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("liste de cas")
        indexes = [models.Index(fields=["space", "-created_at"], name="cases_list_space")]

    def __str__(self) -> str:
        return self.name


class DoorTally(models.Model):
    """How often one place knocked at a public door today. ``place`` is a keyed digest of the day and the address of the
    network: it says nothing of tomorrow, and the address itself is never written."""

    day = models.DateField()
    door = models.CharField(max_length=20)
    place = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "id"]
        verbose_name = _("compte d’une porte publique")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "door", "place"],
                name="cases_tally_once",
                violation_error_message=_("Ce compte existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.day:%Y-%m-%d}"
