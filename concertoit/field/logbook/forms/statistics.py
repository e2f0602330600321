"""Asking for figures, and publishing them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import Sector
from concertoit.field.logbook.queries.figures import Reach
from concertoit.field.logbook.queries.figures_asking import Groups, Territories
from concertoit.field.logbook.queries.figures_document import Asked
from concertoit.field.logbook.rules import periods
from concertoit.ground.privacy.rules.masking import SMALLEST
from concertoit.ground.ui.forms import day, give_choices


class AskForm(forms.Form):
    """Period, territory, sector, group; read from the address, so that a view can be sent to somebody."""

    du = day(_("Du"))
    au = day(_("Au"))
    territoire = forms.ChoiceField(label=_("Territoire"), required=False)
    secteur = forms.ChoiceField(label=_("Secteur"), required=False, choices=[("", _("Tous")), *Sector.choices])
    groupe = forms.ChoiceField(label=_("Équipe ou employeur"), required=False)

    def __init__(self, data: Any, *, places: Territories, groups: Groups | None, today: date) -> None:
        start, end = periods.year(today.year - 1)
        known = {"du": start.isoformat(), "au": end.isoformat()}
        super().__init__(known | {key: value for key, value in data.items() if key in self.base_fields and value})
        self._choices(places, groups)

    def _choices(self, places: Territories, groups: Groups | None) -> None:
        give_choices(self, "territoire", [
            ("", _("Tout le territoire")),
            (_("MRC"), [(f"mrc-{pk}", name) for pk, name in places.mrcs.items()]),
            (_("Municipalités"), [(f"ville-{pk}", name) for pk, name in places.municipalities.items()]),
        ])  # fmt: skip
        if groups is None:
            del self.fields["groupe"]
            return
        give_choices(self, "groupe", [
            ("", _("Tout le monde")),
            (_("Équipes"), [(f"equipe-{pk}", name) for pk, name in groups.teams.items()]),
            (_("Employeurs"), [(f"employeur-{pk}", name) for pk, name in groups.employers.items()]),
        ])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("du") and found.get("au") and found["du"] > found["au"]:
            self.add_error("au", _("La fin vient après le début."))
        return found

    def asked(self) -> Asked:
        """What a valid form asks."""
        found = self.cleaned_data
        reach = Reach(
            mrc=_after("mrc-", found.get("territoire")), municipality=_after("ville-", found.get("territoire")),
            sector=found.get("secteur") or "", team=_after("equipe-", found.get("groupe")),
            employer=_after("employeur-", found.get("groupe")),
        )  # fmt: skip
        return Asked((found["du"], found["au"]), reach)


def _after(mark: str, value: str | None) -> int | None:
    return int(value.removeprefix(mark)) if value and value.startswith(mark) else None


class PublishForm(forms.Form):
    """What a published report says of itself."""

    title = forms.CharField(label=_("Titre du rapport"), max_length=160)
    smallest = forms.IntegerField(
        label=_("Plus petit compte montré"), min_value=SMALLEST, max_value=50, initial=SMALLEST,
        help_text=_("Les comptes de 1 jusqu’au nombre précédent sont masqués, avec ce qui permettrait de les retrouver."),
    )  # fmt: skip
