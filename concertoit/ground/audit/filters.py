"""Filters of a journal, kept in the address of the page."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from concertoit.ground.audit import queries
from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import object_types


class JournalFilter(forms.Form):
    """Who, what, when."""

    qui = forms.TypedChoiceField(label=_("Qui"), required=False, coerce=int, empty_value=None)
    objet = forms.ChoiceField(label=_("Sur quoi"), required=False)
    du = forms.DateField(label=_("Du"), required=False)
    au = forms.DateField(label=_("Au"), required=False)
    q = forms.CharField(label=_("Texte"), required=False, max_length=100)

    def __init__(self, data: Any, *, space_id: int) -> None:
        super().__init__(data)
        self.space_id = space_id
        everybody, everything = [("", _("Tout le monde"))], [("", _("Tout"))]
        self._choices("qui", [*everybody, *queries.actors(space_id)])
        self._choices("objet", [*everything, *((kind.code, kind.label) for kind in object_types())])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def entries(self) -> QuerySet[Entry]:
        """The lines asked for; a value that means nothing filters nothing, and the form says so."""
        self.is_valid()
        asked = self.cleaned_data
        return queries.journal(
            self.space_id,
            actor_id=asked.get("qui"),
            object_type=asked.get("objet") or "",
            since=asked.get("du"),
            until=asked.get("au"),
            text=asked.get("q") or "",
        )
