"""Forms of démarches: they read what a person typed; services decide and save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from concertoit.ground.identity.enums import ContactKind, OrganisationKind
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.identity.services import ContactFacts, OrganisationFacts, PersonFacts
from concertoit.ground.places.forms import MrcsField
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces import queries
from concertoit.ground.spaces.enums import BodyKind, Capacity, Role, SpaceKind, Tool
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.services import BodyFacts, CommitteeFacts, InvitationFacts, MembershipFacts, SpaceFacts
from concertoit.ground.ui.forms import day, give_choices, give_rows, text_area


class SpaceForm(forms.Form):
    """What a démarche says of itself. Without a viewer, it is being opened."""

    name = forms.CharField(label=_("Nom"), max_length=160)
    kind = forms.ChoiceField(label=_("Type"), choices=SpaceKind.choices)
    mission = forms.CharField(label=_("Mission"), required=False, widget=text_area(4))
    mrcs = MrcsField(label=_("Territoire : MRC"), size=9)
    home = forms.ModelChoiceField(
        label=_("Organisme porteur"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    funder_name = forms.CharField(label=_("Bailleur de fonds"), max_length=160, required=False)
    is_public = forms.BooleanField(
        label=_("Page publique"),
        required=False,
        help_text=_("Le plan en vigueur et son avancement sont visibles de tout le monde."),
    )
    tools = forms.MultipleChoiceField(
        label=_("Outils de terrain"), required=False, choices=Tool.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce que la démarche utilise, en plus du plan, des rencontres et des décisions."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if viewer is None:
            for name in ("home", "is_public"):
                del self.fields[name]
        else:
            give_rows(self, "home", queries.organisations_of(viewer))

    def facts(self) -> SpaceFacts:
        tuples = {name: tuple(self.cleaned_data[name]) for name in ("mrcs", "tools")}
        return SpaceFacts(**{**self.cleaned_data, **tuples})


class BodyForm(forms.Form):
    """A governing body."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    kind = forms.ChoiceField(label=_("Type"), choices=BodyKind.choices)
    short_name = forms.CharField(label=_("Nom court"), max_length=30, required=False)
    mandate = forms.CharField(label=_("Mandat"), required=False, widget=text_area(4))
    rhythm = forms.CharField(
        label=_("Rythme"), max_length=120, required=False, help_text=_("Par exemple : aux six semaines.")
    )
    duration_minutes = forms.IntegerField(label=_("Durée (minutes)"), required=False, min_value=15, max_value=1440)

    def facts(self) -> BodyFacts:
        return BodyFacts(**self.cleaned_data)


class CommitteeForm(forms.Form):
    """A working committee."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    short_name = forms.CharField(label=_("Nom court"), max_length=60, required=False)
    mandate = forms.CharField(label=_("Mandat"), required=False, widget=text_area(4))

    def facts(self) -> CommitteeFacts:
        return CommitteeFacts(**self.cleaned_data)


class SeatForm(forms.Form):
    """Who sits in a body or a committee, as what, since when."""

    membership = forms.TypedChoiceField(label=_("Personne ou organisme"), coerce=int)
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    starts_on = day(_("Depuis le"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.pk: row for row in queries.participations(viewer)}
        give_choices(self, "membership", [("", "—"), *((pk, str(row)) for pk, row in self.rows.items())])


class PriorityForm(forms.Form):
    """A cross-cutting priority."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    narrative = forms.CharField(label=_("Comment la démarche y contribue"), required=False, widget=text_area(4))


