"""Forms to write a draft. Lists are written one entry a line, as people would type them in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.together.plans.enums import NODE_KIND_LABELS, SECTION_KIND_LABELS, LinkKind, PlanKind, choices
from concertoit.together.plans.models import NodeLink, PlanNode, PlanVersion
from concertoit.together.plans.rules.amounts import read_amount
from concertoit.together.plans.rules.document import LEVEL, Actor, ActorRole, NodeKind
from concertoit.together.plans.rules.names import kind_of
from concertoit.together.plans.services.content import NodeContent

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_PRECISION = re.compile(r"^(?P<name>.*\S)\s*\((?P<precision>[^()]*)\)\s*$", re.DOTALL)
_ROLE_FIELDS = {
    "leads": ActorRole.LEAD,
    "fiscal_agents": ActorRole.FISCAL_AGENT,
    "partners": ActorRole.PARTNER,
    "to_contact": ActorRole.TO_CONTACT,
}


def lines_of(text: str) -> list[str]:
    """The written lines of a text, without blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def area(rows: int, placeholder: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "placeholder": placeholder})


class PlanForm(forms.Form):
    """Open a plan from a blank sheet."""

    title = forms.CharField(label=gettext_lazy("Titre du plan"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=PlanKind.choices)
    starts_on = forms.DateField(label=gettext_lazy("Début"), required=False, widget=DATE)
    ends_on = forms.DateField(label=gettext_lazy("Fin"), required=False, widget=DATE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", _("La fin doit suivre le début."))
        return data


class AdoptForm(forms.Form):
    """Put a draft in force."""

    adopted_on = forms.DateField(label=gettext_lazy("Adoptée le"), widget=DATE, initial=timezone.localdate)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=area(2), max_length=2000)


class SectionForm(forms.Form):
    """One of the texts around the tables."""

    kind = forms.ChoiceField(label=gettext_lazy("Partie du formulaire"), choices=choices(SECTION_KIND_LABELS))
    heading = forms.CharField(label=gettext_lazy("Titre"), required=False, max_length=200)
    body = forms.CharField(label=gettext_lazy("Texte"), required=False, widget=area(10))


class NodeForm(forms.Form):
    """Everything a version says of an element."""

    written = forms.CharField(
        label=gettext_lazy("Numéro"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Vide : sa place dans le plan."),
    )
    title = forms.CharField(label=gettext_lazy("Titre"), widget=area(2))
    description = forms.CharField(label=gettext_lazy("Description"), required=False, widget=area(3))
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
    starts_on = forms.DateField(label=gettext_lazy("Début"), required=False, widget=DATE)
    ends_on = forms.DateField(label=gettext_lazy("Fin"), required=False, widget=DATE)
    leads = forms.CharField(
        label=gettext_lazy("Responsables"),
        required=False,
        widget=area(2),
        help_text=gettext_lazy("Un nom par ligne."),
    )
    fiscal_agents = forms.CharField(label=gettext_lazy("Fiduciaires"), required=False, widget=area(1))
    partners = forms.CharField(
        label=gettext_lazy("Partenaires"),
        required=False,
        widget=area(4),
        help_text=gettext_lazy(
            "Un nom par ligne ; une précision entre parenthèses. Un comité à former s’écrit « Création d’un comité… »."
        ),
    )
    to_contact = forms.CharField(label=gettext_lazy("À mettre en relation"), required=False, widget=area(1))
    budget = forms.CharField(label=gettext_lazy("Budget total"), required=False, max_length=40)
    lines = forms.CharField(
        label=gettext_lazy("Budget détaillé"),
        required=False,
        widget=area(3),
        help_text=gettext_lazy(
            "Une ligne par montant : année ; montant ; fiduciaire ; source. Par exemple « An 1 ; 7 590,00 »."
        ),
    )
    links = forms.CharField(
        label=gettext_lazy("Liens"),
        required=False,
        widget=area(2),
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
        widget=area(8),
        help_text=gettext_lazy(
            "Une étape par ligne. Une ligne « ## AN 1 » ouvre un sous-titre pour celles qui suivent."
        ),
    )

    def __init__(self, *args: Any, version: PlanVersion, kind: NodeKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        priorities = cast(forms.ModelMultipleChoiceField[CrossCuttingPriority], self.fields["priorities"])
        priorities.queryset = CrossCuttingPriority.objects.filter(space_id=version.space_id)
        for name in _hidden_for(kind):
            del self.fields[name]

    def clean_budget(self) -> Decimal | None:
        return self._one_amount(self.cleaned_data["budget"])

    def _one_amount(self, text: str) -> Decimal | None:
        if not text.strip():
            return None
        found = read_amount(text)
        if len(found.amounts) != 1:
            raise forms.ValidationError(
                _("« %(text)s » n’est pas un montant. Écrivez par exemple « 11 446,00 ».") % {"text": text}
            )
        return found.amounts[0].value

    def clean_lines(self) -> list[tuple[str, Decimal, str, str]]:
        rows = []
        for number, line in enumerate(lines_of(self.cleaned_data["lines"]), start=1):
            year, amount, agent, source = [part.strip() for part in [*line.split(";"), "", "", ""][:4]]
            if not amount:
                year, amount = "", year
            try:
                value = self._one_amount(amount)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("Ligne %(number)s : ") % {"number": number} + error.messages[0]
                ) from error
            if value is not None:
                rows.append((year, value, agent, source))
        return rows

    def clean_links(self) -> list[tuple[int | None, str, str, str]]:
        wanted = lines_of(self.cleaned_data["links"])
        if not wanted:
            return []
        items: dict[str, int] = {}
        for written, canonical, item in PlanNode.objects.filter(version=self.version).values_list(
            "written", "canonical", "item_id"
        ):
            items.setdefault(canonical, item)
            if written:
                items[written] = item
        rows: list[tuple[int | None, str, str, str]] = []
        for line in wanted:
            kind, rest = _link_kind(line)
            code, _space, note = rest.partition(" ")
            target = items.get(code.rstrip(".,;:")) or items.get(code.replace(",", ".").rstrip("."))
            if target is None:
                raise forms.ValidationError(_("Aucun élément ne porte le numéro « %(code)s ».") % {"code": code})
            rows.append((target, code, kind, note.strip()))
        return rows

    def content(self) -> NodeContent:
        """What was written, for the service; call after ``is_valid``."""
        data = self.cleaned_data
        return NodeContent(
            title=data["title"],
            written=data["written"],
            description=data["description"],
            group=data.get("group", ""),
            period_written=data.get("period_written", ""),
            starts_on=data.get("starts_on"),
            ends_on=data.get("ends_on"),
            budget=data.get("budget"),
            actors=[actor for name, role in _ROLE_FIELDS.items() for actor in read_actors(data.get(name, ""), role)],
            lines=data.get("lines", []),
            links=data.get("links", []),
            priorities=[priority.pk for priority in data.get("priorities", [])],
        )


def _hidden_for(kind: NodeKind) -> set[str]:
    """Fields that make no sense at a level."""
    if kind is NodeKind.STEP:
        return {"budget", "lines", "links", "priorities", "steps", "fiscal_agents", "to_contact"}
    if LEVEL[kind] < LEVEL[NodeKind.ACTION]:
        return {"group", "steps", "lines", "links", "fiscal_agents", "to_contact", "partners"}
    return {"group"}


def _link_kind(line: str) -> tuple[str, str]:
    """(kind of the link, what follows): the words of the kind may stand before the number."""
    for kind in LinkKind:
        words = f"{kind.label} "
        if line.casefold().startswith(words.casefold()):
            return kind.value, line[len(words) :].strip()
    return LinkKind.RELATED.value, line


def _written_link(link: NodeLink) -> str:
    kind = "" if link.kind == LinkKind.RELATED else f"{link.get_kind_display()} "
    return f"{kind}{link.target_written} {link.note}".strip()


def read_actors(text: str, role: ActorRole) -> list[Actor]:
    """One actor a line, a precision between parentheses."""
    actors = []
    for line in lines_of(text):
        found = _PRECISION.match(line)
        name, precision = (found["name"], found["precision"].strip()) if found else (line, "")
        actors.append(Actor(role, name, kind_of(name), precision))
    return actors


def write_steps(steps: Iterable[PlanNode]) -> str:
    """The steps of a node as the form shows them."""
    lines: list[str] = []
    group = ""
    for step in steps:
        if step.group != group:
            group = step.group
            lines.append(f"## {group}")
        lines.append(step.title.replace("\n", " "))
    return "\n".join(lines)


def read_steps(text: str) -> list[tuple[str, str]]:
    """(group, title) of each step of the form."""
    group, steps = "", []
    for line in lines_of(text):
        if line.startswith("##"):
            group = line.lstrip("# ").strip()
        else:
            steps.append((group, line))
    return steps


def initial_of(node: PlanNode) -> dict[str, Any]:
    """What the form shows of a node that exists."""
    actors = list(node.actors.order_by("position", "id"))

    def names(role: str) -> str:
        return "\n".join(
            f"{actor.name} ({actor.precision})" if actor.precision else actor.name
            for actor in actors
            if actor.role == role
        )

    links: Iterable[NodeLink] = node.links.order_by("id")
    return {
        "written": node.written,
        "title": node.title,
        "description": node.description,
        "group": node.group,
        "period_written": node.period_written,
        "starts_on": node.starts_on,
        "ends_on": node.ends_on,
        **{name: names(role.value) for name, role in _ROLE_FIELDS.items()},
        "budget": f"{node.budget:.2f}".replace(".", ",") if node.budget is not None else "",
        "lines": "\n".join(
            " ; ".join([line.year, f"{line.amount:.2f}".replace(".", ","), line.fiscal_agent, line.source]).rstrip(
                " ;"
            )
            for line in node.budget_lines.order_by("id")
        ),
        "links": "\n".join(_written_link(link) for link in links),
        "priorities": list(node.priorities.values_list("priority_id", flat=True)),
        "steps": write_steps(node.children.filter(kind="step").order_by("order")),
    }


def kind_choices(parent: PlanNode | None) -> list[tuple[str, Any]]:
    """Levels that may stand under a node."""
    above = LEVEL[NodeKind(parent.kind)] if parent else -1
    return [(kind.value, label) for kind, label in NODE_KIND_LABELS.items() if LEVEL[kind] > above]
