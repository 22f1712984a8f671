"""Chứng thư tin cậy: the certificate authorities whose signers this installation believes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.filters import Words
from webapp.forms.base import attempt
from webapp.forms.signatures import RootForm
from webapp.listing import Column, Listing
from webapp.pages.administration import blueprint as administration
from webapp.runtime import now, session
from workflows import signatures
from workflows.calendar import local_day
from workflows.organisations import Unit, roots
from workflows.permissions import Permission
from workflows.signatures import TrustedRoot
from workflows.wording import N_


def _standing(root: TrustedRoot) -> Badge:
    if now() > root.valid_to:
        return Badge(gettext("đã hết hạn"), Tone.IDLE)
    return Badge(gettext("còn hiệu lực"), Tone.GOOD)


ROOTS: Listing[TrustedRoot] = Listing(
    name="chung-thu-tin-cay",
    title=N_("Chứng thư tin cậy"),
    columns=(
        Column("subject", N_("Nơi cấp"), lambda r: r.subject, sort=TrustedRoot.subject, width=50),
        Column("serial", N_("Số hiệu"), lambda r: r.serial, shown=False, width=40),
        Column("fingerprint", N_("Dấu vân tay SHA-256"), lambda r: r.fingerprint, shown=False, width=66),
        Column("from", N_("Từ ngày"), lambda r: local_day(r.valid_from), sort=TrustedRoot.valid_from),
        Column("to", N_("Đến ngày"), lambda r: local_day(r.valid_to), sort=TrustedRoot.valid_to),
        Column("standing", N_("Hiệu lực"), _standing),
        Column("by", N_("Người thêm"), lambda r: r.added_by.full_name, width=24),
        Column("added", N_("Thêm lúc"), lambda r: r.added_at, sort=TrustedRoot.added_at),
        Column("drop", N_("Thao tác"), lambda r: None),
    ),
    filters=(Words("words", N_("Nơi cấp, số hiệu"), (TrustedRoot.subject, TrustedRoot.serial)),),
    sort="subject",
)


@administration.route("/trust", methods=["GET", "POST"])
@guarded(Permission.TRUST_MANAGE)
def trust() -> ResponseReturnValue:
    """The list, and a form for one more file of certificates."""
    form = RootForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            added = [
                signatures.add_root(session(), _office(), certificate=certificate, by=me(), at=now())
                for certificate in signatures.certificates_in(form.file.data.read())
            ]
        if tried.succeeded:
            said = ngettext("Đã thêm %(num)s chứng thư.", "Đã thêm %(num)s chứng thư.", len(added))
            flash(said, "success")
            return redirect(url_for("administration.trust"))
    if request.args.get("format") == "xlsx":
        return listing.sheet(ROOTS, signatures.all_roots())
    page = listing.read_page(session(), ROOTS, signatures.all_roots(), request.args)
    html = render_template("administration/trust.html", page=page, form=form)
    return html, 422 if form.errors or form.form_errors else 200


@administration.post("/trust/<int:root_id>/drop")
@guarded(Permission.TRUST_MANAGE)
def drop_root(root_id: int) -> ResponseReturnValue:
    """Trust it no longer."""
    root = fetch(TrustedRoot, root_id, Permission.TRUST_MANAGE)
    signatures.drop_root(session(), root, by=me(), at=now())
    flash(gettext("Đã bỏ %(subject)s khỏi danh sách tin cậy.", subject=root.subject), "success")
    return redirect(url_for("administration.trust"))


def _office() -> Unit:
    """The unit at the top, whose administrators the list is for."""
    return roots(session())[0]
