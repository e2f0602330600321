"""Forms of the work on cases: following, partners, visits, orders, closing, brigade, owners, delays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Competence, Living, Outcome, Urgency, Works
from concertoit.field.cases.enums.work import (
    INTEGRATION_LABELS,
    OrderKind,
    OrderState,
    OwnerKind,
    VisitKind,
    VisitState,
)
from concertoit.field.cases.models import BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.services.assigning import Asked
from concertoit.field.cases.services.brigade import MemberFacts
from concertoit.field.cases.services.closing import Closing
from concertoit.field.cases.services.orders import OrderFacts
from concertoit.field.cases.services.owners import OwnerFacts
from concertoit.field.cases.services.visits import VisitPlan
from concertoit.ground.identity.models import Organisation
from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_choices, give_rows, moment, text_area, yes_no


def words(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = NO_NAME) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=text_area(rows),
        help_text=help_text,
        max_length=2000,
    )


class FollowForm(forms.Form):
    """Who follows the case."""

    follower = forms.ModelChoiceField(
        label=gettext_lazy("Suivi par"), queryset=Membership.objects.none(), required=False,
        empty_label=gettext_lazy("Personne"),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["follower"]
        members = BrigadeMember.objects.filter(space=viewer.space).values("membership")
        give_rows(self, "follower", Membership.objects.filter(pk__in=members).select_related("person", "organisation"))
        field.label_from_instance = lambda row: str(row.person)


class DescribeForm(forms.Form):
    """What is wrong, in a sentence, and which delays hold."""

    summary = forms.CharField(label=gettext_lazy("En bref"), max_length=200, help_text=NO_NAME)
    urgency = forms.ChoiceField(label=gettext_lazy("Délais"), choices=Urgency.choices, widget=forms.RadioSelect)


class AssignForm(forms.Form):
    """A case asked of a partner, for one competence."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisme"), queryset=Organisation.objects.none())
    competence = forms.ChoiceField(label=gettext_lazy("Pour"), choices=Competence.choices)
    ask = words(
        gettext_lazy("Ce qui est demandé"), required=False,
        help_text=gettext_lazy("L’organisme le lit avant d’accepter : aucun nom, aucun numéro de logement."),
    )  # fmt: skip
    answer_by = day(
        gettext_lazy("Réponse d’ici le"),
        required=False,
        help_text=gettext_lazy("Laissez vide pour le délai de la démarche."),
    )
    due_on = day(gettext_lazy("Échéance de sa part"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        mandates = PartnerMandate.objects.filter(space=viewer.space).exclude(ended_on__lt=timezone.localdate())
        give_rows(
            self,
            "organisation",
            Organisation.objects.filter(pk__in=mandates.values("organisation")).order_by("name", "pk"),
        )

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    words = words(gettext_lazy("Pourquoi"))


class RefuseForm(forms.Form):
    """Why an organisation does not take a case."""

    reason = words(gettext_lazy("Pourquoi votre organisme ne peut pas s’en occuper"))


class PartnerDoneForm(forms.Form):
    """A partner ends its part."""

    works = forms.ChoiceField(label=gettext_lazy("Les travaux"), choices=Works.choices, widget=forms.RadioSelect)
    reason = words(gettext_lazy("Ce qui a été fait"), required=False)


class LinkForm(forms.Form):
    """To whom a personal link goes."""

    email = forms.EmailField(label=gettext_lazy("Courriel professionnel de la personne"))


class VisitForm(forms.Form):
    """A visit to plan. ``who`` is a member of the brigade or an organisation that accepted."""

    kind = forms.ChoiceField(label=gettext_lazy("Pour"), choices=VisitKind.choices, widget=forms.RadioSelect)
    competence = forms.ChoiceField(label=gettext_lazy("Compétence"), choices=Competence.choices)
    who = forms.ChoiceField(label=gettext_lazy("Qui y va"))
    planned_at = moment(gettext_lazy("Date et heure"))
    order = forms.ChoiceField(label=gettext_lazy("Document à vérifier"), required=False)
    note = words(gettext_lazy("Note pour la visite"), required=False, rows=2)

    def __init__(self, *args: Any, viewer: Viewer, case: Case, team: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = self._goers(viewer, case, team)
        self._orders = {str(row.pk): row for row in case.orders.filter(state=OrderState.OPEN).order_by("pk")}
        give_choices(self, "who", [(key, label) for key, (label, _row) in self._people.items()])
        give_choices(self, "order", [("", _("Aucun")), *((key, str(row)) for key, row in self._orders.items())])
        if not self._orders or not team:
            del self.fields["order"]

    @staticmethod
    def _goers(viewer: Viewer, case: Case, team: bool) -> dict[str, tuple[str, Any]]:
        taken = case.assignments.filter(state="in_progress").select_related("organisation").order_by("pk")
        partners = {f"o{row.organisation_id}": (str(row.organisation), row.organisation) for row in taken}
        if not team:
            return {key: found for key, found in partners.items() if found[1].pk in viewer.organisation_ids}
        members = BrigadeMember.objects.filter(space=viewer.space).select_related("membership__person")
        people = {
            f"m{row.membership_id}": (f"{row.membership.person} ({competence_names(row.competences)})", row.membership)
            for row in members.order_by("pk")
        }
        return people | partners

    def plan(self) -> VisitPlan:
        values = self.cleaned_data
        row = self._people[values["who"]][1]
        member = isinstance(row, Membership)
        return VisitPlan(
            values["competence"], values["planned_at"], values["kind"], row if member else None,
            None if member else row, self._orders.get(values.get("order") or ""), note=values["note"],
        )  # fmt: skip


def competence_names(codes: list[str]) -> str:
    """Competences in words."""
    return ", ".join(str(Competence(code).label).lower() for code in codes if code in Competence)


class VisitToldForm(forms.Form):
    """What came of a visit."""

    state = forms.ChoiceField(
        label=gettext_lazy("Ce qui s’est passé"), widget=forms.RadioSelect,
        choices=[choice for choice in VisitState.choices if choice[0] != VisitState.PLANNED],
    )  # fmt: skip
    at = moment(gettext_lazy("Quand"), required=False)
    note = words(gettext_lazy("Note"), required=False)


class OrderForm(forms.Form):
    """An order, a notice, a statement, a report."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=OrderKind.choices)
    number = forms.CharField(label=gettext_lazy("Numéro de l’autorité"), max_length=40, required=False)
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Émis par"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    issued_on = day(gettext_lazy("Émis le"))
    due_on = day(gettext_lazy("À respecter d’ici le"), required=False)
    released_on = day(
        gettext_lazy("Communiqué à compter du"),
        required=False,
        help_text=gettext_lazy("Avant cette date, seules l’équipe et l’autorité le voient. Vide : pas communiqué."),
    )
    text = words(gettext_lazy("Ce qui est demandé"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, team: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["issuer"]
        mandates = PartnerMandate.objects.filter(space=viewer.space).values("organisation")
        rows = Organisation.objects.filter(pk__in=mandates)
        give_rows(
            self, "issuer", (rows if team else rows.filter(pk__in=viewer.organisation_ids)).order_by("name", "pk")
        )
        field.required = not team

    def facts(self) -> OrderFacts:
        return OrderFacts(**self.cleaned_data)


class SettleForm(forms.Form):
    """Whether an order was respected."""

    state = forms.ChoiceField(
        label=gettext_lazy("Suite"), widget=forms.RadioSelect,
        choices=[choice for choice in OrderState.choices if choice[0] != OrderState.OPEN],
    )  # fmt: skip
    on = day(gettext_lazy("Depuis le"), required=False)


class CloseForm(forms.Form):
    """How a case ends, and what it changed."""

    outcome = forms.ChoiceField(label=gettext_lazy("Issue"), choices=Outcome.choices, widget=forms.RadioSelect)
    living = forms.ChoiceField(
        label=gettext_lazy("Ce qui a changé pour le ménage"), choices=Living.choices, widget=forms.RadioSelect
    )
    words = words(gettext_lazy("Ce qui a été fait"))

    def closing(self) -> Closing:
        values = self.cleaned_data
        return Closing(values["outcome"], values["living"], values["words"])


class PauseForm(forms.Form):
    """Why the clocks stop, and since when."""

    since = day(gettext_lazy("Depuis le"))
    reason = forms.CharField(label=gettext_lazy("Pourquoi les délais s’arrêtent"), max_length=200, help_text=NO_NAME)


class MilestoneForm(forms.Form):
    """When a step was done, or that it is not needed."""

    at = moment(gettext_lazy("Fait le"), required=False)
    not_needed = forms.BooleanField(label=gettext_lazy("Cette étape n’est pas requise"), required=False)


class MemberForm(forms.Form):
    """Somebody of the brigade."""

    membership = forms.ModelChoiceField(label=gettext_lazy("Personne"), queryset=Membership.objects.none())
    competences = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences"), choices=Competence.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.CharField(label=gettext_lazy("Langues parlées"), max_length=120, required=False)
    availability = forms.CharField(label=gettext_lazy("Disponibilités"), max_length=200, required=False)
    on_call = forms.BooleanField(
        label=gettext_lazy("Peut être appelée ou appelé pour une cellule d’urgence"), required=False
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Étapes d’intégration faites"), choices=list(INTEGRATION_LABELS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, known: Membership | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["membership"]
        rows = Membership.objects.filter(space=viewer.space, role__in=("liaison", "worker")).exclude(person=None)
        give_rows(self, "membership", rows.select_related("person", "organisation"))
        field.label_from_instance = lambda row: str(row.person)
        if known is not None:
            field.disabled = True

    def facts(self) -> MemberFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name != "membership"}
        return MemberFacts(**values)


class AvailabilityForm(forms.Form):
    """What a member says of themselves."""

    languages = forms.CharField(label=gettext_lazy("Langues parlées"), max_length=120, required=False)
    availability = forms.CharField(label=gettext_lazy("Disponibilités"), max_length=200, required=False)
    on_call = forms.BooleanField(label=gettext_lazy("On peut m’appeler pour une cellule d’urgence"), required=False)


class MandateForm(forms.Form):
    """What a partner organisation is competent for."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisme"), queryset=Organisation.objects.none())
    competences = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences"), choices=Competence.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=gettext_lazy("Précision"), max_length=200, required=False)
    ended_on = day(gettext_lazy("Jusqu’au"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, known: Organisation | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        members = Membership.objects.filter(space=viewer.space).exclude(organisation=None).values("organisation")
        give_rows(self, "organisation", Organisation.objects.filter(pk__in=members).order_by("name", "pk"))
        if known is not None:
            give_rows(self, "organisation", Organisation.objects.filter(pk=known.pk))
            field.disabled = True


class OwnerForm(forms.Form):
    """An owner, reached about the building only."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=OwnerKind.choices)
    name = forms.CharField(label=gettext_lazy("Nom"), max_length=160)
    contact_name = forms.CharField(label=gettext_lazy("Personne à joindre"), max_length=160, required=False)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    address = forms.CharField(label=gettext_lazy("Adresse de correspondance"), max_length=200, required=False)
    reachable = yes_no(gettext_lazy("On réussit à joindre le propriétaire"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
    since = day(gettext_lazy("Propriétaire de cet immeuble depuis le"), required=False)
    source = forms.CharField(
        label=gettext_lazy("D’après"), max_length=160, required=False,
        help_text=gettext_lazy("Par exemple : rôle d’évaluation, bail, registre foncier."),
    )  # fmt: skip

    def facts(self) -> OwnerFacts:
        return OwnerFacts(
            **{name: value for name, value in self.cleaned_data.items() if name not in ("since", "source")}
        )


class OwnerChoiceForm(forms.Form):
    """An owner that the team already knows."""

    owner = forms.IntegerField(widget=forms.HiddenInput())


class DelayForm(forms.Form):
    """A delay that the démarche adopted."""

    value = forms.IntegerField(label=gettext_lazy("Valeur"), min_value=1)
    since = day(gettext_lazy("En vigueur depuis le"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300,
        help_text=gettext_lazy("L’entente, la résolution ou le règlement qui le dit, avec sa date."),
    )  # fmt: skip


class PeriodForm(forms.Form):
    """A period of figures."""

    since = day(gettext_lazy("Du"), required=False)
    until = day(gettext_lazy("Au"), required=False)
