"""Forms of referrals: noting one, saying where it stands, the resource's answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.directory.models import Service
from concertoit.field.directory.queries.choices import services_for
from concertoit.field.logbook.enums import Destination, ReferralState
from concertoit.field.logbook.enums.referrals import ConsentBy, ConsentMeans, RefusalReason
from concertoit.field.logbook.models import Term
from concertoit.field.logbook.queries.referrals import reasons_for
from concertoit.field.logbook.services.referrals import Consent, ReferralFacts
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import give_choices, give_rows


class ReferralForm(forms.Form):
    """Refer somebody: where, why, with whose agreement. The name is not asked but for a hand-over that they want."""

    service = forms.ModelChoiceField(
        label=gettext_lazy("Ressource du répertoire"), queryset=Service.objects.none(), required=False,
        empty_label=gettext_lazy("Une autre ressource"),
    )  # fmt: skip
    resource = forms.CharField(
        label=gettext_lazy("Autre ressource"), max_length=160, required=False,
        help_text=gettext_lazy("Le nom de l’organisme, s’il n’est pas au répertoire."),
    )  # fmt: skip
    destination = forms.ChoiceField(label=gettext_lazy("Genre de ressource"), choices=Destination.choices)
    main_reason = forms.ModelChoiceField(label=gettext_lazy("Raison principale"), queryset=Term.objects.none())
    note = forms.CharField(label=gettext_lazy("Précision"), max_length=280, required=False, help_text=NO_NAME)
    consent = forms.BooleanField(label=gettext_lazy("La personne est d’accord"), required=False)
    consent_by = forms.ChoiceField(label=gettext_lazy("Qui a dit oui"), choices=ConsentBy.choices, required=False)
    consent_means = forms.ChoiceField(
        label=gettext_lazy("De quelle façon"), choices=ConsentMeans.choices, required=False
    )
    told = forms.BooleanField(
        label=gettext_lazy("C’est déjà transmis : j’ai appelé, ou la personne appelle elle-même"), required=False
    )
    to_email = forms.EmailField(
        label=gettext_lazy("Courriel de la ressource"), required=False,
        help_text=gettext_lazy("La ressource répond par lien personnel. Le courriel ne dit pas qui est la personne."),
    )  # fmt: skip
    given_name = forms.CharField(
        label=gettext_lazy("Prénom à transmettre"), max_length=60, required=False,
        help_text=gettext_lazy("Si la personne le veut. Montré à la ressource une fois qu’elle accepte, puis détruit."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Téléphone à transmettre"), max_length=30, required=False)

    def __init__(self, *args: Any, viewer: Viewer, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        own: Any = self.fields
        give_rows(self, "service", services_for(viewer.space))
        give_rows(self, "main_reason", reasons_for(viewer.space, today))
        own["main_reason"].empty_label = _("Choisir")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("service") and not values.get("resource"):
            self.add_error("service", _("Choisissez une ressource, ou écrivez son nom."))
        if values.get("to_email") and not values.get("consent"):
            self.add_error("consent", _("Il faut l’accord de la personne avant de transmettre quoi que ce soit."))
        if values.get("phone") and not values.get("given_name"):
            self.add_error("given_name", _("Ajoutez le prénom, ou retirez le numéro de téléphone."))
        return values

    def facts(self) -> ReferralFacts:
        """What the service needs. Call it on a valid form."""
        values = self.cleaned_data
        given = None
        if values["consent"]:
            given = Consent(
                values["consent_by"] or ConsentBy.SELF.value, values["consent_means"] or ConsentMeans.SPOKEN.value
            )
        names = (
            "destination",
            "main_reason",
            "service",
            "resource",
            "note",
            "to_email",
            "given_name",
            "phone",
            "told",
        )
        return ReferralFacts(consent=given, **{name: values[name] for name in names})


class ConsentForm(forms.Form):
    """The agreement, noted afterwards."""

    consent_by = forms.ChoiceField(label=gettext_lazy("Qui a dit oui"), choices=ConsentBy.choices)
    consent_means = forms.ChoiceField(label=gettext_lazy("De quelle façon"), choices=ConsentMeans.choices)

    def consent(self) -> Consent:
        return Consent(self.cleaned_data["consent_by"], self.cleaned_data["consent_means"])


class MoveForm(forms.Form):
    """Where a referral stands."""

    to = forms.ChoiceField(label=gettext_lazy("Nouvel état"))
    refusal = forms.ChoiceField(
        label=gettext_lazy("Pourquoi la ressource refuse"), required=False,
        choices=[("", gettext_lazy("Sans objet")), *RefusalReason.choices],
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Précision"), max_length=280, required=False, help_text=NO_NAME)

    def __init__(self, *args: Any, state: str, actor: str, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = dict(ReferralState.choices)
        give_choices(self, "to", [(to, labels[to]) for to in flow.choices(state, actor)])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("to") == flow.REFUSED and not values.get("refusal"):
            self.add_error("refusal", _("Dites pourquoi la ressource refuse."))
        return values


class LinkForm(forms.Form):
    """Where to write to the resource."""

    email = forms.EmailField(label=gettext_lazy("Courriel de la ressource"))


ANSWERS = {
    flow.ACCEPTED: gettext_lazy("Oui, nous l’accueillons"),
    flow.RECEIVED: gettext_lazy("C’est fait : la personne a reçu le service"),
    flow.WAITING: gettext_lazy("Oui, mais il y a une liste d’attente"),
    flow.REFUSED: gettext_lazy("Non, nous ne pouvons pas"),
    flow.GIVEN_UP: gettext_lazy("La personne ne s’est pas présentée, ou ne veut plus"),
}


class AnswerForm(MoveForm):
    """What a resource answers, in its own words."""

    def __init__(self, *args: Any, state: str, **options: Any) -> None:
        super().__init__(*args, state=state, actor=flow.RESOURCE, **options)
        own: Any = self.fields
        own["to"].label = _("Votre réponse")
        own["to"].widget = forms.RadioSelect()
        give_choices(self, "to", [(to, ANSWERS[to]) for to in flow.choices(state, flow.RESOURCE)])
        own["refusal"].label = _("Si c’est non, pourquoi?")
        give_choices(self, "refusal", [("", _("Choisir")), *RefusalReason.choices])
