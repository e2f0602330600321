"""The public form, one short step at a time, and what a person writes behind their code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.consents import TEXTS, ConsentPurpose
from concertoit.field.cases.enums.intake import Danger, Problem
from concertoit.field.cases.services.intake import DESCRIPTION_MAX, PHOTOS_MAX
from concertoit.field.cases.services.people import Contact, Living
from concertoit.ground.places.forms import AddressFields
from concertoit.ground.ui.forms import count, text_area, yes_no

IMAGES = "image/jpeg,image/png,image/webp"


class PhotosInput(forms.ClearableFileInput):
    """Several photos at once; on a phone, the camera is offered."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": IMAGES, "multiple": True})


def _photos_help() -> str:
    return _(
        "Jusqu’à %(most)s photos JPG, PNG ou WebP. Le lieu et l’appareil sont effacés des photos. Évitez les visages."
    ) % {"most": PHOTOS_MAX}


class PhotosField(forms.FileField):
    """A list of photos, each checked by the service that keeps it."""

    widget = PhotosInput

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=options.pop("label", gettext_lazy("Photos")), required=False,
            help_text=lazy(_photos_help, str)(), **options,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in given]


def consent_field(purpose: ConsentPurpose) -> forms.BooleanField:
    """A box to tick, never ticked for the person, with the whole text beside it."""
    return forms.BooleanField(label=purpose.label, help_text=TEXTS[purpose], required=False)


def living_there(label: Any) -> forms.IntegerField:
    """How many people of an age live in a dwelling."""
    return count(label, required=False, most=30)


def living_of(values: dict[str, Any]) -> Living:
    """What a form says of those who live there."""
    return Living(
        adults=values.get("adults"), children=values.get("children"), youths=values.get("youths"),
        language=values.get("language") or "", access_note=values.get("access_note") or "",
    )  # fmt: skip


class TrapForm(forms.Form):
    """What opens the public form: a field that people do not see and machines fill."""

    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Laissez cette case vide."))
        return ""


class WhereStep(AddressFields):
    """Step 1."""

    dwellings = forms.IntegerField(
        label=gettext_lazy("Combien de logements dans l’immeuble, environ?"),
        required=False,
        min_value=1,
        max_value=2000,
    )


class WhatStep(forms.Form):
    """Step 2."""

    problems = forms.MultipleChoiceField(
        label=gettext_lazy("Qu’est-ce qui ne va pas?"), choices=Problem.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Cochez tout ce qui s’applique."),
    )  # fmt: skip
    dangers = forms.MultipleChoiceField(
        label=gettext_lazy("Y a-t-il quelque chose qui ne peut pas attendre?"), choices=Danger.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("S’il y a un danger en ce moment, sortez et appelez le 911 d’abord."),
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("Dites-le dans vos mots"), max_length=DESCRIPTION_MAX, required=False,
        widget=text_area(5),
        help_text=gettext_lazy("Où dans le logement? Qu’est-ce qui a changé? N’écrivez pas de noms ici."),
    )  # fmt: skip
    since = forms.CharField(
        label=gettext_lazy("Depuis quand?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Environ, ça suffit."),
    )
    told_owner = yes_no(gettext_lazy("Le propriétaire est-il au courant?"), unknown="", widget=forms.RadioSelect)


class PhotosStep(forms.Form):
    """Step 3."""

    photos = PhotosField()


