"""From texts to tokens and from a question to terms: the same on every database, so that both find the same. Pure.

Each word is indexed twice: by its French stem, and whole (with an ``x`` before it, so that the two never meet). Tokens
are ASCII letters and digits only, which SQLite and PostgreSQL cut alike. A text is stemmed with its accents and then
loses them: the stemmer needs them (« activités » and « activité » have one stem, « activites » another). A question is
read without its accents, and the endings that may have lost one are tried with it: whatever the accents and the case
of a question, it finds the same. (Measured on the 3,383 words of real documents: each finds its own stem back.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

# PostgreSQL keeps no position after 16,383: beyond this many words of a text, nothing is indexed.
MAX_WORDS = 8000
MAX_LETTERS = 40
MAX_TERMS = 12
SHORTEST_PREFIX = 2
FEW_SPACES = 40

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_ELIDED = frozenset({"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})
_APOSTROPHES = frozenset("'’ʼ‘")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# Too common to tell one text from another; kept whole for phrases, never stemmed, not asked for when there is more.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a au aux avec ce ces cette d dans de des du elle en est et eux il ils j je l la le les leur leurs lui m ma mais
        me mes mon n ne nos notre nous on ont ou par pas pour qu que qui s sa se ses son sont sur t ta te tes ton tu un
        une vos votre vous y the of and to in""",
    )
)
# Where an accent changes the stem: the ending without it, and with it.
_ENDINGS = tuple(
    (re.compile(pattern), accented)
    for pattern, accented in (
        (r"ee(s?)$", r"ée\1"), (r"e(s?)$", r"é\1"), (r"es$", "ès"), (r"iere(s?|ment)$", r"ière\1"),
        (r"ement$", "ément"), (r"a$", "à"), (r"e([a-z])$", r"è\1"),
    )
)  # fmt: skip
_stemmer = snowballstemmer.stemmer("french")


class Word(NamedTuple):
    """A word of a text: where it stands, as written in small letters, and without accents."""

    start: int
    end: int
    lower: str
    folded: str


class Term(NamedTuple):
    """What a text must have. ``whole``: words in a row (several for a phrase); ``stems``: or one of these stems."""

    whole: tuple[str, ...]
    stems: tuple[str, ...] = ()
    prefix: bool = False


class Piece(NamedTuple):
    """A run of text, marked where it answers the question."""

    text: str
    marked: bool


