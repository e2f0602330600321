"""Forms of visits, and of the orders that some of them verify."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.work import OrderKind, OrderState, VisitKind, VisitState
from concertoit.field.cases.forms.fields import words
from concertoit.field.cases.models import BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.queries.brigade import competence_names
from concertoit.field.cases.services.orders import OrderFacts
from concertoit.field.cases.services.visits import VisitPlan
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_choices, give_rows, moment


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
        mandates = PartnerMandate.objects.filter(space=viewer.space).values("organisation")
        rows = Organisation.objects.filter(pk__in=mandates)
        give_rows(
            self, "issuer", (rows if team else rows.filter(pk__in=viewer.organisation_ids)).order_by("name", "pk")
        )
        self.fields["issuer"].required = not team

    def facts(self) -> OrderFacts:
        return OrderFacts(**self.cleaned_data)


class SettleForm(forms.Form):
    """Whether an order was respected."""

    state = forms.ChoiceField(
        label=gettext_lazy("Suite"), widget=forms.RadioSelect,
        choices=[choice for choice in OrderState.choices if choice[0] != OrderState.OPEN],
    )  # fmt: skip
    on = day(gettext_lazy("Depuis le"), required=False)
