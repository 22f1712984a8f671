"""Who may do what: one table of named predicates that reads aloud.

*When* something may be done is no matter of this table but of each feature's table of moves.
"""

from dataclasses import dataclass
from datetime import date

from workflows.errors import NotAllowed
from workflows.organisations import Unit
from workflows.people import Appointment, Person
from workflows.permissions.predicates import (
    OFFICE,
    Predicate,
    administrator,
    answering_staff,
    branch_secretary,
    chief_administrator,
    chief_leader,
    concerned_staff,
    coordinating_staff,
    inspector,
    monitoring_staff,
    office_clerk,
    office_leader,
    oneself,
    overseeing_staff,
    reading_office,
    register_keepers,
    register_readers,
    register_receivers,
    responsible_head,
    responsible_staff,
    reviewing_staff,
    told_by_name,
)
from workflows.permissions.things import Holder, Parties, Permission, Subject, parties_of

GRANTS: dict[Permission, tuple[Predicate, ...]] = {
    Permission.DIRECTIVE_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DIRECTIVE_REGISTER: (office_clerk,),
    Permission.DIRECTIVE_EDIT: OFFICE,
    Permission.TASK_VIEW: (reading_office, inspector, concerned_staff, told_by_name),
    Permission.TASK_ASSIGN: OFFICE,
    Permission.TASK_CARRY_OUT: (responsible_staff,),
    Permission.TASK_TAKE_PART: (responsible_staff, coordinating_staff),
    Permission.TASK_DECIDE: (*OFFICE, monitoring_staff),
    Permission.TARGET_VIEW: (reading_office, inspector, concerned_staff),
    Permission.TARGET_SET: OFFICE,
    Permission.TARGET_RECORD: (*OFFICE, responsible_staff),
    Permission.TASK_RULES: (office_leader, administrator),
    Permission.DISCUSS: (reading_office, concerned_staff, told_by_name),
    Permission.OWN_WORK: (oneself,),
    Permission.TASK_NAME_CAUSE: (*OFFICE, responsible_staff),
    Permission.REGIME_VIEW: (reading_office, inspector, concerned_staff),
    Permission.REGIME_MANAGE: OFFICE,
    Permission.REMINDERS_MANAGE: (*OFFICE, administrator),
    Permission.SCORE_VIEW: (reading_office, inspector, concerned_staff),
    Permission.SCORE_SETTLE: (office_leader,),
    Permission.REPORT_VIEW: (reading_office, inspector, answering_staff, overseeing_staff),
    Permission.REPORT_WRITE: (responsible_staff,),
    Permission.REPORT_SIGN_OFF: (responsible_head,),
    Permission.REPORT_ENDORSE: (reviewing_staff,),
    Permission.REPORT_REVIEW: OFFICE,
    Permission.STATISTICS_VIEW: (reading_office, inspector, concerned_staff),
    Permission.STATISTICS_PUBLISH: (office_leader,),
    Permission.MEMBERS_VIEW: (register_readers, branch_secretary),
    Permission.MEMBERS_CONFIRM: (register_keepers, branch_secretary),
    Permission.MEMBERS_MANAGE: (register_keepers,),
    Permission.MEMBERS_RECEIVE: (register_receivers,),
    Permission.ROUND_VIEW: (reading_office, inspector, register_receivers),
    Permission.ROUND_MANAGE: OFFICE,
    Permission.DOCUMENT_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DOCUMENT_DRAFT: OFFICE,
    Permission.DOCUMENT_SIGN_OFF: (office_leader,),
    Permission.DOCUMENT_ISSUE: OFFICE,
    Permission.DOCUMENT_SIGN: (office_leader, responsible_head),
    Permission.FORM_EDIT: OFFICE,
    Permission.AUDIT_VIEW: (inspector,),
    Permission.PEOPLE_MANAGE: (administrator,),
    Permission.UNITS_MANAGE: (administrator,),
    Permission.CALENDAR_MANAGE: (chief_administrator, chief_leader),
    Permission.SYSTEM_VIEW: (chief_administrator,),
    Permission.TRUST_MANAGE: (chief_administrator,),
    Permission.SIGN_IN_RULES: (chief_administrator,),
    Permission.UNIT_VIEW: (reading_office, inspector, administrator, concerned_staff),
    Permission.OWN_ACCOUNT: (oneself,),
    Permission.SUBSTITUTES_NAME: (oneself, administrator),
}


def allows(person: Holder, permission: Permission, subject: Subject = None, *, on: date) -> bool:
    """May the person do this to the subject (or, without one, at all)?"""
    parties = parties_of(subject, on)
    return person.active and any(holds(person, parties, on) for holds in GRANTS[permission])


def acting_for(person: Person, permission: Permission, subject: Subject = None, *, on: date) -> Person | None:
    """The absent person in whose posts this is done; none where the person's own posts allow it."""
    absent = person.stands_in_for(on)
    if not absent or allows(_InOwnPosts(person, person.id), permission, subject, on=on):
        return None
    lent = (one for one in absent if allows(_InOwnPosts(one, person.id), permission, subject, on=on))
    return next(lent, None)


def require(person: Person, permission: Permission, subject: Subject = None, *, on: date) -> None:
    """Refuse what the person may not do."""
    if not allows(person, permission, subject, on=on):
        raise NotAllowed(
            "Không thực hiện được: tài khoản của bạn không có quyền này với nội dung đang mở."
            " Liên hệ quản trị hệ thống nếu nhiệm vụ của bạn đã thay đổi."
        )


def holds_anywhere(person: Person, permission: Permission, *, on: date) -> bool:
    """Could the person do this to some subject? Decides which places of the menu are shown."""
    if allows(person, permission, on=on):
        return True
    return any(
        allows(person, permission, _any_part(post.unit, person.id), on=on)
        for post in person.appointments_on(on)
    )


@dataclass(frozen=True)
class _InOwnPosts:
    """A person as if they stood in for nobody."""

    person: Person
    id: int
    active: bool = True

    def appointments_on(self, day: date) -> list[Appointment]:
        """Their own roles."""
        return self.person.own_appointments_on(day)


@dataclass(frozen=True)
class _any_part:
    """A thing in which the unit plays every part, for asking what might be allowed."""

    unit: Unit
    person_id: int

    def parties(self) -> Parties:
        here = (self.unit,)
        return Parties(self.unit, here, here, here, here, here, entrusted=frozenset({self.person_id}))
