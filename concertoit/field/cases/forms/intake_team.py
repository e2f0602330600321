"""What the team fills: a report taken on the phone or at a door, decisions on reports, a list of cases, households."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Channel, HouseholdRole
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason, SetAside
from concertoit.field.cases.forms.intake import (
    ContactFields,
    PhotosField,
    WhatStep,
    WhereStep,
    living_of,
    living_there,
)
from concertoit.field.cases.models import Case, Household
from concertoit.field.cases.services.intake import Told
from concertoit.field.cases.services.people import Contact, Living
from concertoit.ground.privacy.enums import Means
from concertoit.ground.ui.forms import give_choices, text_area

CHANNELS = [
    (Channel.WORKER, gettext_lazy("La personne, au téléphone ou sur place")),
    (Channel.ORGANISATION, gettext_lazy("Un organisme")),
    (Channel.CITY_311, gettext_lazy("Le 311, de vive voix")),
]


class TakenForm(WhereStep, WhatStep, ContactFields):
    """A report that somebody of the team takes for a person: the same facts, on one page."""

    channel = forms.ChoiceField(label=gettext_lazy("Reçu de"), choices=CHANNELS, widget=forms.RadioSelect)
    sender = forms.CharField(label=gettext_lazy("Quel organisme?"), max_length=120, required=False)
    means = forms.ChoiceField(label=gettext_lazy("Accord donné"), choices=Means.choices, initial=Means.SPOKEN)
    photos = PhotosField()
    client_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    field_order = ["channel", "sender", "municipality", "address", "unit", "dwellings"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].initial = Channel.WORKER
        self.fields["dangers"].help_text = ""
        self.fields["description"].help_text = gettext_lazy("Ce que la personne dit, sans nom.")

    def told(self) -> Told:
        values = self.cleaned_data
        names = (
            "address",
            "municipality",
            "unit",
            "problems",
            "dangers",
            "description",
            "since",
            "told_owner",
            "dwellings",
        )
        return Told(**{name: values[name] for name in names})


class PlaceForm(WhereStep):
    """The address of a report, completed."""


class AttachForm(forms.Form):
    """To which case of the building a report belongs."""

    case = forms.ChoiceField(label=gettext_lazy("Dossier"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, cases: list[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "case", [(case.reference, _label(case)) for case in cases])


def _label(case: Case) -> str:
    where = case.dwelling.named if case.dwelling else _("tout l’immeuble")
    return f"{case.reference} ({where}), {case.summary}, {case.get_state_display()}"


class SetAsideForm(forms.Form):
    """Why no case follows."""

    why = forms.ChoiceField(label=gettext_lazy("Pourquoi?"), choices=SetAside.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Précision, sans nom"), max_length=200, required=False,
        help_text=gettext_lazy("La personne la lit sur sa page de suivi."),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A question to the person."""

    text = forms.CharField(
        label=gettext_lazy("Votre question"), max_length=1000, widget=text_area(2),
        help_text=gettext_lazy("Elle paraît sur la page de suivi de la personne, qui y répond avec son code."),
    )  # fmt: skip


class ListForm(forms.Form):
    """The file of a list."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("Excel (.xlsx) ou CSV. Rien n’est importé avant que vous ayez vu chaque ligne."),
    )  # fmt: skip


class LivingForm(forms.Form):
    """What a visit must know of a household."""

    adults = living_there(gettext_lazy("Adultes"))
    youths = living_there(gettext_lazy("Jeunes de 14 à 17 ans"))
    children = living_there(gettext_lazy("Enfants de moins de 14 ans"))
    language = forms.CharField(label=gettext_lazy("Langue parlée"), max_length=40, required=False)
    access_note = forms.CharField(label=gettext_lazy("Pour entrer"), max_length=200, required=False)

    def living(self) -> Living:
        return living_of(self.cleaned_data)


class PersonForm(forms.Form):
    """Somebody of a household. ``adults`` are those who may speak for a child."""

    role = forms.ChoiceField(label=gettext_lazy("Qui est-ce?"), choices=HouseholdRole.choices)
    given_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80, required=False)
    family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    reach = forms.CharField(label=gettext_lazy("Quand et comment joindre"), max_length=200, required=False)
    represented_by = forms.TypedChoiceField(
        label=gettext_lazy("Adulte qui parle pour l’enfant"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("Pour un enfant de moins de 14 ans seulement."),
    )  # fmt: skip

    def __init__(self, *args: Any, adults: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "represented_by", [("", "—"), *adults])

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data.get(name) or "" for name in Contact.__dataclass_fields__})


class ConsentForm(forms.Form):
    """A consent given to somebody of the team."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Pour quoi"), choices=ConsentPurpose.choices, widget=forms.RadioSelect
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Donné"), choices=[one for one in Means.choices if one[0] != Means.FORM],
        initial=Means.SPOKEN, widget=forms.RadioSelect,
    )  # fmt: skip


class LookForm(forms.Form):
    """Why one opens an identity."""

    why = forms.ChoiceField(
        label=gettext_lazy("Pour quoi faire?"), choices=LookReason.choices, widget=forms.RadioSelect
    )


class ExportForm(forms.Form):
    """How the identity of who asks for their data was checked."""

    checked = forms.ChoiceField(
        label=gettext_lazy("Comment avez-vous vérifié que c’est bien cette personne?"), widget=forms.RadioSelect,
        choices=[
            ("known", gettext_lazy("Je la connais : je l’ai déjà rencontrée pour ce dossier")),
            ("card", gettext_lazy("Elle m’a montré une pièce d’identité (je n’en garde pas de copie)")),
            ("code", gettext_lazy("Elle m’a donné son code de suivi")),
        ],
    )  # fmt: skip


def initial_living(household: Household) -> dict[str, Any]:
    return {name: getattr(household, name) for name in LivingForm.base_fields}


def initial_taken() -> dict[str, Any]:
    return {"channel": Channel.WORKER, "client_id": str(uuid.uuid4()), "dangers": [],
            "means": Means.SPOKEN}  # fmt: skip
