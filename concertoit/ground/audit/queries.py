"""Reads of the journal, ready for people: sentences and differences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from concertoit.ground.audit import rules, verbs
from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import ObjectType, linked, object_type


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed, as a person reads it. ``pieces`` is empty when there was nothing before."""

    label: Any
    before: str
    after: str
    pieces: list[rules.Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal, as a person reads it."""

    entry: Entry
    sentence: Markup
    changes: list[FieldChange]
    may_restore: bool = False


def history(code: str, object_id: str) -> QuerySet[Entry]:
    """Everything that happened to an object, the newest first."""
    return Entry.objects.filter(object_type=code, object_id=object_id).order_by("-at", "-pk")


def history_url(user: Any, code: str, object_id: object) -> str:
    """The page of an object's history, for a button: empty while nothing is written there (what an import brought in),
    or nothing that this user may read.
    """
    latest, kind = history(code, str(object_id)).first(), object_type(code)
    if latest is None or kind is None or not kind.can_view(user, latest):
        return ""
    return reverse("audit:history", kwargs={"object_type": code, "object_id": object_id})


def entry(entry_id: int) -> Entry | None:
    return Entry.objects.filter(pk=entry_id).first()


def has_history(code: str, key: str) -> Exists:
    """For a query of a room's own objects: whether anything is written of each. ``key`` names their id."""
    return Exists(Entry.objects.filter(object_type=code, object_id=Cast(OuterRef(key), CharField())).order_by())


def journal(
    space_id: int,
    *,
    actor_id: int | None = None,
    object_type: str = "",
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[Entry]:
    """Everything that happened in a démarche, the newest first. Dates are local days, both included."""
    rows = Entry.objects.filter(space_id=space_id).order_by("-at", "-pk")
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if object_type:
        rows = rows.filter(object_type=object_type)
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    if text:
        rows = rows.filter(Q(object_label__icontains=text) | Q(note__icontains=text))
    return rows


def recent(allowed: Mapping[frozenset[str], Iterable[int]], *, since: datetime, apart: int | None) -> QuerySet[Entry]:
    """What happened lately, the newest first: for each set of verbs, the démarches where the reader may know of them.

    ``apart`` is the reader, who knows what they did themselves. Nothing when nothing is allowed.
    """
    wanted = Q(pk__in=[])
    for known, spaces in allowed.items():
        wanted |= Q(space_id__in=list(spaces), verb__in=sorted(known))
    rows = Entry.objects.filter(wanted, at__gte=since).order_by("-at", "-pk")
    return rows if apart is None else rows.filter(Q(actor_id=None) | ~Q(actor_id=apart))


def actors(space_id: int) -> list[tuple[int, str]]:
    """Who acted in a démarche, under their latest name."""
    rows = (
        Entry.objects.filter(space_id=space_id, actor_id__isnull=False)
        .order_by()
        .values_list("actor_id")
        .annotate(name=Max("actor_label"))
    )
    return sorted(((pk or 0, name) for pk, name in rows), key=lambda row: row[1])


def lines(entries: Sequence[Entry], *, user: Any = None, viewer: Any = None) -> list[Line]:
    """Lines for people. ``viewer`` of the démarche of all these lines: the object is a link to its history, where they
    may open it; ``user`` is whose restore button it is.
    """
    opened = linked(viewer, entries) if viewer is not None else set()
    found = []
    for one in entries:
        kind = object_type(one.object_type)
        may_restore = bool(kind and user is not None and kind.may_restore(user, one))
        shown = sentence(one, linked=(one.object_type, one.object_id) in opened)
        found.append(Line(one, shown, field_changes(one), may_restore))
    return found


def sentence(one: Entry, *, linked: bool = False) -> Markup:
    """« Alice a terminé *l’étape* », with everything people wrote escaped."""
    name = _name(one)
    shown: Markup = Markup("<em>{}</em>").format(name)
    if linked:
        url = reverse("audit:history", kwargs={"object_type": one.object_type, "object_id": one.object_id})
        shown = Markup('<a href="{}">{}</a>').format(url, name)
    actor = Markup("<strong>{}</strong>").format(_who(one))
    return escape(verbs.sentence(one.verb)).format(actor=actor, object=shown, note=one.note)


def plain_sentence(one: Entry) -> str:
    """The sentence without marks, for a file."""
    return verbs.sentence(one.verb).format(actor=_who(one), object=_name(one), note=one.note)


def _who(one: Entry) -> str:
    return one.actor_label or _("Concertoit")


def _name(one: Entry) -> str:
    kind = object_type(one.object_type)
    return one.object_label or (str(kind.label) if kind else one.object_type)


def field_changes(one: Entry) -> list[FieldChange]:
    """Differences of a line. A creation shows its values, not a text in which every word is new."""
    kind = object_type(one.object_type)
    found = []
    for change in rules.changes(one.before, one.after):
        before, after = _shown(kind, change.field, change.before), _shown(kind, change.field, change.after)
        label = kind.fields.get(change.field, change.field) if kind else change.field
        pieces = rules.word_difference(before, after) if one.before else []
        found.append(FieldChange(label, before, after, pieces))
    return found


def _shown(kind: ObjectType | None, field: str, value: Any) -> str:
    written = kind.show(field, value) if kind and kind.show and value is not None else None
    return plain(value) if written is None else written


def plain(value: Any) -> str:
    """A JSON value in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}\u00a0: {plain(one)}" for key, one in value.items())
    return str(value)
