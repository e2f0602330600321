"""The form of a record: what people know of a service, in the order in which they say it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.directory.enums import Language, Status
from concertoit.field.directory.models import Service
from concertoit.field.directory.queries.records import terms, territories
from concertoit.field.directory.rules import needs
from concertoit.field.directory.rules.record import Area, Hours, Record, read_hours, say_hours
from concertoit.field.directory.services.records import ServiceFacts
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import give_choices, give_rows, text_area

DAYS = (
    gettext_lazy("Lundi"), gettext_lazy("Mardi"), gettext_lazy("Mercredi"), gettext_lazy("Jeudi"),
    gettext_lazy("Vendredi"), gettext_lazy("Samedi"), gettext_lazy("Dimanche"),
)  # fmt: skip
COLUMNS = (
    "name", "description", "status", "eligibility_description", "minimum_age", "maximum_age", "application_process",
    "wait_time", "fees_description", "email", "url", "alert", "open_on_holidays", "is_public", "name_en",
    "description_en", "eligibility_description_en", "application_process_en",
)  # fmt: skip


def _text(label: Any, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=4000, widget=text_area(rows), help_text=help_text)


def _short(label: Any, size: int = 200, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=size, help_text=help_text)


def _chips(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class ServiceForm(forms.Form):
    """A record. What a file brought and the form does not show stays as it is."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisme"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("Un autre organisme"),
    )  # fmt: skip
    new_organisation = _short(gettext_lazy("Autre organisme : son nom"))
    name = forms.CharField(label=gettext_lazy("Nom du service"), max_length=200)
    description = _text(gettext_lazy("Ce qu’on y trouve"), 3)
    status = forms.ChoiceField(
        label=gettext_lazy("État"), choices=[one for one in Status.choices if one[0] != Status.DEFUNCT]
    )
    needs = _chips(gettext_lazy("Besoins auxquels il répond"))
    clienteles = _chips(gettext_lazy("Clientèles"))
    eligibility_description = _text(gettext_lazy("À qui il s’adresse"))
    minimum_age = forms.FloatField(label=gettext_lazy("À partir de (ans)"), required=False, min_value=0, max_value=120)
    maximum_age = forms.FloatField(label=gettext_lazy("Jusqu’à (ans)"), required=False, min_value=0, max_value=120)
    languages = _chips(gettext_lazy("Langues"))
    phone = _short(gettext_lazy("Téléphone"), 30)
    extension = _short(gettext_lazy("Poste"), 10)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    url = forms.URLField(label=gettext_lazy("Page Web"), required=False, max_length=500, assume_scheme="https")
    street = _short(gettext_lazy("Adresse"))
    city = _short(gettext_lazy("Ville"), 120)
    postal_code = _short(gettext_lazy("Code postal"), 7)
    accessibility = _short(gettext_lazy("Accès des lieux"), help_text=gettext_lazy("Rampe, ascenseur, autobus…"))
    everywhere = forms.BooleanField(label=gettext_lazy("Offert partout au Québec"), required=False)
    mrcs = _chips(gettext_lazy("Offert dans ces MRC"))
    towns = forms.MultipleChoiceField(
        label=gettext_lazy("Ou dans ces municipalités seulement"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    open_on_holidays = forms.BooleanField(label=gettext_lazy("Ouvert les jours fériés"), required=False)
    application_process = _text(gettext_lazy("Comment le demander"))
    wait_time = _short(gettext_lazy("Attente"))
    fees_description = _text(gettext_lazy("Coût"), 1)
    documents = _text(gettext_lazy("Documents demandés"), 2, gettext_lazy("Un par ligne."))
    alert = _text(gettext_lazy("Avis temporaire"), 1)
    name_en = _short(gettext_lazy("Nom en anglais"))
    description_en = _text(gettext_lazy("Ce qu’on y trouve, en anglais"), 3)
    eligibility_description_en = _text(gettext_lazy("À qui il s’adresse, en anglais"))
    application_process_en = _text(gettext_lazy("Comment le demander, en anglais"))
    is_public = forms.BooleanField(
        label=gettext_lazy("Fiche publique"), required=False, initial=True,
        help_text=gettext_lazy("Offerte à tout le monde par l’interface ouverte (HSDS)."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, service: Service | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        mrcs, towns = territories(viewer.space)
        give_rows(self, "organisation", Organisation.objects.filter(merged_into=None).order_by("name", "pk"))
        give_choices(self, "needs", terms(needs.NEEDS))
        give_choices(self, "clienteles", terms(needs.CLIENTELES))
        give_choices(self, "languages", Language.choices)
        give_choices(self, "mrcs", [(one.code, one.name) for one in mrcs])
        give_choices(self, "towns", [(one.code, one.name) for one in towns])
        for place, label in enumerate(DAYS):
            self.fields[f"day_{place}"] = _short(label, 80)
        self.fields["day_0"].help_text = _(
            "Par exemple : 9 h à 12 h, 13 h à 16 h 30. Vide : fermé. « 24 h » : jour et nuit."
        )
        if service is not None:
            del self.fields["organisation"], self.fields["new_organisation"]

    @property
    def day_names(self) -> list[str]:
        return [f"day_{place}" for place in range(7)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("L’âge maximal vient après l’âge minimal."))
        week: list[Hours] = []
        for name in self.day_names:
            try:
                week.append(read_hours(values.get(name, "")))
            except ValueError:
                self.add_error(name, _("Écrivez les heures ainsi : 9 h à 12 h, 13 h à 16 h 30."))
        values["week"] = week
        if "organisation" in self.fields and not values.get("organisation") and not values.get("new_organisation"):
            self.add_error("organisation", _("Dites quel organisme offre ce service."))
        return values

    def facts(self, known: Record | None = None) -> ServiceFacts:
        """What the service needs. ``known``: the record as it was, for areas that the form does not offer."""
        said = self.cleaned_data
        fields: Any = self.fields
        areas = [Area("mrc", code, label) for code, label in fields["mrcs"].choices if code in said["mrcs"]]
        areas += [Area("municipality", c, label) for c, label in fields["towns"].choices if c in said["towns"]]
        if said["everywhere"]:
            areas = [Area("everywhere", "QC", "Québec")]
        offered = {("mrc", code) for code, _label in fields["mrcs"].choices}
        offered |= {("municipality", code) for code, _label in fields["towns"].choices} | {("everywhere", "QC")}
        areas += [one for one in (known.areas if known else []) if (one.kind, one.code) not in offered]
        names = ("phone", "extension", "street", "city", "postal_code", "accessibility", "week", "languages", "needs",
                 "clienteles")  # fmt: skip
        documents = [one.strip() for one in said["documents"].splitlines() if one.strip()]
        record = Record(areas=areas, documents=documents, **{name: said[name] for name in names})
        record.languages += [code for code in (known.languages if known else []) if code not in Language.values]
        return ServiceFacts(
            said.get("organisation"), said.get("new_organisation", ""), {name: said[name] for name in COLUMNS}, record
        )


def initial_of(service: Service, record: Record) -> dict[str, Any]:
    """The form of a record as it is."""
    names = (
        "phone",
        "extension",
        "street",
        "city",
        "postal_code",
        "accessibility",
        "languages",
        "needs",
        "clienteles",
    )
    return {
        **{name: getattr(service, name) for name in COLUMNS},
        **{name: getattr(record, name) for name in names},
        "documents": "\n".join(record.documents),
        "everywhere": any(area.kind == "everywhere" for area in record.areas),
        "mrcs": [area.code for area in record.areas if area.kind == "mrc"],
        "towns": [area.code for area in record.areas if area.kind == "municipality"],
        **{f"day_{place}": say_hours(hours) for place, hours in enumerate(record.week)},
    }
