"""Forms of accompaniment: note, step of the path, household sent to us, letter, message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums.support import LetterKind, NoteKind, PathResult, PathStepKind, RentAsk, VoidReason
from concertoit.field.cases.rules import letter_bodies, letters
from concertoit.field.cases.services.messages import LONGEST
from concertoit.field.cases.services.support import StepFacts
from concertoit.ground.identity.models import Organisation
from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_rows, text_area


class NoteForm(forms.Form):
    """A note that is being signed."""

    kind = forms.ChoiceField(
        label=_("Type de note"), choices=[one for one in NoteKind.choices if one[0] not in ("correction", "rights")]
    )
    on = day(_("Fait le"))
    body = forms.CharField(
        label=_("Ce qui a été fait, ce qui suit"), widget=text_area(5), max_length=4000,
        help_text=NO_NAME,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate(), **options.get("initial", {})}
        super().__init__(*args, **options)


class CorrectionForm(forms.Form):
    """A note that corrects another."""

    body = forms.CharField(
        label=_("Ce qu’il faut lire à la place"), widget=text_area(5), max_length=4000,
        help_text=NO_NAME,
    )  # fmt: skip


class StepForm(forms.Form):
    """A step of the tenant's path: planned, then done, then what came of it."""

    kind = forms.ChoiceField(label=pgettext_lazy("parcours", "Démarche"), choices=PathStepKind.choices)
    asks = forms.MultipleChoiceField(
        label=_("Ce qui est demandé"), choices=RentAsk.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = day(_("À faire d’ici le"), required=False)
    done_on = day(_("Faite le"), required=False)
    answer_by = day(
        _("Réponse attendue le"),
        required=False,
        help_text=_("Vide : le délai du programme s’applique, quand il y en a un."),
    )
    result = forms.ChoiceField(
        label=_("Résultat"), required=False, choices=[("", _("On attend encore")), *PathResult.choices]
    )
    result_on = day(_("Résultat connu le"), required=False)
    note = forms.CharField(label=_("Précision"), max_length=280, required=False, help_text=NO_NAME)

    def facts(self) -> StepFacts:
        return StepFacts(**self.cleaned_data)


class ReceivedForm(forms.Form):
    """Somebody sent the household to us."""

    organisation = forms.ModelChoiceField(
        label=_("Organisme"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Un autre, ou quelqu’un"),
    )
    from_whom = forms.CharField(
        label=_("Ou de la part de"), max_length=120, required=False,
        help_text=_("Un autre organisme, ou « un voisin », « une école » : sans nom de personne."),
    )  # fmt: skip
    on = day(_("Reçue le"))
    reason = forms.CharField(label=_("Pourquoi"), max_length=200, help_text=NO_NAME)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate(), **options.get("initial", {})}
        super().__init__(*args, **options)
        give_rows(self, "organisation", Organisation.objects.order_by("name", "pk"))


class LetterForm(forms.Form):
    """A letter proposed in two languages, corrected before it is produced."""

    kind = forms.ChoiceField(choices=LetterKind.choices, widget=forms.HiddenInput)
    dated = day(_("Datée du"))
    to_fr = forms.CharField(label=_("Destinataire"), max_length=300, widget=text_area(2))
    subject_fr = forms.CharField(label=_("Objet"), max_length=200)
    body_fr = forms.CharField(label=_("Texte"), max_length=8000, widget=text_area(18))
    to_en = forms.CharField(label=_("Destinataire (en anglais)"), max_length=300, widget=text_area(2, lang="en"))
    subject_en = forms.CharField(
        label=_("Objet (en anglais)"), max_length=200, widget=forms.TextInput(attrs={"lang": "en"})
    )
    body_en = forms.CharField(label=_("Texte (en anglais)"), max_length=8000, widget=text_area(18, lang="en"))

    @staticmethod
    def proposed(facts: letters.LetterFacts) -> dict[str, Any]:
        """The values of a letter that nobody has corrected yet."""
        values: dict[str, Any] = {"kind": facts.kind, "dated": facts.dated}
        for language, words in letter_bodies.write(facts).items():
            values |= {
                f"to_{language}": words.to,
                f"subject_{language}": words.subject,
                f"body_{language}": words.body,
            }
        return values

    def words(self) -> dict[str, letters.Words]:
        """What was kept of both languages. Call it on a valid form."""
        return {
            language: letters.Words(*(self.cleaned_data[f"{name}_{language}"] for name in ("to", "subject", "body")))
            for language in letters.LANGUAGES
        }


class VoidForm(forms.Form):
    """Why a letter does not count any more."""

    reason = forms.ChoiceField(label=_("Ce qu’elle est devenue"), choices=VoidReason.choices)
    note = forms.CharField(label=_("Précision"), max_length=200, required=False, help_text=NO_NAME)


class MessageForm(forms.Form):
    """A message; once sent, it stays as it is."""

    body = forms.CharField(
        label=_("Votre message"), widget=text_area(4), max_length=LONGEST,
        help_text=_("Signé du nom de votre organisme. Il ne se modifie pas une fois envoyé."),
    )  # fmt: skip


class TenantMessageForm(forms.Form):
    """What a household writes to the team."""

    body = forms.CharField(
        label=_("Votre message à l’équipe"), widget=text_area(4), max_length=LONGEST,
        help_text=_("En cas de danger, appelez le 911 : personne ne lit ces messages la nuit."),
    )  # fmt: skip
