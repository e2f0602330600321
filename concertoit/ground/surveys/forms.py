"""Forms: preparing a survey, asking people, and the survey itself as somebody fills it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.surveys import rules
from concertoit.ground.surveys.enums import Audience, Identity, QuestionKind
from concertoit.ground.surveys.models import Question, Survey
from concertoit.ground.surveys.services.answering import Said, read_addresses
from concertoit.ground.ui.forms import day, text_area


class SurveyForm(forms.Form):
    """The words of a survey and how answers are kept."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    intro = forms.CharField(
        label=_("Mot d’introduction"),
        required=False,
        max_length=2000,
        widget=text_area(3),
        help_text=_("Pourquoi vous le demandez, et ce que vous ferez des réponses."),
    )
    identity = forms.ChoiceField(
        label=_("Les réponses sont gardées"),
        choices=Identity.choices,
        initial=Identity.NOBODY,
        widget=forms.RadioSelect,
        help_text=_("C’est dit à qui répond, et cela ne change plus après l’ouverture."),
    )
    audience = forms.ChoiceField(
        label=_("Qui lit les résultats"),
        choices=Audience.choices,
        initial=Audience.COORDINATION,
        widget=forms.RadioSelect,
    )
    closes_on = day(_("Dernier jour pour répondre"), required=False)
    open_address = forms.BooleanField(
        label=_("Adresse ouverte : toute personne qui l’a répond, sans compte"),
        required=False,
        help_text=_("Pour un code affiché dans une salle. Une personne peut alors répondre plus d’une fois."),
    )


def initial_of(survey: Survey) -> dict[str, Any]:
    """What the form shows of a survey."""
    return {name: getattr(survey, name) for name in SurveyForm.base_fields}


class QuestionForm(forms.Form):
    """A question with its possible answers, one per line."""

    text = forms.CharField(label=_("Question"), max_length=400)
    kind = forms.ChoiceField(
        label=_("On répond par"), choices=QuestionKind.choices, initial=QuestionKind.ONE, widget=forms.RadioSelect
    )
    options = forms.CharField(
        label=_("Réponses possibles, une par ligne"),
        required=False,
        max_length=4000,
        widget=text_area(5),
        help_text=_(
            "Pour les choix et les échelles. Une étoile au début d’une ligne marque la bonne réponse d’une question de "
            "connaissance."
        ),
    )
    help = forms.CharField(label=_("Précision sous la question"), required=False, max_length=300)
    required = forms.BooleanField(label=_("Réponse nécessaire"), required=False)

    def clean_options(self) -> list[tuple[str, bool]]:
        return rules.read_options(self.cleaned_data["options"])


class InviteForm(forms.Form):
    """Who receives a personal link."""

    members = forms.BooleanField(label=_("Toutes les personnes de la démarche qui ont un courriel"), required=False)
    emails = forms.CharField(
        label=_("Autres adresses"),
        required=False,
        widget=text_area(4),
        help_text=_("Une par ligne, ou séparées par des virgules."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("members") and not values.get("emails"):
            self.add_error("emails", _("Écrivez au moins une adresse, ou cochez les personnes de la démarche."))
        return values

    def addresses(self) -> Sequence[str]:
        """The addresses typed; call it on a valid form."""
        return read_addresses(self.cleaned_data["emails"])


class FillForm(forms.Form):
    """A survey as somebody fills it: a field ``q<id>`` per question, and ``sent_id`` so that sending twice is once."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, questions: Sequence[Question], signing: str = "", **options: Any) -> None:
        options.setdefault("initial", {}).setdefault("sent_id", uuid4())
        super().__init__(*args, **options)
        self.questions = questions
        if signing:
            self.fields["signed"] = forms.CharField(label=signing, max_length=160)
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)

    def said(self) -> dict[int, Said]:
        """What was answered, by question; call it on a valid form."""
        return {one.pk: _said(one, self.cleaned_data.get(f"q{one.pk}")) for one in self.questions}

    def sent(self) -> UUID | None:
        """The identifier the browser sends with the answer."""
        value: UUID | None = self.cleaned_data.get("sent_id")
        return value


def _choices(question: Question) -> list[tuple[str, str]]:
    options = sorted(question.options.all(), key=lambda one: (one.position, one.pk))
    return [(str(one.position), one.label) for one in options]


def _field(question: Question) -> forms.Field:
    words: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help,
        "required": question.required,
        "error_messages": {"required": _("Cette question demande une réponse.")},
    }
    match question.kind:
        case QuestionKind.MANY:
            return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **words)
        case QuestionKind.NUMBER:
            return forms.DecimalField(max_digits=12, decimal_places=2, localize=True, **words)
        case QuestionKind.TEXT:
            return forms.CharField(max_length=5000, widget=text_area(3), **words)
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **words)


def _said(question: Question, value: Any) -> Said:
    if value in (None, "", []):
        return Said()
    match question.kind:
        case QuestionKind.NUMBER:
            return Said(number=value)
        case QuestionKind.TEXT:
            return Said(text=value)
        case QuestionKind.MANY:
            return Said(options=tuple(int(one) for one in value))
    return Said(options=(int(value),))
