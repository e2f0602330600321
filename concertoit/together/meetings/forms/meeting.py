"""Forms of a meeting: when and where, what is on its agenda, its cancellation, its closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import day, give_choices, hour, text_area
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.forms.fields import (
    MemberField,
    length,
    member,
    member_choices,
    table_choices,
    table_of,
)
from concertoit.together.meetings.models import USUAL_MINUTES, AgendaItem, Meeting, Series
from concertoit.together.meetings.rules.recurrence import ZONE, moment
from concertoit.together.meetings.services.agenda_items import MINUTES_MAX, ItemFacts
from concertoit.together.meetings.services.meetings import MeetingFacts
from concertoit.together.plans.models import PlanItem, PlanNode
from concertoit.together.plans.queries.worklist import shown_versions


class MeetingForm(forms.Form):
    """A meeting. Who meets is asked for one that belongs to no series only."""

    table = forms.ChoiceField(label=_("Qui se réunit"))
    title = forms.CharField(label=_("Titre"), max_length=200)
    day = day(_("Jour"))
    time = hour(_("Heure du début"), initial="09:30")
    length = length(initial=USUAL_MINUTES)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    video_url = forms.URLField(label=_("Lien vidéo"), max_length=500, required=False, assume_scheme="https")
    facilitator = MemberField(label=_("Animation"))
    secretary = MemberField(label=_("Prise de notes"))
    note = forms.CharField(
        label=_("Mot aux personnes invitées"),
        required=False,
        widget=text_area(3),
        max_length=3000,
        help_text=_("Il accompagne l’invitation : documents à lire, stationnement, repas…"),
    )

    def __init__(
        self, *args: Any, space: Space, meeting: Meeting | None = None, series: Series | None = None, **options: Any
    ) -> None:
        if meeting is not None:
            options["initial"] = _initial(meeting)
        elif series is not None:
            options["initial"] = {
                "title": series.name, "time": series.time, "length": series.length_minutes, "place": series.place,
                "video_url": series.video_url,
            }  # fmt: skip
        super().__init__(*args, **options)
        self.space = space
        if meeting is not None or series is not None:
            del self.fields["table"]
        else:
            give_choices(self, "table", table_choices(space))
        people = member_choices(space)
        for name in ("facilitator", "secretary"):
            give_choices(self, name, people)

    def facts(self) -> MeetingFacts:
        """What was written; call it on a valid form."""
        data = self.cleaned_data
        return MeetingFacts(
            title=data["title"],
            starts_at=moment(data["day"], data["time"]),
            length_minutes=data["length"],
            place=data["place"],
            video_url=data["video_url"],
            note=data["note"],
            facilitator=member(self.space, data["facilitator"]),
            secretary=member(self.space, data["secretary"]),
        )

    def table_chosen(self) -> Any:
        """The body or committee chosen; call it on a valid form that asks."""
        return table_of(self.space, self.cleaned_data["table"])


def _initial(meeting: Meeting) -> dict[str, Any]:
    at = meeting.starts_at.astimezone(ZONE)
    return {
        "title": meeting.title,
        "day": at.date(),
        "time": at.time(),
        "length": meeting.length_minutes,
        "place": meeting.place,
        "video_url": meeting.video_url,
        "facilitator": meeting.facilitator_id,
        "secretary": meeting.secretary_id,
        "note": meeting.note,
    }


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Pourquoi la rencontre est annulée"),
        widget=text_area(3),
        max_length=1000,
        help_text=_("Les personnes invitées le liront dans le courriel d’annulation."),
    )


class CloseForm(forms.Form):
    """Which points go on to the next meeting."""

    carry = forms.TypedMultipleChoiceField(
        label=_("À reporter à la prochaine rencontre"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "carry", [(item.pk, item.title) for item in items])


class ItemForm(forms.Form):
    """A point of an agenda, with the element of the plan it is about."""

    title = forms.CharField(label=_("Titre"), max_length=500, widget=text_area(2))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=MINUTES_MAX, initial=10)
    presenter = MemberField(label=_("Qui le présente"))
    plan_item = forms.TypedChoiceField(label=_("Élément du plan"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=_("Précisions"), required=False, widget=text_area(4), max_length=5000)

    def __init__(self, *args: Any, space: Space, item: AgendaItem | None = None, **options: Any) -> None:
        if item is not None:
            names = ("title", "minutes", "note")
            options["initial"] = {name: getattr(item, name) for name in names} | {
                "presenter": item.presenter_id,
                "plan_item": item.plan_item_id,
            }
        super().__init__(*args, **options)
        self.space = space
        give_choices(self, "presenter", member_choices(space))
        if item is not None and item.kind != ItemKind.TEXT:
            del self.fields["plan_item"]
        else:
            give_choices(self, "plan_item", [("", "—"), *_plan_choices(space)])

    def facts(self) -> ItemFacts:
        """What was written; call it on a valid form."""
        data = self.cleaned_data
        chosen = data.get("plan_item")
        return ItemFacts(
            title=data["title"],
            minutes=data["minutes"],
            note=data["note"],
            presenter=member(self.space, data["presenter"]),
            plan_item=PlanItem.objects.filter(space=self.space, pk=chosen).first() if chosen else None,
        )


def _plan_choices(space: Space) -> list[tuple[int, str]]:
    """Axes and actions of the followed plans, in reading order."""
    rows = PlanNode.objects.filter(version__in=shown_versions([space]), kind__in=["axis", "action"])
    columns = rows.order_by("version_id", "order").values_list("item_id", "written", "canonical", "title")
    return [(pk, f"{written or canonical} {title}".strip()[:120]) for pk, written, canonical, title in columns]


class MinutesForm(forms.Form):
    """How long a point takes, typed in the list."""

    minutes = forms.IntegerField(min_value=0, max_value=MINUTES_MAX)
