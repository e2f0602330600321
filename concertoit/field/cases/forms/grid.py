"""Forms of the grid: what heads a sheet, one point, versions, needs, decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.grid import (
    THRESHOLD_LABELS,
    DecisionKind,
    Extent,
    Mandate,
    Measure,
    Need,
    Observed,
    Proof,
    Scope,
    SensitiveGroup,
    Vulnerability,
)
from concertoit.field.cases.models import Visit
from concertoit.field.cases.rules.grading import Thresholds
from concertoit.field.cases.rules.grid_document import LENGTHS, Dimension, Item
from concertoit.field.cases.services.observing import Said, Sitting
from concertoit.ground.identity.models import Organisation
from concertoit.ground.ui.forms import day, give_choices, give_rows, text_area


class SittingForm(forms.Form):
    """Who looks, when, where; the phone gives the id of the sending."""

    competence = forms.ChoiceField(label=gettext_lazy("À titre de"))
    on = day(gettext_lazy("Observé le"))
    place = forms.ChoiceField(
        label=gettext_lazy("D’où"),
        choices=[("site", gettext_lazy("Sur place")), ("told", gettext_lazy("De ce qu’on me dit"))],
    )
    visit = forms.ModelChoiceField(Visit.objects.none(), required=False, label=gettext_lazy("Visite"))
    client_id = forms.UUIDField(required=False)

    def __init__(self, *args: Any, competences: Iterable[str], visits: QuerySet[Visit], **options: Any) -> None:
        super().__init__(*args, **options)
        known = set(competences)
        give_choices(self, "competence", [(code, label) for code, label in Competence.choices if code in known])
        self.visits = visits
        give_rows(self, "visit", visits)

    def sitting(self) -> Sitting:
        found = self.cleaned_data
        return Sitting(found["competence"], found["on"], found["place"] == "site", found["visit"], found["client_id"])


class PointForm(forms.Form):
    """One point. Its fields are named after its code, so that a page can hold them all."""

    state = forms.ChoiceField(choices=Observed.choices, required=False)
    extent = forms.ChoiceField(choices=[("", ""), *Extent.choices], required=False)
    danger = forms.BooleanField(required=False)
    proof = forms.ChoiceField(choices=[("", ""), *Proof.choices], required=False)
    measure = forms.CharField(max_length=12, required=False)
    note = forms.CharField(max_length=280, required=False)

    def clean_measure(self) -> Decimal | None:
        text = self.cleaned_data["measure"].replace(",", ".").replace("\u00a0", "").strip()
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            raise forms.ValidationError(_("Écrivez un nombre, par exemple 17,5.")) from None
        if value is not None and not value.is_finite():
            raise forms.ValidationError(_("Écrivez un nombre, par exemple 17,5."))
        return value

    def said(self) -> Said | None:
        """What is said of the point; nothing when it was left as it was. Call on a valid form."""
        found, code = self.cleaned_data, str(self.prefix)
        photos = tuple(self.files.getlist(f"{code}-photos")) if self.files else ()
        if not found["state"] and not (found["danger"] or photos or found["measure"] is not None):
            return None
        return Said(
            code,
            found["state"],
            found["extent"],
            found["danger"],
            found["proof"],
            found["measure"],
            found["note"],
            photos,
        )


class SetAsideForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Pourquoi l’écarter"), max_length=280, widget=text_area(3),
        help_text=gettext_lazy("Sans nom. La raison reste affichée à côté de l’observation."),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """A decision of an authority, as it was taken."""

    kind = forms.ChoiceField(label=gettext_lazy("Décision"), choices=DecisionKind.choices)
    authority = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Autorité qui l’a prise"))
    decided_on = day(gettext_lazy("Prise le"))
    number = forms.CharField(label=gettext_lazy("Numéro"), max_length=40, required=False)
    note = forms.CharField(label=gettext_lazy("Précision, sans nom"), max_length=280, required=False)
    document = forms.FileField(label=gettext_lazy("Le document"), required=False)

    def __init__(self, *args: Any, authorities: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "authority", authorities)


class NeedForm(forms.Form):
    """What a household says of itself. Nothing here is asked for a diagnosis."""

    vulnerabilities = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que le ménage dit de lui-même"), choices=Vulnerability.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Seulement ce que la personne dit elle-même. Aucun diagnostic, aucune supposition."),
    )  # fmt: skip
    need = forms.ChoiceField(
        label=gettext_lazy("Besoin d’accompagnement"), choices=Need.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=gettext_lazy("Ce qui aiderait, sans nom"), max_length=280, required=False)


class ItemForm(forms.Form):
    """A point of a draft."""

    code = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9_.\-]*$", label=gettext_lazy("Code"), max_length=LENGTHS["code"],
        help_text=gettext_lazy("Court et stable : les observations y tiennent. Par exemple HUM6."),
        error_messages={"invalid": gettext_lazy("Une lettre, puis des lettres, des chiffres, un tiret ou un point.")},
    )  # fmt: skip
    dimension = forms.ChoiceField(label=gettext_lazy("Dimension"))
    label = forms.CharField(label=gettext_lazy("Ce qu’on regarde"), max_length=LENGTHS["label"])
    scope = forms.ChoiceField(label=gettext_lazy("Portée"), choices=Scope.choices)
    danger = forms.CharField(
        label=gettext_lazy("Danger immédiat si"), max_length=LENGTHS["danger"], required=False,
        help_text=gettext_lazy("Vide : ce point n’a pas de case de danger et ne mène jamais à N4."),
    )  # fmt: skip
    mandates = forms.MultipleChoiceField(
        label=gettext_lazy("Mandat de"), choices=Mandate.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    together = forms.BooleanField(label=gettext_lazy("Ces mandats regardent ensemble"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Se mesure par"), choices=Measure.choices, required=False)
    sources = forms.CharField(label=gettext_lazy("Sources"), max_length=LENGTHS["sources"], required=False)
    retired = forms.BooleanField(
        label=gettext_lazy("Retiré de la grille"), required=False,
        help_text=gettext_lazy("Les observations déjà faites restent lisibles."),
    )  # fmt: skip

    def __init__(self, *args: Any, dimensions: Iterable[Dimension], item: Item | None = None, **options: Any) -> None:
        if item:
            options["initial"] = asdict(item) | {"mandates": list(item.mandates)}
        super().__init__(*args, **options)
        self.item = item
        give_choices(self, "dimension", [(one.code, one.title) for one in dimensions])
        if item is None:
            del self.fields["retired"]

    def facts(self) -> Item:
        found: dict[str, Any] = dict(self.cleaned_data)
        found["mandates"] = tuple(found["mandates"])
        if self.item:  # what the form does not ask
            found |= {"weight": self.item.weight, "hhsrs": self.item.hhsrs}
        return Item(**found)


class DimensionForm(forms.Form):
    code = forms.RegexField(r"^[A-Za-z][A-Za-z0-9]*$", label=gettext_lazy("Code"), max_length=12)
    title = forms.CharField(label=gettext_lazy("Titre"), max_length=120)
    sensitive = forms.MultipleChoiceField(
        label=gettext_lazy("Groupes sensibles"), choices=SensitiveGroup.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Quand une de ces personnes vit là, N2 devient N3 dans cette dimension."),
    )  # fmt: skip

    def facts(self) -> Dimension:
        found = self.cleaned_data
        return Dimension(found["code"], found["title"], tuple(found["sensitive"]))


class ThresholdsForm(forms.Form):
    """How many points it takes; zero switches a rule off."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in asdict(Thresholds()):
            self.fields[name] = forms.IntegerField(label=THRESHOLD_LABELS[name], min_value=0, max_value=20)


class AdoptForm(forms.Form):
    adopted_by = forms.CharField(
        label=gettext_lazy("Adoptée par"), max_length=200,
        help_text=gettext_lazy("Une rencontre, un comité, les partenaires présents."),
    )  # fmt: skip
    adopted_on = day(gettext_lazy("Le"), initial=timezone.localdate)


class GridFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier"), widget=forms.FileInput(attrs={"accept": ".csv,.md,.xls,.xlsx"}),
        help_text=gettext_lazy("La grille en CSV, ou un XLSForm (ODK, KoboToolbox) en Excel, CSV ou Markdown."),
    )  # fmt: skip
