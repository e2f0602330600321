"""What the gallery shows: invented data for each component, and a form in each of its states."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ORGANISATIONS = [
    ("Office d’habitation du Sud", "office", 12, "good"),
    ("Coopérative Le Tournesol", "coop", 4, "support"),
    ("Table de concertation du Nord", "table", 7, "good"),
    ("Ville d’exemple", "municipality", 2, "trouble"),
    ("Maison des locataires", "community", 9, ""),
]


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Titre de l’action"), help_text=_("Comme on le dirait à voix haute."), max_length=80
    )
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Choisir…")), ("a", _("Projet")), ("b", _("Comité"))])
    due = forms.DateField(label=_("Échéance"), required=False)
    amount = forms.DecimalField(label=_("Montant"), required=False, help_text=_("En dollars, par exemple 11 446,00."))
    outlook = forms.ChoiceField(
        label=_("Où en est-on?"),
        widget=forms.RadioSelect,
        choices=[("good", _("Va bien")), ("support", _("À appuyer")), ("trouble", _("En difficulté"))],
    )
    public = forms.MultipleChoiceField(
        label=_("Pour qui"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("f", _("Familles")), ("j", _("Jeunes")), ("a", _("Personnes aînées")), ("s", _("Personnes seules"))],
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    document = forms.FileField(
        label=_("Document à importer"), required=False, help_text=_("Word, Excel ou PDF, 50 Mo au plus.")
    )
    agree = forms.BooleanField(label=_("J’ai relu avec le comité"))


def examples(request: HttpRequest) -> dict[str, Any]:
    """Context of ``ui/gallery.html``."""
    order = request.GET.get("tri", "")
    rows = sorted(ORGANISATIONS, key=lambda row: row[2] if order.endswith("actions") else row[0])
    if order.startswith("-"):
        rows.reverse()
    page = Paginator(rows, 3).get_page(request.GET.get("page"))
    wrong = ExampleForm({"title": "", "kind": "", "due": "2026-02-31", "outlook": ""}, auto_id="faux_%s")
    wrong.full_clean()
    return {
        "form": ExampleForm(initial={"outlook": "good", "public": ["f"], "kind": "a"}),
        "wrong": wrong,
        "chips_form": ExampleForm(initial={"outlook": "support", "public": ["f", "j"]}, auto_id="puces_%s"),
        "page": page,
        "rows": page.object_list,
        "icon_sizes": ["", "lg", "xl"],
    }
