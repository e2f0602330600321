"""The parameters of a démarche, and how they are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import UNIT_LABELS
from concertoit.field.participation.models import ParameterValue
from concertoit.field.participation.rules.parameters import Parameters, Unit, Written
from concertoit.ground.core import spoken
from concertoit.ground.core.typography import NBSP
from concertoit.ground.spaces.models import Space


def parameters_of(space: Space, on: date | None = None) -> Parameters:
    """The parameters that hold in a démarche on a day (today by default)."""
    rows = ParameterValue.objects.filter(space=space).order_by("since", "pk")
    written = [Written(row.code, Fraction(row.value), row.since, row.source) for row in rows]
    return Parameters(written, on or timezone.localdate())


def value_text(unit: Unit | str, value: Fraction | None) -> str:
    """A value as people read it; « non confirmé » where no text gives one."""
    if value is None:
        return _("non confirmé")
    match Unit(unit):
        case Unit.MONEY:
            return spoken.money(as_decimal(value))
        case Unit.YES_NO:
            return _("oui") if value else _("non")
        case Unit.SHARE:
            exact = (value * 100).denominator == 1
            return spoken.percent(float(value)) if exact else f"{value.numerator}/{value.denominator}"
        case other:
            return f"{spoken.number(as_decimal(value))}{NBSP}{UNIT_LABELS[other.value]}"


def as_decimal(value: Fraction) -> Decimal:
    """An exact value to the cent."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
