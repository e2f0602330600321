"""Governing bodies, committees, and who sits there."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from concertoit.ground.identity.queries import Likeness
from concertoit.ground.identity.rules import fold
from concertoit.ground.spaces.models import BodyMembership, Committee, GoverningBody
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.ground.spaces.rules import committee_words


def bodies_of(viewer: Viewer) -> list[GoverningBody]:
    """Governing bodies with their seats in force and who holds them."""
    rows = GoverningBody.objects.filter(space=viewer.space).order_by("kind", "name", "pk")
    return list(rows.prefetch_related(Prefetch("seats", _seated(), to_attr="seated")))


def committees_of(viewer: Viewer) -> list[Committee]:
    """Committees with their seats in force: to form, active, then ended; those merged into another are not shown."""
    rows = Committee.objects.filter(space=viewer.space, merged_into=None).prefetch_related(
        Prefetch("seats", _seated(), to_attr="seated")
    )
    order = ("to_form", "active", "closed")
    return sorted(rows.order_by("name", "pk"), key=lambda row: order.index(row.state))


def similar_committees(committees: Iterable[Committee]) -> list[Likeness]:
    """Pairs that a person should look at: the same name or the same words, the first of each with all the others."""
    buckets: dict[tuple[str, object], list[Committee]] = defaultdict(list)
    for row in sorted(committees, key=lambda row: row.pk):
        names = [name for name in (row.name, row.short_name) if name]
        for folded in {fold(name) for name in names} - {""}:
            buckets["same_name", folded].append(row)
        for words in {committee_words(name) for name in names} - {frozenset()}:
            buckets["same_words", words].append(row)
    found: dict[tuple[int, int], Likeness] = {}
    for (reason, _key), rows in sorted(buckets.items(), key=lambda item: item[0][0]):
        for other in rows[1:]:
            if other.pk != rows[0].pk:
                found.setdefault((rows[0].pk, other.pk), Likeness(rows[0], other, reason))
    return sorted(found.values(), key=lambda pair: (pair.one.name, pair.one.pk, pair.other.pk))


def _seated() -> QuerySet[BodyMembership]:
    rows = BodyMembership.objects.filter(in_force()).order_by("membership__position", "pk")
    return rows.select_related("membership__person", "membership__organisation")
