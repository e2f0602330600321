"""The form of one element of a draft: everything a version says of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.ui.forms import day, give_rows, text_area
from concertoit.together.plans.enums import NODE_KIND_LABELS
from concertoit.together.plans.forms.lines import (
    LineWritten,
    LinkWritten,
    one_amount,
    read_actors,
    read_lines,
    read_links,
    show_actors,
    show_amount,
    show_lines,
    show_link,
    show_steps,
)
from concertoit.together.plans.models import NodeLink, PlanNode, PlanVersion
from concertoit.together.plans.rules.document import LEVEL, Actor, ActorKind, ActorRole, NodeKind
from concertoit.together.plans.services.content import NodeContent, content_of
from concertoit.together.plans.services.editing import Rows, rows_of, stamp_of

_ROLE_FIELDS = {
    "leads": ActorRole.LEAD,
    "fiscal_agents": ActorRole.FISCAL_AGENT,
    "partners": ActorRole.PARTNER,
    "to_contact": ActorRole.TO_CONTACT,
}


class NodeForm(forms.Form):
    """Everything a version says of an element."""

    written = forms.CharField(
        label=gettext_lazy("Numéro"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Vide : sa place dans le plan."),
    )
    title = forms.CharField(label=gettext_lazy("Titre"), widget=text_area(2))
    description = forms.CharField(label=gettext_lazy("Description"), required=False, widget=text_area(3))
    group = forms.CharField(
        label=gettext_lazy("Sous-titre"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Par exemple « AN 1 »."),
    )
    period_written = forms.CharField(
        label=gettext_lazy("Échéancier"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Comme au plan : « 26-28 », « d’ici juin 2027 », « en continu ». Les dates en sont tirées."
        ),
    )
    starts_on = day(gettext_lazy("Début"), required=False)
    ends_on = day(gettext_lazy("Fin"), required=False)
    leads = forms.CharField(
        label=gettext_lazy("Responsables"),
        required=False,
        widget=text_area(2),
        help_text=gettext_lazy("Un nom par ligne."),
    )
    fiscal_agents = forms.CharField(label=gettext_lazy("Fiduciaires"), required=False, widget=text_area(1))
    partners = forms.CharField(
        label=gettext_lazy("Partenaires"),
        required=False,
        widget=text_area(4),
        help_text=gettext_lazy(
            "Un nom par ligne; une précision entre parenthèses. Un comité à former s’écrit « Création d’un comité… »."
        ),
    )
    to_contact = forms.CharField(label=gettext_lazy("À mettre en relation"), required=False, widget=text_area(1))
    budget = forms.CharField(label=gettext_lazy("Budget total"), required=False, max_length=40)
    lines = forms.CharField(
        label=gettext_lazy("Budget détaillé"),
        required=False,
        widget=text_area(3),
        help_text=gettext_lazy(
            "Une ligne par montant : année ; montant ; fiduciaire ; source. Par exemple « An 1 ; 7 590,00 »."
        ),
    )
    links = forms.CharField(
        label=gettext_lazy("Liens"),
        required=False,
        widget=text_area(2),
        help_text=gettext_lazy(
            "Un numéro d’élément par ligne, suivi d’une précision s’il y a lieu : « 2.1.1.2 retombées »."
        ),
    )
    priorities = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Priorités transversales"),
        queryset=CrossCuttingPriority.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = forms.CharField(
        label=gettext_lazy("Étapes"),
        required=False,
        widget=text_area(8),
        help_text=gettext_lazy(
            "Une étape par ligne. Une ligne « ## AN 1 » ouvre un sous-titre pour celles qui suivent."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the stamp of what the form showed

    def __init__(
        self, *args: Any, version: PlanVersion, kind: NodeKind, node: PlanNode | None = None, **kwargs: Any
    ) -> None:
        if node is not None:
            rows = rows_of(node)
            kwargs.setdefault("initial", {**initial_of(node, rows), "seen": stamp_of(node, rows)})
        super().__init__(*args, **kwargs)
        if node is None:
            del self.fields["seen"]
        self.version, self.node = version, node
        give_rows(self, "priorities", CrossCuttingPriority.objects.filter(space_id=version.space_id))
        for name in _hidden_for(kind):
            del self.fields[name]

    def clean_budget(self) -> Decimal | None:
        return one_amount(self.cleaned_data["budget"])

    def clean_lines(self) -> list[LineWritten]:
        return read_lines(self.cleaned_data["lines"])

    def clean_links(self) -> list[LinkWritten]:
        text = self.cleaned_data["links"]
        known: list[NodeLink] = list(self.node.links.order_by("id")) if self.node else []
        return read_links(text, known, self._targets()) if text.strip() else []

    def _targets(self) -> dict[str, int]:
        """Items by the number people may write for them: as written in the plan first, else their place."""
        numbers = PlanNode.objects.filter(version=self.version).order_by("-order")
        rows = list(numbers.values_list("written", "canonical", "item_id"))
        places = {canonical: item for _written, canonical, item in rows if canonical}
        return places | {written: item for written, _canonical, item in rows if written}

    def content(self) -> NodeContent:
        """What was written, for the service; call after ``is_valid``.

        What the form does not show at this level stays as it is.
        """
        data = self.cleaned_data
        content = content_of(self.node) if self.node else NodeContent(title="")
        for name in ("title", "written", "description", "group", "budget", "lines", "links"):
            if name in self.fields:
                setattr(content, name, data[name])
        if "priorities" in self.fields:
            content.priorities = [priority.pk for priority in data["priorities"]]
        self._read_period(content)
        known = content.actors
        written = [
            actor
            for name, role in _ROLE_FIELDS.items()
            if name in self.fields
            for actor in read_actors(data[name], role, known)
        ]
        unseen = [actor for actor in known if not any(role is actor.role for role in self._roles())]
        content.actors = _in_order(known, [*written, *unseen])
        return content

    def _roles(self) -> list[ActorRole]:
        return [role for name, role in _ROLE_FIELDS.items() if name in self.fields]

    def _read_period(self, content: NodeContent) -> None:
        """The dates typed; those of before do not survive other words for the period."""
        data = self.cleaned_data
        start, end = data["starts_on"], data["ends_on"]
        reworded = data["period_written"].strip() != content.period_written
        same_dates: bool = (start, end) == (content.starts_on, content.ends_on)
        if reworded and same_dates:
            start = end = None
        content.continuous = content.continuous and not reworded and same_dates
        content.period_written, content.starts_on, content.ends_on = data["period_written"], start, end


def _in_order(known: list[Actor], written: list[Actor]) -> list[Actor]:
    """The actors written, in the order they had when they are those that were there."""
    if len(known) == len(written) and all(actor in written for actor in known):
        return known
    return written


def _hidden_for(kind: NodeKind) -> set[str]:
    """Fields that make no sense at a level."""
    if kind is NodeKind.STEP:
        return {"budget", "lines", "links", "priorities", "steps", "fiscal_agents", "to_contact"}
    if LEVEL[kind] < LEVEL[NodeKind.ACTION]:
        return {"group", "steps", "lines", "links", "fiscal_agents", "to_contact", "partners"}
    return {"group"}


def initial_of(node: PlanNode, rows: Rows) -> dict[str, Any]:
    """What the form shows of a node that exists."""
    actors = [Actor(ActorRole(row.role), row.name, ActorKind(row.kind), row.precision) for row in rows.actors]
    return {
        "written": node.written,
        "title": node.title,
        "description": node.description,
        "group": node.group,
        "period_written": node.period_written,
        "starts_on": node.starts_on,
        "ends_on": node.ends_on,
        **{name: show_actors(actors, role) for name, role in _ROLE_FIELDS.items()},
        "budget": show_amount(node.budget),
        "lines": show_lines(rows.lines),
        "links": "\n".join(show_link(link) for link in rows.links),
        "priorities": list(rows.priorities),
        "steps": show_steps(rows.steps),
    }


def kind_choices(parent: PlanNode | None) -> list[tuple[str, Any]]:
    """Levels that may stand under a node."""
    above = LEVEL[NodeKind(parent.kind)] if parent else -1
    return [(kind.value, label) for kind, label in NODE_KIND_LABELS.items() if LEVEL[kind] > above]
