"""The lists in use, and how a term of one edition is said in another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Edition, Entry, Term, TermMapping
from concertoit.field.logbook.queries.referrals import edition_for
from concertoit.field.logbook.rules.editions import bits_of, expressed

__all__ = ["Lists", "edition_for", "expressed_in", "lists_of", "mapping_of", "offered"]


@dataclass(slots=True)
class Lists:
    """Labels by (edition, kind, bit), for pages and files that show many entries."""

    labels: dict[tuple[int, str, int], str] = field(default_factory=dict)

    def words(self, entry: Entry, kind: str) -> list[str]:
        """What an entry says of a list, in the order of its bits."""
        mask = entry.clientele_mask if kind == TermKind.CLIENTELE else entry.activity_mask
        return [self.labels.get((entry.edition_id, kind, bit), "?") for bit in bits_of(mask)]


def lists_of(space_id: int) -> Lists:
    """Every term that entries of a démarche may hold; one query."""
    terms = Term.objects.filter(Q(edition__space=None) | Q(edition__space=space_id))
    return Lists({(term.edition_id, term.kind, term.bit): str(term) for term in terms})


def offered(edition: Edition | None, on: date, *, also: dict[str, int] | None = None) -> dict[str, list[Term]]:
    """Terms by list, as offered on a day; ``also``: masks by list whose retired terms are kept (a correction)."""
    found: dict[str, list[Term]] = {kind: [] for kind in TermKind.values}
    for term in Term.objects.filter(edition=edition).order_by("position", "pk") if edition else ():
        gone = term.retired_on is not None and term.retired_on <= on
        if not gone or (also or {}).get(term.kind, 0) >> term.bit & 1:
            found[term.kind].append(term)
    return found


def mapping_of(kind: str, old: Edition, new: Edition) -> dict[int, list[int]]:
    """Each bit of a list and what it became in another edition, either way round; several when a term was divided."""
    forward = TermMapping.objects.filter(old__edition=old, new__edition=new, old__kind=kind)
    found: dict[int, list[int]] = {}
    for before, after in forward.order_by("pk").values_list("old__bit", "new__bit"):
        found.setdefault(before, []).append(after)
    if not found:
        back = TermMapping.objects.filter(old__edition=new, new__edition=old, old__kind=kind)
        for before, after in back.order_by("pk").values_list("new__bit", "old__bit"):
            found.setdefault(before, []).append(after)
    return found


def expressed_in(entry: Entry, edition: Edition) -> tuple[int, int]:
    """An entry's clienteles and activities in the bits of another edition."""
    if entry.edition_id == edition.pk:
        return entry.clientele_mask, entry.activity_mask
    return (
        expressed(entry.clientele_mask, mapping_of(TermKind.CLIENTELE, entry.edition, edition)),
        expressed(entry.activity_mask, mapping_of(TermKind.ACTIVITY, entry.edition, edition)),
    )


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition as its page shows it: terms by list, with what each became."""

    edition: Edition
    terms: dict[str, list[tuple[Term, str]]]


def editions_shown(space_id: int) -> list[ShownEdition]:
    """The editions that a démarche may read, newest first, each term with what it became; three queries."""
    editions = list(Edition.objects.filter(Q(space=None) | Q(space=space_id)).order_by("-starts_on", "-pk"))
    terms = list(Term.objects.filter(edition__in=editions).order_by("position", "pk"))
    became = _renamed(terms)
    found = []
    for edition in editions:
        lists: dict[str, list[tuple[Term, str]]] = {kind: [] for kind in TermKind.values}
        for term in terms:
            if term.edition_id == edition.pk:
                lists[term.kind].append((term, became.get(term.pk, "")))
        found.append(ShownEdition(edition, lists))
    return found


def _renamed(terms: Iterable[Term]) -> dict[int, str]:
    """What a term became, where the word changed."""
    rows = {term.pk: term for term in terms}
    found: dict[int, str] = {}
    for old, new in TermMapping.objects.filter(old__in=rows, new__in=rows).order_by("pk").values_list("old", "new"):
        if rows[old].code != rows[new].code:
            found[old] = str(rows[new])
    return found
