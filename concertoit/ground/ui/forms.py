"""Fields that forms of every room are made of: text, days, hours, counts, numbers, yes or no.

Each maker takes the label first and hands its other options to Django's field, which is required unless told otherwise
(``yes_no`` never is). How a field looks is in ``concertoit/ground/ui/fields.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

UNKNOWN = _("On ne le sait pas")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def text_area(rows: int = 3, **attrs: Any) -> forms.Textarea:
    """Room for ``rows`` lines of text; ``attrs`` are those of the control."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def hour(label: Any, **options: Any) -> forms.TimeField:
    """An hour of the day, with the browser's own clock."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and an hour together, as the browser writes them (``2026-11-22T09:30``) or with a space between."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        **options,
    )


def count(label: Any, *, most: int = 100_000, **options: Any) -> forms.IntegerField:
    """How many: a whole number from zero to ``most``; a phone shows its digits only."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **options)


def yes_no(label: Any, *, unknown: Any = UNKNOWN, **options: Any) -> forms.TypedChoiceField:
    """Yes (``True``), no (``False``), or no answer (``None``), which ``unknown`` words; an empty ``unknown`` leaves the
    choice out, for radio buttons that may all stay empty.
    """
    choices = [("", unknown)] if unknown else []
    return forms.TypedChoiceField(
        label=label,
        required=False,
        empty_value=None,
        coerce=lambda value: value == "True",
        choices=[*choices, ("True", _("Oui")), ("False", _("Non"))],
        **options,
    )


def give_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give the field ``name`` of a form the choices that only the page knows. Raises ``TypeError`` where it has none."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} has no list of choices")
    field.choices = list(choices)


def give_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any], say: Callable[[Any], str] | None = None) -> None:
    """Give the field ``name`` of a form the rows that its reader may choose, each worded by ``say`` (``str`` without it).
    Raises ``TypeError`` where it takes none.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} does not choose among rows")
    if say is not None:
        field.label_from_instance = say  # type: ignore[assignment]  # Django's own way, short of a class
    field.queryset = rows


def read_number(text: str) -> Decimal:
    """A number as people type it in French (« 1 234,50 $ », « 12,5 ») or English: decimals after a comma or a point,
    maybe spaces between thousands, a dollar or a per cent sign.

    Raises ``ValueError`` where it cannot be read exactly.
    """
    plain = _SPACES.sub("", text).replace("\u2212", "-").removesuffix("$").removesuffix("%")
    if not re.fullmatch(r"-?\d+([.,]\d+)?", plain):
        raise ValueError(text)
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error


class NumberField(forms.CharField):
    """A number typed as text, because browsers refuse the French comma in their own number fields."""

    def __init__(self, *, places: int = 3, digits: int = 11, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **options)
        self.places, self.digits = places, digits

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it, without useless zeros."""
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}".replace(".", ",")

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = read_number(text)
        except ValueError:
            raise forms.ValidationError(_("Écrivez un nombre, par exemple 1 234,50."), code="number") from None
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise forms.ValidationError(
                _("Au plus %(places)s décimales."), code="places", params={"places": self.places}
            )
        if abs(number) >= Decimal(10) ** self.digits:
            raise forms.ValidationError(_("Ce nombre est trop grand."), code="size")
        return number
