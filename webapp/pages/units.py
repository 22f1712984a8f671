"""One unit: what it is, what it was, what belongs to it; for everybody who may see it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.access import fetch, guarded, may
from webapp.history import lines_of
from webapp.pages.administration_units import standing
from webapp.runtime import session, today
from workflows.organisations import Unit, ancestors, children, successions
from workflows.people import serving
from workflows.permissions import Permission

blueprint = Blueprint("units", __name__, url_prefix="/units")


@blueprint.get("/<int:unit_id>")
@guarded(Permission.UNIT_VIEW)
def show(unit_id: int) -> ResponseReturnValue:
    """The page of a unit."""
    unit = fetch(Unit, unit_id, Permission.UNIT_VIEW)
    keeps = may(Permission.UNITS_MANAGE, unit)
    came_from, went_on_as = successions(session(), unit)
    return render_template(
        "units/show.html",
        unit=unit,
        standing=standing(unit),
        keeps=keeps,
        above=[one for one in ancestors(session(), unit) if may(Permission.UNIT_VIEW, one)],
        below=children(session(), unit, on=today()),
        came_from=came_from,
        went_on_as=went_on_as,
        people=serving(session(), unit, on=today()),
        history=lines_of(unit) if keeps or may(Permission.AUDIT_VIEW, unit) else [],
    )
