"""Forms of consent rounds: preparing a session, a proposal, what organisations say, what the facilitation does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.models import GoverningBody, Space
from concertoit.ground.ui.forms import day, give_choices, give_rows, text_area
from concertoit.together.decisions.enums import CONSENT_MODE_LABELS, OBJECTION_TARGET_LABELS, choices
from concertoit.together.decisions.models import ConsentObjection
from concertoit.together.decisions.queries.consent_people import called
from concertoit.together.decisions.rules.consent import Mode, RoundState, Subject, Target, Voice
from concertoit.together.decisions.services.consent_objections import Amendment
from concertoit.together.decisions.services.consent_sessions import SessionFacts, key_of
from concertoit.together.decisions.services.consent_voices import Objection, Said


class SessionForm(forms.Form):
    """A session: what, by whom, how, when, with what quorum and which voices."""

    title = forms.CharField(label=_("Titre de la séance"), max_length=200)
    body = forms.ModelChoiceField(
        label=_("Instance qui décide"), queryset=GoverningBody.objects.none(), required=False, empty_label="—"
    )
    mode = forms.ChoiceField(label=_("Déroulement"), choices=choices(CONSENT_MODE_LABELS), widget=forms.RadioSelect)
    held_on = day(_("Date de la séance"), required=False)
    quorum = forms.IntegerField(
        label=_("Quorum, en nombre de voix"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Vide : aucun quorum n’est fixé, et la page le dit."),
    )
    quorum_source = forms.CharField(
        label=_("D’où vient ce quorum"),
        required=False,
        max_length=200,
        help_text=_("Règles de fonctionnement, décision d’une rencontre…"),
    )
    seats = forms.MultipleChoiceField(
        label=_("Voix appelées"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Une voix par organisme, peu importe combien de personnes il envoie."),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voices = called(space)
        rows = GoverningBody.objects.filter(space=space).order_by("kind", "name", "pk")
        give_rows(self, "body", rows)
        self.fields["body"].initial = next((row.pk for row in rows if row.kind == BodyKind.PLENARY), None)
        give_choices(self, "seats", [(key_of(one), one.label) for one in voices])
        self.fields["seats"].initial = [key_of(one) for one in voices]
        self.fields["mode"].initial = Mode.ROOM.value

    def facts(self) -> SessionFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name in SessionFacts.__slots__}
        return SessionFacts(**{**values, "mode": Mode(values["mode"])})

    def keys(self) -> set[str]:
        return set(self.cleaned_data["seats"])


class ProposalForm(forms.Form):
    """A proposal in words."""

    title = forms.CharField(label=_("La proposition, en une ligne"), max_length=300)
    text = forms.CharField(
        label=_("La proposition, telle qu’elle sera lue"), max_length=20_000, widget=text_area(8), required=False
    )


class FirstProposalForm(SessionForm):
    """A session with its first proposal, for what is not a plan."""

    field_order = ("title", "proposal", "text", "body", "mode", "held_on", "quorum", "quorum_source", "seats")
    proposal = forms.CharField(label=_("La proposition, en une ligne"), max_length=300)
    text = forms.CharField(label=_("La proposition, telle qu’elle sera lue"), max_length=20_000, widget=text_area(6))


class StepForm(forms.Form):
    """Where a proposal goes, until when one answers, and what changed."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in RoundState])
    answer_by = day(_("Répondre d’ici le"), required=False)
    change = forms.CharField(
        label=_("Ce qui change depuis le tour précédent"), required=False, max_length=5000, widget=text_area(2)
    )


class QuestionForm(forms.Form):
    """A clarifying question."""

    question = forms.CharField(
        label=_("Votre question"),
        max_length=2000,
        widget=text_area(3),
        help_text=_("Pour comprendre, pas encore pour réagir. La question et sa réponse sont visibles de la table."),
    )


class QuestionAnswerForm(forms.Form):
    """The answer to a clarifying question."""

    answer = forms.CharField(label=_("Réponse"), max_length=5000, widget=text_area(2))


