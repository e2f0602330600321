"""Amounts of money as written in French plans: exact dollars and cents, or the reason why they cannot be read.

``11 446,00 $`` with any kind of space, ``22 680$``, ``1,5 M$``, ``10k$``, ``5 000 $/an``, ``2 x 500 $``. A range
(*Entre 200 et 500*), *À déterminer* or words stay unread: an amount is never invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from .wording import fold

CENT = Decimal("0.01")
# A longer row of digits is a number of something (a file, an account): no money is written with sixteen of them.
MOST_DIGITS = 15
_MULTIPLIERS = {"m": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "k": 1000, "mille": 1000, "": 1}
_NUMBER = r"(?:\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,3})?)(?![\d])"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<sign>-\s?)?(?:(?:ca|cad)?[$€]\s?)?(?P<number>{_NUMBER})"
    r"(?:\s?(?P<multiplier>millions?|mille|m|k)(?=\s?[$€]|\s?d|\s|$))?"
    r"(?P<money>\s?(?:de\s|d')?(?:[$€]|\bdollars?\b|\beuros?\b|\bcad\b)(?:\s?(?:ca|can|cad)\b)?)?"
    r"(?P<per>\s?(?:/\s?|par\s)(?:an|annee|mois|jour|participante?s?|personne|rencontre|activite)\b|\s?annuel(?:lement|s)?\b)?"
)
_PRODUCT = re.compile(rf"(?<![\w.,])(?P<times>\d{{1,3}})\s?(?:ans?\s?)?[x×*]\s?(?P<number>{_NUMBER})\s?\$?")
_YEAR_LABEL = re.compile(
    r"(?:budget\s)?(?P<label>(?:an|annee)\s?[1-9]|phase\s?[1-9]|(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)?\d\d)|(?:19|20)\d\d)\s?[:=–-]?\s?$"
)
_NONE = re.compile(
    r"^(?:n/?a|s\.?o\.?|sans objet|non applicable|aucun(?:e)?(?: budget| cout| montant)?|sans frais|nil|-+|x)$"
)
_LATER = re.compile(
    r"\ba (?:determiner|venir|preciser|confirmer|evaluer|definir|valider)\b|^(?:tbd|ad|a\.?d\.?)$|\bindetermine"
)
_RANGE = re.compile(
    r"\bentre\b.*\bet\b|\d\s?(?:k|m)?\$?\s?(?:a|ou|-|–)\s?\d"
    r"|\b(?:environ|approx|max|min|jusqu|moins de|plus de)|[~±<>≈]|\?"
)


class Unread(StrEnum):
    """Why a cell holds no amount."""

    EMPTY = "empty"
    NONE = "none"
    TO_DETERMINE = "to_determine"
    RANGE = "range"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in dollars. ``label`` is the year written before it (``An 1``), ``per`` what repeats it (``an``)."""

    value: Decimal
    label: str = ""
    per: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class AmountReading:
    """``amounts`` in order; ``rest`` the words around them; ``reason`` when nothing could be read with certainty."""

    amounts: tuple[Amount, ...] = ()
    rest: str = ""
    reason: Unread | None = None

    @property
    def total(self) -> Decimal | None:
        return sum((a.value for a in self.amounts), Decimal("0.00")) if self.amounts else None


def read_amount(text: str) -> AmountReading:
    """Read every amount of a budget cell. A bare number counts, since the column says that it is money.

    Any doubt (a range, *environ*, words only) gives a ``reason`` and no amount.
    """
    folded = _plain(text)
    if not folded:
        return AmountReading(reason=Unread.EMPTY)
    if _NONE.match(folded):
        return AmountReading(reason=Unread.NONE, rest=text)
    if _RANGE.search(_without_labels(folded)):
        return AmountReading(reason=Unread.RANGE, rest=text)
    product = _PRODUCT.fullmatch(folded)
    if product and not _is_too_long(product):
        value = _value(product["number"]) * int(product["times"])
        return AmountReading((Amount(value, computed=True),))
    amounts, rest = _collect(folded)
    if amounts:
        return AmountReading(tuple(amounts), rest)
    return AmountReading(reason=Unread.TO_DETERMINE if _LATER.search(folded) else Unread.WORDS, rest=text)


