"""How much people agree on an option, from the distribution of their grades (best first, evenly spaced)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import fsum, log2

from .ties import Number


def consensus(tally: Sequence[Number]) -> float | None:
    """Tastle and Wierman's consensus: 1 where all give the same grade, 0 where half give the best and half the worst.

    ``1 + Σ p_i log2(1 − |x_i − mean| / width)``, with grades at x = 1, 2, … and width = number of grades − 1. None where
    nobody graded. William J. Tastle and Mark J. Wierman, "Consensus and dissention: A measure of ordinal dispersion",
    International Journal of Approximate Reasoning 45 (2007) 531-545. Logarithms make it the one measure that is not a
    fraction; it is rounded to nine decimals so that every machine says the same.
    """
    total = Fraction(sum(tally))
    if not total:
        return None
    width = len(tally) - 1
    mean = sum((grade * Fraction(count) for grade, count in enumerate(tally)), Fraction(0)) / total
    terms = [
        float(Fraction(count) / total) * log2(1 - abs(grade - mean) / width)
        for grade, count in enumerate(tally)
        if count and grade != mean
    ]
    return abs(round(1 + fsum(terms), 9))


def polarisation(tally: Sequence[Number]) -> Fraction | None:
    """From 0 (one grade) to 1 (half at each end): how far the group splits in two camps. None where nobody graded.

    ``Σ 2 min(F_k, 1 − F_k) / (K − 1)`` over cumulative shares F of the first K − 1 grades. Robert K. Leik, "A measure of
    ordinal consensus", Pacific Sociological Review 9 (1966) 85-90; the bipolarisation of Bénédicte Apouey, "Measuring
    health polarization with self-assessed health data", Health Economics 16 (2007) 875-894, with α = 1.
    """
    total = Fraction(sum(tally))
    if not total:
        return None
    if len(tally) < 2:
        return Fraction(0)
    split, so_far = Fraction(0), Fraction(0)
    for count in tally[:-1]:
        so_far += count
        split += 2 * min(so_far, total - so_far) / total
    return split / (len(tally) - 1)


def group_informed(families: Mapping[str, tuple[Number, Number]]) -> Fraction | None:
    """Agreement across families: high only where every family is favourable, whatever their sizes.

    ``families`` holds, for each, the weight of favourable answers and of all answers. The product over families of
    (favourable + 1) / (answers + 2): Christopher Small and others, "Polis: Scaling deliberation by mapping
    high dimensional opinion spaces", Recerca 26 (2021), "group-informed consensus". None without any family. Values
    compare options judged by the same families, not options judged by different ones.
    """
    if not families:
        return None
    product = Fraction(1)
    for favourable, answers in families.values():
        product *= (Fraction(favourable) + 1) / (Fraction(answers) + 2)
    return product
