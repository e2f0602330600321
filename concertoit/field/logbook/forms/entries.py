"""The entry of an intervention, in under thirty seconds: chips, and nothing that names anybody."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.logbook.enums import CollectiveObject, Destination, EntryKind
from concertoit.field.logbook.models import Edition, Entry, Site, Term
from concertoit.field.logbook.queries.lists import offered
from concertoit.field.logbook.rules.editions import bits_of
from concertoit.field.logbook.services.entries import EntryFacts, Sent
from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.ui.forms import day, give_choices, give_rows, text_area

KINDS = [
    (EntryKind.INDIVIDUAL, gettext_lazy("Une personne")),
    (EntryKind.COLLECTIVE, gettext_lazy("Un groupe")),
    (EntryKind.PARTNER, gettext_lazy("Un partenaire")),
]
MINUTES = [
    ("15", "15 min"), ("30", "30 min"), ("45", "45 min"), ("60", "1 h"), ("90", "1 h 30"), ("120", "2 h"),
    ("180", "3 h"), ("other", gettext_lazy("Autre")),
]  # fmt: skip
NONE = ("", gettext_lazy("Non"))


class EntryForm(forms.Form):
    """An intervention. Clienteles and activities are bits of ``edition``; the referral is only asked for a new one."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    site = forms.ChoiceField(label=gettext_lazy("Milieu"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("Avec"), choices=KINDS, widget=forms.RadioSelect)
    collective_object = forms.ChoiceField(
        label=gettext_lazy("Ce qui est soutenu"), choices=CollectiveObject.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    people = forms.IntegerField(
        label=gettext_lazy("Combien de personnes"), min_value=1, max_value=2000, required=False,
        help_text=gettext_lazy("Un nombre, jamais une liste."),
    )  # fmt: skip
    clienteles = forms.MultipleChoiceField(
        label=gettext_lazy("Pour qui"), widget=forms.CheckboxSelectMultiple, required=False
    )
    activities = forms.MultipleChoiceField(
        label=gettext_lazy("Activité"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins une activité.")},
    )  # fmt: skip
    minutes = forms.ChoiceField(label=gettext_lazy("Durée"), choices=MINUTES, widget=forms.RadioSelect, required=False)
    minutes_other = forms.IntegerField(
        label=gettext_lazy("Durée en minutes"), min_value=1, max_value=1440, required=False
    )
    destination = forms.ChoiceField(
        label=gettext_lazy("Référence vers une ressource"), choices=[NONE, *Destination.choices],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    main_reason = forms.ModelChoiceField(
        label=gettext_lazy("Raison principale"), queryset=Term.objects.none(), required=False,
        empty_label=gettext_lazy("Choisir"),
    )  # fmt: skip
    consented = forms.BooleanField(
        label=gettext_lazy("La personne est d’accord, et c’est transmis"), required=False,
        help_text=gettext_lazy("Sinon la référence reste « proposée » et se continue dans « Mes références »."),
    )  # fmt: skip
    on = day(gettext_lazy("Date"))
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=280, required=False, widget=text_area(2),
        help_text=NO_NAME,
    )  # fmt: skip

    def __init__(
        self, *args: Any, sites: Sequence[Site], edition: Edition | None, today: date, entry: Entry | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.sites = {str(site.pk): site for site in sites}
        also = {"clientele": entry.clientele_mask, "activity": entry.activity_mask} if entry else {}
        lists = offered(edition, today, also=also)
        give_choices(self, "site", [(pk, site.name) for pk, site in self.sites.items()])
        give_choices(self, "clienteles", [(str(term.bit), str(term)) for term in lists["clientele"]])
        give_choices(self, "activities", [(str(term.bit), str(term)) for term in lists["activity"]])
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        if entry is not None:
            for name in ("destination", "main_reason", "consented", "client_id"):
                del self.fields[name]
        else:
            give_rows(self, "main_reason", Term.objects.filter(pk__in=[term.pk for term in lists["reason"]]))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("kind") == EntryKind.COLLECTIVE and not values.get("collective_object"):
            self.add_error("collective_object", _("Dites ce que le groupe fait."))
        if values.get("minutes") == "other" and not values.get("minutes_other"):
            self.add_error("minutes_other", _("Écrivez la durée en minutes."))
        if values.get("destination") and not values.get("main_reason"):
            self.add_error("main_reason", _("Choisissez la raison principale de la référence."))
        return values

    def identity(self) -> uuid.UUID:
        """The id made on the phone; a new one for a browser without scripts."""
        return self.cleaned_data["client_id"] or uuid.uuid4()

    def facts(self) -> EntryFacts:
        """What the service needs. Call it on a valid form."""
        values = self.cleaned_data
        minutes = values["minutes_other"] if values["minutes"] == "other" else int(values["minutes"] or 0) or None
        return EntryFacts(
            on=values["on"], site=self.sites[values["site"]], kind=values["kind"], minutes=minutes,
            clienteles=sum(1 << int(bit) for bit in values["clienteles"]),
            activities=sum(1 << int(bit) for bit in values["activities"]), people=values["people"],
            collective_object=values["collective_object"], note=values["note"],
        )  # fmt: skip

    def sent(self) -> Sent | None:
        """The referral, when there is one."""
        values = self.cleaned_data
        if not values["destination"]:
            return None
        return Sent(values["destination"], values["main_reason"], values["consented"])


def initial_of(entry: Entry) -> dict[str, Any]:
    """What the form shows of an entry that is corrected."""
    known = str(entry.minutes) in dict(MINUTES)
    return {
        "site": str(entry.site_id), "kind": entry.kind, "collective_object": entry.collective_object,
        "people": entry.people, "clienteles": [str(bit) for bit in bits_of(entry.clientele_mask)],
        "activities": [str(bit) for bit in bits_of(entry.activity_mask)], "on": entry.on, "note": entry.note,
        "minutes": str(entry.minutes) if known else "other" if entry.minutes else "",
        "minutes_other": None if known else entry.minutes,
    }  # fmt: skip


class FilterForm(forms.Form):
    """What the list of interventions is narrowed to; an unknown value narrows nothing."""

    du = day(gettext_lazy("Du"), required=False)
    au = day(gettext_lazy("Au"), required=False)
    milieu = forms.ModelChoiceField(
        label=gettext_lazy("Milieu"), queryset=Site.objects.none(), required=False,
        empty_label=gettext_lazy("Tous les milieux"),
    )  # fmt: skip
    forme = forms.ChoiceField(
        label=gettext_lazy("Forme"), choices=[("", gettext_lazy("Toutes les formes")), *EntryKind.choices],
        required=False,
    )  # fmt: skip

    def __init__(self, data: Any, *, space_id: int) -> None:
        first = timezone.localdate().replace(day=1)
        super().__init__(data if "du" in data or "au" in data else {**data.dict(), "du": first.isoformat()})
        give_rows(self, "milieu", Site.objects.filter(space=space_id).order_by("name", "pk"))

    def narrow(self, rows: Any) -> Any:
        """The rows that were asked for."""
        self.is_valid()
        values = self.cleaned_data
        for name, lookup in (("du", "on__gte"), ("au", "on__lte"), ("milieu", "site"), ("forme", "kind")):
            if values.get(name):
                rows = rows.filter(**{lookup: values[name]})
        return rows
