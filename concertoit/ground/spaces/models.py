"""Démarches: the boundary of data. Who takes part, in which body, in what capacity, with what role, from when to when."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.ground.spaces.enums import BodyKind, Capacity, CommitteeState, Role, SpaceKind


class Space(TimeStamped):
    """A démarche: a collective initiative with its partners, plan and meetings."""

    name = models.CharField(_("nom"), max_length=160)
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=SpaceKind.choices, default=SpaceKind.CHANTIER)
    mission = models.TextField(_("mission"), blank=True)
    mrcs = models.ManyToManyField("places.Mrc", related_name="+", blank=True, verbose_name=_("territoire"))
    home = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme porteur"),
    )
    funder_name = models.CharField(_("bailleur de fonds"), max_length=160, blank=True)
    is_public = models.BooleanField(
        _("page publique"),
        default=False,
        help_text=_("Le plan en vigueur et son avancement sont visibles de tout le monde."),
    )
    tools = models.JSONField(_("outils de la démarche"), default=list, blank=True)
    archived_at = models.DateTimeField(_("archivée le"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("démarche")

    def __str__(self) -> str:
        return self.name

    def uses(self, tool: str) -> bool:
        """Whether the démarche works with this tool (``enums.Tool``)."""
        return tool in self.tools


class GoverningBody(TimeStamped):
    """An *instance* of the démarche: its coordination committee, its plenary, the authority to which the plan goes."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField(_("type"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    short_name = models.CharField(_("nom court"), max_length=30, blank=True)
    mandate = models.TextField(_("mandat"), blank=True)
    rhythm = models.CharField(_("rythme"), max_length=120, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "kind", "name", "id"]
        verbose_name = _("instance")

    def __str__(self) -> str:
        return self.name


class Committee(TimeStamped):
    """A working committee, existing or announced by the plan (« à former »)."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="committees")
    name = models.CharField(_("nom"), max_length=200)
    short_name = models.CharField(_("nom court"), max_length=60, blank=True)
    mandate = models.TextField(_("mandat"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=CommitteeState.choices, default=CommitteeState.TO_FORM)
    formed_on = models.DateField(_("formé le"), null=True, blank=True)
    closed_on = models.DateField(_("terminé le"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )

    class Meta:
        ordering = ["space_id", "name", "id"]
        verbose_name = _("comité")

    def __str__(self) -> str:
        return self.short_name or self.name


class Membership(TimeStamped):
    """A person in a démarche, for an organisation or in their own name, in a capacity, with a role, between two dates."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        "identity.Person",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("personne-ressource"),
    )
    organisation = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme"),
    )
    capacity = models.CharField(
        _("à titre de"), max_length=20, choices=Capacity.choices, default=Capacity.ORGANISATION
    )
    capacity_note = models.CharField(_("précision"), max_length=160, blank=True)
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices, default=Role.PARTNER)
    starts_on = models.DateField(_("depuis le"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["space_id", "position", "id"]
        verbose_name = _("participation")
        indexes = [
            models.Index(fields=["space", "role"], name="spaces_member_role"),
            models.Index(fields=["space", "organisation"], name="spaces_member_org"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(organisation__isnull=False),
                name="spaces_member_someone",
                violation_error_message=_("Nommez une personne, un organisme, ou les deux."),
            )
        ]

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.organisation, self.person) if part)


class BodyMembership(TimeStamped):
    """A seat: a membership in a governing body or in a committee, between two dates."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="seats")
    body = models.ForeignKey(GoverningBody, on_delete=models.CASCADE, related_name="seats", null=True, blank=True)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats", null=True, blank=True)
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    starts_on = models.DateField(_("depuis le"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "id"]
        verbose_name = _("siège")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(body__isnull=True) ^ models.Q(committee__isnull=True),
                name="spaces_seat_one_place",
                violation_error_message=_("Un siège est dans une instance ou dans un comité."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def place(self) -> "GoverningBody | Committee":
        """Where one sits."""
        place = self.body or self.committee
        if place is None:
            raise ValueError("a seat nowhere")  # a constraint of the table forbids it
        return place


class Invitation(TimeStamped):
    """An invitation by e-mail; its token opens an account (or joins an existing one) once, until it expires."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("courriel"))
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices, default=Role.PARTNER)
    membership = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="invitations",
        null=True,
        blank=True,
        verbose_name=_("participation existante"),
    )
    organisation = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme"),
    )
    capacity = models.CharField(
        _("à titre de"), max_length=20, choices=Capacity.choices, default=Capacity.ORGANISATION
    )
    message = models.TextField(_("mot d’accueil"), blank=True)
    # Only a digest is stored: a copy of the database opens no account.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    expires_at = models.DateTimeField(_("valide jusqu’au"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.email


class CrossCuttingPriority(TimeStamped):
    """A priority that crosses all axes (seed 000: information and communication, proximity services, early childhood)."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="priorities")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    narrative = models.TextField(_("comment la démarche y contribue"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["space_id", "position", "id"]
        verbose_name = _("priorité transversale")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="spaces_priority_name",
                violation_error_message=_("Cette priorité existe déjà dans la démarche."),
            )
        ]

    def __str__(self) -> str:
        return self.name
