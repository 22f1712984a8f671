"""The last steps of a ladder: a letter to the late ones, drafted, laid on the office's desk, never sent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from workflows import aftermath, documents
from workflows.calendar import local_day
from workflows.db import Base
from workflows.documents import DocumentBatch, DocumentState, Drafting, OfficialDocument, Source
from workflows.errors import DomainError, Refused
from workflows.organisations import Unit
from workflows.people import Person, Role, holders
from workflows.regimes import Obligation, Regime
from workflows.reminders.models import LetterItem, Notice, ReminderLetter
from workflows.reminders.notices import tell_people
from workflows.reminders.queries import for_committee
from workflows.reminders.states import LetterManner, NoticeKind
from workflows.reminders.things import Due
from workflows.tasks import Task
from workflows.wording import N_

FORM = "reminder-letter"
COMMITTEE_FORM = "overdue-report"
OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)


class About(NamedTuple):
    """What one letter is about."""

    office_id: int
    directive_id: int | None
    regime_id: int | None
    period: str | None


def ask(
    session: Session, kind: str, late: Iterable[tuple[Due, LetterManner]], *, at: datetime
) -> list[ReminderLetter]:
    """Have letters drafted for what is newly late enough: one for each directive, or period of a regime.

    While a draft for the same lies on the desk, what comes late meanwhile waits: the draft takes it in when
    it is gathered anew, or the next letter does. What stands under no directive and no regime gets none.
    """
    wanted: dict[About, list[Due]] = defaultdict(list)
    manners: dict[About, LetterManner] = {}
    lettered = _lettered(session, kind)
    for due, manner in late:
        about = About(due.office_id, None if due.regime_id else due.directive_id, due.regime_id, due.period)
        if (about.directive_id or about.regime_id) and (due.id, due.deadline) not in lettered:
            wanted[about].append(due)
            manners[about] = manner
    waiting = _on_the_desk(session) if wanted else set()
    new = {about: things for about, things in wanted.items() if about not in waiting}
    return [_ask(session, kind, about, things, manners[about], at) for about, things in new.items()]


def _ask(
    session: Session, kind: str, about: About, things: list[Due], manner: LetterManner, at: datetime
) -> ReminderLetter:
    letter = ReminderLetter(**about._asdict(), manner=manner, asked_at=at)
    session.add(letter)
    session.flush()
    session.add_all(
        LetterItem(subject_kind=kind, subject_id=due.id, deadline=due.deadline, letter_id=letter.id)
        for due in things
    )
    session.flush()
    aftermath.hand_over(session, "draft-reminder-letter", at=at, id=letter.id)
    return letter


def _lettered(session: Session, kind: str) -> set[tuple[int, object]]:
    items = select(LetterItem.subject_id, LetterItem.deadline).where(LetterItem.subject_kind == kind)
    return {(id_, deadline) for id_, deadline in session.execute(items)}


def _on_the_desk(session: Session) -> set[About]:
    """What letters are about that are still to be drafted, or lie there as drafts."""
    columns = (
        ReminderLetter.office_id,
        ReminderLetter.directive_id,
        ReminderLetter.regime_id,
        ReminderLetter.period,
    )
    drafts = select(OfficialDocument.id).where(OfficialDocument.state == DocumentState.DRAFT)
    batches = select(OfficialDocument.batch_id).where(OfficialDocument.state == DocumentState.DRAFT)
    undrafted = (
        ReminderLetter.document_id.is_(None)
        & ReminderLetter.batch_id.is_(None)
        & (ReminderLetter.refusal == "")
    )
    lying = ReminderLetter.document_id.in_(drafts) | ReminderLetter.batch_id.in_(batches) | undrafted
    return {About(*row) for row in session.execute(select(*columns).where(lying))}


def draft(session: Session, letter: ReminderLetter, *, at: datetime) -> None:
    """Draft what was asked for, in the name of the office's clerk, and tell the office; once."""
    if letter.document_id or letter.batch_id or letter.refusal:
        return
    desk = holders(session, letter.office, *OFFICE, on=local_day(at))
    if not desk:
        letter.refusal = N_("Văn phòng chưa có chuyên viên hoặc lãnh đạo để nhận dự thảo.")
        return
    point = session.begin_nested()
    try:
        made = _draft(session, letter, min(desk, key=lambda person: person.id), at)
    except DomainError as refusal:
        point.rollback()
        # Everybody may have caught up since the sweep.
        letter.refusal = str(refusal)
        return
    point.commit()
    _tell(session, letter, made, desk, at)


def _draft(session: Session, letter: ReminderLetter, by: Person, at: datetime) -> Base:
    about = Source(letter.directive, letter.regime, letter.period)
    drafting = Drafting(FORM, letter.office, about)
    if letter.manner is LetterManner.EACH:
        batch: DocumentBatch = documents.start_batch(session, letter.office, drafting=drafting, by=by, at=at)
        letter.batch_id = batch.id
        return batch
    document = documents.draft(session, letter.office, drafting=drafting, by=by, at=at)
    letter.document_id = document.id
    return document


def _tell(session: Session, letter: ReminderLetter, made: Base, desk: Iterable[Person], at: datetime) -> None:
    people = {person.id for person in desk}
    tell_people(session, made, people, kind=NoticeKind.LETTER, key=f"letter-{letter.id}", at=at)


def report_to_committee(session: Session, office: Unit, *, by: Person, at: datetime) -> OfficialDocument:
    """Draft the paper that lays before the standing committee what stands on its list for this office."""
    late: tuple[Task | Obligation, ...] = (
        *_tasks_on_the_list(session, office, by, at),
        *_reports_on_the_list(session, office, by, at),
    )
    if not late:
        raise Refused(
            "Chưa soạn được báo cáo: không có nội dung nào quá hạn đến mức phải báo cáo Thường trực."
            " Xem mục Quá hạn để gửi công văn đôn đốc."
        )
    drafting = Drafting(COMMITTEE_FORM, office, Source(late=late))
    return documents.draft(session, office, drafting=drafting, by=by, at=at)


def _tasks_on_the_list(session: Session, office: Unit, person: Person, at: datetime) -> Sequence[Task]:
    told = joinedload(Task.lead), joinedload(Task.directive), selectinload(Task.extensions)
    wanted = select(Task).where(Task.id.in_(_noted(Task, person, at)), Task.office_id == office.id)
    return session.scalars(wanted.options(*told)).all()


def _reports_on_the_list(
    session: Session, office: Unit, person: Person, at: datetime
) -> Sequence[Obligation]:
    told = joinedload(Obligation.unit), contains_eager(Obligation.regime).joinedload(Regime.directive)
    wanted = select(Obligation).join(Obligation.regime).where(Regime.office_id == office.id)
    return session.scalars(
        wanted.where(Obligation.id.in_(_noted(Obligation, person, at))).options(*told)
    ).all()


def _noted(kind: type[Base], person: Person, at: datetime) -> Select[int]:
    """The ids of the things of a kind that stand on the list."""
    listed = for_committee(person, on=local_day(at)).where(Notice.subject_kind == kind.__tablename__)
    return listed.with_only_columns(Notice.subject_id)
