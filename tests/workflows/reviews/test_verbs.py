"""A review gathers what was reported, keeps what people wrote, and becomes a draft of the report."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.workflows.asked import given_directive, owed_by, request_to_communes
from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.targets.conftest import a_goal
from workflows import reviews, studies, targets, tasks
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.permissions import Permission, allows
from workflows.reviews import Kind, Matter, Outline, Review
from workflows.studies import Confirmation
from workflows.tasks import Assignment


@pytest.fixture
def review(session: Session, office: Office) -> Review:
    """Of a directive with a task, a target and a study that one of three communes confirmed."""
    directive = given_directive(session, office)
    task = tasks.assign(
        session,
        office.office,
        assignment=Assignment("Xây dựng mô hình điểm", office.agency, deadline=date(2026, 12, 1)),
        directive=directive,
        by=office.clerk,
        at=NOW,
    )
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    target = targets.set_(
        session, office.office, goal=a_goal(office), directive=directive, by=office.clerk, at=NOW
    )
    targets.record(
        session, target, reading=targets.Reading(Decimal(45), TODAY, "Báo cáo"), by=office.clerk, at=NOW
    )
    request = request_to_communes(directive, office)
    asked = studies.ask(session, office.office, request=request, ways=["Hội nghị"], by=office.clerk, at=NOW)
    studies.confirm(
        session,
        owed_by(session, asked, office.communes[0]),
        confirmation=Confirmation(TODAY, "Hội nghị", 3, 40, 50),
        by=office.commune_clerk,
        at=NOW,
    )
    return schedule(session, office, directive)


def schedule(session: Session, office: Office, directive, **changes) -> Review:
    said = {
        "directive": directive,
        "kind": Kind.HALF_TIME,
        "title": "Sơ kết một năm",
        "planned_on": date(2027, 3, 1),
        "outline": reviews.usual(Kind.HALF_TIME),
        **changes,
    }
    made = reviews.schedule(session, office.office, **said, by=office.clerk, at=NOW)
    session.flush()
    return made


def texts(review: Review, matter: Matter) -> str:
    heading = review.headings.first_for(matter)
    assert heading is not None
    return "\n".join(p.text for p in review.paragraphs if p.heading == heading.key)


def test_what_was_reported_is_gathered_with_its_origin(session: Session, office: Office, review: Review):
    reviews.gather(session, review, by=office.clerk, at=NOW)
    assert "1/3 đơn vị (33,3%)" in texts(review, Matter.LEADERSHIP)
    assert "40/50 người dự" in texts(review, Matter.LEADERSHIP)
    assert "Xây dựng mô hình điểm" in texts(review, Matter.RESULTS)
    assert "45 %, mục tiêu 60 %" in texts(review, Matter.TARGETS)
    assert "chậm 5 % so với tiến độ" in texts(review, Matter.TARGETS)
    assert all(paragraph.origin and paragraph.origin_id for paragraph in review.paragraphs)


def test_gathering_again_leaves_alone_what_people_wrote(session: Session, office: Office, review: Review):
    reviews.gather(session, review, by=office.clerk, at=NOW)
    first, second, *_ = review.paragraphs
    count = len(review.paragraphs)
    own = reviews.edit(session, review, text="Lời của người soạn.", heading="h4", by=office.clerk, at=NOW)
    reviews.edit(
        session, review, paragraph=first, text="Đã sửa.", heading=first.heading, by=office.clerk, at=NOW
    )
    second.text = second.gathered = "Số cũ."
    reviews.gather(session, review, by=office.clerk, at=NOW)
    assert first.text == "Đã sửa."
    assert second.text != "Số cũ."
    assert own in review.paragraphs
    assert len(review.paragraphs) == count + 1


def test_the_report_is_drafted_from_the_paragraphs(session: Session, office: Office, review: Review):
    reviews.gather(session, review, by=office.clerk, at=NOW)
    reviews.edit(session, review, text="Đề nghị bổ sung kinh phí.", heading="h8", by=office.clerk, at=NOW)
    document = reviews.draft_document(session, review, issuer=office.office, by=office.clerk, at=NOW)
    assert review.document is document
    assert document.directive is review.directive
    assert "học tập, quán triệt" in document.facts["leadership"]
    assert document.facts["proposals"] == ["Đề nghị bổ sung kinh phí."]
    titles = [entry["title"] for entry in document.facts["tasks"]]
    assert titles == ["Xây dựng mô hình điểm", "Kết quả thực hiện các chỉ tiêu"]
    assert "Xây dựng mô hình điểm" in document.text


def test_what_was_left_out_stays_out_of_the_report(session: Session, office: Office, review: Review):
    reviews.gather(session, review, by=office.clerk, at=NOW)
    for paragraph in review.paragraphs:
        reviews.edit(
            session,
            review,
            paragraph=paragraph,
            text=paragraph.text,
            heading=paragraph.heading,
            left_out=True,
            by=office.clerk,
            at=NOW,
        )
    with pytest.raises(Refused):
        reviews.draft_document(session, review, issuer=office.office, by=office.clerk, at=NOW)


def test_two_who_change_a_paragraph_at_once_do_not_overwrite_each_other(
    session: Session, office: Office, review: Review
):
    own = reviews.edit(session, review, text="Một.", heading="h4", by=office.clerk, at=NOW)
    with pytest.raises(Conflict):
        reviews.edit(
            session, review, paragraph=own, text="Ba.", before="Hai.", heading="h4", by=office.leader, at=NOW
        )


def test_a_heading_somebody_wrote_under_is_not_dropped(session: Session, office: Office, review: Review):
    reviews.gather(session, review, by=office.clerk, at=NOW)
    reviews.edit(session, review, text="Lời.", heading="h4", by=office.clerk, at=NOW)
    said = {"title": "Sơ kết", "planned_on": date(2027, 3, 1), "by": office.clerk, "at": NOW}
    kept = Outline.of((h.key, h.words, h.matter) for h in review.headings.headings if h.key != "h4")
    with pytest.raises(Refused):
        reviews.reschedule(session, review, outline=kept, **said)
    without_tasks = Outline.of((h.key, h.words, h.matter) for h in review.headings.headings if h.key != "h2")
    reviews.reschedule(session, review, outline=without_tasks, **said)
    assert {p.heading for p in review.paragraphs} <= {h.key for h in review.headings.headings}


def test_a_review_that_was_called_off_is_only_read(session: Session, office: Office, review: Review):
    reviews.call_off(session, review, reason="Ghép với tổng kết.", by=office.leader, at=NOW)
    with pytest.raises(Refused):
        reviews.gather(session, review, by=office.clerk, at=NOW)


@pytest.mark.parametrize(
    ("change", "field"), [({"title": " "}, "title"), ({"planned_on": date(2026, 9, 1)}, "planned_on")]
)
def test_a_review_needs_a_title_and_a_day_after_the_directive(
    session: Session, office: Office, review: Review, change: dict, field: str
):
    with pytest.raises(InvalidFields) as refusal:
        schedule(session, office, review.directive, **change)
    assert set(refusal.value.fields) == {field}


def test_reviews_are_the_offices_own(session: Session, office: Office, review: Review):
    able = {p.username for p in office.people() if allows(p, Permission.DOCUMENT_DRAFT, review, on=TODAY)}
    assert able == {office.clerk.username, office.leader.username}
    with pytest.raises(NotAllowed):
        reviews.gather(session, review, by=office.agency_head, at=NOW)
    assert session.scalars(reviews.all_visible(office.clerk, on=TODAY)).all() == [review]
    assert session.scalars(reviews.all_visible(office.agency_head, on=TODAY)).all() == []
