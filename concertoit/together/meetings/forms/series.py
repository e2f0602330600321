"""Forms of a series and of its template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.typography import MONTHS
from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import day, give_choices, hour, text_area
from concertoit.together.meetings.enums import STANDING_KINDS, MonthWeek, QuorumRule, Rhythm, Weekday
from concertoit.together.meetings.forms.fields import length, table_choices, table_of
from concertoit.together.meetings.models import USUAL_MINUTES, Series
from concertoit.together.meetings.services.series import SeriesFacts


class SeriesForm(forms.Form):
    """Who meets, at what rhythm, where, and what is needed to decide."""

    table = forms.ChoiceField(label=_("Qui se réunit"))
    name = forms.CharField(
        label=_("Nom de la série"), max_length=160, help_text=_("C’est aussi le titre de chaque rencontre.")
    )
    rhythm = forms.ChoiceField(
        label=_("Rythme"), choices=Rhythm.choices, initial=Rhythm.MONTHS, widget=forms.RadioSelect
    )
    interval = forms.IntegerField(
        label=_("Tous les combien"),
        min_value=1,
        max_value=24,
        initial=2,
        required=False,
        help_text=_("De mois, ou de semaines : 2 pour « aux deux mois »."),
    )
    per_year = forms.IntegerField(label=_("Combien de fois par année"), min_value=1, max_value=12, required=False)
    months = forms.TypedMultipleChoiceField(
        label=_("Seulement ces mois"),
        coerce=int,
        choices=[(number, name) for number, name in enumerate(MONTHS, 1)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun coché : toute l’année."),
    )
    month_week = forms.TypedChoiceField(label=_("Quel jour du mois"), coerce=int, choices=MonthWeek.choices, initial=2)
    weekday = forms.TypedChoiceField(label=_("Jour de la semaine"), coerce=int, choices=Weekday.choices, initial=1)
    time = hour(_("Heure du début"), initial="09:30")
    length_minutes = length(initial=USUAL_MINUTES)
    starts_on = day(_("À partir du"), initial=timezone.localdate)
    ends_on = day(_("Jusqu’au"), required=False)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    video_url = forms.URLField(label=_("Lien vidéo"), max_length=500, required=False, assume_scheme="https")
    notice_days = forms.IntegerField(
        label=_("Convoquer combien de jours avant"),
        min_value=0,
        max_value=90,
        initial=14,
        help_text=_("« Ma table » vous le rappellera à ce moment."),
    )
    quorum_rule = forms.ChoiceField(label=_("Quorum"), choices=QuorumRule.choices, initial=QuorumRule.NONE)
    quorum_number = forms.IntegerField(label=_("Nombre, ou pourcentage"), min_value=1, max_value=999, required=False)

    def __init__(self, *args: Any, space: Space, series: Series | None = None, **options: Any) -> None:
        if series is not None:
            options["initial"] = {name: getattr(series, name, None) for name in self.base_fields} | {
                "table": f"body-{series.body_id}" if series.body_id else f"committee-{series.committee_id}"
            }
        super().__init__(*args, **options)
        self.space = space
        give_choices(self, "table", table_choices(space))

    def facts(self) -> SeriesFacts:
        """What was written; call it on a valid form."""
        data = self.cleaned_data
        return SeriesFacts(
            place_of=table_of(self.space, data["table"]),
            months=tuple(data["months"]),
            interval=data["interval"] or 1,
            **{name: data[name] for name in self.base_fields if name not in ("table", "months", "interval")},
        )


class StandingForm(forms.Form):
    """A standing item of the template."""

    kind = forms.ChoiceField(
        label=_("Sorte de point"),
        choices=[(kind.value, kind.label) for kind in STANDING_KINDS],
        initial="text",
        help_text=_("« Le plan, axe par axe » se remplit tout seul à partir du plan d’action."),
    )
    title = forms.CharField(label=_("Titre"), max_length=300)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600, initial=10)
    note = forms.CharField(label=_("Précisions"), required=False, widget=text_area(3), max_length=5000)


class ProposeForm(forms.Form):
    """A point that somebody proposes for a next meeting."""

    title = forms.CharField(label=_("Quel point proposez-vous?"), max_length=300)
    note = forms.CharField(label=_("Pourquoi, en quelques mots"), required=False, widget=text_area(3), max_length=2000)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)
