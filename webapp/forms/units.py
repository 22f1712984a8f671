"""Choosing units in forms: by name, with suggestions, because there are too many to list."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext
from markupsafe import Markup
from wtforms import Field, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import html_params

from webapp.access import me
from webapp.runtime import session, today
from webapp.unit_filter import units_meant
from workflows.organisations import Unit, existing
from workflows.permissions import readable_units

FREE_BOXES = 2
NAMED_AT_MOST = 4


def unit_choices() -> list[tuple[int, str]]:
    """The units in being that the person may read, in Vietnamese order, read once a request."""
    if "unit_choices" not in g:
        wanted = (
            existing(today()).where(readable_units(me(), on=today())).with_only_columns(Unit.id, Unit.name)
        )
        g.unit_choices = [(id_, name) for id_, name in session().execute(wanted)]
    choices: list[tuple[int, str]] = g.unit_choices
    return choices


def the_unit(typed: str) -> Unit:
    """The one unit that a name means; ValidationError says whether it means none or several."""
    meant = units_meant(typed)
    found = [unit for unit in meant if unit.existed_on(today())] or list(meant)
    if not found:
        raise ValidationError(
            gettext("Không có đơn vị nào tên “%(name)s”. Chọn một tên trong danh sách gợi ý.", name=typed)
        )
    if len(found) > 1:
        names = "; ".join(unit.short_name for unit in found[:NAMED_AT_MOST])
        raise ValidationError(
            gettext("“%(name)s” có thể là nhiều đơn vị (%(units)s…). Ghi đủ tên.", name=typed, units=names)
        )
    return found[0]


class UnitField(StringField):
    """One unit by its name."""

    unit: Unit | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.render_kw = {"data-suggest": url_for("unit_names.index"), "autocomplete": "off"}

    def pre_validate(self, form: Any) -> None:
        """Find the unit that is meant."""
        self.unit = the_unit(self.data.strip()) if (self.data or "").strip() else None


class _Boxes:
    """A box for each name typed, and some to type more."""

    def __call__(self, field: "UnitsField", **attributes: Any) -> Markup:
        names = [*(field.data or ()), *[""] * FREE_BOXES]
        own: dict[str, Any] = {**attributes, "name": field.name, "data-suggest": url_for("unit_names.index")}
        # The label of the field is that of its first box.
        marks = [{"id": field.id}] + [
            {"id": f"{field.id}-{place}", "aria-label": f"{field.label.text} ({place + 1})"}
            for place in range(1, len(names))
        ]
        boxes = [
            f"<input {html_params(**own, **mark, value=name)}>"
            for mark, name in zip(marks, names, strict=True)
        ]
        return Markup('<div class="unit-boxes">' + "".join(boxes) + "</div>")  # noqa: S704 - html_params escapes


class UnitsField(Field):
    """Several units by their names, a box each; a semicolon in a box parts two names."""

    widget = _Boxes()
    units: list[Unit]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.units = []

    def process_formdata(self, valuelist: list[str]) -> None:
        """The names, without empty boxes and repetitions."""
        typed = (name.strip() for box in valuelist for name in box.split(";"))
        self.data = list(dict.fromkeys(name for name in typed if name))

    def pre_validate(self, form: Any) -> None:
        """Find the units that are meant."""
        self.units = list(dict.fromkeys(the_unit(name) for name in self.data or ()))