def normal(text: str) -> str:
    """The text with one way of writing each character."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word in ASCII letters and digits: no accents, ligatures in two letters, dots of numbers as ``p``."""
    plain = unicodedata.normalize("NFKD", word.translate(_LIGATURES).replace(".", "p").replace(",", "p"))
    kept = (char for char in plain if not unicodedata.combining(char))
    return "".join(char if char.isascii() else f"u{ord(char):x}" for char in kept)[:MAX_LETTERS]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a French word in small letters with its accents, then without them."""
    return fold(str(_stemmer.stemWord(word)))


@lru_cache(maxsize=10_000)
def stems(folded: str) -> tuple[str, ...]:
    """The stems that a word without its accents may have."""
    spellings = {folded, *(pattern.sub(accented, folded) for pattern, accented in _ENDINGS)}
    return tuple(sorted({stem(spelling) for spelling in spellings}))


def words(text: str) -> Iterator[Word]:
    """Words of a normal text; an elided article (« l’ », « d’ », « qu’ ») is not one."""
    for match in _WORD.finditer(text):
        lower = match.group().lower()
        folded = fold(lower)
        if folded in _ELIDED and text[match.end() : match.end() + 1] in _APOSTROPHES:
            continue
        yield Word(match.start(), match.end(), lower, folded)


def tokens(text: str) -> str:
    """What the index keeps of a text: its stems, then its words."""
    found = []
    for word in words(normal(text)):
        found.append(word)
        if len(found) == MAX_WORDS:
            break
    stemmed = [stem(word.lower) for word in found if word.folded not in STOP_WORDS]
    return " ".join([*stemmed, *(f"x{word.folded}" for word in found)])


def understand(question: str) -> list[Term]:
    """The terms of a question: all must be found. Quotes make a phrase; the last word may be the beginning of one."""
    parts = re.split(r"[\"«»“”]", normal(question))
    terms: list[Term] = []
    last = len(parts) - 1
    for position, part in enumerate(parts):
        row = tuple(word.folded for word in words(part))
        if position % 2 and position < last:
            if row:
                terms.append(Term(tuple(f"x{word}" for word in row)))
        else:
            typing = position == last and bool(part) and not part[-1].isspace()
            terms += [_term(word, prefix=typing and n == len(row) - 1) for n, word in enumerate(row)]
    telling = [term for term in terms if len(term.whole) > 1 or term.whole[0][1:] not in STOP_WORDS]
    return (telling or terms)[:MAX_TERMS]


def _term(folded: str, *, prefix: bool) -> Term:
    return Term((f"x{folded}",), stems(folded), prefix and len(folded) >= SHORTEST_PREFIX)


def _answers(word: Word, terms: list[Term]) -> bool:
    whole = f"x{word.folded}"
    return any(
        whole in term.whole
        or (term.prefix and whole.startswith(term.whole[0]))
        or (bool(term.stems) and word.folded not in STOP_WORDS and stem(word.lower) in term.stems)
        for term in terms
    )


def marked(text: str, terms: list[Term], length: int = 0) -> list[Piece]:
    """The text in pieces, words that answer marked; with a ``length``, only the part around the first of them."""
    text = normal(text)
    hits = [word for word in words(text) if _answers(word, terms)]
    start, end = _window(text, hits[0].start if hits else 0, length) if length else (0, len(text))
    pieces = [Piece("… ", False)] if start else []
    position = start
    for word in hits:
        if start <= word.start and word.end <= end:
            pieces += [Piece(text[position : word.start], False), Piece(text[word.start : word.end], True)]
            position = word.end
    pieces.append(Piece(text[position:end] + (" …" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]


def rank(terms: list[Term], title_tokens: str) -> tuple[int, int]:
    """Where a hit stands, the smallest first: by what its title answers, then the shorter title.

    A word as it was asked counts 4, the beginning of one 3, another word of its family 2. A hit whose title answers
    nothing answered by its text.
    """
    tokens = title_tokens.split()
    known, row = set(tokens), f" {title_tokens} "
    worth = sum(_worth(term, known, row) for term in terms)
    return (-worth, len(tokens) if worth else 0)


def _worth(term: Term, known: set[str], row: str) -> int:
    if f" {' '.join(term.whole)} " in row:
        return 4
    if term.prefix and f" {term.whole[0]}" in row:
        return 3
    return 2 if not known.isdisjoint(term.stems) else 0


def _window(text: str, around: int, length: int) -> tuple[int, int]:
    """A part of the text about this long, beginning and ending between words."""
    start = max(0, around - length // 3)
    if start:
        start = text.find(" ", start, around) + 1 or around
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", around, end), around + 1)
        if end == around + 1:
            end = min(len(text), start + length)
    return start, end


def sqlite_query(terms: list[Term], space_ids: Iterable[int]) -> str:
    """The terms for FTS5, in these démarches (0 for what belongs to none) when they are few."""
    spaces = sorted(space_ids)
    scope = [f"scope : ({' OR '.join(f'_{one}' for one in spaces)})"] if len(spaces) <= FEW_SPACES else []
    return " AND ".join([*scope, *(f"({' OR '.join(_sqlite(term))})" for term in terms)])


def _sqlite(term: Term) -> list[str]:
    whole = f'"{" ".join(term.whole)}"'
    return [f"{whole}*" if term.prefix else whole, *(f'"{stem}"' for stem in term.stems)]


def postgresql_query(terms: list[Term]) -> str:
    """The terms for a ``tsquery``."""
    return " & ".join(f"({' | '.join(_postgresql(term))})" for term in terms)


def _postgresql(term: Term) -> list[str]:
    whole = " <-> ".join(term.whole)
    return [f"{whole}:*" if term.prefix else f"({whole})", *term.stems]
