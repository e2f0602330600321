"""A form refused because somebody else wrote meanwhile: what was typed stays, beside what is written now."""

from __future__ import annotations

from typing import Any

from django import forms


def sent_again(form: forms.Form, stamp: str) -> None:
    """Give a refused form the stamp of what is written now: sent again, on purpose, it replaces it."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = stamp  # type: ignore[index]


def differences(form: forms.Form) -> list[tuple[str, str, str]]:
    """(label, written now, typed) of each field that differs; the form was made with what is written now."""
    rows = []
    for bound in form:
        if bound.name == "seen":
            continue
        now, typed = _text(bound, bound.initial), _text(bound, bound.data)
        if now != typed:
            rows.append((str(bound.label), now, typed))
    return rows


def _text(bound: forms.BoundField, value: Any) -> str:
    """A value as the person reads it: names of choices, plain line breaks."""
    if isinstance(value, (list, tuple)) or isinstance(bound.field, forms.ChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, (list, tuple)) else [value])}
        return ", ".join(
            str(label)
            for code, label in bound.field.choices  # type: ignore[attr-defined]
            if str(code) in chosen
        )
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
