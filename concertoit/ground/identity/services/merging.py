"""Merging two rows that speak of the same organisation, person or other thing, with nothing lost, and undoing it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.queries import history
from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity import rules
from concertoit.ground.identity.models import Organisation, OrganisationAlias, Person
from concertoit.ground.identity.queries import relations_to

if TYPE_CHECKING:
    from django.db.models import Model

Row = TypeVar("Row", bound=Any)
VERBS: dict[type[Model], str] = {Organisation: "organisation.merged", Person: "person.merged"}
FILLED: dict[type[Model], tuple[str, ...]] = {
    Organisation: ("short_name", "neq", "website", "municipality_id"),
    Person: ("family_name",),
}


@dataclass
class Merged:
    """What a merge did, as plain values: it is what undoing needs.

    ``moved``: table and column → ids now pointing at the kept row; ``dropped``: rows of many-to-many tables that would
    have said the same thing twice; ``left``: rows that a constraint keeps on the merged row; ``filled``: empty values of
    the kept row taken from the other, with what they were; ``aliases``: ids of the other names made.
    """

    moved: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    left: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    filled: dict[str, list[Any]] = field(default_factory=dict)
    aliases: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        names = ("moved", "dropped", "left", "filled")
        return {**{name: dict(getattr(self, name)) for name in names}, "aliases": self.aliases}


@transaction.atomic
def merge_organisations(
    *, actor: Any, kept: Organisation, merged: Organisation, space_id: int | None = None
) -> Merged:
    """Make one organisation of two: everything that points at ``merged`` points at ``kept``; its names become aliases.

    Raises ``DomainError`` when they bear different NEQ, are the same row, or one is already merged.
    """
    kept, merged = _lock(Organisation, kept, merged)
    if kept.neq and merged.neq and kept.neq != merged.neq:
        raise DomainError(_("Ces deux fiches portent des NEQ différents : ce sont deux organismes."))
    done = Merged()
    _repoint(kept, merged, done)
    _fill(kept, merged, done)
    known = {rules.fold(kept.name), *kept.aliases.values_list("folded", flat=True), ""}
    for name in (merged.name, merged.short_name):
        folded = rules.fold(name)
        if folded not in known and not OrganisationAlias.objects.filter(folded=folded).exists():
            known.add(folded)
            done.aliases.append(OrganisationAlias.objects.create(organisation=kept, name=name, folded=folded).pk)
    _close(actor, kept, merged, done, space_id)
    return done


@transaction.atomic
def merge_people(*, actor: Any, kept: Person, merged: Person, space_id: int | None = None) -> Merged:
    """Make one person of two. Raises ``DomainError`` when both have an account, or one is already merged."""
    kept, merged = _lock(Person, kept, merged)
    if hasattr(kept, "user") and hasattr(merged, "user"):
        raise DomainError(_("Ces deux personnes ont chacune un compte. Désactivez-en un d’abord."))
    return _merge(actor, kept, merged, space_id)


def mergeable(model: type[Model], *, verb: str, filled: tuple[str, ...]) -> None:
    """Let rows of a higher room's model be merged: it has ``merged_into``; ``filled`` are texts taken when empty.

    ``verb`` and ``<verb>_undone`` are the journal's.
    """
    VERBS[model], FILLED[model] = verb, filled


@transaction.atomic
def merge_rows(*, actor: Any, kept: Row, merged: Row, space_id: int | None = None) -> Merged:
    """Make one of two rows of a model declared with ``mergeable``. Raises ``DomainError`` when one is already merged."""
    kept, merged = _lock(type(kept), kept, merged)
    return _merge(actor, kept, merged, space_id)


def _merge(actor: Any, kept: Row, merged: Row, space_id: int | None) -> Merged:
    done = Merged()
    _repoint(kept, merged, done)
    _fill(kept, merged, done)
    _close(actor, kept, merged, done, space_id)
    return done


def last_merge(merged: Row) -> Any:
    """The line of the journal that tells how this row was merged, unless it has been undone."""
    if not merged.merged_into_id:
        return None
    verb = VERBS[type(merged)]
    return history(merged._meta.label_lower, str(merged.pk)).filter(verb=verb).first()


@transaction.atomic
def undo_merge(*, actor: Any, merged: Row, space_id: int | None = None) -> None:
    """Give back to a merged row what pointed at it, except what has since been deleted or sent elsewhere.

    Raises ``DomainError`` when the row is not merged.
    """
    entry = last_merge(merged)
    if entry is None or merged.merged_into is None:
        raise DomainError(_("Cette fiche n’est pas fusionnée."))
    kept, done = merged.merged_into, entry.after
    OrganisationAlias.objects.filter(pk__in=done["aliases"]).delete()
    for column, (was, now) in done["filled"].items():
        if getattr(kept, column) == now:
            setattr(kept, column, was)
    kept.save()
    for place, ids in done["moved"].items():
        model, column = _place(place)
        model._default_manager.filter(pk__in=ids, **{column: kept.pk}).update(**{column: merged.pk})
    for place, rows in done["dropped"].items():
        model, _column = _place(place)
        model._default_manager.bulk_create([model(**row) for row in rows])
    for column, (_was, now) in done["filled"].items():
        setattr(merged, column, now)
    merged.merged_into = None
    merged.save()
    record(
        actor=actor, verb=f"{VERBS[type(merged)]}_undone", object_type=merged._meta.label_lower, object_id=merged.pk,
        object_label=str(merged), space_id=space_id, before={"merged_into": kept.pk},
    )  # fmt: skip


def _lock(model: type[Row], kept: Row, merged: Row) -> tuple[Row, Row]:
    """Both rows as they are now, so that two people merging at once cannot make a circle."""
    if kept.pk == merged.pk:
        raise DomainError(_("Choisissez deux fiches différentes."))
    rows = {row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=(kept.pk, merged.pk))}
    if any(row.merged_into_id for row in rows.values()):
        raise DomainError(_("Une de ces fiches est déjà fusionnée avec une autre."))
    return rows[kept.pk], rows[merged.pk]


def _repoint(kept: Row, merged: Row, done: Merged) -> None:
    for relation in relations_to(type(kept)):
        model, column = relation.related_model, relation.field.attname
        place = f"{model._meta.label_lower}.{column}"
        for row in model._default_manager.filter(**{column: merged.pk}).order_by("pk"):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{column: kept.pk})
            except IntegrityError:
                _keep_apart(row, place, done)
            else:
                done.moved[place].append(row.pk)


def _keep_apart(row: Model, place: str, done: Merged) -> None:
    if row._meta.auto_created:  # a many-to-many table: the kept row already says the same
        done.dropped[place].append({field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
        row.delete()
    else:
        done.left[place].append(row.pk)


def _fill(kept: Row, merged: Row, done: Merged) -> None:
    for column in FILLED[type(kept)]:
        value, other = getattr(kept, column), getattr(merged, column)
        if not value and other:
            done.filled[column] = [value, other]
            setattr(kept, column, other)
    if "neq" in done.filled:  # unique: the merged row gives it up first
        Organisation.objects.filter(pk=merged.pk).update(neq="")
    kept.save()


def _close(actor: Any, kept: Row, merged: Row, done: Merged, space_id: int | None) -> None:
    type(merged)._default_manager.filter(pk=merged.pk).update(merged_into=kept)
    record(
        actor=actor, verb=VERBS[type(merged)], object_type=merged._meta.label_lower, object_id=merged.pk,
        object_label=str(merged), space_id=space_id, before={"merged_into": None},
        after={"merged_into": kept.pk, "kept": str(kept), **done.as_json()},
    )  # fmt: skip


def _place(place: str) -> tuple[type[Model], str]:
    label, column = place.rsplit(".", 1)
    return apps.get_model(label), column
