"""Forms for what goes in and out of a plan: imports, the cycle, filings, alignments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.spaces.models import GoverningBody, Membership, Space
from concertoit.ground.ui.forms import day, give_rows, text_area
from concertoit.together.plans.enums import NODE_KIND_LABELS, AlignmentKind, choices
from concertoit.together.plans.forms.lines import one_amount, read_actors, show_actors, show_amount
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.models import PlanVersion
from concertoit.together.plans.rules.corrections import Correction
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind

ACCEPTED = ".docx,.xlsx,.ods,.odt,.csv,.pdf,.html,.htm,.md,.txt"

ROLE_LABELS: dict[Role, Any] = {
    Role.AXIS: gettext_lazy("Axe"),
    Role.OUTER: gettext_lazy("Enjeu, au-dessus des axes"),
    Role.OBJECTIVE: gettext_lazy("Objectif"),
    Role.SPECIFIC: gettext_lazy("Objectif spécifique"),
    Role.ACTION: gettext_lazy("Action, moyen, projet"),
    Role.OUTCOME: gettext_lazy("Résultat attendu"),
    Role.STEP: gettext_lazy("Étapes"),
    Role.MEANS: gettext_lazy("Moyens"),
    Role.NUMBER: gettext_lazy("Numéro"),
    Role.LEAD: gettext_lazy("Responsable"),
    Role.FISCAL_AGENT: gettext_lazy("Fiduciaire"),
    Role.PARTNER: gettext_lazy("Partenaires"),
    Role.INDICATOR: gettext_lazy("Indicateurs"),
    Role.TARGET: gettext_lazy("Cible"),
    Role.BASELINE: gettext_lazy("Situation de départ"),
    Role.PERIOD: gettext_lazy("Échéancier"),
    Role.START: gettext_lazy("Début"),
    Role.END: gettext_lazy("Fin"),
    Role.YEAR: gettext_lazy("Une année (croix)"),
    Role.BUDGET: gettext_lazy("Budget"),
    Role.SPENT: gettext_lazy("Dépensé"),
    Role.SOURCE: gettext_lazy("Source de financement"),
    Role.STATE: gettext_lazy("État"),
    Role.CROSS_CUTTING: gettext_lazy("Priorité transversale"),
    Role.NOTE: gettext_lazy("Note"),
    Role.COUNT: gettext_lazy("Nombre"),
    Role.UNKNOWN: gettext_lazy("À préciser"),
    Role.IGNORE: gettext_lazy("Ne pas reprendre"),
}


class ImportForm(forms.Form):
    """Bring a document, or paste its text."""

    document = forms.FileField(
        label=gettext_lazy("Document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("Word, Excel, OpenDocument, PDF avec du texte, CSV, HTML, Markdown ou texte."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Ou collez le texte"),
        required=False,
        widget=text_area(8),
        strip=False,
        help_text=gettext_lazy("Un tableau copié de Word ou d’Excel garde ses colonnes."),
    )

    def clean_document(self) -> UploadedFile[Any] | None:
        upload: UploadedFile[Any] | None = self.cleaned_data.get("document")
        if upload is not None and (upload.size or 0) > settings.IMPORT_MAX_BYTES:
            limit = settings.IMPORT_MAX_BYTES // 1_048_576
            raise forms.ValidationError(_("Le document dépasse %(limit)s Mo.") % {"limit": limit})
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("document") and not (data.get("pasted") or "").strip():
            raise forms.ValidationError(_("Choisissez un document, ou collez son texte."))
        return data

    def brought(self) -> tuple[str, bytes]:
        """(name, bytes) of what was brought."""
        upload = self.cleaned_data.get("document")
        if upload is not None:
            return upload.name or "document", upload.read()
        return _("texte collé") + ".txt", self.cleaned_data["pasted"].encode()


class CorrectionForm(forms.Form):
    """A node of the preview, as understood."""

    kind = forms.ChoiceField(label=gettext_lazy("Niveau"), choices=choices(NODE_KIND_LABELS))
    written = forms.CharField(label=gettext_lazy("Numéro"), required=False, max_length=40)
    title = forms.CharField(label=gettext_lazy("Titre"), widget=text_area(3))
    group = forms.CharField(label=gettext_lazy("Sous-titre"), required=False, max_length=200)
    period = forms.CharField(label=gettext_lazy("Échéancier"), required=False, max_length=200)
    budget = forms.CharField(label=gettext_lazy("Budget"), required=False, max_length=40)
    leads = forms.CharField(
        label=gettext_lazy("Responsables"),
        required=False,
        widget=text_area(2),
        help_text=gettext_lazy("Un nom par ligne."),
    )
    partners = forms.CharField(label=gettext_lazy("Partenaires"), required=False, widget=text_area(4))

    @staticmethod
    def initial_of(node: Node) -> dict[str, Any]:
        """What the form shows of a node."""

        return {
            "kind": node.kind.value,
            "written": node.written,
            "title": node.title,
            "group": node.group,
            "period": node.period.written,
            "budget": show_amount(node.budget),
            "leads": show_actors(node.actors, ActorRole.LEAD),
            "partners": show_actors(node.actors, ActorRole.PARTNER),
        }

    def __init__(self, *args: Any, node: Node, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.initial_of(node))
        super().__init__(*args, **kwargs)
        self.node = node

    def clean_budget(self) -> Decimal | None:
        return one_amount(self.cleaned_data["budget"])

    def correction(self) -> Correction:
        """What was written; call after ``is_valid``."""
        data = self.cleaned_data
        return Correction(
            kind=NodeKind(data["kind"]),
            title=data["title"],
            written=data["written"],
            group=data["group"],
            period=data["period"],
            budget=data["budget"],
            leads=read_actors(data["leads"], ActorRole.LEAD, self.node.actors),
            partners=read_actors(data["partners"], ActorRole.PARTNER, self.node.actors),
        )


class CycleStepForm(forms.Form):
    """A step of the planning cycle."""

    title = forms.CharField(label=gettext_lazy("Étape"), max_length=300)
    body = forms.ModelChoiceField(
        label=gettext_lazy("Instance qui la tient"),
        queryset=GoverningBody.objects.none(),
        required=False,
        empty_label="—",
    )
    when = forms.CharField(
        label=gettext_lazy("Quand"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("En mots : « novembre 2025 »."),
    )
    on = day(gettext_lazy("Date"), required=False)
    detail = forms.CharField(
        label=gettext_lazy("Ce qui est prévu, ou a été fait"), required=False, widget=text_area(4)
    )
    done_on = day(gettext_lazy("Faite le"), required=False)
    participants = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Y ont pris part"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_rows(self, "body", GoverningBody.objects.filter(space=space))
        give_rows(
            self, "participants", Membership.objects.filter(space=space).select_related("person", "organisation")
        )


class FilingForm(forms.Form):
    """File a version with somebody."""

    version = forms.ModelChoiceField(label=gettext_lazy("Version"), queryset=PlanVersion.objects.none())
    recipient = forms.CharField(label=gettext_lazy("Déposé à"), max_length=200)
    filed_on = day(gettext_lazy("Déposé le"), initial=timezone.localdate)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=text_area(2), max_length=2000)

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_rows(
            self,
            "version",
            PlanVersion.objects.filter(space=space).exclude(state="draft").order_by("-plan_id", "-number"),
        )


class AlignmentForm(forms.Form):
    """Propose a link to an item of another démarche's plan."""

    item = forms.TypedChoiceField(label=gettext_lazy("Dans notre plan"), coerce=int)
    other = forms.TypedChoiceField(label=gettext_lazy("Dans l’autre plan"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Notre action…"), choices=AlignmentKind.choices)
    note = forms.CharField(label=gettext_lazy("Explication"), required=False, widget=text_area(3), max_length=2000)


class AnswerForm(forms.Form):
    """Answer a proposed alignment."""

    words = forms.CharField(
        label=gettext_lazy("Mot à l’autre démarche"), required=False, widget=text_area(2), max_length=2000
    )
