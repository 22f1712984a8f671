"""The page each role opens on: its own work."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.access import guarded
from workflows.permissions import Permission

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """Việc của tôi."""
    return render_template("home/index.html")
