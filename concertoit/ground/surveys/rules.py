"""How answers are counted, in pure Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

# Under this many answers, a survey without names shows nothing: two or three people recognise each other. Ours; the
# usual smallest cell of published statistics is 5.
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """How many chose one of the answers; ``share`` is over those who answered the question, 0 to 1."""

    label: str
    count: int
    share: Fraction
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to a question of choices. With several choices the shares may sum to more than 1: it is said."""

    lines: list[Line]
    answered: int
    asked: int

    @property
    def over_the_whole(self) -> bool:
        return sum(line.count for line in self.lines) > self.answered


def tally(options: Sequence[tuple[str, bool, int]], *, answered: int, asked: int) -> Tally:
    """Count choices. ``options``: (label, whether it is right, how many chose it); ``answered`` out of ``asked``."""
    base = answered or 1
    return Tally(
        [Line(label, count, Fraction(count, base), right) for label, right, count in options], answered, asked
    )


def middle(counts: Sequence[int]) -> int | None:
    """Place of the median of a scale, from how many chose each step; the lower of two middles, none without answers."""
    total, seen = sum(counts), 0
    for place, count in enumerate(counts):
        seen += count
        if total and 2 * seen >= total:
            return place
    return None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers answered, summed up."""

    count: int
    mean: Decimal
    median: Decimal
    low: Decimal
    high: Decimal


def sum_up(values: Sequence[Decimal]) -> Numbers | None:
    """Mean to the hundredth, median, extremes; nothing without numbers."""
    if not values:
        return None
    mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"))
    return Numbers(len(values), mean, Decimal(median(values)), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Change:
    """Knowledge before and after: means over all who answered each time, and over those who answered both times."""

    before: Fraction | None
    after: Fraction | None
    pairs: int
    paired_before: Fraction | None
    paired_after: Fraction | None
    up: int
    same: int
    down: int


def mean(scores: Sequence[Fraction]) -> Fraction | None:
    """The mean of scores between 0 and 1; nothing without scores."""
    return sum(scores, Fraction(0)) / len(scores) if scores else None


def change(before: Sequence[tuple[str, Fraction]], after: Sequence[tuple[str, Fraction]]) -> Change:
    """Compare two moments. Each score comes with the key that pairs it with the other moment's, or an empty key."""
    first: Mapping[str, Fraction] = {key: score for key, score in before if key}
    pairs = [(first[key], score) for key, score in after if key in first]
    return Change(
        before=mean([score for _key, score in before]),
        after=mean([score for _key, score in after]),
        pairs=len(pairs),
        paired_before=mean([old for old, _new in pairs]),
        paired_after=mean([new for _old, new in pairs]),
        up=sum(new > old for old, new in pairs),
        same=sum(new == old for old, new in pairs),
        down=sum(new < old for old, new in pairs),
    )


def read_options(text: str) -> list[tuple[str, bool]]:
    """Answers written one per line; a line that begins with ``*`` is a right one. Empty lines and repeats are dropped."""
    found: dict[str, bool] = {}
    for line in text.splitlines():
        label = line.strip()
        right = label.startswith("*")
        label = label.lstrip("*").strip()
        if label:
            found.setdefault(label, right)
    return list(found.items())


def write_options(options: Sequence[tuple[str, bool]]) -> str:
    """The reverse of ``read_options``."""
    return "\n".join(f"* {label}" if right else label for label, right in options)
