"""Sơ kết, tổng kết: when a directive is looked back on; what was reported, edited into a report."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing
from webapp.access import fetch, guarded, may, me, own_office
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import ReasonForm
from webapp.forms.reviews import ParagraphForm, ReviewForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import now, session, today
from webapp.words import words
from workflows import reviews
from workflows.directives import Directive
from workflows.permissions import Permission
from workflows.reviews import Kind, Matter, Review, ReviewParagraph
from workflows.wording import N_

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")

BLANK_LINES = 2
# Where an origin is found; those of other kinds are said, not linked.
ORIGINS = {
    "task": ("tasks.show", "task_id"),
    "regime": ("regimes.show", "regime_id"),
    "followed_target": ("targets.show", "target_id"),
}


def address(review: Review) -> str:
    """The page of a review."""
    return url_for("reviews.show", review_id=review.id)


def state_badge(review: Review) -> Badge:
    """How far a review has come, in colour and word."""
    if review.called_off:
        return Badge(gettext("đã bỏ"))
    if review.document_id:
        return Badge(gettext("đã soạn báo cáo"), Tone.GOOD)
    if review.gathered_at:
        return Badge(gettext("đang soạn"), Tone.WAITING)
    return Badge(gettext("đã lên lịch"), Tone.LATE if review.planned_on < today() else Tone.IDLE)


def review_list() -> Listing[Review]:
    """The reviews of the person's offices."""
    return Listing(
        name="so-ket-tong-ket",
        title=N_("Sơ kết, tổng kết"),
        columns=(
            Column("title", N_("Đợt"), lambda r: r.title, sort=Review.title, address=address, width=60),
            Column("kind", N_("Loại"), lambda r: r.kind, sort=Review.kind),
            Column(
                "directive", N_("Văn bản"), lambda r: r.directive.number or r.directive.type, unbroken=True
            ),
            Column("planned", N_("Ngày tổ chức"), lambda r: r.planned_on, sort=Review.planned_on),
            Column("state", N_("Tình trạng"), state_badge),
        ),
        filters=(
            Options.of("kind", N_("Loại"), Kind, Review.kind),
            Days("planned", N_("Ngày tổ chức"), Review.planned_on),
            Flag("open", N_("Chưa soạn báo cáo"), lambda: Review.document_id.is_(None) & ~Review.called_off),
            Words("words", N_("Tên đợt"), (Review.title,)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("open", N_("Chưa soạn báo cáo"), {"open": "1", "sort": "planned"}),
        ),
        sort="-planned",
    )


@blueprint.get("/")
@guarded(Permission.DOCUMENT_VIEW)
def index() -> ResponseReturnValue:
    """All reviews the person may read."""
    return listing.answer(review_list(), reviews.all_visible(me(), on=today()), "reviews/index.html")


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_DRAFT)
def new() -> ResponseReturnValue:
    """Schedule a review of a directive with the usual outline, to be changed at will."""
    directive = fetch(Directive, request.args.get("directive", type=int), Permission.DIRECTIVE_EDIT)
    kind = Kind.FINAL if request.args.get("kind") == Kind.FINAL.value else Kind.HALF_TIME
    form = ReviewForm(kind=kind.value, title=_usual_title(kind, directive))
    if request.method == "POST":
        form.read_lines(request.form)
    else:
        form.show(reviews.usual(kind))
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            review = reviews.schedule(
                session(),
                own_office(),
                directive=directive,
                kind=Kind(form.kind.data),
                title=form.title.data or "",
                planned_on=form.planned_on.data,
                outline=form.outline(),
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã lên lịch."), "success")
            return redirect(address(review))
        status = tried.status
    return _editor(form, directive, None, kind), status


def _usual_title(kind: Kind, directive: Directive) -> str:
    named = directive.number or directive.subject[:80]
    if kind is Kind.FINAL:
        return gettext("Tổng kết việc thực hiện %(directive)s", directive=named)
    return gettext("Sơ kết việc thực hiện %(directive)s", directive=named)


def _editor(form: ReviewForm, directive: Directive, review: Review | None, kind: Kind) -> str:
    lines = [*form.lines, *[("", "", Matter.RESULTS)] * BLANK_LINES]
    return render_template(
        "reviews/edit.html",
        form=form,
        directive=directive,
        review=review,
        kind=kind,
        kinds=Kind,
        lines=lines,
        matters=[(matter.value, words(matter)) for matter in Matter],
    )


@blueprint.route("/<int:review_id>/edit", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_DRAFT)
def edit(review_id: int) -> ResponseReturnValue:
    """Change day, title and outline."""
    review = fetch(Review, review_id, Permission.DOCUMENT_DRAFT)
    known = {"title": review.title, "planned_on": review.planned_on, "version": review.version}
    form = ReviewForm(data={**known, "kind": review.kind.value})
    if request.method == "POST":
        form.read_lines(request.form)
    else:
        form.show(review.headings)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            reviews.reschedule(
                session(),
                review,
                title=form.title.data or "",
                planned_on=form.planned_on.data,
                outline=form.outline(),
                version=request.form.get("version", type=int),
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã lưu."), "success")
            return redirect(address(review))
        status = tried.status
    return _editor(form, review.directive, review, review.kind), status


@blueprint.get("/<int:review_id>")
@guarded(Permission.DOCUMENT_VIEW)
def show(review_id: int) -> ResponseReturnValue:
    """One review: its headings with what was gathered and written."""
    return _page(fetch(Review, review_id, Permission.DOCUMENT_VIEW))


def _page(review: Review, status: int = 200, refused: OfficeForm | None = None) -> ResponseReturnValue:
    html = render_template(
        "reviews/show.html",
        review=review,
        badges=[Badge(words(review.kind)), state_badge(review)],
        headings=review.headings.headings,
        paragraphs=reviews.paragraphs_by_heading(review),
        origin_address=_origin,
        writing=not review.called_off and may(Permission.DOCUMENT_DRAFT, review),
        refused=refused,
        typed=_typed(refused),
        history=lines_of(review),
    )
    return html, status


def _typed(refused: OfficeForm | None) -> dict[str, Any]:
    """What was typed in a refused paragraph, so that it is not lost."""
    if not isinstance(refused, ParagraphForm):
        return {}
    return {"text": refused.text.data or "", "id": request.form.get("paragraph", type=int)}


def _origin(paragraph: ReviewParagraph) -> str | None:
    if paragraph.origin_kind not in ORIGINS:
        return None
    endpoint, argument = ORIGINS[paragraph.origin_kind]
    return url_for(endpoint, **{argument: paragraph.origin_id})  # type: ignore[arg-type]


@blueprint.post("/<int:review_id>/gather")
@guarded(Permission.DOCUMENT_DRAFT)
def gather(review_id: int) -> ResponseReturnValue:
    """Take in what was reported by now."""
    review = fetch(Review, review_id, Permission.DOCUMENT_DRAFT)
    form = OfficeForm()
    with attempt(form) as tried:
        reviews.gather(session(), review, by=me(), at=now())
    if not tried.succeeded:
        return _page(review, tried.status, form)
    flash(gettext("Đã tập hợp; những đoạn đã sửa tay được giữ nguyên."), "success")
    return redirect(address(review))


@blueprint.post("/<int:review_id>/paragraphs")
@guarded(Permission.DOCUMENT_DRAFT)
def write(review_id: int) -> ResponseReturnValue:
    """Change, move or leave out a paragraph, or add one."""
    review = fetch(Review, review_id, Permission.DOCUMENT_DRAFT)
    form, status = ParagraphForm(), 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            paragraph = reviews.edit(
                session(),
                review,
                paragraph=_paragraph(review),
                text=form.text.data or "",
                heading=form.heading.data or "",
                left_out=form.left_out.data,
                before=form.before.data if request.form.get("paragraph") else None,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            return redirect(f"{address(review)}#p-{paragraph.id}")
        status = tried.status
    return _page(review, status, form)


def _paragraph(review: Review) -> ReviewParagraph | None:
    if not request.form.get("paragraph"):
        return None
    wanted = request.form.get("paragraph", type=int)
    return next((one for one in review.paragraphs if one.id == wanted), None) or abort(404)


@blueprint.post("/<int:review_id>/document")
@guarded(Permission.DOCUMENT_DRAFT)
def document(review_id: int) -> ResponseReturnValue:
    """Hand over to a draft of the official report."""
    review = fetch(Review, review_id, Permission.DOCUMENT_DRAFT)
    form = OfficeForm()
    with attempt(form) as tried:
        made = reviews.draft_document(session(), review, issuer=review.office, by=me(), at=now())
    if not tried.succeeded:
        return _page(review, tried.status, form)
    flash(gettext("Đã đưa nội dung vào dự thảo báo cáo. Kiểm tra, bổ sung rồi trình duyệt."), "success")
    return redirect(url_for("documents.edit", document_id=made.id))


@blueprint.post("/<int:review_id>/call-off")
@guarded(Permission.DOCUMENT_DRAFT)
def call_off(review_id: int) -> ResponseReturnValue:
    """Hold no such review."""
    review = fetch(Review, review_id, Permission.DOCUMENT_DRAFT)
    form, status = ReasonForm(), 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            reviews.call_off(session(), review, reason=form.reason.data or "", by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã bỏ đợt này."), "success")
            return redirect(address(review))
        status = tried.status
    return _page(review, status, form)
