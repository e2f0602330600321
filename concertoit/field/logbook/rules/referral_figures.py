"""What became of referrals: shares with their denominators, delays, refusals, resources that do not answer.

Small counts are masked together (``ground.privacy.rules.masking``), so that none is found again by a subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from concertoit.field.logbook.enums import ReferralState as State
from concertoit.ground.privacy.rules.masking import Key, Sum, mask


@dataclass(frozen=True, slots=True)
class Told:
    """A referral of the period: where it stands, how long until the first news, why it was refused, to whom it went."""

    state: str
    resource: str
    first_news: timedelta | None = None
    refusal: str = ""


@dataclass(slots=True)
class Share:
    """A count among a total; ``count`` is nothing when it is masked."""

    code: str
    count: int | None
    total: int | None

    @property
    def ratio(self) -> float | None:
        if self.count is None or not self.total:
            return None
        return self.count / self.total


@dataclass(slots=True)
class Figures:
    """The figures of a period. ``sent`` is the denominator of states; ``refused`` that of reasons."""

    sent: int | None
    states: list[Share] = field(default_factory=list)
    refusals: list[Share] = field(default_factory=list)
    days: float | None = None
    answered: int | None = None
    silent: list[tuple[str, int, int]] = field(default_factory=list)


# Fewer referrals than this to one resource say nothing of it (choice of the platform), and may tell of somebody.
ENOUGH = 5


def figures(rows: Iterable[Told]) -> Figures:
    """The figures of a list of referrals."""
    told = list(rows)
    sent = [one for one in told if one.state not in (State.PROPOSED, State.CANCELLED)]
    states = Counter(one.state for one in sent)
    refusals = Counter(one.refusal for one in sent if one.state == State.REFUSED)
    counts: dict[Key, int] = {"sent": len(sent)}
    counts |= {("state", code): count for code, count in states.items()}
    counts |= {("refusal", code): count for code, count in refusals.items()}
    sums = [Sum("sent", tuple(("state", code) for code in states))]
    if refusals:
        sums.append(Sum(("state", State.REFUSED), tuple(("refusal", code) for code in refusals)))
    masked = mask(counts, [one for one in sums if one.parts])

    def shown(key: Key) -> int | None:
        return None if key in masked else counts.get(key, 0)

    news = [one.first_news for one in sent if one.first_news is not None]
    total = shown("sent")
    order = (State.RECEIVED, State.ACCEPTED, State.WAITING, State.REFUSED, State.GIVEN_UP, State.NO_NEWS, State.SENT)
    refused = shown(("state", State.REFUSED))
    return Figures(
        sent=total,
        states=[Share(code, shown(("state", code)), total) for code in order if states[code]],
        refusals=[Share(code, shown(("refusal", code)), refused) for code, _count in refusals.most_common()],
        days=median(one.total_seconds() for one in news) / 86_400 if len(news) >= ENOUGH else None,
        answered=len(news) if len(news) >= ENOUGH else None,
        silent=_silent(sent),
    )  # fmt: skip


def _silent(sent: list[Told]) -> list[tuple[str, int, int]]:
    """Resources that never answered, with how many referrals they had; only those that had enough."""
    received = Counter(one.resource for one in sent if one.resource)
    heard = Counter(one.resource for one in sent if one.resource and one.first_news is not None)
    found = [(name, count, heard[name]) for name, count in received.items() if count >= ENOUGH and not heard[name]]
    return sorted(found, key=lambda one: (-one[1], one[0]))