class VoiceForm(forms.Form):
    """What an organisation says, with its objection when it has one."""

    voice = forms.ChoiceField(
        label=_("La voix de votre organisme"),
        choices=[
            (Voice.CONSENT.value, _("Nous consentons")),
            (Voice.RESERVED.value, _("Nous consentons, sous réserve de notre CA")),
            (Voice.OBJECTION.value, _("Nous avons une objection")),
        ],
        widget=forms.RadioSelect,
    )
    target = forms.ChoiceField(label=_("Sur quoi porte l’objection"), required=False)
    reason = forms.CharField(
        label=_("La raison de l’objection"),
        required=False,
        max_length=5000,
        widget=text_area(3),
        help_text=_("Ce qui ferait du tort, et à quoi. Une préférence n’est pas une objection."),
    )
    amendment = forms.CharField(
        label=_("L’amendement que vous proposez"), required=False, max_length=5000, widget=text_area(2)
    )

    def __init__(self, *args: Any, subject: Subject, items: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {Subject.AXIS: Target.AXIS, Subject.BUDGET: Target.BUDGET, Subject.FISCAL_AGENT: Target.FISCAL_AGENT}
        first = own.get(subject, Target.WHOLE)
        give_choices(
            self,
            "target",
            [
                (first.value, OBJECTION_TARGET_LABELS[first]),
                *((f"{_kind(subject).value}:{pk}", label) for pk, label in items),
            ],
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("voice") == Voice.OBJECTION and not values.get("reason", "").strip():
            self.add_error("reason", _("Dites la raison de l’objection : ce qui ferait du tort, et à quoi."))
        return values

    def said(self) -> Said:
        kind, _colon, item = (self.cleaned_data["target"] or Target.WHOLE.value).partition(":")
        objection = Objection(
            self.cleaned_data["reason"], self.cleaned_data["amendment"], Target(kind), int(item) if item else None
        )
        return Said(Voice(self.cleaned_data["voice"]), objection)


def _kind(subject: Subject) -> Target:
    """What an element of a part is, for an objection."""
    money = {Subject.BUDGET: Target.BUDGET, Subject.FISCAL_AGENT: Target.FISCAL_AGENT}
    return money.get(subject, Target.ACTION)


class WordsForm(forms.Form):
    """A reason, whatever it is for."""

    words = forms.CharField(label=_("En mots"), required=False, max_length=5000, widget=text_area(3))


class MandateForm(forms.Form):
    """What a board answered."""

    confirmed = forms.ChoiceField(
        label=_("Le conseil d’administration"),
        choices=[("oui", _("confirme le consentement")), ("non", _("ne le confirme pas"))],
        widget=forms.RadioSelect,
    )
    on = day(_("Date de sa réponse"))
    words = forms.CharField(
        label=_("Ce que dit le conseil"),
        required=False,
        max_length=5000,
        widget=text_area(2),
        help_text=_("Nécessaire s’il ne confirme pas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class IntegrationForm(forms.Form):
    """How objections are integrated, and how the next round opens."""

    objections = forms.ModelMultipleChoiceField(
        label=_("Objections que l’amendement intègre"),
        queryset=ConsentObjection.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    change = forms.CharField(
        label=_("Ce qui change, en mots"),
        max_length=5000,
        widget=text_area(2),
        help_text=_("Lu par la table au tour suivant."),
    )
    text = forms.CharField(
        label=_("La proposition, telle qu’elle sera lue"), required=False, max_length=20_000, widget=text_area(6)
    )
    wording_of = forms.TypedChoiceField(
        label=_("Élément de l’ébauche à récrire"), required=False, coerce=int, empty_value=None
    )
    wording = forms.CharField(label=_("Son nouveau libellé"), required=False, max_length=2000, widget=text_area(2))
    opens = forms.ChoiceField(
        label=_("Le tour suivant commence par"),
        choices=[
            (RoundState.VOICES.value, _("le consentement ou l’objection")),
            (RoundState.QUESTIONS.value, _("les questions de clarification")),
        ],
        widget=forms.RadioSelect,
        initial=RoundState.VOICES.value,
    )
    answer_by = day(_("Répondre d’ici le"), required=False)

    def __init__(
        self, *args: Any, round_id: int, is_text: bool, items: list[tuple[int, str]], remote: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        raised = ConsentObjection.objects.filter(round=round_id, state__in=["raised", "clarified"])
        rows = raised.select_related("seat").order_by("raised_at", "pk")
        give_rows(self, "objections", rows, lambda one: f"{one.seat} : {one.reason}")
        if is_text:
            del self.fields["wording_of"], self.fields["wording"]
        else:
            give_choices(self, "wording_of", [("", "—"), *items])
            self.fields["text"].label = _("Précision qui accompagne la partie du plan")
        if not remote:
            del self.fields["answer_by"]

    def amendment(self) -> Amendment:
        values = self.cleaned_data
        return Amendment(
            change=values["change"],
            text=values["text"],
            wording=values.get("wording", ""),
            wording_of=values.get("wording_of"),
            opens=RoundState(values["opens"]),
            answer_by=values.get("answer_by"),
        )

    def ids(self) -> list[int]:
        return [one.pk for one in self.cleaned_data["objections"]]
