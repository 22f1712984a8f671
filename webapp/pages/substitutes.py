"""Người thay khi vắng: who acts in somebody's posts, named by the person or by whoever administers them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, may, me
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.substitutes import SubstituteForm
from webapp.runtime import now, session, today
from workflows import administration
from workflows.people import Person
from workflows.permissions import Permission

blueprint = Blueprint("substitutes", __name__, url_prefix="/people")


@blueprint.route("/<int:person_id>/substitutes", methods=["GET", "POST"])
@guarded(Permission.SUBSTITUTES_NAME)
def index(person_id: int) -> ResponseReturnValue:
    """Who stands in for a person and when; a form for one more."""
    absent = fetch(Person, person_id, Permission.SUBSTITUTES_NAME)
    form = SubstituteForm(absent, first_day=today())
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            administration.name_substitute(
                session(),
                absent,
                substitute=form.chosen,
                first_day=form.first_day.data,
                last_day=form.last_day.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã cử người thay."), "success")
            return redirect(url_for(".index", person_id=absent.id))
        status = tried.status
    return _page(absent, form), status


@blueprint.post("/<int:person_id>/substitutes/<int:substitution_id>/end")
@guarded(Permission.SUBSTITUTES_NAME)
def end(person_id: int, substitution_id: int) -> ResponseReturnValue:
    """The person acts alone in their posts again."""
    absent = fetch(Person, person_id, Permission.SUBSTITUTES_NAME)
    held = next((one for one in absent.substitutions if one.id == substitution_id), None) or abort(404)
    form = OfficeForm()
    with attempt(form) as tried:
        administration.end_substitution(session(), absent, substitution=held, by=me(), at=now())
    if tried.succeeded:
        flash(gettext("Đã kết thúc việc thay."), "success")
        return redirect(url_for(".index", person_id=absent.id))
    return _page(absent, SubstituteForm(absent, formdata=None), form), tried.status


def _page(absent: Person, form: SubstituteForm, refused: OfficeForm | None = None) -> str:
    return render_template(
        "substitutes/index.html",
        person=absent,
        form=form,
        refused=refused,
        substitutions=sorted(absent.substitutions, key=lambda held: held.first_day, reverse=True)[:50],
        administers=may(Permission.PEOPLE_MANAGE, absent),
        day=today(),
    )
