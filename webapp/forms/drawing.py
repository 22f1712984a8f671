"""What the form macros need to know of a field: how it is laid out, its attributes, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext
from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectFieldBase
from wtforms.widgets import ListWidget, Select

from webapp.forms.base import DayField


@dataclass(frozen=True)
class Fault:
    """A sentence about a form; `field_id` and `label` are empty where it concerns the whole."""

    sentence: str
    field_id: str = ""
    label: str = ""


def faults(form: Form) -> list[Fault]:
    """Everything that is wrong with a form, also inside nested forms and lists of fields."""
    whole = [Fault(str(sentence)) for sentence in form.form_errors]
    return whole + [fault for field in form for fault in _faults_of(field)]


def _faults_of(field: Field) -> Iterator[Fault]:
    if isinstance(field, FormField):
        yield from faults(field.form)
        return
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _faults_of(entry)
    for sentence in own_errors(field):
        yield Fault(sentence, field.id, str(field.label.text))


def own_errors(field: Field) -> list[str]:
    """The sentences about the field itself, without those of the fields inside it."""
    return [str(error) for error in field.errors if not isinstance(error, dict | list | tuple)]


def layout(field: Field) -> str:
    """How a field is laid out: `tick` (box before its label), `group` (several boxes) or `line`."""
    if isinstance(field, BooleanField):
        return "tick"
    if isinstance(field, SelectFieldBase) and isinstance(field.widget, ListWidget):
        return "group"
    return "line"


def attributes(field: Field, hint: str, given: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a field's control: class, and the hint and fault that describe it."""
    described = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-fault"] * bool(field.errors)
    kept: dict[str, Any] = {"class": _class(field)}
    if isinstance(field, DayField):
        kept |= {"inputmode": "numeric", "placeholder": gettext("ngày/tháng/năm"), "autocomplete": "off"}
    if described:
        kept["aria-describedby"] = " ".join(described)
    if field.errors:
        kept["aria-invalid"] = "true"
    return kept | {name.replace("_", "-"): value for name, value in given.items()}


def _class(field: Field) -> str:
    if layout(field) == "tick":
        return "form-check-input"
    return "form-select" if isinstance(field.widget, Select) else "form-control"


def init_app(app: Flask) -> None:
    """Let the form macros ask."""
    app.jinja_env.globals.update(
        form_faults=faults, field_errors=own_errors, field_layout=layout, field_attributes=attributes
    )