class ContactFields(forms.Form):
    """Who to reach and who lives there, each under its own consent. Nobody has to give a name."""

    given_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80, required=False)
    family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Téléphone"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    reach = forms.CharField(
        label=gettext_lazy("Quand et comment vous joindre"), max_length=200, required=False,
        help_text=gettext_lazy("Par exemple : le soir, par texto, en espagnol."),
    )  # fmt: skip
    consent_contact = consent_field(ConsentPurpose.CONTACT)
    consent_share = consent_field(ConsentPurpose.SHARE)
    adults = living_there(gettext_lazy("Adultes"))
    youths = living_there(gettext_lazy("Jeunes de 14 à 17 ans"))
    children = living_there(gettext_lazy("Enfants de moins de 14 ans"))
    language = forms.CharField(label=gettext_lazy("Langue parlée à la maison"), max_length=40, required=False)
    access_note = forms.CharField(
        label=gettext_lazy("Pour entrer"), max_length=200, required=False,
        help_text=gettext_lazy("Sonnette, étage, chien, escalier difficile."),
    )  # fmt: skip
    consent_living = consent_field(ConsentPurpose.LIVING)

    def contact(self) -> Contact:
        names = Contact.__dataclass_fields__
        return Contact(**{name: self.cleaned_data.get(name) or "" for name in names})

    def living(self) -> Living:
        return living_of(self.cleaned_data)

    def consents(self) -> list[str]:
        return [code for code in ConsentPurpose.values if self.cleaned_data.get(f"consent_{code}")]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        if self.contact() and not values.get("consent_contact"):
            self.add_error(
                "consent_contact", _("Cochez votre accord pour que l’on garde vos coordonnées, ou laissez-les vides.")
            )
        if self.living() and not values.get("consent_living"):
            self.add_error(
                "consent_living", _("Cochez votre accord pour garder ces réponses, ou laissez ces cases vides.")
            )
        if values.get("consent_share") and not values.get("consent_contact"):
            self.add_error(
                "consent_contact", _("Pour donner vos coordonnées à un organisme, il faut d’abord les garder.")
            )
        return values


class WhoStep(ContactFields):
    """Step 4. Someone under 14 goes through an adult (Loi sur l’accès, art. 53.1; c. P-39.1, art. 4.1)."""

    age = forms.ChoiceField(
        label=gettext_lazy("Avez-vous 14 ans ou plus?"), widget=forms.RadioSelect, initial="adult",
        choices=[
            ("adult", gettext_lazy("Oui")),
            ("child", gettext_lazy("Non : un adulte remplit cette page avec moi, et ce sont ses coordonnées")),
        ],
    )  # fmt: skip
    field_order = ["age", "given_name", "family_name", "phone", "email", "reach", "consent_contact", "consent_share"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (
            values.get("age") == "child"
            and not self.errors
            and not (values.get("given_name") and self.contact().phone)
        ):
            self.add_error(
                "given_name", _("Écrivez le prénom et le téléphone de l’adulte qui remplit la page avec vous.")
            )
        return values


class SendStep(forms.Form):
    """Step 5."""

    joined = forms.BooleanField(
        label=gettext_lazy("S’il y a d’autres signalements dans mon immeuble, qu’ils soient suivis ensemble"),
        required=False,
        help_text=gettext_lazy("On ne dira à personne qui a signalé, ni quel logement."),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The door of « /suivi/ »."""

    code = forms.CharField(
        label=gettext_lazy("Votre code de suivi"), max_length=40,
        help_text=gettext_lazy("Douze lettres et chiffres, par exemple K7QX-3M9P-TR2D. Les tirets ne comptent pas."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class WordForm(forms.Form):
    """Words and photos that a person adds."""

    text = forms.CharField(
        label=gettext_lazy("Ajouter une précision"), max_length=2000, required=False,
        widget=text_area(3),
    )  # fmt: skip
    photos = PhotosField(label=gettext_lazy("Ajouter des photos"))


class ContactForm(forms.Form):
    """Who to reach, corrected by the person. Empty boxes keep what is there."""

    given_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80, required=False)
    family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    reach = forms.CharField(label=gettext_lazy("Quand et comment vous joindre"), max_length=200, required=False)
    agree = forms.BooleanField(
        label=ConsentPurpose.CONTACT.label, help_text=TEXTS[ConsentPurpose.CONTACT], required=False
    )

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data.get(name) or "" for name in Contact.__dataclass_fields__})
