"""The lists behind figures: what each bit of each edition counts as today, in what order, under which label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from concertoit.field.logbook.enums import CollectiveObject, Destination, EntryKind, Sector, TermKind
from concertoit.field.logbook.models import Term, TermMapping
from concertoit.field.logbook.rules.statistics import By, Vocabulary

_BY = {TermKind.CLIENTELE: By.CLIENTELE, TermKind.ACTIVITY: By.ACTIVITY, TermKind.REASON: By.REASON}
_CODES = {
    By.SECTOR: Sector, By.KIND: EntryKind, By.OBJECT: CollectiveObject, By.DESTINATION: Destination,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary that rules read, and how lines are called in the language of the reader."""

    vocabulary: Vocabulary
    labels: Mapping[By, Mapping[str, str]]

    def label(self, by: By, code: str) -> str:
        """The name of a line of a list or of an enumeration; its code when the list no longer has it."""
        if by in _CODES:
            return str(_CODES[by](code).label) if code else ""
        return self.labels.get(by, {}).get(code, code)


def words_of(space_id: int) -> Words:
    """The lists that a démarche uses: shared editions and its own. Two queries."""
    terms = list(
        Term.objects.filter(Q(edition__space=None) | Q(edition__space=space_id))
        .select_related("edition")
        .order_by("edition__starts_on", "edition_id", "position", "pk")
    )
    became = _became(terms)
    bits: dict[By, dict[tuple[int, int], str]] = {By.CLIENTELE: {}, By.ACTIVITY: {}}
    reasons: dict[int, str] = {}
    order: dict[By, dict[str, None]] = {by: {} for by in _BY.values()}
    labels: dict[By, dict[str, str]] = {by: {} for by in _BY.values()}
    english = (get_language() or "").startswith("en")
    for term in reversed(terms):  # the newest edition first: its labels win
        by, code = _BY[TermKind(term.kind)], became[term.pk]
        if by is By.REASON:
            reasons[term.pk] = code
        else:
            bits[by][term.edition_id, term.bit] = code
        labels[by].setdefault(code, (english and term.label_en) or term.label)
    for term in sorted(terms, key=lambda one: (-one.edition.starts_on.toordinal(), one.position, one.pk)):
        order[_BY[TermKind(term.kind)]].setdefault(became[term.pk])
    vocabulary = Vocabulary(
        bits[By.CLIENTELE], bits[By.ACTIVITY], reasons, {by: tuple(codes) for by, codes in order.items()}
    )
    return Words(vocabulary, labels)


def _became(terms: Iterable[Term]) -> dict[int, str]:
    """The code under which each term counts: that of the one term it became, followed to the newest edition.

    A term that was divided counts under its own code: nobody can say which part an old entry was.
    """
    rows = {term.pk: term for term in terms}
    after: dict[int, list[int]] = {}
    mappings = TermMapping.objects.filter(old__in=rows, new__in=rows).order_by("pk")
    for old, new in mappings.values_list("old_id", "new_id"):
        after.setdefault(old, []).append(new)
    return {pk: _last(rows[pk], rows, after).code for pk in rows}


def _last(term: Term, rows: Mapping[int, Term], after: Mapping[int, list[int]]) -> Term:
    passed = set()
    while len(after.get(term.pk, ())) == 1 and term.pk not in passed:
        passed.add(term.pk)
        term = rows[after[term.pk][0]]
    return term
