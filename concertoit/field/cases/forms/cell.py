"""Emergency cells: activation, somebody more, a line of the log, a task, the end, the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.cell import WRITTEN_KINDS, CellReason, CellRole, EntryKind
from concertoit.field.cases.models import CellMember
from concertoit.field.cases.queries.cell import Candidate
from concertoit.field.cases.services.cell import Called
from concertoit.field.cases.services.cell_log import TEXT_MOST, Said
from concertoit.ground.ui.forms import count, day, give_choices, give_rows, text_area


class ActivationForm(forms.Form):
    """Why, where, and who is called. Everything but the reason is proposed: three taps on a phone."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi"), choices=CellReason.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Touchez une raison.")},
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Où"), max_length=160, required=False)
    detail = forms.CharField(
        label=gettext_lazy("En quelques mots, sans nom"), max_length=300, required=False,
        widget=text_area(2),
    )  # fmt: skip
    called = forms.MultipleChoiceField(
        label=gettext_lazy("Personnes appelées"), required=False, widget=forms.CheckboxSelectMultiple
    )
    exercise = forms.BooleanField(label=gettext_lazy("C’est un exercice"), required=False)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], placed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.membership.pk): one for one in candidates}
        give_choices(self, "called", [(key, one.name) for key, one in self.known.items()])
        self.fields["called"].initial = [key for key, one in self.known.items() if one.proposed]
        if placed:
            del self.fields["title"]

    def chosen(self) -> list[str]:
        """Whose boxes are ticked now."""
        value = self["called"].value() or []
        return [str(one) for one in value]

    def people(self) -> tuple[Called, ...]:
        rows = [self.known[key] for key in self.cleaned_data["called"]]
        return tuple(called_of(row) for row in rows)


def called_of(row: Candidate) -> Called:
    """A candidate as somebody to call."""
    return Called(
        row.name, CellRole(row.role), membership=row.membership, organisation=row.membership.organisation,
        organisation_name=row.organisation, email=row.email, phone=row.phone,
    )  # fmt: skip


class CallForm(forms.Form):
    """Somebody more: known in the démarche, or by name with an e-mail."""

    membership = forms.ChoiceField(label=gettext_lazy("De la démarche"), required=False)
    name = forms.CharField(label=gettext_lazy("Ou par son nom"), max_length=160, required=False)
    organisation_name = forms.CharField(label=gettext_lazy("Organisme"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Courriel professionnel"), required=False,
        help_text=gettext_lazy("La personne reçoit un lien personnel, sans compte."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Téléphone professionnel"), max_length=40, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=CellRole.choices, initial=CellRole.MEMBER)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.membership.pk): one for one in candidates}
        give_choices(
            self,
            "membership",
            [("", "—"), *((key, f"{one.name}, {one.organisation}") for key, one in self.known.items())],
        )

    def called(self) -> Called:
        values, role = self.cleaned_data, CellRole(self.cleaned_data["role"])
        if values["membership"]:
            one = called_of(self.known[values["membership"]])
            return Called(
                one.name, role, one.membership, one.organisation, one.organisation_name, one.email, one.phone
            )
        return Called(
            values["name"], role, organisation_name=values["organisation_name"], email=values["email"],
            phone=values["phone"],
        )  # fmt: skip


class LineForm(forms.Form):
    """A line of the log. Counts, names of functions and dates are asked where the kind has a use for them."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Quoi"), choices=[(kind.value, kind.label) for kind in WRITTEN_KINDS],
        widget=forms.RadioSelect, initial=EntryKind.NOTE,
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Ce qui se passe"), max_length=TEXT_MOST, widget=text_area(3),
        help_text=gettext_lazy("Sans nom de locataire. La ligne ne s’efface pas : une erreur se corrige par une autre."),
    )  # fmt: skip
    on_site = forms.BooleanField(label=gettext_lazy("Je suis sur place"), required=False)
    households = count(gettext_lazy("Ménages"), required=False, most=5000)
    persons = count(gettext_lazy("Personnes"), required=False, most=20_000)
    who = forms.CharField(label=gettext_lazy("Par qui (fonction ou organisme)"), max_length=120, required=False)
    on = day(gettext_lazy("Pour le"), required=False)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def said(self) -> Said:
        values = self.cleaned_data
        on = values["on"].isoformat() if values["on"] else ""
        return Said(
            EntryKind(values["kind"]), values["text"], values["on_site"], values["households"], values["persons"],
            values["who"], on,
        )  # fmt: skip


DELAYS = {"": None, "15": 15, "30": 30, "60": 60, "120": 120, "240": 240, "1440": 1440}


class TaskForm(forms.Form):
    """Something asked of a member, within a delay one taps."""

    title = forms.CharField(label=gettext_lazy("À faire"), max_length=200)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Par"), queryset=CellMember.objects.none(), required=False,
        empty_label=gettext_lazy("à confier"),
    )  # fmt: skip
    delay = forms.ChoiceField(label=gettext_lazy("D’ici"), required=False)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, cell_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "owner", CellMember.objects.filter(cell=cell_id).order_by("pk"))
        give_choices(self, "delay", [
            ("", _("sans heure")), ("15", _("15 minutes")), ("30", _("30 minutes")), ("60", _("1 heure")),
            ("120", _("2 heures")), ("240", _("4 heures")), ("1440", _("demain")),
        ])  # fmt: skip

    def due(self) -> datetime | None:
        minutes = DELAYS.get(self.cleaned_data["delay"])
        return timezone.now() + timedelta(minutes=minutes) if minutes else None


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Ce qu’il faut lire"), max_length=TEXT_MOST, widget=text_area(3),
        help_text=gettext_lazy("Sans nom de locataire. La ligne corrigée reste, avec un renvoi vers celle-ci."),
    )  # fmt: skip


class StandDownForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Ce qui permet de lever la cellule"), widget=text_area(3),
        max_length=TEXT_MOST,
        help_text=gettext_lazy("Où en sont les lieux et les ménages, et qui suit maintenant. Sans nom de locataire."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What went well, what to change; actions are added one by one, with an owner and a day."""

    well = forms.CharField(label=gettext_lazy("Ce qui a bien été"), widget=text_area(4))
    change = forms.CharField(label=gettext_lazy("Ce qu’il faut changer"), widget=text_area(4))


class ReviewActionForm(forms.Form):
    """An action of the review: it becomes a task of somebody, with a day."""

    title = forms.CharField(label=gettext_lazy("Action"), max_length=200)
    owner = forms.ModelChoiceField(label=gettext_lazy("Par"), queryset=CellMember.objects.none())
    on = day(gettext_lazy("D’ici le"), required=False)

    def __init__(self, *args: Any, cell_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "owner", CellMember.objects.filter(cell=cell_id).order_by("pk"))

    def due(self) -> datetime | None:
        """The end of the working day that was chosen."""
        on = self.cleaned_data["on"]
        return timezone.make_aware(datetime.combine(on, time(17))) if on else None