class OrganisationForm(forms.Form):
    """An organisation of the shared directory."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    short_name = forms.CharField(
        label=_("Nom court"), max_length=60, required=False, help_text=_("Sigle ou nom d’usage.")
    )
    kind = forms.ChoiceField(label=_("Type"), choices=OrganisationKind.choices)
    aliases = forms.CharField(
        label=_("Autres noms"),
        required=False,
        widget=text_area(3),
        help_text=_("Un par ligne : toutes les façons de l’écrire dans les documents."),
    )
    neq = forms.CharField(
        label=_("NEQ"),
        max_length=20,
        required=False,
        help_text=_("Dix chiffres. La longueur seule est vérifiée : le Registraire dit si le numéro existe."),
    )
    website = forms.URLField(label=_("Site Web"), required=False, assume_scheme="https")
    mrcs = MrcsField(label=_("MRC desservies"))
    municipality = forms.CharField(
        label=_("Municipalité"), required=False, help_text=_("Nom ou code à cinq chiffres.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_municipality(self) -> Municipality | None:
        written = self.cleaned_data["municipality"].strip()
        if not written:
            return None
        found = Municipality.objects.filter(code=written) or Municipality.objects.filter(name__iexact=written)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Plusieurs municipalités portent ce nom : écrivez le code à cinq chiffres."))
        raise forms.ValidationError(_("Aucune municipalité de ce nom dans le répertoire."))

    def facts(self) -> OrganisationFacts:
        values = dict(self.cleaned_data)
        aliases = tuple(line.strip() for line in values.pop("aliases").splitlines() if line.strip())
        return OrganisationFacts(**{**values, "mrcs": tuple(values["mrcs"]), "aliases": aliases})


class PersonForm(forms.Form):
    """A person and how to reach them at work."""

    given_name = forms.CharField(label=_("Prénom"), max_length=80)
    family_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    email = forms.EmailField(label=_("Courriel au travail"), required=False)
    phone = forms.CharField(label=_("Téléphone au travail"), max_length=40, required=False)
    title = forms.CharField(label=_("Fonction"), max_length=120, required=False)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        self.kept: list[ContactFacts] = []
        shown: dict[str, ContactFacts] = {}
        for row in person.contacts.all() if person else ():
            facts = ContactFacts(row.kind, row.value, row.title, row.organisation)
            if row.kind in shown:
                self.kept.append(facts)  # a second number stays as it is
            else:
                shown[row.kind] = facts
        self.shown = shown
        if person:
            kwargs["initial"] = {
                "given_name": person.given_name,
                "family_name": person.family_name,
                **{kind: facts.value for kind, facts in shown.items()},
                "title": next((facts.title for facts in shown.values() if facts.title), ""),
            }
        super().__init__(*args, **kwargs)

    def facts(self) -> PersonFacts:
        values = self.cleaned_data
        contacts = [
            ContactFacts(
                kind, values[kind], values["title"], self.shown[kind].organisation if kind in self.shown else None
            )
            for kind in (ContactKind.EMAIL.value, ContactKind.PHONE.value)
            if values[kind]
        ]
        return PersonFacts(values["given_name"], values["family_name"], (*contacts, *self.kept))


class PersonalDataForm(forms.Form):
    """What belongs to the person and not to their function."""

    purpose = forms.CharField(label=_("À quoi ces renseignements servent"), max_length=60, required=False)
    email = forms.EmailField(label=_("Courriel personnel"), required=False)
    phone = forms.CharField(label=_("Téléphone personnel"), max_length=30, required=False)
    address = forms.CharField(label=_("Adresse"), required=False, widget=text_area(3))
    needs = forms.CharField(
        label=_("Besoins pour participer"),
        required=False,
        widget=text_area(3),
        help_text=_("Transport, gardiennage, accessibilité, langue."),
    )
    keep_until = day(_("À conserver jusqu’au"), required=False)


class MembershipForm(forms.Form):
    """A participation: who, for which organisation, as what, with what role, from when to when."""

    person = forms.ModelChoiceField(
        label=_("Personne-ressource"), queryset=Person.objects.none(), required=False, empty_label="—"
    )
    new_given_name = forms.CharField(label=_("Ou une nouvelle personne : prénom"), max_length=80, required=False)
    new_family_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisme"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    capacity = forms.ChoiceField(label=_("À titre de"), choices=Capacity.choices)
    capacity_note = forms.CharField(label=_("Précision"), max_length=160, required=False)
    role = forms.ChoiceField(label=_("Rôle dans la démarche"), choices=Role.choices, initial=Role.PARTNER)
    starts_on = day(_("Depuis le"), required=False)
    ends_on = day(_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_rows(self, "person", queries.people_of(viewer))
        give_rows(self, "organisation", Organisation.objects.filter(merged_into=None).order_by("name", "pk"))

    def new_person(self) -> PersonFacts | None:
        given, family = self.cleaned_data["new_given_name"], self.cleaned_data["new_family_name"]
        return PersonFacts(given, family, ()) if given or family else None

    def facts(self, person: Person | None) -> MembershipFacts:
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith("new_")}
        return MembershipFacts(**{**values, "person": person})


class InvitationForm(forms.Form):
    """Whom one invites, as what."""

    email = forms.EmailField(label=_("Courriel"))
    role = forms.ChoiceField(label=_("Rôle dans la démarche"), choices=Role.choices, initial=Role.PARTNER)
    organisation = forms.ModelChoiceField(
        label=_("Organisme"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    capacity = forms.ChoiceField(label=_("À titre de"), choices=Capacity.choices, initial=Capacity.ORGANISATION)
    membership = forms.TypedChoiceField(
        label=_("Fiche existante"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Si la personne est déjà dans la liste, sans compte."),
    )
    message = forms.CharField(label=_("Mot d’accueil"), required=False, widget=text_area(4))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_rows(self, "organisation", queries.organisations_of(viewer))
        rows = queries.participations(viewer)
        known = queries.with_account(rows)
        self.rows = {row.pk: row for row in rows if row.person_id not in known}
        give_choices(self, "membership", [("", "—"), *((pk, str(row)) for pk, row in self.rows.items())])

    def facts(self) -> InvitationFacts:
        values = self.cleaned_data
        return InvitationFacts(**{**values, "membership": self.rows.get(values["membership"])})


class NewAccountForm(forms.Form):
    """The account that an invitation opens."""

    given_name = forms.CharField(label=_("Prénom"), max_length=80)
    family_name = forms.CharField(label=_("Nom"), max_length=80)
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)
    password1 = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Dix caractères ou plus. Une phrase se retient mieux qu’un mot compliqué."),
    )
    password2 = forms.CharField(
        label=_("Le même, encore"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password1") and values.get("password1") != values.get("password2"):
            self.add_error("password2", _("Les deux mots de passe sont différents."))
        return values
