"""Forms of workshops: the preparation, an idea, a group, the action that ideas become, the sheets of paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.ui.forms import day, give_choices, text_area
from concertoit.together.decisions.enums import HAT_SUBJECTS, HatColour, WorkshopMode
from concertoit.together.decisions.models import Workshop
from concertoit.together.decisions.queries.workshops import HatView
from concertoit.together.decisions.rules.workshops import HAT_MINUTES, IDEA_LENGTH
from concertoit.together.decisions.services.workshops import Preparation
from concertoit.together.plans.models import PlanNode

MOST_MINUTES = 120


class WorkshopForm(forms.Form):
    """The preparation. A field ``minutes-<colour>`` per hat: empty leaves the hat out."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    question = forms.CharField(
        label=gettext_lazy("La question à laquelle on réfléchit"),
        max_length=1000,
        widget=text_area(3),
        help_text=gettext_lazy("Elle reste affichée sur les téléphones et sur le mur."),
    )
    on = day(gettext_lazy("Date"), required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("Comment les idées sont signées"),
        choices=WorkshopMode.choices,
        widget=forms.RadioSelect,
        initial=WorkshopMode.NAMELESS,
        help_text=gettext_lazy("Choisi avant l’ouverture et montré à toute personne qui participe."),
    )
    by_code = forms.BooleanField(
        label=gettext_lazy("Permettre de participer avec un code, sans compte"), required=False, initial=True
    )
    on_paper = forms.BooleanField(
        label=gettext_lazy("L’atelier s’est fait sur papier : je saisirai les idées ensuite"), required=False
    )

    def __init__(self, *args: Any, workshop: Workshop | None = None, **options: Any) -> None:
        options["initial"] = _facts(workshop) if workshop else None
        super().__init__(*args, **options)
        if workshop is not None:
            del self.fields["on_paper"]
            if workshop.opened_at is not None:
                self.fields["mode"].help_text = _("L’atelier a été ouvert : la signature des idées ne change plus.")
        minutes = {hat.colour: hat.minutes for hat in workshop.hats.all()} if workshop else {}
        for colour in HatColour:
            self.fields[f"minutes-{colour.value}"] = forms.IntegerField(
                label=f"{colour.label} – {HAT_SUBJECTS[colour]}",
                required=False,
                min_value=1,
                max_value=MOST_MINUTES,
                initial=minutes.get(colour) if workshop else HAT_MINUTES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def hat_fields(self) -> list[Any]:
        """The bound fields of the hats, in the order they are worn."""
        return [self[f"minutes-{colour.value}"] for colour in HatColour]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not any(
            values.get(f"minutes-{colour.value}") or f"minutes-{colour.value}" in self.errors for colour in HatColour
        ):
            raise forms.ValidationError(_("Gardez au moins un chapeau : écrivez combien de minutes il dure."))
        return values

    def preparation(self) -> Preparation:
        """What was decided; call it on a valid form."""
        values = self.cleaned_data
        hats = {colour: values[f"minutes-{colour.value}"] for colour in HatColour if values[f"minutes-{colour.value}"]}
        return Preparation(
            title=values["title"], question=values["question"], mode=WorkshopMode(values["mode"]), on=values["on"],
            by_code=values["by_code"], on_paper=values.get("on_paper", False), hats=hats,
        )  # fmt: skip


def _facts(workshop: Workshop) -> dict[str, Any]:
    return {name: getattr(workshop, name) for name in ("title", "question", "on", "mode", "by_code")}


class CodeForm(forms.Form):
    """The code read on the wall."""

    code = forms.CharField(
        label=gettext_lazy("Code de l’atelier"),
        max_length=20,
        help_text=gettext_lazy("Six lettres et chiffres, affichés sur le mur."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )


class IdeaForm(forms.Form):
    """An idea. ``client_id`` is made on the phone (on the server without scripts); ``hat`` is the hat it is under."""

    hat = forms.IntegerField(widget=forms.HiddenInput)
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    signature = forms.CharField(required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    text = forms.CharField(
        label=gettext_lazy("Votre idée"),
        max_length=IDEA_LENGTH,
        widget=text_area(3, enterkeyhint="send", autocomplete="off"),
    )

    def __init__(self, *args: Any, workshop: Workshop, asks_who: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_who or workshop.mode == WorkshopMode.NAMELESS:
            del self.fields["signature"]
            return
        named = workshop.mode == WorkshopMode.NAMED
        self.fields["signature"].label = _("Votre nom") if named else _("Votre organisme")
        self.fields["signature"].required = True


class GroupForm(forms.Form):
    """The title of a group and the axis under which it goes."""

    title = forms.CharField(label=gettext_lazy("Titre du groupe"), max_length=200)
    axis = forms.TypedChoiceField(label=gettext_lazy("Axe du plan"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, axes: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "axis", [("", _("Aucun axe")), *axes.items()])


class ActionForm(forms.Form):
    """The action that ideas become: its words, and where it goes in the draft."""

    title = forms.CharField(label=gettext_lazy("Titre de l’action proposée"), max_length=1000, widget=text_area(2))
    parent = forms.TypedChoiceField(
        label=gettext_lazy("Où la placer dans l’ébauche"), required=False, coerce=int, empty_value=None
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=10_000,
        widget=text_area(6),
        help_text=gettext_lazy("Les idées telles qu’elles ont été dites. Vous pouvez les reformuler."),
    )

    def __init__(self, *args: Any, places: list[PlanNode], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(
            self,
            "parent",
            [
                *((node.item_id, ("" if node.kind == "axis" else "— ") + str(node)) for node in places),
                ("", _("À la fin du plan, hors axe")),
            ],
        )


class PaperForm(forms.Form):
    """The sheets of a paper workshop: one area per hat (``feuille-<hat>``), one idea a line."""

    def __init__(self, *args: Any, hats: list[HatView], **options: Any) -> None:
        super().__init__(*args, **options)
        for view in hats:
            self.fields[f"feuille-{view.hat.pk}"] = forms.CharField(
                label=f"{view.hat.get_colour_display()} – {view.subject}",
                required=False,
                max_length=50_000,
                widget=text_area(6),
            )

    def sheets(self) -> dict[int, str]:
        """Text by hat; call it on a valid form."""
        return {int(name.partition("-")[2]): text for name, text in self.cleaned_data.items() if text.strip()}
