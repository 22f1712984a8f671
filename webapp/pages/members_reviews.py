"""Rà soát danh sách: a unit opens a review, each branch goes through its names, on a telephone too."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func

from webapp import listing
from webapp.access import fetch, guarded, may, me
from webapp.filters import Flag, Words
from webapp.forms.base import attempt
from webapp.forms.members import ReviewForm, this_year
from webapp.listing import Column, Listing
from webapp.pages.members import blueprint as member_pages
from webapp.pages.members_reading import note_list
from webapp.runtime import now, session, today
from webapp.unit_filter import Units
from workflows import members
from workflows.members import Branch, Membership
from workflows.members.reviews import ListReview, Verdict
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.wording import N_


@member_pages.route("/reviews", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_VIEW)
def reviews() -> ResponseReturnValue:
    """The reviews that concern the person's lists; whoever keeps a register may open one."""
    kept = members.kept_units(session(), me(), on=today())
    form = ReviewForm(list(kept)) if request.method == "POST" else _new_form(list(kept))
    status = 422 if request.method == "POST" else 200
    if kept and form.validate_on_submit():
        with attempt(form) as tried:
            opened = members.reviews.open_review(
                session(),
                fetch(Unit, form.unit.data, Permission.MEMBERS_MANAGE),
                year=form.year.data,
                due_on=form.due_on.data,
                paper=form.paper.data or "",
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã mở đợt rà soát."), "success")
            return redirect(url_for("members.review", review_id=opened.id))
        status = tried.status
    known = members.reviews.reviews_for(session(), me(), on=today())
    return render_template("members/reviews.html", reviews=known, form=form if kept else None), status


def _new_form(kept: list[Unit]) -> ReviewForm:
    return ReviewForm(kept, formdata=None, year=this_year())


def _review(review_id: int) -> ListReview:
    """The review, if it concerns a list the person may read; otherwise 404."""
    known = members.reviews.reviews_for(session(), me(), on=today())
    return next((review for review in known if review.id == review_id), None) or abort(404)


@member_pages.get("/reviews/<int:review_id>")
@guarded(Permission.MEMBERS_VIEW)
def review(review_id: int) -> ResponseReturnValue:
    """How far each branch is."""
    review = _review(review_id)
    visible = members.visible_branches(session(), me(), on=today())
    return listing.answer(
        progress_list(review),
        members.reviews.progress(review, visible),
        "members/review.html",
        review=review,
        may_close=may(Permission.MEMBERS_MANAGE, review),
    )


def progress_list(review: ListReview) -> Listing[Any]:
    """The branches of a review with their numbers; the total over all of them stands below."""
    count = members.reviews.counts_of(review)

    def address(row: Any) -> str:
        return url_for("members.names", review_id=review.id, branch_id=row.Branch.id)

    def figure(key: str, label: str) -> Column[Any]:
        return Column(
            key,
            label,
            lambda row: getattr(row, key),
            sort=count[key],
            numeric=True,
            total=func.sum(count[key]),
        )

    return Listing(
        name="ra-soat-danh-sach",
        title=N_("Rà soát danh sách"),
        columns=(
            Column("branch", N_("Chi đoàn, chi hội"), lambda row: row.Branch.name, address=address, width=40),
            Column(
                "unit", N_("Đơn vị"), lambda row: row.Branch.unit.short_name, sort=Unit.short_name, width=36
            ),
            figure("names", N_("Trong danh sách")),
            figure("confirmed", N_("Đã xác nhận")),
            figure("doubtful", N_("Không xác nhận được")),
            figure("waiting", N_("Chưa rà soát")),
        ),
        filters=(
            Words("words", N_("Tên"), (Branch.name,)),
            Units("unit", N_("Đơn vị"), Branch.unit_id),
            Flag("open", N_("còn tên chưa rà soát"), lambda: count["waiting"] > 0),
            Flag("doubt", N_("có tên không xác nhận được"), lambda: count["doubtful"] > 0),
        ),
        sort="unit",
    )


@member_pages.post("/reviews/<int:review_id>/close")
@guarded(Permission.MEMBERS_MANAGE)
def close_review(review_id: int) -> ResponseReturnValue:
    """End the review."""
    review = fetch(ListReview, review_id, Permission.MEMBERS_MANAGE)
    members.reviews.close(session(), review, by=me(), at=now())
    flash(gettext("Đã kết thúc đợt rà soát."), "success")
    return redirect(url_for("members.review", review_id=review.id))


@member_pages.get("/reviews/<int:review_id>/branches/<int:branch_id>")
@guarded(Permission.MEMBERS_CONFIRM)
def names(review_id: int, branch_id: int) -> ResponseReturnValue:
    """The list of a branch, name by name, to be confirmed."""
    review, branch = _review(review_id), fetch(Branch, branch_id, Permission.MEMBERS_CONFIRM)
    note_list(branch)
    on_list = members.reviews.names_of(session(), branch)
    marks = members.reviews.marks_of(session(), review, branch)
    waiting = [one for one in on_list if one.id not in marks]
    return render_template(
        "members/names.html", review=review, branch=branch, names=on_list, marks=marks, waiting=waiting
    )


@member_pages.post("/reviews/<int:review_id>/branches/<int:branch_id>")
@guarded(Permission.MEMBERS_CONFIRM)
def mark(review_id: int, branch_id: int) -> ResponseReturnValue:
    """Confirm one name, say that nobody vouches for it, or confirm all that is left."""
    review, branch = _review(review_id), fetch(Branch, branch_id, Permission.MEMBERS_CONFIRM)
    if request.form.get("rest"):
        members.reviews.confirm_rest(session(), branch, review=review, by=me(), at=now())
    else:
        verdict = request.form.get("verdict", "")
        if verdict not in {known.value for known in Verdict}:
            abort(404)
        members.reviews.mark(
            session(),
            branch,
            review=review,
            membership=fetch(
                Membership, request.form.get("membership", 0, type=int), Permission.MEMBERS_CONFIRM
            ),
            verdict=Verdict(verdict),
            note=request.form.get("note", ""),
            by=me(),
            at=now(),
        )
    anchor = f"m{request.form.get('next', '')}" if request.form.get("next") else None
    return redirect(url_for("members.names", review_id=review.id, branch_id=branch.id, _anchor=anchor))
