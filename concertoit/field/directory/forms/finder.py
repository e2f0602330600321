"""The finder: a few chips, nothing of the person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.directory.enums import Language
from concertoit.field.directory.forms import choices
from concertoit.field.directory.queries.finder import AGES
from concertoit.field.directory.queries.records import local_now, places_of, territories
from concertoit.field.directory.rules import needs
from concertoit.field.directory.rules.finder import Asked
from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import give_choices


class FinderForm(forms.Form):
    """Where, what for, for whom. All of it may be left out."""

    besoin = forms.ChoiceField(label=gettext_lazy("De quoi a-t-elle besoin?"), required=False)
    lieu = forms.ChoiceField(label=gettext_lazy("Où vit-elle?"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("Quel âge?"), required=False)
    pour = forms.ChoiceField(label=gettext_lazy("Cette personne est"), required=False)
    langue = forms.ChoiceField(label=gettext_lazy("Dans quelle langue?"), required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        any_one = ("", _("Peu importe"))
        give_choices(self, "besoin", choices(needs.NEEDS))
        give_choices(self, "pour", choices(needs.CLIENTELES))
        give_choices(self, "langue", [any_one, *Language.choices])
        give_choices(self, "age", [
            any_one, ("child", _("Enfant")), ("teen", _("Adolescence")), ("young", _("Jeune adulte")),
            ("adult", _("Adulte")), ("elder", _("65 ans et plus")),
        ])  # fmt: skip
        _mrcs, towns = territories(space)
        give_choices(self, "lieu", [("", _("Partout")), *((town.code, town.name) for town in towns)])

    def asked(self) -> Asked:
        """The question; what is not understood is not asked."""
        self.is_valid()
        said: dict[str, str] = getattr(self, "cleaned_data", {})
        return Asked(
            moment=local_now(), places=places_of(said["lieu"]) if said.get("lieu") else frozenset(),
            need=said.get("besoin", ""), age=AGES.get(said.get("age", "")), clientele=said.get("pour", ""),
            language=said.get("langue", ""),
        )  # fmt: skip
