"""What hangs on things and stands in them is found, by those who see the things and from the next job on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy.orm import Session

from search_index import Filters, Query, Results
from tests.support.apps import opened_app
from tests.workflows.attachment_text.test_reading import bomb, sheet
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import NOW, TODAY, Office, found_office
from webapp import jobs, work
from webapp.runtime import Runtime, runtime
from workflows import (
    aftermath,
    attachment_text,
    directives,
    discussion,
    entries,
    intake,
    reviews,
    targets,
    tasks,
)
from workflows.attachment_text import FileText
from workflows.directives import Directive
from workflows.discussion import Comment
from workflows.files import attach, keep
from workflows.people import Person
from workflows.permissions import tokens_of
from workflows.reviews import Kind
from workflows.targets import Direction, Goal, Line, Reading
from workflows.tasks import Assignment, Task

WORD = "thuỷ văn trạm bơm"


@dataclass(frozen=True)
class Filed:
    """The ids of what was filed."""

    office: Runtime
    directive: int
    task: int
    people: dict[str, int]


@pytest.fixture
def filed(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Filed]:
    """A directive with its clauses, a task of the first commune that came from it; all jobs done."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app, app.app_context():
        with runtime().unit_of_work() as session:
            filed = _registered(session, runtime())
            aftermath.hand_over(session, "rebuild-index", at=NOW)
        work.work_off()
        yield filed


def _registered(session: Session, running: Runtime) -> Filed:
    office = found_office(session)
    paper = intake.read_paper(PAPER.encode(), name="chi-thi.txt", size_limit=10_000_000)
    draft = intake.receive(session, office.office, paper, store=running.files, by=office.clerk, at=NOW)
    directive = intake.confirm(session, draft, by=office.clerk, at=NOW)
    task = tasks.assign(
        session,
        office.office,
        assignment=Assignment(title="Rà soát công trình", lead=office.communes[0]),
        directive=directive,
        by=office.clerk,
        at=NOW,
    )
    tasks.receive(session, task, by=office.commune_clerk, at=NOW)
    session.flush()
    people = {"clerk": office.clerk.id, "commune": office.commune_clerk.id, "agency": _agency(office).id}
    return Filed(running, directive.id, task.id, people)


def _agency(office: Office) -> Person:
    return next(p for p in office.people() if any(post.unit is office.agency for post in p.appointments))


def hand_in(filed: Filed, name: str, content: bytes) -> None:
    """The commune notes progress with a file."""
    with filed.office.unit_of_work() as session:
        clerk, task = session.get_one(Person, filed.people["commune"]), session.get_one(Task, filed.task)
        file = keep(session, filed.office.files, content, media_type="application/octet-stream", at=NOW)
        note = {"unit": task.lead, "progress": 20, "text": "Đã rà soát", "by": clerk, "at": NOW}
        tasks.note_progress(session, task, files=[(name, file)], **note)


def find(filed: Filed, who: str, words: str, **given: object) -> Results:
    """What a person finds."""
    with filed.office.reading() as session:
        shown = tokens_of(session.get_one(Person, filed.people[who]), on=TODAY)
    return filed.office.index.search(Query(words, today=TODAY, **given), visible_to=shown)  # type: ignore[arg-type]


def faults(filed: Filed) -> dict[str, entries.Fault]:
    with filed.office.reading() as session:
        return entries.faults(session, filed.office.index.versions())


def test_a_file_is_found_by_its_text_and_leads_to_what_it_hangs_on(filed: Filed):
    hand_in(filed, "ra-soat.xlsx", sheet(("Hạng mục", "Số lượng"), (WORD, 7)))
    work.work_off()
    (hit,) = find(filed, "clerk", f'"{WORD}"').hits
    assert (hit.kind, hit.url, hit.within) == ("attachment", f"/tasks/{filed.task}", "Rà soát công trình")
    assert "".join(part.text for part in hit.title) == "ra-soat.xlsx"
    assert find(filed, "commune", f'"{WORD}"').total == 1
    assert find(filed, "agency", f'"{WORD}"').total == 0
    assert faults(filed) == {}


def follow_target(filed: Filed) -> int:
    """The commune leads a target; the office records a value with its source and a file."""
    line = Line(Decimal(1), date(2025, 1, 1), Decimal(2), TODAY)
    with filed.office.unit_of_work() as session:
        office, by = session.get_one(Task, filed.task).office, session.get_one(Person, filed.people["clerk"])
        lead = session.get_one(Person, filed.people["commune"]).appointments[0].unit
        goal = Goal("Tỷ lệ hộ dùng nước máy", "%", Direction.AT_LEAST, lead, line)
        target = targets.set_(session, office, goal=goal, by=by, at=NOW)
        content = sheet((WORD,))
        files = [("do-dem.xlsx", keep(session, filed.office.files, content, media_type="x", at=NOW))]
        reading = Reading(Decimal("1.5"), TODAY, "Sổ trực bơm")
        targets.record(session, target, reading=reading, files=files, by=by, at=NOW)
        return target.id


