"""Mediation: who mediates, requests, meetings, outcome, follow-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import (
    FollowUpAnswer,
    MediationChannel,
    MediationOutcome,
    MediationSubject,
    PartyRole,
    SessionKind,
)
from concertoit.field.participation.forms.fields import PersonFields
from concertoit.field.participation.models import Complex, Mediator
from concertoit.field.participation.services.mediation import LONG_MINUTES, PartyFacts, RequestFacts
from concertoit.field.participation.services.mediators import MediatorFacts
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import count, day, give_rows, text_area

REACH = _("Un prénom et un numéro suffisent. Effacés six mois après la fin.")
SCORES = [("1", _("Pas du tout")), ("2", _("Un peu")), ("3", _("Assez")), ("4", _("Tout à fait"))]


def _complexes(space: Space) -> Any:
    return Complex.objects.filter(space=space).order_by("name", "pk")


class MediatorForm(PersonFields):
    """A tenant who was trained."""

    email = forms.EmailField(
        label=_("Courriel où cette personne reçoit ses liens"), required=False,
        help_text=_("Le lien de chaque médiation part à cette adresse. Personne d’autre ne le voit."),
    )  # fmt: skip
    trained_on = day(_("Formation suivie le"), required=False)
    training = forms.CharField(label=_("Formation"), max_length=160, required=False)
    languages = forms.CharField(label=_("Langues"), max_length=120, required=False)
    home = forms.ModelChoiceField(
        label=_("Habite l’ensemble"), queryset=Complex.objects.none(), required=False, empty_label="–"
    )
    not_in = forms.ModelMultipleChoiceField(
        label=_("N’intervient pas dans"), queryset=Complex.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    availability = forms.CharField(label=_("Disponibilités"), max_length=200, required=False)
    ended_on = day(_("Ne fait plus de médiation depuis le"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, known: bool = False, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        for name in ("home", "not_in"):
            give_rows(self, name, _complexes(viewer.space))
        if known:
            for name in ("person", "new_given_name", "new_family_name"):
                self.fields.pop(name)

    def clean(self) -> dict[str, Any]:
        return super().clean() if "person" in self.fields else self.cleaned_data

    def facts(self, person: Person) -> MediatorFacts:
        names = ("email", "trained_on", "training", "languages", "home", "availability", "ended_on")
        values = {name: self.cleaned_data[name] for name in names}
        return MediatorFacts(person=person, not_in=tuple(self.cleaned_data["not_in"]), **values)


class RequestForm(forms.Form):
    """A request that somebody takes in person or by phone."""

    subject = forms.ChoiceField(label=_("Sujet"), choices=MediationSubject.choices)
    channel = forms.ChoiceField(label=_("Arrivée"), choices=MediationChannel.choices)
    received_on = day(_("Reçue le"))
    language = forms.CharField(label=_("Langue souhaitée"), max_length=40, required=False)
    role_a = forms.ChoiceField(label=_("Qui demande"), choices=PartyRole.choices)
    complex_a = forms.ModelChoiceField(
        label=_("Habite l’ensemble"), queryset=Complex.objects.none(), required=False, empty_label="–"
    )
    name_a = forms.CharField(label=_("Prénom ou nom d’usage"), max_length=80, required=False, help_text=REACH)
    reach_a = forms.CharField(label=_("Comment la joindre"), max_length=120, required=False)
    mediator_a = forms.ModelChoiceField(
        label=_("Est elle-même médiatrice"), queryset=Mediator.objects.none(), required=False, empty_label=_("Non")
    )
    consents = forms.BooleanField(label=_("Cette personne consent à la médiation"), required=False)
    role_b = forms.ChoiceField(label=_("L’autre partie"), choices=PartyRole.choices)
    complex_b = forms.ModelChoiceField(
        label=_("Habite l’ensemble (autre partie)"), queryset=Complex.objects.none(), required=False, empty_label="–"
    )
    name_b = forms.CharField(label=_("Prénom ou nom d’usage (autre partie)"), max_length=80, required=False)
    reach_b = forms.CharField(label=_("Comment la joindre (autre partie)"), max_length=120, required=False)
    mediator_b = forms.ModelChoiceField(
        label=_("Est elle-même médiatrice (autre partie)"), queryset=Mediator.objects.none(), required=False,
        empty_label=_("Non"),
    )  # fmt: skip

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        options["initial"] = {"received_on": timezone.localdate(), "channel": "phone"}
        super().__init__(*args, **options)
        for side in "ab":
            give_rows(self, f"complex_{side}", _complexes(space))
            if f"mediator_{side}" in self.fields:
                people = Mediator.objects.filter(space=space).select_related("person")
                give_rows(self, f"mediator_{side}", people.order_by("person__family_name", "pk"))

    def facts(self) -> RequestFacts:
        values = self.cleaned_data
        names = ("subject", "channel", "language", "received_on", "consents")
        return RequestFacts(parties=[self._party("a"), self._party("b")], **{name: values[name] for name in names})

    def _party(self, side: str) -> PartyFacts:
        names = [name for name in ("role", "complex", "name", "reach", "mediator") if f"{name}_{side}" in self.fields]
        return PartyFacts(**{name: self.cleaned_data[f"{name}_{side}"] for name in names})


class OnlineForm(RequestForm):
    """A request that a tenant writes without an account: nothing about who the other is, but where they live."""

    consents = forms.BooleanField(
        label=_("Je consens à une médiation, et j’accepte que l’on garde ces renseignements pour me joindre"),
        required=True,
    )
    # Left empty by people: programs that fill every field give themselves away.
    website = forms.CharField(label=_("Ne remplissez pas cette case"), required=False, max_length=200)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, space=space, **options)
        for name in ("channel", "received_on", "mediator_a", "mediator_b", "name_b", "reach_b"):
            del self.fields[name]
        said = {
            "role_a": _("Vous êtes"),
            "complex_a": _("Vous habitez l’ensemble"),
            "reach_a": _("Comment vous joindre"),
        }
        for name, label in said.items():
            self.fields[name].label = label
        self.fields["reach_a"].required = True
        self.fields["reach_a"].error_messages["required"] = _("Dites comment vous joindre.")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Laissez cette case vide."))
        return ""

    def facts(self) -> RequestFacts:
        values = self.cleaned_data
        return RequestFacts(
            subject=values["subject"], channel=MediationChannel.ONLINE, language=values["language"], consents=True,
            parties=[self._party("a"), self._party("b")],
        )  # fmt: skip


class SessionForm(forms.Form):
    """A meeting that took place."""

    on = day(_("Date"))
    kind = forms.ChoiceField(label=_("Type"), choices=SessionKind.choices)
    minutes = count(
        _("Durée (minutes)"), required=False, most=LONG_MINUTES, help_text=_("Ce qui s’est dit ne s’écrit nulle part.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **options)


class OutcomeForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("Issue"), choices=MediationOutcome.choices, help_text=_("Le contenu d’une entente ne s’écrit pas ici.")
    )
    on = day(_("Terminée le"))

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **options)


class FollowUpForm(forms.Form):
    """What the parties say some months later."""

    answer = forms.ChoiceField(label=_("Au suivi"), choices=FollowUpAnswer.choices)
    on = day(_("Suivi fait le"))

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **options)


class OpinionForm(forms.Form):
    """Two questions, asked of each party."""

    heard = forms.TypedChoiceField(
        label=_("Avez-vous eu le sentiment que l’on vous écoutait?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    again = forms.TypedChoiceField(
        label=_("Recommanderiez-vous la médiation?"), choices=SCORES, coerce=int, widget=forms.RadioSelect
    )


class AgreementForm(forms.Form):
    """What the parties agreed, as those who mediated keep it."""

    text = forms.CharField(label=_("Ce qui est convenu"), widget=text_area(8), max_length=6000)
    signed_on = day(_("Signée le"))
    whole = forms.TypedChoiceField(
        label=_("L’entente règle"), choices=[("1", _("Tout")), ("0", _("Une partie"))], coerce=lambda v: v == "1",
        widget=forms.RadioSelect, initial="1",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"signed_on": timezone.localdate(), "whole": "1"}
        super().__init__(*args, **options)