def read_yearly_amounts(text: str) -> tuple[Amount, ...]:
    """Amounts that stand behind a year label (``Budget an 1 : 7 590 Budget an 2 : 3 856``) in any text; else nothing.

    Plans put such splits in the wrong column (seed 000 has them under the indicators).
    """
    amounts, rest = _collect(_plain(text))
    if amounts and all(a.label for a in amounts) and not re.search(r"[^\W\d]{3,}", rest):
        return tuple(amounts)
    return ()


def holds_money(text: str) -> bool:
    """True when the text shows an amount with its dollar sign."""
    return any(m["money"] or "$" in m[0] for m in _AMOUNT.finditer(_plain(text)))


def _plain(text: str) -> str:
    return fold(text.replace("\\$", "$").replace("\u2007", " ").replace("\u2009", " "))


def _without_labels(folded: str) -> str:
    return re.sub(r"(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)?\d\d)|\b(?:an|annee|phase)\s?[1-9]", " ", folded)


def _value(number: str, multiplier: str = "") -> Decimal:
    text = number.replace(" ", "")
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", text)
    if grouped and not multiplier:
        text = re.sub(r"[.,]", "", grouped[1]) + "." + (grouped[2] or "0")
    value = Decimal(text.replace(",", ".")) * _MULTIPLIERS[multiplier]
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def _collect(folded: str) -> tuple[list[Amount], str]:
    """Amounts of a folded text and the words around them. Beside a dollar sign, bare numbers do not count."""
    amounts: list[Amount] = []
    rest: list[str] = []
    position = 0
    signed = bool(re.search(r"[$€]|dollar|euro", folded))
    for match in _AMOUNT.finditer(folded):
        label = _YEAR_LABEL.search(folded[position : match.start()])
        if _counts_something_else(folded, match) or (signed and not label and not _has_sign(match)):
            continue
        before = folded[position : match.start()]
        rest.append(before[: label.start()] if label else before)
        value = _value(match["number"], match["multiplier"] or "")
        per = (match["per"] or "").strip(" /").removeprefix("par ")
        amounts.append(Amount(-value if match["sign"] else value, label["label"] if label else "", per))
        position = match.end()
    rest.append(folded[position:])
    words = " ".join(rest)
    if not signed and re.search(r"[^\W\d]{2,}", re.sub(r"\b(?:budget|total|cout|montant|pour|et|par)\b", " ", words)):
        return [], folded
    return amounts, words


def _has_sign(match: re.Match[str]) -> bool:
    return bool(match["money"]) or "$" in match[0] or "€" in match[0]


def _is_too_long(match: re.Match[str]) -> bool:
    number: str = match["number"]
    return sum(char.isdigit() for char in number) > MOST_DIGITS


def _counts_something_else(folded: str, match: re.Match[str]) -> bool:
    """A number that belongs to a year label, or counts things (``3 rencontres``), is not money."""
    if _is_too_long(match):
        return True
    if _has_sign(match):
        return False
    before, after = folded[: match.start()], folded[match.end() :]
    if re.search(r"\b(?:an|annee|phase)s?\s?$", before):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", match["number"]) and re.match(r"\s?[-/:)]", after):
        return True
    if re.fullmatch(r"\d\d|\d{4}", match["number"]) and re.match(r"\s?[-/]\s?(?:19|20)?\d\d\b", after):
        return True
    if re.search(r"(?:19|20)\d\d\s?[-/]\s?$", before) and match["number"].isdigit():
        return True
    counted = re.match(r"\s?(?:%|(?!budget|an\b|annee|total|pour|et\b|par\b)[^\W\d]{1,})", after)
    return bool(counted) and not match["multiplier"] and not match["per"]
