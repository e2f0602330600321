"""Number formats of a workbook: which numbers are dates, how many decimals people see, whether a dollar sign shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from concertoit.together.plans.importers.readers.safety import attribute, child, children, local, whole
from concertoit.together.plans.importers.readers.spreadsheet import day, number, shown

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0"}
BUILT_IN |= {39: "#,##0.00", 40: "#,##0.00", 44: '_ "$"#,##0.00', 42: '_ "$"#,##0'}
BUILT_IN |= {5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00'}
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
"""ECMA-376 part 1, section 18.8.30."""

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a date of a sheet has no time zone
FIRST_DAY_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
LAST_SERIAL = 2_958_465


@dataclass(frozen=True, slots=True)
class Format:
    """What a cell format says of a number."""

    is_date: bool = False
    decimals: int | None = None
    percent: bool = False
    dollar: bool = False
    bold: bool = False


class Formats:
    """Cell formats by index, from ``styles.xml``."""

    def __init__(self, root: etree._Element | None, from_1904: bool) -> None:
        self._first_day = FIRST_DAY_1904 if from_1904 else FIRST_DAY
        codes = dict(BUILT_IN)
        for element in children(root, "numFmts"):
            codes[whole(element.get("numFmtId"))] = element.get("formatCode") or ""
        bolds = [
            child(font, "b") is not None and attribute(_b(font), "val") not in ("0", "false")
            for font in children(root, "fonts")
        ]
        self._formats = [_format(xf, codes, bolds) for xf in children(root, "cellXfs")]

    def of(self, index: str | None) -> Format:
        position = whole(index)
        return self._formats[position] if 0 <= position < len(self._formats) else Format()

    def read(self, written: str, form: Format) -> tuple[str, object]:
        """Text and typed value of a number cell."""
        value = number(written)
        if value is None:
            return written, None
        if form.is_date:
            moment = self._moment(value)
            return (shown(moment), moment) if moment is not None else (shown(value), value)
        return _written(value, form), value

    def _moment(self, serial: int | Decimal) -> date | datetime | None:
        if not 1 <= serial <= LAST_SERIAL:
            return None
        seconds = round(float(serial % 1) * 86_400)
        moment = self._first_day + timedelta(days=int(serial), seconds=seconds)
        if serial < 60 and self._first_day is FIRST_DAY:
            moment += timedelta(days=1)  # the 29 February 1900 that never was
        return day(moment)


def _b(font: etree._Element) -> etree._Element:
    return next(part for part in font if local(part) == "b")


def _format(xf: etree._Element, codes: dict[int, str], bolds: list[bool]) -> Format:
    identifier, font = whole(xf.get("numFmtId")), whole(xf.get("fontId"))
    code = codes.get(identifier, "")
    first = BRACKETS.sub("", LITERAL.sub("", code)).split(";")[0]
    drawn = re.search(r"[0#?](?:[., \u00a0\u202f]?[0#?])*", first)
    is_date = identifier in BUILT_IN_DATES or bool(
        re.search(r"[ymdhsaj]", first.replace("General", ""), re.IGNORECASE)
    )
    return Format(
        is_date=is_date and not drawn,
        decimals=len(drawn.group().partition(".")[2]) if drawn and "0" in drawn.group() else None,
        percent="%" in first,
        dollar="$" in re.sub(r"\[\$-[^\]]*\]", "", code),
        bold=bolds[font] if 0 <= font < len(bolds) else False,
    )


def _written(value: int | Decimal, form: Format) -> str:
    """As people see it: decimals of the format, ``%`` and ``$``. Decimals keep their point in plain numbers (1.10)."""
    amount = Decimal(value) * (100 if form.percent else 1)
    if form.decimals is not None and form.decimals < 15:
        amount = amount.quantize(Decimal(1).scaleb(-form.decimals), rounding=ROUND_HALF_UP)
    text = format(amount.normalize() if form.decimals is None else amount, "f")
    if form.dollar:
        return text.replace(".", ",") + "\u00a0$"
    return f"{text}\u00a0%" if form.percent else text
