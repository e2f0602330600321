"""Representations, the office's answer, what follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import (
    RepresentationChannel,
    RepresentationOrigin,
    RepresentationResult,
    RepresentationSubject,
)
from concertoit.field.participation.models import Assembly, Complex, TenantAssociation
from concertoit.field.participation.services.representations import RepresentationFacts
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_rows, text_area

NO_NAME = _("Sans nom de locataire ni détail qui ferait reconnaître quelqu’un.")


class RepresentationForm(forms.Form):
    """A representation made to the office."""

    title = forms.CharField(label=_("Objet"), max_length=160)
    subject = forms.ChoiceField(label=_("Sujet"), choices=RepresentationSubject.choices)
    text = forms.CharField(
        label=_("Ce qui est demandé"), required=False, widget=text_area(4), max_length=4000, help_text=NO_NAME
    )
    made_on = day(_("Faite le"))
    channel = forms.ChoiceField(label=_("Moyen"), choices=RepresentationChannel.choices)
    origin = forms.ChoiceField(
        label=_("Au nom de"), choices=RepresentationOrigin.choices,
        help_text=_("Une personne seule n’est pas nommée : elle reçoit un code pour suivre la réponse."),
    )  # fmt: skip
    association = forms.ModelChoiceField(
        label=_("Association"), queryset=TenantAssociation.objects.none(), required=False, empty_label="–"
    )
    assembly = forms.ModelChoiceField(
        label=_("Assemblée"), queryset=Assembly.objects.none(), required=False, empty_label="–"
    )
    complex = forms.ModelChoiceField(
        label=_("Ensemble concerné"), queryset=Complex.objects.none(), required=False, empty_label=_("Tout l’office")
    )
    answer_by = day(
        _("Réponse attendue le"),
        required=False,
        help_text=_("Vide : le délai des règles et chiffres s’applique, s’il est fixé."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        options["initial"] = {"made_on": timezone.localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        rows = TenantAssociation.objects.filter(space=viewer.space).select_related("organisation")
        give_rows(self, "association", rows.order_by("organisation__name", "pk"))
        give_rows(
            self, "assembly", Assembly.objects.filter(space=viewer.space, cancelled=False).order_by("-on", "-pk")
        )
        give_rows(self, "complex", Complex.objects.filter(space=viewer.space).order_by("name", "pk"))

    def facts(self) -> RepresentationFacts:
        return RepresentationFacts(**self.cleaned_data)


_RESULTS = [("", _("Pas encore connu")), *RepresentationResult.choices]


class AnswerForm(forms.Form):
    """What the office answers."""

    on = day(_("Répondu le"))
    text = forms.CharField(label=_("Réponse de l’office"), widget=text_area(5), max_length=4000, help_text=NO_NAME)
    result = forms.ChoiceField(label=_("Résultat"), choices=_RESULTS, required=False)


class StepForm(forms.Form):
    """What happened next."""

    on = day(_("Le"))
    text = forms.CharField(label=_("Ce qui s’est passé"), max_length=400, widget=text_area(2), help_text=NO_NAME)
    result = forms.ChoiceField(label=_("Résultat"), choices=_RESULTS, required=False)


class CodeForm(forms.Form):
    """A code that somebody was given."""

    code = forms.CharField(label=_("Votre code"), max_length=40)
