"""Xác thực hai bước: the second step at the door, and one's own second factor switched on and off."""

import logging
from urllib.parse import quote

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp import second_factor as factor
from webapp.access import guarded, me, public
from webapp.auth import begin_session, halfway
from webapp.forms.account import CodeForm, ProofForm, SwitchOnForm
from webapp.forms.base import attempt
from webapp.limits import guessing_by_account, guessing_by_address, guessing_codes
from webapp.pages.account import blueprint as account
from webapp.pages.account import let_in
from webapp.runtime import now, session, today
from workflows import administration
from workflows.people import Person, demands_second_factor
from workflows.permissions import Permission

log = logging.getLogger("dondoc")
FEW_CODES = 4


@account.route("/second-factor", methods=["GET", "POST"])
@guessing_by_address
@guessing_codes
@public
def second_factor() -> ResponseReturnValue:
    """The second step, for whoever's password was right a few minutes ago."""
    half, form = halfway(), CodeForm()
    if half is None:
        if cookie.pop("halfway", None):
            flash(gettext("Đã quá thời gian nhập mã. Nhập lại tên đăng nhập và mật khẩu."), "warning")
        return redirect(url_for("account.sign_in", next=request.args.get("next")))
    if form.validate_on_submit():
        with attempt(form) as tried:
            factor.prove(half.person, form.code.data)
        if tried.succeeded:
            wrong = administration.wrong_codes_since_sign_in(session(), half.person)
            answer = let_in(half)
            _warn_of_wrong_codes(wrong)
            _warn_of_few_codes(len(half.recovery_codes or []))
            return answer
        _note_wrong_code(half.person)
    return render_template("account/second_factor.html", form=form), 422 if form.errors else 200


@account.get("/two-step")
@guarded(Permission.OWN_ACCOUNT)
def two_step() -> ResponseReturnValue:
    """Is it switched on, must it be, how many recovery codes are left."""
    return render_template(
        "account/two_step.html",
        key=me().account,
        demanded=demands_second_factor(session(), me(), on=today()),
    )


@account.route("/two-step/on", methods=["GET", "POST"])
@guessing_by_account
@guarded(Permission.OWN_ACCOUNT)
def switch_on() -> ResponseReturnValue:
    """A secret for the telephone, confirmed by the first code that it computes."""
    if me().account.second_factor:
        return redirect(url_for("account.two_step"))
    form = SwitchOnForm()
    asked = factor.unseal(me(), form.sealed.data or "", seconds=factor.SECONDS_TO_SWITCH_ON)
    secret = asked or factor.new_secret()
    if form.validate_on_submit() and asked:
        step = factor.step_of(secret, form.code.data, now())
        if step is not None:
            return _switched_on(secret, step)
        form.code.errors = [gettext(administration.WRONG_CODE)]
    if asked is None:
        form.sealed.data = factor.seal(me(), secret)
        form.code.errors = [gettext(factor.KEY_TOO_OLD)] if form.is_submitted() else []
    address = factor.address_of(me(), secret)
    html = render_template(
        "account/switch_on.html",
        form=form,
        address=address,
        picture=factor.drawn(address),
        secret=factor.in_groups(secret),
        demanded=demands_second_factor(session(), me(), on=today()),
    )
    return html, 422 if form.errors else 200


@account.route("/two-step/codes", methods=["GET", "POST"])
@guessing_codes
@guarded(Permission.OWN_ACCOUNT)
def renew_codes() -> ResponseReturnValue:
    """New recovery codes in the place of all there were."""
    form, codes = ProofForm(), factor.new_recovery_codes()
    if form.validate_on_submit():
        with attempt(form) as tried:
            factor.prove(me(), form.code.data)
            administration.renew_recovery_codes(
                session(), me(), recovery_codes=_hashes(codes), by=me(), at=now()
            )
        if tried.succeeded:
            return _told_once(codes)
    return render_template("account/renew_codes.html", form=form), 422 if form.errors else 200


@account.route("/two-step/off", methods=["GET", "POST"])
@guessing_codes
@guarded(Permission.OWN_ACCOUNT)
def switch_off() -> ResponseReturnValue:
    """The password alone again; all other sessions end."""
    form = ProofForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            factor.prove(me(), form.code.data)
            administration.switch_off_second_factor(session(), me(), by=me(), at=now())
        if tried.succeeded:
            begin_session(me().account)
            flash(gettext("Đã tắt xác thực hai bước."), "success")
            return redirect(url_for("account.two_step"))
    demanded = demands_second_factor(session(), me(), on=today())
    html = render_template("account/switch_off.html", form=form, demanded=demanded)
    return html, 422 if form.errors else 200


def _note_wrong_code(person: Person) -> None:
    log.warning("a wrong code after the right password: person %s, from %s", person.id, request.remote_addr)
    administration.note_wrong_code(session(), person, by=person, at=now())


def _warn_of_wrong_codes(wrong: int) -> None:
    if wrong:
        said = ngettext(
            "Từ lần đăng nhập trước có %(num)s lần nhập sai mã sau khi mật khẩu đúng.",
            "Từ lần đăng nhập trước có %(num)s lần nhập sai mã sau khi mật khẩu đúng.",
            wrong,
        )
        advice = gettext("Nếu không phải bạn nhập, đổi mật khẩu ngay.")
        flash(f"{said} {advice}", "warning")


def _warn_of_few_codes(left: int) -> None:
    if left < FEW_CODES:
        said = ngettext("Còn %(num)s mã dự phòng.", "Còn %(num)s mã dự phòng.", left)
        advice = gettext("Lập mã mới ở trang Xác thực hai bước, trong thực đơn dưới tên của bạn.")
        flash(f"{said} {advice}", "warning")


def _switched_on(secret: str, step: int) -> ResponseReturnValue:
    codes = factor.new_recovery_codes()
    administration.switch_on_second_factor(
        session(),
        me(),
        secret=factor.seal(me(), secret),
        step=step,
        recovery_codes=_hashes(codes),
        by=me(),
        at=now(),
    )
    begin_session(me().account)
    return _told_once(codes)


def _hashes(codes: list[str]) -> list[str]:
    return [factor.hashed(me(), code) for code in codes]


def _told_once(codes: list[str]) -> ResponseReturnValue:
    title = gettext("Mã dự phòng của %(username)s, Đôn Đốc", username=me().username)
    file = quote("\r\n".join([title, "", *codes, ""]))
    return render_template(
        "account/recovery_codes.html", codes=codes, file=f"data:text/plain;charset=utf-8,{file}"
    )
