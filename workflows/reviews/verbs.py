"""What is done with reviews: schedule, gather, edit, hand over to the official report."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows import documents, office_days
from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.documents import Desk, Drafting, OfficialDocument, Source
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.reviews.gathering import Finding, findings
from workflows.reviews.models import Review, ReviewParagraph
from workflows.reviews.outlines import Heading, Kind, Matter, Outline
from workflows.verb import verb
from workflows.wording import N_

FORM = "implementation-report"
# These fields of the official report take paragraphs as they are, the last two one by one.
AS_TEXT = (Matter.LEADERSHIP, Matter.STRENGTHS, Matter.WEAKNESSES, Matter.CAUSES)
AS_LIST = (Matter.PLANS, Matter.PROPOSALS)


@verb("review.schedule", Permission.DOCUMENT_DRAFT)
def schedule(
    session: Session,
    office: Unit,
    *,
    directive: Directive,
    kind: Kind,
    title: str,
    planned_on: date,
    outline: Outline,
    by: Person,
    at: datetime,
) -> Review:
    """Set the day on which a directive is looked back on, and under which headings."""
    _check(title, planned_on, directive)
    review = Review(
        office=office,
        directive=directive,
        kind=kind,
        title=title.strip(),
        planned_on=planned_on,
        outline=outline.as_data(),
        scheduled_by=by,
        scheduled_at=at,
    )
    session.add(review)
    return review


@verb("review.reschedule", Permission.DOCUMENT_DRAFT)
def reschedule(
    session: Session,
    review: Review,
    *,
    title: str,
    planned_on: date,
    outline: Outline,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> None:
    """Change day, title or outline; a heading under which somebody wrote has to be emptied first."""
    _refuse_called_off(review)
    if version is not None and version != review.version:
        raise Conflict(
            "Chưa lưu được: đợt này vừa được người khác sửa. Nội dung bạn nhập vẫn còn trên trang; mở bản"
            " mới ở cửa sổ khác để đối chiếu rồi lưu lại."
        )
    _check(title, planned_on, review.directive)
    kept = {heading.key for heading in outline.headings}
    gone = [paragraph for paragraph in review.paragraphs if paragraph.heading not in kept]
    if any(paragraph.is_edited and not paragraph.left_out for paragraph in gone):
        raise Refused(
            "Chưa bỏ được mục trong đề cương: dưới mục còn đoạn do người soạn viết hoặc sửa. Chuyển hoặc bỏ"
            " các đoạn đó trước."
        )
    for paragraph in gone:
        review.paragraphs.remove(paragraph)
    review.title, review.planned_on, review.outline = title.strip(), planned_on, outline.as_data()


@verb("review.call-off", Permission.DOCUMENT_DRAFT)
def call_off(session: Session, review: Review, *, reason: str, by: Person, at: datetime) -> None:
    """Hold no such review; what was written stays readable."""
    _refuse_called_off(review)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do bỏ đợt này.")})
    review.called_off = True


@verb("review.gather", Permission.DOCUMENT_DRAFT)
def gather(session: Session, review: Review, *, by: Person, at: datetime) -> None:
    """Take in what the records say by now; what people wrote or changed is left alone."""
    _refuse_called_off(review)
    day = local_day(at)
    source, calendar = Source(directive=review.directive), office_days.working_calendar(session)
    found = findings(Desk(session, source, review.office, by, day, calendar))
    known: dict[tuple[str | None, int | None, str], ReviewParagraph] = {
        (paragraph.origin_kind, paragraph.origin_id, paragraph.origin_key): paragraph
        for paragraph in review.paragraphs
        if paragraph.origin_kind
    }
    for finding in found:
        _take_in(review, finding, known.pop(finding.key, None))
    for paragraph in known.values():
        if not paragraph.is_edited and not paragraph.left_out:
            review.paragraphs.remove(paragraph)
    review.gathered_at = at


def _take_in(review: Review, finding: Finding, known: ReviewParagraph | None) -> None:
    heading = review.headings.first_for(finding.matter)
    if known is not None:
        if not known.is_edited:
            known.text = finding.text
        known.gathered, known.origin = finding.text, finding.origin
    elif heading is not None:
        review.paragraphs.append(
            ReviewParagraph(
                heading=heading.key,
                text=finding.text,
                gathered=finding.text,
                origin_kind=finding.kind,
                origin_id=finding.id,
                origin_key=finding.about,
                origin=finding.origin,
            )
        )


@verb("review.edit", Permission.DOCUMENT_DRAFT)
def edit(
    session: Session,
    review: Review,
    *,
    text: str,
    heading: str,
    by: Person,
    at: datetime,
    paragraph: ReviewParagraph | None = None,
    left_out: bool = False,
    before: str | None = None,
) -> ReviewParagraph:
    """Change a paragraph, move it, leave it out, or add one; `before` is the text the person began from."""
    _refuse_called_off(review)
    if heading not in {one.key for one in review.headings.headings}:
        raise InvalidFields({"heading": N_("Mục này không còn trong đề cương. Chọn mục khác.")})
    if not text.strip():
        raise InvalidFields({"text": N_("Ghi nội dung của đoạn; không dùng nữa thì chọn bỏ đoạn này.")})
    if paragraph is None:
        paragraph = ReviewParagraph(text="", heading=heading)
        review.paragraphs.append(paragraph)
    elif before is not None and _plain(before) != _plain(paragraph.text):
        raise Conflict(
            "Chưa lưu được: đoạn này vừa được người khác sửa. Nội dung bạn nhập vẫn còn trên trang; mở trang"
            " ở cửa sổ khác để đối chiếu rồi lưu lại."
        )
    paragraph.text, paragraph.heading, paragraph.left_out = text.strip(), heading, left_out
    paragraph.edited_by, paragraph.edited_at = by, at
    return paragraph


@verb("review.draft-document", Permission.DOCUMENT_DRAFT)
def draft_document(
    session: Session, review: Review, *, issuer: Unit, by: Person, at: datetime
) -> OfficialDocument:
    """Hand what was gathered and written over to a draft of the official report."""
    _refuse_called_off(review)
    if not any(not paragraph.left_out for paragraph in review.paragraphs):
        raise Refused("Chưa soạn được báo cáo: đợt này chưa có nội dung. Bấm “Tập hợp nội dung” trước.")
    drafting = Drafting(FORM, issuer, Source(directive=review.directive))
    document = documents.draft(session, review.office, drafting=drafting, by=by, at=at)
    facts = {**document.facts, **report_facts(review)}
    documents.edit(session, document, facts=facts, by=by, at=at)
    review.document = document
    return document


def report_facts(review: Review) -> dict[str, Any]:
    """The paragraphs as fields of the official report, heading by heading."""
    said = paragraphs_by_heading(review)
    found: dict[str, Any] = {matter.value: "" for matter in AS_TEXT}
    found |= {matter.value: [] for matter in AS_LIST}
    found["tasks"] = []
    for heading in review.headings.headings:
        texts = [paragraph.text for paragraph in said.get(heading.key, ()) if not paragraph.left_out]
        if heading.matter in AS_TEXT:
            kept = [found[heading.matter.value], *texts]
            found[heading.matter.value] = "\n".join(text for text in kept if text)
        elif heading.matter in AS_LIST:
            found[heading.matter.value] += [line for text in texts for line in text.splitlines() if line]
        else:
            found["tasks"] += _results(heading, texts)
    return found


def _results(heading: Heading, texts: Sequence[str]) -> list[dict[str, Any]]:
    """A passage of several lines has its title in the first; single lines stand under the heading."""
    titled = [text.split("\n", 1) for text in texts]
    alone = "\n".join(lines[0] for lines in titled if len(lines) == 1)
    entries = [(lines[0], lines[1]) for lines in titled if len(lines) == 2]
    if alone:
        entries.append((heading.words, alone))
    return [{"title": title, "result": result, "sources": [], "figures": []} for title, result in entries]


def paragraphs_by_heading(review: Review) -> Mapping[str, list[ReviewParagraph]]:
    """Key of a heading → its paragraphs in the order in which they came."""
    found: dict[str, list[ReviewParagraph]] = {}
    for paragraph in review.paragraphs:
        found.setdefault(paragraph.heading, []).append(paragraph)
    return found


def _check(title: str, planned_on: date, directive: Directive) -> None:
    wrong: dict[str, str] = {}
    if not title.strip():
        wrong["title"] = N_("Nhập tên đợt sơ kết, tổng kết.")
    if directive.issued_on and planned_on < directive.issued_on:
        wrong["planned_on"] = N_("Ngày tổ chức sớm hơn ngày ban hành văn bản. Kiểm tra lại ngày.")
    if wrong:
        raise InvalidFields(wrong)


def _refuse_called_off(review: Review) -> None:
    if review.called_off:
        raise Refused("Đợt sơ kết, tổng kết này đã bỏ nên không sửa được nữa. Lên lịch một đợt khác.")


def _plain(text: str) -> str:
    return "\n".join(text.strip().splitlines())
