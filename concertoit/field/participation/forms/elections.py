"""Elections: modalities, list, candidacies, counts, draw, complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.participation import importers
from concertoit.field.participation.enums import Secrecy
from concertoit.field.participation.forms.fields import PersonFields
from concertoit.field.participation.models import Assembly, Complex, Election
from concertoit.field.participation.rules.elections import Count
from concertoit.field.participation.services.elections import ElectionFacts
from concertoit.ground.ballots.enums import Channel
from concertoit.ground.ballots.services.register import ElectorFacts
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import count, day, give_rows, text_area

LIST_BYTES = 2_000_000


class ElectionForm(forms.Form):
    """How one will vote, as the assembly wants it."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    places = forms.IntegerField(label=gettext_lazy("Sièges à pourvoir"), min_value=1, max_value=15)
    assembly = forms.ModelChoiceField(
        label=gettext_lazy("Assemblée où l’on élit"), queryset=Assembly.objects.none(), required=False,
        empty_label=gettext_lazy("À inscrire"),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Façons de voter"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Le papier dans la salle est la base; le reste s’adopte en assemblée."),
    )  # fmt: skip
    modalities = forms.CharField(
        label=gettext_lazy("Modalités adoptées"), required=False, widget=text_area(4),
        help_text=gettext_lazy("Ce que les locataires ont décidé : candidatures, façons de voter, heures, assistance."),
    )  # fmt: skip
    modalities_on = day(gettext_lazy("Modalités adoptées le"), required=False)
    president = forms.CharField(label=gettext_lazy("Présidence d’élection"), max_length=160, required=False)
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Secret du vote"), choices=Secrecy.choices, widget=forms.RadioSelect
    )
    external_url = forms.URLField(
        label=gettext_lazy("Adresse de l’élection sur Belenios"), required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(
            self, "assembly", Assembly.objects.filter(space=viewer.space, association=None).order_by("-on", "-pk")
        )

    def facts(self) -> ElectionFacts:
        return ElectionFacts(**{**self.cleaned_data, "channels": tuple(self.cleaned_data["channels"])})


class ElectorsForm(forms.Form):
    """People pasted, or in a CSV file."""

    people = forms.CharField(
        label=gettext_lazy("Une personne par ligne"), required=False, widget=text_area(6),
        help_text=gettext_lazy("Nom; logement; courriel. Collez les colonnes d’un tableur, ou tapez."),
    )  # fmt: skip
    document = forms.FileField(
        label=gettext_lazy("Ou un fichier CSV"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,.txt"})
    )

    def clean_document(self) -> UploadedFile[Any] | None:
        document: UploadedFile[Any] | None = self.cleaned_data["document"]
        if document and (document.size or 0) > LIST_BYTES:
            raise forms.ValidationError(_("Ce fichier est trop grand : 2 Mo au plus."))
        return document

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        text, document = values.get("people", ""), values.get("document")
        if document:
            text = importers.read_file(document.read())
        try:
            self.lines: list[ElectorFacts] = importers.read_list(text)
        except ValueError:
            raise forms.ValidationError(_("Cette liste est trop longue.")) from None
        if not self.lines and not self.errors:
            raise forms.ValidationError(_("Collez au moins une personne, ou choisissez un fichier."))
        return values


class ElectorForm(forms.Form):
    """A line to correct."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=160)
    dwelling = forms.CharField(label=gettext_lazy("Logement"), max_length=160, required=False)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)

    def facts(self) -> ElectorFacts:
        return ElectorFacts(**self.cleaned_data)


class CandidacyForm(PersonFields):
    """A candidacy."""

    complex = forms.ModelChoiceField(
        label=gettext_lazy("Ensemble où elle habite"), queryset=Complex.objects.none(), required=False, empty_label="—"
    )
    statement = forms.CharField(label=gettext_lazy("Présentation"), required=False, widget=text_area(3))


class ScrutineerForm(forms.Form):
    """Somebody who counts."""

    name = forms.CharField(label=gettext_lazy("Nom de la personne qui compte"), max_length=160)


class CountForm(forms.Form):
    """What a scrutineer counts: fields ``marks-<place>`` for each name of the ballot."""

    envelopes = count(gettext_lazy("Bulletins trouvés dans l’urne"))
    blank = count(gettext_lazy("Dont bulletins blancs"))
    rejected = count(gettext_lazy("Dont bulletins rejetés"))

    def __init__(self, *args: Any, election: Election, **options: Any) -> None:
        super().__init__(*args, **options)
        assert election.box is not None  # noqa: S101 - made with the election, never taken away
        self.keys = {f"marks-{place}": option["key"] for place, option in enumerate(election.box.options)}
        for place, option in enumerate(election.box.options):
            self.fields[f"marks-{place}"] = count(option["label"])
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def count(self) -> Count:
        values = self.cleaned_data
        marks = {key: values[name] for name, key in self.keys.items()}
        return Count(values["envelopes"], values["blank"], values["rejected"], marks)


class DrawForm(forms.Form):
    """A draw before witnesses."""

    witnesses = forms.CharField(
        label=gettext_lazy("Témoins du tirage"),
        widget=text_area(2),
        help_text=gettext_lazy("Au moins deux noms, un par ligne."),
    )
    seed = forms.CharField(
        label=gettext_lazy("Mots dits par les témoins"), max_length=200,
        help_text=gettext_lazy(
            "Chaque témoin dit un mot ou un nombre. Avec ces mots, n’importe qui peut refaire le même tirage."
        ),
    )  # fmt: skip


class ComplaintForm(forms.Form):
    """Somebody contests."""

    author = forms.CharField(label=gettext_lazy("De"), max_length=160)
    on = day(gettext_lazy("Reçue le"))
    text = forms.CharField(label=gettext_lazy("Ce qui est contesté, et pourquoi"), widget=text_area(3))


class AnswerForm(forms.Form):
    """What is answered to a complaint."""

    answer = forms.CharField(label=gettext_lazy("Réponse"), widget=text_area(3))


class ProclaimForm(forms.Form):
    """The day of the proclamation."""

    on = day(gettext_lazy("Proclamée le"))


class AnnulForm(forms.Form):
    """Why an election is annulled."""

    why = forms.CharField(label=gettext_lazy("Pourquoi annuler"), widget=text_area(2))
