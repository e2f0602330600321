"""Small works for elders who stay at home (L28): the pilot, who asks, who helps, what was done, what it changed.

Who asks is apart (``Applicant``): a request, a list, a file never carry a name.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.small_works.enums import AgeBand, Answer, Channel, RequestState, Tenure
from concertoit.ground.core.models import TimeStamped


class Pilot(TimeStamped):
    """What the démarche admits. Empty is « not decided yet »: the rule then asks to check."""

    space = models.OneToOneField("spaces.Space", on_delete=models.CASCADE, related_name="+")
    min_age = models.PositiveSmallIntegerField(_("âge minimal"), null=True, blank=True)
    works = models.JSONField(_("travaux offerts"), default=list)
    max_cost = models.DecimalField(
        _("coût maximal d’une demande"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    check_months = models.PositiveSmallIntegerField(
        _("vérification des antécédents valable (mois)"), null=True, blank=True
    )
    follow_up_days = models.PositiveSmallIntegerField(_("suivi après (jours)"), default=30)
    research_partners = models.CharField(_("partenaires de recherche"), max_length=200, blank=True)
    k = models.PositiveSmallIntegerField(_("plus petit groupe dans une extraction"), default=5)
    source = models.CharField(_("décidé par"), max_length=200, blank=True)

    class Meta:
        ordering = ["space_id"]
        verbose_name = _("projet de menus travaux")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(k__gte=3),
                name="small_works_k",
                violation_error_message=_("Un groupe de moins de trois ne cache personne."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.space_id}"


class Applicant(TimeStamped):
    """Who asks, and how to reach them. Read by the team only, and by the handyperson of a visit for that visit."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    given_name = models.CharField(_("prénom"), max_length=80, blank=True)
    family_name = models.CharField(_("nom"), max_length=80, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    building = models.ForeignKey("places.Building", on_delete=models.PROTECT, related_name="+")
    dwelling = models.ForeignKey("places.Dwelling", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    age_band = models.CharField(_("âge"), max_length=10, choices=AgeBand.choices, blank=True)
    tenure = models.CharField(_("occupation"), max_length=10, choices=Tenure.choices, blank=True)
    lives_alone = models.BooleanField(_("vit sans autre personne"), null=True, blank=True)
    language = models.CharField(_("langue"), max_length=40, blank=True)
    relative_name = models.CharField(_("proche à joindre"), max_length=120, blank=True)
    relative_phone = models.CharField(_("téléphone du proche"), max_length=30, blank=True)
    consent_version = models.CharField(_("version du texte lu"), max_length=60)
    consent_means = models.CharField(_("accord donné"), max_length=10)
    consented_at = models.DateTimeField(_("accord donné le"))
    research_at = models.DateTimeField(_("accord pour la recherche"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("rendu anonyme le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("personne qui demande")
        indexes = [models.Index(fields=["space", "building"], name="small_works_home")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Handyperson(TimeStamped):
    """Somebody who does the works: from a social enterprise, a volunteer, a caretaker."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("organisme"),
    )  # fmt: skip
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    skills = models.JSONField(_("sait faire"), default=list)
    mrcs = models.ManyToManyField("places.Mrc", related_name="+", verbose_name=_("territoire"))
    languages = models.JSONField(_("langues"), default=list, blank=True)
    checked_on = models.DateField(_("antécédents vérifiés le"), null=True, blank=True)
    max_load = models.PositiveSmallIntegerField(_("demandes à la fois"), default=3)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    # How many requests they have in hand: ``queries.requests.handypersons`` counts them all at once.
    load: int = 0

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("aide aux menus travaux")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="small_works_handy_once",
                violation_error_message=_("Cette personne est déjà dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Request(TimeStamped):
    """A request for small works, from the first call to the news taken weeks later."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(_("numéro"), max_length=12)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="requests")
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, related_name="+", verbose_name=_("municipalité")
    )
    channel = models.CharField(_("arrivée par"), max_length=10, choices=Channel.choices)
    works = models.JSONField(_("travaux demandés"), default=list)
    description = models.TextField(_("ce qui est à faire"), blank=True, help_text=_("Sans nom ni détail de santé."))
    fall_risk = models.BooleanField(_("risque de chute"), default=False)
    needs_trade = models.BooleanField(_("exige un corps de métier"), null=True, blank=True)
    landlord_must = models.BooleanField(_("revient au propriétaire"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED)
    state_at = models.DateTimeField(_("depuis le"))
    reason = models.TextField(_("raison"), blank=True)
    verdict = models.CharField(_("règle"), max_length=8, choices=Answer.choices, blank=True)
    received_on = models.DateField(_("reçue le"))
    handyperson = models.ForeignKey(Handyperson, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    visit_at = models.DateTimeField(_("visite le"), null=True, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)
    hours = models.DecimalField(_("heures"), max_digits=5, decimal_places=2, null=True, blank=True)
    materials = models.DecimalField(_("matériaux"), max_digits=8, decimal_places=2, null=True, blank=True)
    labour = models.DecimalField(_("main-d’œuvre"), max_digits=8, decimal_places=2, null=True, blank=True)
    paid_by_person = models.DecimalField(
        _("payé par la personne"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    report = models.TextField(_("ce qui a été fait"), blank=True)
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    # The personal link of who does the works; empty once it no longer answers.
    link_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = _("demande de menus travaux")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "reference"],
                name="small_works_reference",
                violation_error_message=_("Une demande porte déjà ce numéro."),
            ),
            models.UniqueConstraint(
                fields=["space", "client_id"],
                name="small_works_client",
                violation_error_message=_("Cette demande est déjà reçue."),
            ),
        ]
        indexes = [
            models.Index(fields=["space", "state", "-received_on"], name="small_works_state"),
            models.Index(fields=["handyperson", "state"], name="small_works_handy"),
            models.Index(fields=["link_digest"], name="small_works_link"),
        ]

    def __str__(self) -> str:
        return self.reference


class FollowUp(TimeStamped):
    """News taken after the works: satisfaction, and what it changed."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="follow_up")
    on = models.DateField(_("le"))
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction, de 1 à 5"))
    holds = models.BooleanField(_("la réparation tient"), null=True, blank=True)
    effects = models.JSONField(_("ce que cela a changé"), default=list)
    words = models.TextField(_("en ses mots"), blank=True, help_text=_("Sans nom."))

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("suivi de menus travaux")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfaction__gte=1, satisfaction__lte=5),
                name="small_works_satisfaction",
                violation_error_message=_("La satisfaction va de 1 à 5."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}"


class Extraction(TimeStamped):
    """A file that left for research: which choice was made, how many rows, and its fingerprint."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    to = models.CharField(_("remise à"), max_length=200)
    since = models.DateField(_("du"))
    until = models.DateField(_("au"))
    k = models.PositiveSmallIntegerField("k")
    smallest = models.PositiveSmallIntegerField(_("plus petit groupe"))
    levels = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(_("lignes"))
    left_out = models.PositiveIntegerField(_("lignes retenues"))
    content = models.TextField(editable=False)
    sha256 = models.CharField(_("empreinte"), max_length=64)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("extraction pour la recherche")

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"
