"""Filters of a journal, kept in the address of the page."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from concertoit.ground.audit import queries
from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import object_types
from concertoit.ground.ui.forms import day, give_choices


class JournalFilter(forms.Form):
    """Who, what, when."""

    qui = forms.TypedChoiceField(label=_("Qui"), required=False, coerce=int, empty_value=None)
    objet = forms.ChoiceField(label=_("Sur quoi"), required=False)
    du = day(_("Du"), required=False)
    au = day(_("Au"), required=False)
    q = forms.CharField(label=_("Texte"), required=False, max_length=100)

    def __init__(self, data: Any, *, space_id: int) -> None:
        super().__init__(data)
        self.space_id = space_id
        everybody, everything = [("", _("Tout le monde"))], [("", _("Tout"))]
        give_choices(self, "qui", [*everybody, *queries.actors(space_id)])
        give_choices(self, "objet", [*everything, *((kind.code, kind.label) for kind in object_types())])

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
