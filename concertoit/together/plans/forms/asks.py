"""Forms of personal links: whom to ask, and the one-minute answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import give_choices, text_area
from concertoit.together.plans.enums import STEP_STATE_LABELS, OutlookValue
from concertoit.together.plans.queries.asks import AskPage
from concertoit.together.plans.queries.recipients import Recipient
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services.asks import Answer
from concertoit.together.plans.workflow import EXPLAINED

OTHER = "autre"


class AskForm(forms.Form):
    """Whom to ask: somebody the plan leads to, or another address."""

    who = forms.ChoiceField(label=_("À qui"), widget=forms.RadioSelect)
    email = forms.EmailField(label=_("Autre adresse"), required=False, help_text=_("Si la personne n’est pas listée."))

    def __init__(self, *args: Any, recipients: list[Recipient], **options: Any) -> None:
        super().__init__(*args, **options)
        self.recipients = recipients
        give_choices(
            self,
            "who",
            [
                *((str(place), f"{one.name} ({one.email})") for place, one in enumerate(recipients)),
                (OTHER, _("Une autre adresse")),
            ],
        )
        self.fields["who"].initial = "0" if recipients else OTHER

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("who") == OTHER and not values.get("email") and "email" not in self.errors:
            self.add_error("email", _("Écrivez l’adresse."))
        return values

    def chosen(self) -> Recipient:
        """The person chosen; call it on a valid form."""
        who = self.cleaned_data["who"]
        if who == OTHER:
            return Recipient(self.cleaned_data["email"], "", OTHER)
        return self.recipients[int(who)]


class AnswerForm(forms.Form):
    """One minute: the state of each step (fields ``etat-<item>`` and ``motif-<item>``), a note, the météo."""

    note = forms.CharField(label=_("En quelques mots"), required=False, max_length=5000, widget=text_area(3))
    outlook = forms.ChoiceField(
        label=_("Comment ça va?"), choices=OutlookValue.choices, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Pourquoi?"), required=False, max_length=2000, widget=text_area(2))

    def __init__(self, *args: Any, page: AskPage, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        for branch in page.steps:
            pk, now = branch.node.item_id, branch.node.item.state
            choices = [(state.value, STEP_STATE_LABELS[state]) for state in branch.choices]
            self.fields[f"etat-{pk}"] = forms.ChoiceField(
                label=branch.node.title, choices=choices, initial=now, required=False, widget=forms.RadioSelect
            )
            self.fields[f"motif-{pk}"] = forms.CharField(
                label=_("Pourquoi abandonnée, ou ce qui débloquerait"),
                required=False,
                max_length=2000,
                initial=branch.node.item.state_note,
                widget=text_area(1),
            )
        if not page.judged:
            del self.fields["outlook"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("outlook") and not values.get("reason", "").strip():
            self.add_error("reason", _("Dites en une phrase pourquoi."))
        for branch in self.page.steps:
            pk = branch.node.item_id
            state = values.get(f"etat-{pk}")
            if state in EXPLAINED and not values.get(f"motif-{pk}", "").strip():
                self.add_error(f"motif-{pk}", _("Dites pourquoi, ou ce qui débloquerait."))
        return values

    def answer(self) -> Answer:
        """What was said, without the states left as they are; call it on a valid form."""
        values, states = self.cleaned_data, {}
        for branch in self.page.steps:
            item = branch.node.item
            state, text = values.get(f"etat-{item.pk}") or item.state, values.get(f"motif-{item.pk}", "").strip()
            if state != item.state or (state in EXPLAINED and text != item.state_note):
                states[item.pk] = (StepState(state), text)
        outlook = values.get("outlook")
        return Answer(
            states, values.get("note", ""), OutlookValue(outlook) if outlook else None, values.get("reason", "")
        )
