"""Choosing people in forms: by name, with suggestions."""

import re
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import Select, func, select
from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.access import me
from webapp.runtime import session, today
from workflows.organisations import Unit
from workflows.people import Appointment, Person
from workflows.permissions import readable_units

_USERNAME = re.compile(r"\(([\w.-]+)\)\s*$")


def known_people() -> Select[Person]:
    """The active people who hold a post in a unit whose affairs the person may read."""
    units = select(Unit.id).where(readable_units(me(), on=today()))
    lasting = Appointment.valid_to.is_(None) | (Appointment.valid_to >= today())
    posts = select(Appointment.person_id).where(Appointment.unit_id.in_(units), lasting)
    return select(Person).where(Person.active, Person.id.in_(posts))


def named(person: Person) -> str:
    """A person as suggestions name them, so that no two are named alike."""
    return f"{person.full_name} ({person.username})"


class PeopleField(StringField):
    """Several people by their names, parted by semicolons."""

    people: list[Person]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.people = []
        self.render_kw = {"data-suggest": url_for("people_names.index"), "autocomplete": "off"}

    def pre_validate(self, form: Any) -> None:
        """Find the people who are meant."""
        names = [name.strip() for name in (self.data or "").split(";")]
        self.people = list(dict.fromkeys(_meant(name) for name in names if name))


def _meant(typed: str) -> Person:
    exact = _USERNAME.search(typed)
    by_name = func.lower(Person.full_name) == typed.lower()
    wanted = Person.username == exact.group(1).lower() if exact else by_name
    found = session().scalars(known_people().where(wanted).limit(2)).all()
    if not found:
        raise ValidationError(
            gettext("Không có người nào tên “%(name)s”. Chọn một tên trong danh sách gợi ý.", name=typed)
        )
    if len(found) > 1:
        raise ValidationError(
            gettext("Có nhiều người tên “%(name)s”. Chọn trong danh sách gợi ý để rõ là ai.", name=typed)
        )
    return found[0]
