"""A request, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.small_works.enums import AgeBand, Channel, Effect, Tenure, Work
from concertoit.field.small_works.models import Request
from concertoit.field.small_works.services.following import DoneFacts
from concertoit.field.small_works.services.requests import RequestFacts
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import NumberField, day, give_rows, hour, text_area, yes_no

LONGEST = 2000
"""Letters of a text: a page that people read, not a report."""


class RequestForm(forms.Form):
    """A request, by the person online or by who answers the phone."""

    municipality = forms.ModelChoiceField(
        label=_("Municipalité"), queryset=Municipality.objects.none(), empty_label="—"
    )
    address = forms.CharField(
        label=_("Adresse"), max_length=160, help_text=_("Numéro et rue, par exemple : 1234, rue des Érables.")
    )
    unit = forms.CharField(label=_("Logement ou appartement"), max_length=20, required=False)
    given_name = forms.CharField(label=_("Prénom"), max_length=80)
    family_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    works = forms.MultipleChoiceField(
        label=_("Ce qui est à faire"), choices=Work.choices, widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(
        label=_("En quelques mots"),
        max_length=2000,
        required=False,
        widget=text_area(3),
        help_text=_("Sans détail de santé."),
    )
    fall_risk = forms.BooleanField(label=_("La personne craint de tomber"), required=False)
    age_band = forms.ChoiceField(label=_("Âge"), choices=[("", _("Non dit")), *AgeBand.choices], required=False)
    tenure = forms.ChoiceField(label=_("Le logement"), choices=[("", _("Non dit")), *Tenure.choices], required=False)
    lives_alone = yes_no(_("Vit sans autre personne"))
    language = forms.CharField(label=_("Langue, si ce n’est pas le français"), max_length=40, required=False)
    relative_name = forms.CharField(label=_("Proche à joindre"), max_length=120, required=False)
    relative_phone = forms.CharField(
        label=_("Téléphone du proche"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    consent = forms.BooleanField(
        label=_("La personne accepte que l’équipe garde ces renseignements pour faire les travaux"), required=False
    )
    research = forms.BooleanField(
        label=_("Elle accepte aussi que des faits anonymes servent à la recherche"), required=False,
        help_text=_("Les travaux sont faits de la même façon si elle dit non."),
    )  # fmt: skip
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(
            self, "municipality", Municipality.objects.filter(mrc__in=space.mrcs.order_by()).order_by("name", "code")
        )

    def facts(self) -> RequestFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name != "client_id"}
        return RequestFacts(**values)


class OnlineForm(RequestForm):
    """The same request, as the person reads it. ``site`` is a trap: people do not see it, robots fill it."""

    site = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = {
            "given_name": _("Votre prénom"), "family_name": _("Votre nom"), "phone": _("Votre téléphone"),
            "fall_risk": _("Je crains de tomber"), "age_band": _("Votre âge"), "tenure": _("Votre logement"),
            "lives_alone": _("Vivez-vous sans autre personne?"), "relative_name": _("Quelqu’un d’autre à joindre"),
            "relative_phone": _("Son téléphone"),
            "consent": _("J’accepte que l’équipe garde ces renseignements pour faire les travaux"),
            "research": _("J’accepte aussi que des faits anonymes servent à la recherche"),
        }  # fmt: skip
        for name, label in said.items():
            self.fields[name].label = label
        self.fields["research"].help_text = _("Les travaux sont faits de la même façon si vous dites non.")
        for name in ("age_band", "tenure", "lives_alone"):
            own: Any = self.fields[name]
            own.choices = [("", _("Je préfère ne pas le dire")), *own.choices[1:]]

    def facts(self) -> RequestFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("client_id", "site")}
        return RequestFacts(**values)


class PhoneForm(RequestForm):
    """The same request, noted by the team."""

    channel = forms.ChoiceField(label=_("Arrivée par"), choices=Channel.choices, initial=Channel.PHONE)
    received_on = day(_("Reçue le"))
    field_order = ("channel", "received_on")

    def facts(self) -> RequestFacts:
        values = {n: value for n, value in self.cleaned_data.items() if n not in ("client_id", "channel")}
        return RequestFacts(**values)


class CompleteForm(forms.Form):
    """What the call made clear."""

    age_band = forms.ChoiceField(label=_("Âge"), choices=[("", _("Non dit")), *AgeBand.choices], required=False)
    tenure = forms.ChoiceField(label=_("Le logement"), choices=[("", _("Non dit")), *Tenure.choices], required=False)
    needs_trade = yes_no(_("Exige un corps de métier (électricité, plomberie, gaz…)"))
    landlord_must = yes_no(
        _("Revient au propriétaire"),
        help_text=_("C.c.Q., art. 1854 et 1864 : le locateur entretient le logement loué."),
    )


class DecideForm(forms.Form):
    """Admitted or not, and why."""

    decision = forms.ChoiceField(
        label=_("Décision"), choices=[("yes", _("Admettre")), ("no", _("Ne pas admettre"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=_("Pourquoi"), max_length=LONGEST, required=False, widget=text_area(2))


class ReasonForm(forms.Form):
    """An act that is explained."""

    reason = forms.CharField(label=_("Pourquoi"), max_length=LONGEST, widget=text_area(2))


class MatchForm(forms.Form):
    """Who does the works."""

    handyperson = forms.TypedChoiceField(label=_("Confier à"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Pourquoi cette personne, si quelque chose s’y oppose"), max_length=LONGEST, required=False,
        widget=text_area(2),
    )  # fmt: skip


class VisitForm(forms.Form):
    """When the visit is."""

    day = day(_("Jour"))
    time = hour(_("Heure"))

    def at(self) -> datetime:
        """The moment chosen, on the clock of the démarche."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


def visit_initial(row: Request) -> dict[str, Any]:
    """The visit already planned, as the form shows it."""
    at = timezone.localtime(row.visit_at) if row.visit_at else None
    return {"day": at.date(), "time": at.strftime("%H:%M")} if at else {}


class DoneForm(forms.Form):
    """What was done and what it cost."""

    on = day(_("Fait le"))
    report = forms.CharField(
        label=_("Ce qui a été fait"), max_length=LONGEST, widget=text_area(3), help_text=_("Sans nom.")
    )
    hours = NumberField(label=_("Heures"), required=False, places=2)
    materials = NumberField(label=_("Matériaux ($)"), required=False, places=2)
    labour = NumberField(label=_("Main-d’œuvre ($)"), required=False, places=2)
    paid_by_person = NumberField(label=_("Payé par la personne ($)"), required=False, places=2)

    def facts(self) -> DoneFacts:
        return DoneFacts(**self.cleaned_data)


class FollowUpForm(forms.Form):
    """News taken some weeks later."""

    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("5 : très satisfaite")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 : pas du tout"))],
    )  # fmt: skip
    holds = yes_no(_("La réparation tient"))
    effects = forms.MultipleChoiceField(
        label=_("Ce que cela a changé, selon la personne"), choices=Effect.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(
        label=_("En ses mots"), max_length=LONGEST, required=False, widget=text_area(3), help_text=_("Sans nom.")
    )
