"""Đăng nhập: of which roles a second factor is required, and taking it off for whoever lost the telephone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, me
from webapp.forms.administration import SignInRulesForm
from webapp.forms.base import attempt
from webapp.pages.administration import blueprint as administration
from webapp.runtime import now, session
from workflows import administration as keeping
from workflows.organisations import roots
from workflows.people import Person, second_factor_roles
from workflows.permissions import Permission


@administration.route("/sign-in", methods=["GET", "POST"])
@guarded(Permission.SIGN_IN_RULES)
def sign_in_rules() -> ResponseReturnValue:
    """The roles, each with a box to tick; all of them together are the whole installation."""
    form = SignInRulesForm(roles=second_factor_roles(session()))
    if form.validate_on_submit():
        office = roots(session())[0]
        with attempt(form) as tried:
            keeping.require_second_factor(session(), office, roles=form.roles.data, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu quy định đăng nhập, áp dụng ngay."), "success")
            return redirect(url_for("administration.sign_in_rules"))
    return render_template("administration/sign_in.html", form=form), 422 if form.errors else 200


@administration.post("/people/<int:person_id>/second-factor")
@guarded(Permission.PEOPLE_MANAGE)
def reset_second_factor(person_id: int) -> ResponseReturnValue:
    """The password alone opens the door again, and all open sessions end."""
    somebody = fetch(Person, person_id, Permission.PEOPLE_MANAGE)
    keeping.reset_second_factor(session(), somebody, by=me(), at=now())
    flash(gettext("Đã gỡ xác thực hai bước; lần tới người này đăng nhập chỉ cần mật khẩu."), "success")
    return redirect(url_for("administration.person", person_id=somebody.id))
