"""The forms of the office: one folder each, with its declared fields, its wording and its sample."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from document_templates.blocks import Orientation
from document_templates.errors import DocumentError
from document_templates.fields import Field
from document_templates.particulars import Letterhead, Particulars


@dataclass(frozen=True)
class Form:
    """A kind of paper the office makes; `type` names its document type and is empty for a lone appendix."""

    code: str
    name: str
    type: str
    orientation: Orientation
    fields: tuple[Field, ...]
    wording: str


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of its name."""
    folders = [
        entry for entry in files("document_templates.forms").iterdir() if (entry / "form.toml").is_file()
    ]
    return tuple(sorted((_load(folder.name) for folder in folders), key=lambda form: form.name))


@cache
def load_form(code: str) -> Form:
    """The form with this code; a refusal naming the known ones if there is none."""
    known = [form.code for form in forms()]
    if code not in known:
        raise DocumentError(
            "Không có mẫu “%(code)s”. Chọn một trong: %(known)s.", code=code, known=", ".join(known)
        )
    return next(form for form in forms() if form.code == code)


def sample(code: str) -> dict[str, Any]:
    """The invented facts a form is shown with before there are real ones."""
    facts: dict[str, Any] = json.loads(_read(load_form(code).code, "sample.json"))
    return facts


def sample_office(family: str) -> tuple[Letterhead, Particulars]:
    """An invented office of a profile's family, to show forms with."""
    office = json.loads((files("document_templates.forms") / "offices.json").read_text(encoding="utf-8"))[
        family
    ]
    return Letterhead.from_json(office["letterhead"]), Particulars.from_json(office["particulars"])


def _load(code: str) -> Form:
    data = tomllib.loads(_read(code, "form.toml"))
    return Form(
        code=code,
        name=data["name"],
        type=data["type"],
        orientation=data.get("orientation", "portrait"),
        fields=tuple(_field(path, given) for path, given in data["fields"].items()),
        wording=_read(code, "wording.txt.jinja"),
    )


def _field(path: str, given: str | Mapping[str, Any]) -> Field:
    return Field(path, given) if isinstance(given, str) else Field(path, **given)


def _read(code: str, name: str) -> str:
    return (files("document_templates.forms") / code / name).read_text(encoding="utf-8")
