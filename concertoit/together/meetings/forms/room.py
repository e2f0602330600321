"""Forms of the room and of minutes: notes, outcomes with what they change in the plan, corrections, approval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.ui.forms import day, give_choices, text_area
from concertoit.together.meetings.enums import OutcomeKind
from concertoit.together.meetings.exports.minutes_words import Spoken
from concertoit.together.meetings.models import Meeting, Outcome
from concertoit.together.meetings.services.changes import ACTION, STATE, STEP, PlanChange
from concertoit.together.meetings.services.outcomes import TEXT_MAX, OutcomeFacts
from concertoit.together.meetings.services.running import NOTE_MAX
from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.rules.document import StepState

CHANGES = (
    ("", _("Rien")),
    (STATE, _("L’état d’une étape")),
    (STEP, _("Une nouvelle étape, dans l’ébauche")),
    (ACTION, _("Une nouvelle action, dans l’ébauche")),
)


class NoteForm(forms.Form):
    """The notes of a point, or of the whole meeting; ``seen`` marks the text one started from."""

    record = forms.CharField(label=_("Notes"), required=False, widget=text_area(7), max_length=NOTE_MAX)
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)


class OutcomeForm(forms.Form):
    """What a point leads to."""

    kind = forms.ChoiceField(
        label=_("Sorte"), choices=OutcomeKind.choices, widget=forms.RadioSelect, initial=OutcomeKind.DECISION.value
    )
    text = forms.CharField(label=_("En une phrase"), widget=text_area(2), max_length=TEXT_MAX)
    who = forms.ChoiceField(label=_("Qui s’en charge"), required=False)
    who_written = forms.CharField(label=_("Ou, en mots"), required=False, max_length=200)
    due_on = day(_("Pour le"), required=False)

    def __init__(self, *args: Any, space: Space, outcome: Outcome | None = None, **options: Any) -> None:
        if outcome is not None:
            options["initial"] = {
                "kind": outcome.kind, "text": outcome.text, "who_written": outcome.who_written,
                "due_on": outcome.due_on, "who": _code(outcome),
            }  # fmt: skip
        super().__init__(*args, **options)
        rows = Membership.objects.filter(space=space, ends_on=None).select_related("person", "organisation")
        self.members = list(rows.order_by("position", "pk"))
        give_choices(self, "who", _choices(self.members))

    def facts(self) -> OutcomeFacts:
        """The outcome described; call it on a valid form."""
        data = self.cleaned_data
        kind, _dash, pk = data["who"].partition("-")
        member = next((one for one in self.members if kind == "m" and str(one.pk) == pk), None)
        named = (one.organisation for one in self.members if kind == "o" and str(one.organisation_id) == pk)
        return OutcomeFacts(
            OutcomeKind(data["kind"]), data["text"], member, next(named, None), data["who_written"], data["due_on"]
        )


def _code(outcome: Outcome) -> str:
    if outcome.membership_id:
        return f"m-{outcome.membership_id}"
    return f"o-{outcome.organisation_id}" if outcome.organisation_id else ""


def _choices(members: Iterable[Membership]) -> list[Any]:
    """People, then organisations: a follow-up may belong to the organisation whoever comes."""
    rows = list(members)
    people = [
        (f"m-{one.pk}", f"{one.person} ({one.organisation})" if one.organisation else str(one.person))
        for one in rows
        if one.person
    ]
    named = {one.organisation_id: str(one.organisation) for one in rows if one.organisation}
    organisations = [(f"o-{pk}", name) for pk, name in sorted(named.items(), key=lambda pair: pair[1].casefold())]
    return [("", "—"), (str(_("Personnes")), people), (str(_("Organismes")), organisations)]


class RoomOutcomeForm(OutcomeForm):
    """An outcome written in the room: it may change the plan at once."""

    change = forms.ChoiceField(label=_("Ce que ça change au plan"), choices=CHANGES, required=False)
    target = forms.TypedChoiceField(label=_("Élément du plan"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(label=_("Nouvel état"), required=False)
    explanation = forms.CharField(label=_("Motif, ou ce qui débloquerait"), required=False, max_length=1000)
    title = forms.CharField(label=_("Titre de ce qui s’ajoute"), required=False, max_length=500)

    def __init__(self, *args: Any, targets: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        found = list(targets)
        if not found:
            for name in ("change", "target", "state", "explanation", "title"):
                del self.fields[name]
            return
        give_choices(self, "target", found)
        give_choices(self, "state", [("", "—"), *((code.value, STEP_STATE_LABELS[code]) for code in StepState)])

    def wanted(self) -> PlanChange | None:
        """What changes in the plan; call it on a valid form. Raises ``DomainError`` for a change of nothing."""
        data = self.cleaned_data
        what = data.get("change")
        if not what:
            return None
        if not data["target"]:
            raise DomainError(str(_("Choisissez l’élément du plan.")), field="target")
        state = StepState(data["state"]) if data["state"] else None
        return PlanChange(what, data["target"], state, data["explanation"], data["title"])


class FinishForm(forms.Form):
    """« C’est fait »: with a word, if one wishes."""

    note = forms.CharField(label=_("Un mot"), required=False, max_length=300)


class MinutesTextForm(forms.Form):
    """The texts of a draft of minutes: a box for each point and outcome, and what changes in this version."""

    def __init__(self, *args: Any, said: Spoken, note: str = "", correction: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = said
        if correction:
            self.fields["note"] = forms.CharField(
                label=_("Ce qui change, en une phrase"), required=False, initial=note, max_length=1000
            )
        self._box("record", str(_("Notes de la rencontre")), said.record, 4)
        for point in said.points:
            for row in (point, *point.lines):
                self._box(row.key, f"{row.number}. {row.title}", row.text, 4 if row.text else 2)
                for one in row.outcomes:
                    self._box(one.key, one.label, one.text, 2)
        for one in said.other:
            self._box(one.key, one.label, one.text, 2)

    def _box(self, key: str, label: str, text: str, rows: int) -> None:
        self.fields[key] = forms.CharField(
            label=label, required=False, initial=text, widget=text_area(rows), max_length=NOTE_MAX
        )

    def texts(self) -> dict[str, str]:
        """The texts as corrected; call it on a valid form."""
        return {key: text for key, text in self.cleaned_data.items() if key != "note"}


class ApproveForm(forms.Form):
    """At which later meeting the minutes were approved."""

    meeting = forms.TypedChoiceField(label=_("Approuvé à la rencontre"), coerce=int)

    def __init__(self, *args: Any, held: Iterable[Meeting], labels: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "meeting", [(one.pk, labels(one)) for one in held])
