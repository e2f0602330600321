"""Forms of follow-up: state, phase, due date, note, météo, comment, several steps at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import day, give_choices, text_area
from concertoit.together.plans.enums import STEP_STATE_LABELS, OutlookValue, Phase, choices
from concertoit.together.plans.rules.document import StepState

STATES = choices(STEP_STATE_LABELS)


class StateForm(forms.Form):
    """A state and what explains it. ``seen`` is the state the person had in front of them."""

    state = forms.ChoiceField(label=_("État"), choices=STATES, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Motif ou condition"),
        required=False,
        max_length=2000,
        widget=text_area(2),
        help_text=_("Nécessaire si l’étape est abandonnée (pourquoi) ou bloquée (ce qui la débloquerait)."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_state(self) -> StepState:
        return StepState(self.cleaned_data["state"])


class PhaseForm(forms.Form):
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices)

    def clean_phase(self) -> Phase:
        return Phase(self.cleaned_data["phase"])


class DueForm(forms.Form):
    due_on = day(_("Échéance"), required=False, help_text=_("Vide : l’échéance vient de la période du plan."))


class NoteForm(forms.Form):
    body = forms.CharField(
        label=_("Où en est-ce?"),
        widget=text_area(4),
        help_text=_("Datée et signée. Mise en forme simple : **gras**, listes avec « - »."),
    )


class OutlookForm(forms.Form):
    value = forms.ChoiceField(label=_("Météo"), choices=OutlookValue.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Pourquoi"), widget=text_area(2), max_length=2000)

    def clean_value(self) -> OutlookValue:
        return OutlookValue(self.cleaned_data["value"])


class CommentForm(forms.Form):
    body = forms.CharField(
        label=_("Commentaire"),
        widget=text_area(3),
        help_text=_("@ et un nom (« @Alice ») avertit cette personne, si elle est de la démarche."),
    )


class BulkForm(forms.Form):
    """One state and one note for all the steps that are checked."""

    items = forms.TypedMultipleChoiceField(
        coerce=int, required=True, error_messages={"required": _("Cochez au moins une étape.")}
    )
    state = forms.ChoiceField(
        label=_("Nouvel état"), choices=[("", _("Ne pas changer l’état")), *STATES], required=False
    )
    explanation = forms.CharField(label=_("Motif ou condition"), required=False, max_length=2000, widget=text_area(1))
    note = forms.CharField(label=_("Note commune"), required=False, widget=text_area(2))

    def __init__(self, *args: Any, item_ids: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "items", [(pk, pk) for pk in item_ids])

    def clean_state(self) -> StepState | None:
        return StepState(self.cleaned_data["state"]) if self.cleaned_data["state"] else None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not values.get("state") and not values.get("note", "").strip():
            raise forms.ValidationError(_("Choisissez un état ou écrivez une note."))
        return values
