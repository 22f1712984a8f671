"""The names of people, for boxes that suggest them while one types."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp.access import guarded
from webapp.forms.people import known_people, named
from webapp.runtime import session
from workflows.db import in_vietnamese_order
from workflows.people import Person
from workflows.permissions import Permission

blueprint = Blueprint("people_names", __name__)

MOST = 2_000


@blueprint.get("/people/names")
@guarded(Permission.TASK_DECIDE)
def index() -> ResponseReturnValue:
    """Names in Vietnamese order."""
    found = known_people().order_by(in_vietnamese_order(Person.full_name), Person.id).limit(MOST)
    return jsonify([named(person) for person in session().scalars(found)])
