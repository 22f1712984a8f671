"""Biểu báo cáo: forms and their versions, the empty form, taking one in from a file or pasted text."""

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select

from webapp import listing
from webapp.access import asked_id, fetch, guarded, may, me, own_office
from webapp.badges import Badge, Tone
from webapp.filters import Options, Words
from webapp.forms.base import attempt
from webapp.forms.regimes import ImportForm
from webapp.forms.reports import Sheet
from webapp.listing import Column, Listing
from webapp.pages.regimes import regime_address
from webapp.runtime import now, session, today
from webapp.words import words
from workflows import regimes
from workflows.errors import Refused
from workflows.permissions import Permission
from workflows.regimes import FormState, FormVersion
from workflows.regimes.forms import read
from workflows.regimes.forms.importing import from_text
from workflows.reports import Content
from workflows.wording import N_

blueprint = Blueprint("report_forms", __name__, url_prefix="/report-forms")

TONES = {FormState.DRAFT: Tone.SOON, FormState.PUBLISHED: Tone.GOOD, FormState.RETIRED: Tone.IDLE}
FORMS: Listing[FormVersion] = Listing(
    name="bieu-bao-cao",
    title=N_("Biểu báo cáo"),
    columns=(
        Column(
            "name",
            N_("Tên biểu"),
            lambda version: version.name,
            sort=FormVersion.name,
            address=lambda version: form_address(version),
            width=60,
        ),
        Column("code", N_("Mã biểu"), lambda version: version.code, sort=FormVersion.code),
        Column("number", N_("Bản"), lambda version: version.number, sort=FormVersion.number, numeric=True),
        Column("state", N_("Trạng thái"), lambda version: state_badge(version), sort=FormVersion.state),
        Column("changed", N_("Ngày"), lambda version: version.changed_at, sort=FormVersion.changed_at),
    ),
    filters=(
        Options.of("state", N_("Trạng thái"), FormState, FormVersion.state),
        Words("words", N_("Tên biểu"), (FormVersion.name, FormVersion.code)),
    ),
    sort="name",
)


def state_badge(version: FormVersion) -> Badge:
    """Whether the version is in use, in colour and word."""
    return Badge(words(version.state), TONES[version.state])


def form_address(version: FormVersion) -> str:
    """The page of a version; a draft lies on the desk of those who manage forms."""
    designed = version.state is FormState.DRAFT and may(Permission.REGIME_MANAGE, version)
    return url_for("report_forms.design" if designed else "report_forms.show", version_id=version.id)


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """The forms of the person's office, and those their units answer."""
    return listing.answer(FORMS, _visible(), "report_forms/index.html")


def _visible() -> Select[FormVersion]:
    return select(FormVersion).where(regimes.forms_visible_to(me(), on=today()))


def visible_version(version_id: int) -> FormVersion:
    """A version of a form that the person may see."""
    return session().scalar(_visible().where(FormVersion.id == version_id)) or abort(404)


@blueprint.get("/<int:version_id>")
@guarded(Permission.REPORT_VIEW)
def show(version_id: int) -> ResponseReturnValue:
    """The empty form as a unit would meet it, its rules, and who uses it."""
    version = visible_version(version_id)
    if version.state is FormState.DRAFT:
        return redirect(url_for(".try_out", version_id=version.id))
    form = read(version.definition)
    used_by = regimes.using(session(), version)
    return render_template(
        "report_forms/show.html",
        version=version,
        sheet=Sheet.of(form, Content()),
        before=Content(),
        # A rule over the rows of a grid is one sentence to people.
        rules={rule.sentence: rule.refuses for rule in form.rules},
        badges=[state_badge(version)],
        used_by=[(regime, regime_address(regime)) for regime in used_by],
        manages=may(Permission.REGIME_MANAGE, version),
    )


@blueprint.get("/<int:version_id>/print")
@guarded(Permission.REPORT_VIEW)
def printed(version_id: int) -> ResponseReturnValue:
    """The empty form as paper, to be filled in by pen."""
    sheet = Sheet.of(read(visible_version(version_id).definition), Content())
    back = url_for(".show", version_id=version_id)
    return render_template("reports/print.html", sheet=sheet, obligation=None, report=None, back=back)


@blueprint.get("/<int:version_id>/definition.json")
@guarded(Permission.REPORT_VIEW)
def exported(version_id: int) -> Response:
    """The form as a file that can be changed and published again."""
    version = visible_version(version_id)
    text = json.dumps(version.definition, ensure_ascii=False, indent=2)
    name = f"bieu-{version.code}-{version.number}.json"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text, mimetype="application/json", headers=headers)


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def take_in() -> ResponseReturnValue:
    """Lay a form from a file or from pasted text on the desk as a draft, to be looked at first."""
    form, status = _begun(), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            draft = _taken_in(form)
            session().flush()
        if tried.succeeded:
            flash(gettext("Đã nhập biểu thành bản nháp. Xem lại, sửa nếu cần, rồi ban hành."), "success")
            return redirect(form_address(draft))
        status = tried.status
    return render_template("report_forms/new.html", form=form), status


def _begun() -> ImportForm:
    """The form of taking in; `of` in the address begins with a version that is there."""
    known = asked_id(request.args, "of")
    if known is None:
        return ImportForm()
    version = visible_version(known)
    text = json.dumps(version.definition, ensure_ascii=False, indent=2)
    return ImportForm(code=version.code, definition=text)


def _definition(form: ImportForm) -> dict[str, Any]:
    """What was pasted or sent as a file; the box then holds the text of the file."""
    if form.file.data:
        try:
            form.definition.data = form.file.data.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused(
                "Tệp biểu không đọc được: không phải văn bản UTF-8. Xuất lại tệp rồi gửi."
            ) from None
    return from_text(form.definition.data or "")


def _taken_in(form: ImportForm) -> FormVersion:
    return regimes.import_form(
        session(),
        own_office(),
        code=form.code.data or "",
        definition=_definition(form),
        by=me(),
        at=now(),
    )


@blueprint.post("/<int:version_id>/retire")
@guarded(Permission.REGIME_MANAGE)
def retire(version_id: int) -> ResponseReturnValue:
    """Offer a version no longer; regimes that use it go on."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    regimes.retire_form(session(), version, by=me(), at=now())
    flash(gettext("Đã ghi nhận."), "success")
    return redirect(url_for(".show", version_id=version.id))


@blueprint.post("/<int:version_id>/use/<int:regime_id>")
@guarded(Permission.REGIME_MANAGE)
def use(version_id: int, regime_id: int) -> ResponseReturnValue:
    """Let a regime ask by this version from its next period on."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    regime = fetch(regimes.Regime, regime_id, Permission.REGIME_MANAGE)
    regimes.change_form(session(), regime, form_version=version, by=me(), at=now())
    flash(gettext("Từ kỳ sau, chế độ báo cáo dùng bản biểu này."), "success")
    return redirect(url_for(".show", version_id=version.id))
