"""The names of the units a person may read, for boxes that suggest them while one types."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp.access import guarded, me
from webapp.runtime import session, today
from workflows.organisations import existing
from workflows.permissions import Permission, readable_units

blueprint = Blueprint("unit_names", __name__)


@blueprint.get("/units/names")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """Short names in Vietnamese order."""
    readable = existing(today()).where(readable_units(me(), on=today()))
    return jsonify([unit.short_name for unit in session().scalars(readable)])
