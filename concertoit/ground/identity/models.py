"""Who: accounts, people and organisations.

A person is not an account: most people of a démarche never log in. What one needs to work with somebody (professional
contact) is kept apart from personal data, which has its own table, purpose and permission (Law 25).
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.ground.core.models import TimeStamped
from concertoit.ground.identity.enums import ContactKind, OrganisationKind


class Organisation(TimeStamped):
    """An organisation of the field; shared by all démarches, so that « DSL » is one row everywhere."""

    name = models.CharField(_("nom"), max_length=200)
    short_name = models.CharField(_("nom court"), max_length=60, blank=True)
    kind = models.CharField(
        _("type"), max_length=30, choices=OrganisationKind.choices, default=OrganisationKind.COMMUNITY
    )
    neq = models.CharField(
        _("NEQ"), max_length=10, blank=True, help_text=_("Numéro d’entreprise du Québec, 10 chiffres.")
    )
    website = models.URLField(_("site Web"), blank=True)
    mrcs = models.ManyToManyField("places.Mrc", related_name="+", blank=True, verbose_name=_("MRC desservies"))
    municipality = models.ForeignKey(
        "places.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("municipalité"),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("organisme")
        constraints = [
            models.UniqueConstraint(
                fields=["neq"],
                condition=~models.Q(neq=""),
                name="identity_org_neq",
                violation_error_message=_("Un autre organisme porte déjà ce NEQ. Fusionnez plutôt les deux fiches."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class OrganisationAlias(models.Model):
    """Another way people write an organisation's name. ``folded`` has neither case nor accents nor punctuation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("autre nom"), max_length=200)
    folded = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("autre nom")

    def __str__(self) -> str:
        return self.name


class Person(TimeStamped):
    """Somebody, with or without an account."""

    given_name = models.CharField(_("prénom"), max_length=80)
    family_name = models.CharField(_("nom"), max_length=80, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        verbose_name = _("personne")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ProfessionalContact(TimeStamped):
    """A way to reach a person in their function; not personal data in the sense of Law 25."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts", null=True, blank=True
    )
    kind = models.CharField(_("moyen"), max_length=10, choices=ContactKind.choices)
    value = models.CharField(_("coordonnée"), max_length=254)
    title = models.CharField(_("fonction"), max_length=120, blank=True)

    class Meta:
        ordering = ["person_id", "kind", "id"]
        verbose_name = _("coordonnée professionnelle")

    def __str__(self) -> str:
        return self.value


class PersonalData(TimeStamped):
    """What belongs to the person and not to their function; masked for all but those whose purpose needs it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="personal_data")
    email = models.EmailField(_("courriel personnel"), blank=True)
    phone = models.CharField(_("téléphone personnel"), max_length=30, blank=True)
    address = models.TextField(_("adresse"), blank=True)
    needs = models.TextField(_("besoins pour participer"), blank=True)
    purpose = models.CharField(pgettext_lazy("but", "fin"), max_length=60)
    collected_on = models.DateField(_("recueilli le"))
    keep_until = models.DateField(_("à conserver jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["person_id"]
        verbose_name = _("données personnelles")

    def __str__(self) -> str:
        return f"#{self.person_id}"


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. ``is_administrator`` looks after the installation and sees no démarche by that alone."""

    email = models.EmailField(_("courriel"), unique=True)
    name = models.CharField(_("nom affiché"), max_length=160, blank=True)
    person = models.OneToOneField(Person, on_delete=models.SET_NULL, related_name="user", null=True, blank=True)
    language = models.CharField(_("langue"), max_length=5, default="fr-ca")
    is_active = models.BooleanField(_("actif"), default=True)
    is_administrator = models.BooleanField(_("administration de l’installation"), default=False)
    date_joined = models.DateTimeField(_("ouvert le"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("compte")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="identity_user_email",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email).replace("-", " ").split()
        return "".join(word[0] for word in (words[0], words[-1]))[: 2 if len(words) > 1 else 1].upper()

    # Django's own checks (and allauth) ask these; nobody is staff here, permissions are policies.
    is_staff = False
    is_superuser = False
