"""Fields that several forms of meetings share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.models import Committee, GoverningBody, Membership, Space


def length(**options: Any) -> forms.IntegerField:
    """A length in minutes."""
    options.setdefault("help_text", _("En minutes : 150 pour 2 h 30."))
    return forms.IntegerField(min_value=1, max_value=24 * 60, label=_("Durée"), **options)


def table_choices(space: Space) -> list[tuple[str, Any]]:
    """Bodies and committees, by code (``body-3``)."""
    bodies = [(f"body-{row.pk}", row.name) for row in GoverningBody.objects.filter(space=space).order_by("name", "pk")]
    rows = Committee.objects.filter(space=space).exclude(state="closed").order_by("name", "pk")
    committees = [(f"committee-{row.pk}", row.name) for row in rows]
    groups: tuple[tuple[Any, list[tuple[str, str]]], ...] = ((_("Instances"), bodies), (_("Comités"), committees))
    return [(str(label), choices) for label, choices in groups if choices]


def table_of(space: Space, code: str) -> GoverningBody | Committee:
    """The body or committee behind a code of ``table_choices``."""
    kind, _dash, pk = code.partition("-")
    model: Any = GoverningBody if kind == "body" else Committee
    row: GoverningBody | Committee = model.objects.get(space=space, pk=int(pk))
    return row


def member_choices(space: Space) -> list[tuple[int | str, str]]:
    """People of the démarche, for a list where one may choose nobody."""
    rows = Membership.objects.filter(space=space, ends_on=None).exclude(person=None)
    people = rows.select_related("person", "organisation").order_by("position", "pk")
    return [
        ("", "—"),
        *((one.pk, f"{one.person} ({one.organisation})" if one.organisation else str(one.person)) for one in people),
    ]


class MemberField(forms.TypedChoiceField):
    """Somebody of the démarche; its choices come from the form's space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **options)


def member(space: Space, pk: int | None) -> Membership | None:
    """The participation chosen, if any."""
    return Membership.objects.filter(space=space, pk=pk).first() if pk else None
