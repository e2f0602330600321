"""Searching: the hits a person may see, best first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from concertoit.ground.search import rules
from concertoit.ground.search.models import Document
from concertoit.ground.search.policies import Scope, Searchable, scope_of, searchable
from concertoit.ground.ui.navigation import Reader

# More hits than anybody reads: the database stops here, and the page says that there are more. Ranking by the database
# itself (bm25, ts_rank) reads every hit of a common word to weigh it: 200 ms of the 220 that a question took.
MOST = 1001

_SQLITE = """
SELECT d.id, d.kind, d.space_id, d.title_tokens
FROM search_fts CROSS JOIN search_document d ON d.id = search_fts.rowid
WHERE search_fts MATCH %s AND {where} ORDER BY search_fts.rowid DESC LIMIT {most}
"""
_POSTGRESQL = """
SELECT d.id, d.kind, d.space_id, d.title_tokens FROM search_document d
WHERE d.tokens @@ %s::tsquery AND {where} LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, before it is read."""

    document_id: int
    kind: str
    space_id: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """A thing found, ready to show."""

    document: Document
    kind: Searchable
    title: list[rules.Piece]
    snippet: list[rules.Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """All hits of a question and how they spread, the filter on the type apart."""

    terms: list[rules.Term]
    hits: list[Hit]
    kinds: dict[str, int]

    @property
    def capped(self) -> bool:
        return len(self.hits) >= MOST


def find(readers: Iterable[Reader], question: str, *, space_id: int | None = None, kind: str = "") -> Found:
    """Everything that answers and that this person may see, best first; in one démarche or of one type when asked.

    ``readers``: the person as viewer of each of their démarches (``policies.readers_of``).
    """
    terms = rules.understand(question)
    scope = _narrowed(scope_of(readers), space_id)
    if not terms:
        return Found(terms, [], {})
    hits = _hits(terms, scope)
    kinds = dict(Counter(hit.kind for hit in hits))
    if kind:
        hits = [hit for hit in hits if hit.kind == kind] if len(hits) < MOST else _hits(terms, _only(scope, kind))
    return Found(terms, hits, kinds)


def _narrowed(scope: Scope, space_id: int | None) -> Scope:
    if space_id is None:
        return scope
    here = frozenset({space_id})
    return Scope({kind: spaces & here for kind, spaces in scope.spaces.items()}, frozenset())


def _only(scope: Scope, kind: str) -> Scope:
    return Scope({kind: scope.spaces.get(kind, frozenset())}, scope.shared & {kind})


def _hits(terms: list[rules.Term], scope: Scope) -> list[Hit]:
    where, values = _where(scope)
    if not where:
        return []
    postgresql = connection.vendor == "postgresql"
    sql = (_POSTGRESQL if postgresql else _SQLITE).format(where=where, most=MOST)
    spaces = frozenset[int]().union(*scope.spaces.values(), {0} if scope.shared else ())
    query = rules.postgresql_query(terms) if postgresql else rules.sqlite_query(terms, spaces)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, *values])
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (*rules.rank(terms, row[3]), -row[0]))
    return [Hit(*row[:3]) for row in rows]


def _where(scope: Scope) -> tuple[str, list[Any]]:
    """The scope as SQL: kinds that may be found in the same démarches share a condition."""
    together: dict[frozenset[int], list[str]] = {}
    for kind, spaces in scope.spaces.items():
        if spaces:
            together.setdefault(spaces, []).append(kind)
    parts, values = [], []
    for spaces, kinds in together.items():
        parts.append(f"(d.space_id IN ({_marks(spaces)}) AND d.kind IN ({_marks(kinds)}))")
        values += [*sorted(spaces), *kinds]
    if scope.shared:
        parts.append(f"(d.space_id IS NULL AND d.kind IN ({_marks(scope.shared)}))")
        values += sorted(scope.shared)
    return (f"({' OR '.join(parts)})" if parts else ""), values


def _marks(values: Any) -> str:
    return ", ".join(["%s"] * len(values))


def results(found: Found, hits: list[Hit], *, length: int = 240) -> list[Result]:
    """The documents of a page of hits, with the words that answer marked."""
    documents = Document.objects.defer("title_tokens", "body_tokens").in_bulk([hit.document_id for hit in hits])
    shown = []
    for hit in hits:
        document, kind = documents.get(hit.document_id), searchable(hit.kind)
        if document and kind:
            title = rules.marked(document.title, found.terms)
            snippet = rules.marked(document.body, found.terms, length) if document.body else []
            shown.append(Result(document, kind, title, snippet))
    return shown
