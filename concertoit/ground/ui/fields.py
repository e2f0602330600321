"""How a Django form field looks: label, help, error and control tied together for screen readers.

The macro ``ui.field`` shows a ``FieldView``; everything that must be decided about a widget is decided here.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from concertoit.ground.ui.components import ComponentError

_CLASSES = {
    "text": "form-control",
    "textarea": "form-control",
    "select": "form-select",
    "file": "form-control",
    "check": "form-check-input",
    "choices": "",
    "hidden": "",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a radio or checkbox group."""

    id: str
    control: SafeString
    label: Any


@dataclass(frozen=True, slots=True)
class FieldView:
    """A bound field ready to show. ``kind``: hidden, text, textarea, select, file, check, choices."""

    kind: str
    id: str
    name: str
    label: Any
    help: Any
    errors: list[str]
    required: bool
    described: str
    control: SafeString
    options: list[Option]
    multiple: bool

    @property
    def anchor(self) -> str:
        """Where a link of the error summary goes: the control, or the group."""
        return f"{self.id}-groupe" if self.kind == "choices" else self.id

    @property
    def help_id(self) -> str:
        return f"{self.id}-aide"

    @property
    def error_id(self) -> str:
        return f"{self.id}-erreur"


def kind_of(widget: forms.Widget) -> str:
    """Which of the components shows this widget."""
    if widget.is_hidden:
        return "hidden"
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.CheckboxInput, "check"),
        (forms.CheckboxSelectMultiple, "choices"),
        (forms.RadioSelect, "choices"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
        (forms.widgets.Input, "text"),
    ]
    return next((kind for base, kind in kinds if isinstance(widget, base)), "text")


def describe(
    bound: BoundField, *, label: Any = "", help: Any = "", attrs: dict[str, Any] | None = None, chips: bool = False
) -> FieldView:
    """Everything ``ui.field`` needs from ``form["name"]``; ``attrs`` are added to the control."""
    if not isinstance(bound, BoundField):
        raise ComponentError('ui.field takes a bound field: form["name"]')
    widget, given = bound.field.widget, attrs or {}
    kind = kind_of(widget)
    if type(widget) is forms.DateInput:  # Django writes type="text"; browsers know better, and the value is ISO here
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    group = kind == "choices"
    identifier = (bound.auto_id if group else bound.id_for_label or bound.auto_id) or bound.html_name
    errors = [str(error) for error in bound.errors]
    described = _described(identifier, bool(help or bound.help_text), bool(errors))
    classes = (_CLASSES[kind], "is-invalid" if errors else "", widget.attrs.get("class", ""), given.get("class", ""))
    own = {**given, "class": " ".join(filter(None, classes))}
    if described:
        own["aria-describedby"] = described
    if errors:
        own["aria-invalid"] = "true"
    return FieldView(
        kind=kind,
        id=identifier,
        name=bound.html_name,
        label=label or bound.label,
        help=help or bound.help_text,
        errors=errors,
        required=bound.field.required,
        described=described,
        control=SafeString("") if group else bound.as_widget(attrs=own),
        options=_options(bound, "" if chips else "form-check-input", bool(errors)) if group else [],
        multiple=isinstance(widget, forms.CheckboxSelectMultiple),
    )


def _described(identifier: str, has_help: bool, has_errors: bool) -> str:
    parts = [f"{identifier}-aide"] if has_help else []
    return " ".join([*parts, f"{identifier}-erreur"] if has_errors else parts)


def _options(bound: BoundField, look: str, wrong: bool) -> list[Option]:
    """Each radio or checkbox of a group, its control apart from its label."""
    found = []
    for sub in bound.subwidgets:
        attrs = {key: value for key, value in sub.data["attrs"].items() if key != "aria-describedby"}
        attrs |= ({"class": look} if look else {}) | ({"aria-invalid": "true"} if wrong else {})
        sub.data.update(attrs=attrs, wrap_label=False)
        found.append(Option(id=str(attrs.get("id", "")), control=sub.tag(), label=sub.data["label"]))
    return found