def test_a_target_is_found_by_its_name_its_sources_and_the_proof_of_its_values(filed: Filed):
    address = f"/targets/{follow_target(filed)}"
    work.work_off()
    for words in ("ho dung nuoc may", "so truc bom", f'"{WORD}"'):
        assert find(filed, "commune", words).hits[0].url == address
        assert find(filed, "agency", words).total == 0
    assert faults(filed) == {}


def test_a_review_is_found_by_its_name_and_what_was_written_for_it(filed: Filed):
    with filed.office.unit_of_work() as session:
        directive, by = (
            session.get_one(Directive, filed.directive),
            session.get_one(Person, filed.people["clerk"]),
        )
        outline = reviews.usual(Kind.FINAL)
        planned = {"kind": Kind.FINAL, "title": "Tổng kết năm đầu", "planned_on": TODAY, "outline": outline}
        review = reviews.schedule(session, directive.office, directive=directive, **planned, by=by, at=NOW)
        session.flush()
        reviews.edit(session, review, text=WORD, heading=outline.headings[0].key, by=by, at=NOW)
        address = f"/reviews/{review.id}"
    work.work_off()
    for words in ("tong ket nam dau", f'"{WORD}"'):
        assert find(filed, "clerk", words).hits[0].url == address
        assert find(filed, "agency", words).total == 0
    assert faults(filed) == {}


def test_a_hostile_file_is_found_by_its_name_with_the_reason(filed: Filed):
    hand_in(filed, "phuluc-nen.xlsx", bomb())
    work.work_off()
    (hit,) = find(filed, "clerk", "phuluc nen").hits
    assert "giải nén vượt quá mức" in "".join(part.text for part in hit.snippet)


def test_what_was_read_is_not_read_again(filed: Filed, monkeypatch: pytest.MonkeyPatch):
    content = sheet((WORD,))
    hand_in(filed, "mot.xlsx", content)
    work.work_off()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("read twice")

    monkeypatch.setattr(attachment_text, "read", never)
    hand_in(filed, "hai.xlsx", content)
    with filed.office.unit_of_work() as session:
        aftermath.hand_over(session, "rebuild-index", at=NOW)
    work.work_off()
    assert find(filed, "clerk", f'"{WORD}"').total == 2
    assert faults(filed) == {}


def test_a_file_whose_bytes_are_lost_says_so_and_stops_no_other(
    filed: Filed, monkeypatch: pytest.MonkeyPatch
):
    store = type(filed.office.files)
    lost = sheet(("mất",))
    hand_in(filed, "lac-mat.xlsx", lost)
    hand_in(filed, "con-day.xlsx", sheet((WORD,)))
    read = store.read

    def without(self: object, sha256: str) -> bytes:
        content = read(self, sha256)
        if content == lost:
            raise FileNotFoundError(sha256)
        return content

    monkeypatch.setattr(store, "read", without)
    work.work_off()
    assert find(filed, "clerk", "lac mat").hits[0].key.startswith("attachment:")
    assert find(filed, "clerk", f'"{WORD}"').total == 1
    with filed.office.reading() as session:
        reasons = [text.reason for text in session.query(FileText)]
    assert sorted(map(bool, reasons)) == [False, True]


def test_a_file_that_kills_its_readers_is_left_alone(filed: Filed, monkeypatch: pytest.MonkeyPatch):
    attempts = []

    def die(*_: object, **__: object) -> None:
        attempts.append(True)
        raise KeyboardInterrupt

    hand_in(filed, "doc-hai.xlsx", sheet(("x",)))
    monkeypatch.setattr(attachment_text, "read", die)
    at = NOW
    for _ in range(3):
        at += timedelta(hours=1)
        _read_and_die(filed, at)
    assert len(attempts) == 2
    with filed.office.reading() as session:
        assert attachment_text.next_unread(session, kinds=entries.HOLDERS, at=at + timedelta(hours=9)) is None
        assert session.query(FileText).one().reason


def _read_and_die(filed: Filed, at: datetime) -> None:
    with filed.office.reading() as session:
        try:
            jobs.read_attachment(filed.office, session, [], at)
        except KeyboardInterrupt:
            return


def test_the_sweep_asks_for_what_was_never_read(filed: Filed):
    hand_in(filed, "moi.xlsx", sheet((WORD,)))
    with filed.office.unit_of_work() as session:
        session.query(aftermath.PendingJob).delete()
    work.run_timed("sweep-attachments")
    work.work_off()
    assert find(filed, "clerk", f'"{WORD}"').total == 1


def test_a_clause_is_found_by_itself_and_leads_to_its_place(filed: Filed):
    hits = find(filed, "clerk", "", filters=Filters(kinds=frozenset({"clause"}))).hits
    assert hits
    assert all(hit.url.startswith(f"/directives/{filed.directive}#c-") for hit in hits)
    assert all(hit.within.startswith("15-CT/TU") for hit in hits)


