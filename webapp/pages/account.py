"""Signing in and out, one's own password and language."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from webapp.access import guarded, me, public
from webapp.auth import begin_halfway, begin_session, check_password, end_session, hasher
from webapp.forms.account import PasswordForm, SignInForm
from webapp.forms.base import attempt
from webapp.language import A_YEAR, COOKIE, LANGUAGES
from webapp.limits import guessing_by_account, guessing_by_address
from webapp.runtime import now, runtime, session
from workflows import administration
from workflows.people import Account
from workflows.permissions import Permission

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guessing_by_address
@guessing_by_account
@public
def sign_in() -> ResponseReturnValue:
    """The door."""
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422 if form.errors else 200
    account = check_password(form.username.data, form.password.data)
    if account is None:
        form.form_errors.append(gettext("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."))
        return render_template("account/sign_in.html", form=form), 422
    if account.second_factor is not None:
        begin_halfway(account)
        return redirect(url_for("account.second_factor", next=request.args.get("next")))
    return let_in(account)


def let_in(account: Account) -> ResponseReturnValue:
    """Open the door to somebody who has proved who they are, and lead them where they wanted to go."""
    administration.note_sign_in(session(), account.person, by=account.person, at=now())
    begin_session(account)
    return redirect(own_address(request.args.get("next")))


@blueprint.post("/sign-out")
@guarded(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """Leave, and end every open session of the account: a copied cookie must not go on."""
    administration.note_sign_out(session(), me(), by=me(), at=now())
    end_session()
    return redirect(url_for("account.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
@guessing_by_account
@guarded(Permission.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """Choose a new password; all other sessions end."""
    form = PasswordForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            administration.change_password(
                session(), me(), password_hash=hasher.hash(form.new.data), by=me(), at=now()
            )
        if tried.succeeded:
            begin_session(me().account)
            flash(gettext("Đã đổi mật khẩu."), "success")
            return redirect(url_for("home.index"))
    return render_template("account/password.html", form=form), 422 if form.errors else 200


@blueprint.post("/language/<code>")
@public
def language(code: str) -> ResponseReturnValue:
    """Speak another language from now on."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(own_address(request.form.get("back")))
    answer.set_cookie(
        COOKIE, code, max_age=A_YEAR, httponly=True, samesite="Lax", secure=runtime().settings.secure_cookies
    )
    return answer


def own_address(wanted: str | None) -> str:
    """The address somebody wanted to go to, if it is one of ours; otherwise the home page."""
    ours = wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if wanted and ours and wanted.isprintable() else url_for("home.index")
