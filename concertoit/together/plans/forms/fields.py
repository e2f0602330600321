"""Numbers as people type them in French: « 1 234,50 $ », « 12,5 »."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def read_number(text: str) -> Decimal:
    """A number with French or English decimals, spaces between thousands, and maybe a dollar sign.

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