def test_rights_that_change_are_effective_after_one_job(filed: Filed):
    """Whoever gets a part of a task may read its paper, with its clauses, and the files on it."""
    hand_in(filed, "ra-soat.xlsx", sheet((WORD,)))
    work.work_off()
    assert _kinds_seen(filed, "agency") == {"unit": 1}
    with filed.office.unit_of_work() as session:
        task, by = session.get_one(Task, filed.task), session.get_one(Person, filed.people["clerk"])
        agency = session.get_one(Person, filed.people["agency"]).appointments[0].unit
        tasks.reassign(session, task, lead=agency, reason="Đúng chức năng", by=by, at=NOW)
    work.work_off()
    assert faults(filed) == {}
    seen = _kinds_seen(filed, "agency")
    assert seen == _counted(filed, "agency")
    assert {"directive", "clause", "task", "attachment"} <= seen.keys()


def test_a_paper_sent_to_others_is_found_by_them_with_its_clauses(filed: Filed):
    with filed.office.unit_of_work() as session:
        directive, by = (
            session.get_one(Directive, filed.directive),
            session.get_one(Person, filed.people["clerk"]),
        )
        agency = session.get_one(Person, filed.people["agency"]).appointments[0].unit
        directives.send_to(session, directive, units=[agency], by=by, at=NOW)
    work.work_off()
    seen = _kinds_seen(filed, "agency")
    assert seen == _counted(filed, "agency")
    assert {"directive", "clause"} <= seen.keys()
    assert faults(filed) == {}


def test_a_unit_that_moves_takes_its_readers_along(filed: Filed):
    """Nobody moves units by a page yet; whoever does has the index compared, which follows."""
    with filed.office.unit_of_work() as session:
        task = session.get_one(Task, filed.task)
        agency = session.get_one(Person, filed.people["agency"]).appointments[0].unit
        task.lead.parent, task.lead.path = agency, f"{agency.path}{task.lead_id}/"
        aftermath.hand_over(session, "check-index", at=NOW)
    work.work_off()
    seen = _kinds_seen(filed, "agency")
    assert seen == _counted(filed, "agency")
    assert {"task", "directive"} <= seen.keys()
    assert faults(filed) == {}


def _kinds_seen(filed: Filed, who: str) -> dict[str, int]:
    results = find(filed, who, "", limit=1)
    assert results.total == sum(results.facets["kind"].values())
    return dict(results.facets["kind"])


def _counted(filed: Filed, who: str) -> dict[str, int]:
    """The same figures from the database."""
    with filed.office.reading() as session:
        person = session.get_one(Person, filed.people[who])
        counts = {kind: entries.count_visible(session, kind, person, on=TODAY) for kind in entries.SOURCES}
    return {kind: count for kind, count in counts.items() if count}


def test_what_was_said_is_found_by_those_who_see_the_thing_until_it_is_withdrawn(filed: Filed):
    with filed.office.unit_of_work() as session:
        by, task = session.get_one(Person, filed.people["commune"]), session.get_one(Task, filed.task)
        words = f"Đề nghị bổ sung {WORD} cho @{task.lead.short_name}"
        said = {"words": words, "mentionable": [task.lead], "by": by, "at": NOW}
        comment = discussion.say(session, task, **said)
        session.flush()
        comment_id, name = comment.id, task.lead.short_name
    work.work_off()
    (hit,) = find(filed, "clerk", f'"{WORD}"').hits
    assert (hit.kind, hit.url, hit.within) == ("comment", f"/tasks/{filed.task}", "Rà soát công trình")
    assert name in "".join(part.text for part in hit.title)
    assert find(filed, "agency", f'"{WORD}"').total == 0
    with filed.office.unit_of_work() as session:
        comment = session.get_one(Comment, comment_id)
        discussion.withdraw(session, comment, by=comment.by, at=NOW)
    work.work_off()
    assert find(filed, "clerk", f'"{WORD}"').total == 0
    assert faults(filed) == {}


def test_what_could_not_be_read_is_read_again_when_asked(filed: Filed, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as away:
        away.setattr(
            attachment_text, "read", lambda *_, **__: attachment_text.ReadText(reason="Thiếu bộ đọc.")
        )
        hand_in(filed, "quet.xlsx", sheet((WORD,)))
        work.work_off()
    run = current_app.test_cli_runner().invoke
    assert "1 tệp không đọc được" in run(args=["index", "attachments"]).output
    assert (
        "Đã đọc 1 tệp, 0 tệp không đọc được (đã thử lại 1 tệp)"
        in run(args=["index", "attachments", "--again"]).output
    )
    assert find(filed, "clerk", f'"{WORD}"').total == 1


def test_what_hangs_on_other_things_is_not_even_read(filed: Filed):
    with filed.office.unit_of_work() as session:
        file = keep(session, filed.office.files, sheet((WORD,)), media_type="x", at=NOW)
        unit = session.get_one(Task, filed.task).lead
        attach(session, unit, file, name="so-doan-vien.xlsx", by_id=filed.people["clerk"], at=NOW)
    work.run_timed("sweep-attachments")
    work.work_off()
    with filed.office.reading() as session:
        assert session.query(FileText).count() == 0
