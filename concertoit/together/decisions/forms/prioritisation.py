"""Forms that prepare a prioritisation: what is asked, who answers, until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import day, give_choices, hour, text_area
from concertoit.together.decisions.enums import FAMILY_LABELS, Disclosure, MoneyQuestion, VoiceMode
from concertoit.together.decisions.models import Prioritisation, PriorityOption
from concertoit.together.plans.models import PlanVersion

# How long a form stays open when nobody says otherwise: ours.
USUAL_DAYS = 14


class SettingsForm(forms.Form):
    """Everything that is announced to those who answer."""

    version = forms.ChoiceField(label=_("Actions à prioriser"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Titre"), max_length=160)
    introduction = forms.CharField(
        label=_("Mot d’introduction"), required=False, max_length=3000, widget=text_area(3),
        help_text=_("En tête du formulaire : à quoi serviront les réponses."),
    )  # fmt: skip
    voice_mode = forms.ChoiceField(
        label=_("Combien de voix?"), choices=VoiceMode.choices, widget=forms.RadioSelect,
        help_text=_("Par organisme, deux personnes du même organisme remplissent la même réponse."),
    )  # fmt: skip
    disclosure = forms.ChoiceField(
        label=_("Qui peut lire une réponse?"), choices=Disclosure.choices, widget=forms.RadioSelect,
        help_text=_("Qui a répondu est toujours visible de la coordination."),
    )  # fmt: skip
    money = forms.ChoiceField(label=_("Argent"), choices=MoneyQuestion.choices, widget=forms.RadioSelect)
    live = forms.BooleanField(
        label=_("Montrer des résultats provisoires au coco pendant que le formulaire est ouvert"), required=False
    )
    deadline_on = day(_("Dernier jour"))
    deadline_at = hour(_("Heure"))

    def __init__(
        self, *args: Any, versions: list[PlanVersion], row: Prioritisation | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **{**options, "initial": _initial(row)})
        self.versions = {str(one.pk): one for one in versions}
        give_choices(
            self, "version", [(key, f"{one} ({one.get_state_display()})") for key, one in self.versions.items()]
        )
        self.fields["version"].initial = next(iter(self.versions), None)
        if row is not None:
            del self.fields["version"]
        if row is not None and row.opened_at is not None:
            for name in ("voice_mode", "disclosure", "money", "live"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("live") and values.get("disclosure") == Disclosure.NOBODY:
            self.add_error("live", _("Des résultats provisoires trahiraient des réponses que personne ne doit lire."))
        day, hour = values.get("deadline_on"), values.get("deadline_at")
        if day and hour and deadline_of(day, hour) <= timezone.now():
            self.add_error("deadline_on", _("Choisissez un moment à venir."))
        return values

    def settings(self) -> dict[str, Any]:
        """The values of the model; call it on a valid form."""
        values = dict(self.cleaned_data)
        values.pop("version", None)
        values["deadline"] = deadline_of(values.pop("deadline_on"), values.pop("deadline_at"))
        return values


def deadline_of(day: Any, hour: time) -> datetime:
    """A day and an hour as people say them here."""
    return timezone.make_aware(datetime.combine(day, hour))


def _initial(row: Prioritisation | None) -> dict[str, Any]:
    if row is None:
        last = timezone.localdate() + timedelta(days=USUAL_DAYS)
        return {
            "voice_mode": VoiceMode.ORGANISATION, "disclosure": Disclosure.COORDINATION, "money": MoneyQuestion.NONE,
            "deadline_on": last, "deadline_at": time(16, 0),
        }  # fmt: skip
    moment = timezone.localtime(row.deadline) if row.deadline else None
    names = ("title", "introduction", "voice_mode", "disclosure", "money", "live")
    known = {name: getattr(row, name) for name in names}
    return known | ({"deadline_on": moment.date(), "deadline_at": moment.time()} if moment else {})


class OptionsForm(forms.Form):
    """Which actions stay on the form."""

    options = forms.MultipleChoiceField(label=_("Actions du formulaire"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, options: list[PriorityOption], **more: Any) -> None:
        keys = [str(one.key) for one in options]
        super().__init__(*args, **{**more, "initial": {"options": keys}})
        give_choices(self, "options", [(str(one.key), str(one)) for one in options])

    def keys(self) -> set[int]:
        return {int(key) for key in self.cleaned_data["options"]}


class InviteForm(forms.Form):
    """Whom to give a voice to."""

    occasion = forms.ChoiceField(label=_("À qui donner une voix"), required=False)

    def __init__(self, *args: Any, occasions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        present = _("Personnes présentes : %(step)s")
        give_choices(
            self,
            "occasion",
            [
                ("", _("Tous les partenaires de la démarche")),
                *((key, present % {"step": title}) for key, title in occasions),
            ],
        )


class AddressForm(forms.Form):
    """One more person who answers for a voice."""

    name = forms.CharField(label=_("Nom"), required=False, max_length=200)
    email = forms.EmailField(label=_("Courriel"))


class FamilyForm(forms.Form):
    """The family in which a voice is counted."""

    family = forms.ChoiceField(label=_("Famille"), choices=list(FAMILY_LABELS.items()))


class ShortListForm(forms.Form):
    """A few actions to order between themselves."""

    options = forms.MultipleChoiceField(label=_("Actions de la courte liste"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, options: list[tuple[str, str]], chosen: list[str], **more: Any) -> None:
        super().__init__(*args, **{**more, "initial": {"options": chosen}})
        give_choices(self, "options", options)

    def keys(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["options"]]
