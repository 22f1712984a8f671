"""What is done with branches: found, rename, dissolve, entrust, grade; what their register goes by."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.members.ledger import refuse_stale
from workflows.members.models import Branch, BranchGrade, BranchSeat, Membership, RegisterRules, Transfer
from workflows.members.queries import habits_of, head_of, rules_of
from workflows.members.rules import MOST_GRADES, Habits
from workflows.members.states import BranchKind, MembershipState, TransferState
from workflows.organisations import Unit, successors
from workflows.people import Person, Role
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_

FIRST_GRADED_YEAR = 2000


@verb("branch.found", Permission.MEMBERS_MANAGE)
def found_branch(
    session: Session,
    unit: Unit,
    *,
    name: str,
    founded_on: date,
    by: Person,
    at: datetime,
    kind: BranchKind = BranchKind.BRANCH,
    parent: Branch | None = None,
) -> Branch:
    """Found a branch in a unit, or a cell below a branch."""
    name = " ".join(name.split())
    wrong: dict[str, str] = {}
    if not name:
        wrong["name"] = N_("Nhập tên chi đoàn, chi hội.")
    elif _same_name(session, unit, parent, name):
        wrong["name"] = N_("Đơn vị đã có tên này. Đặt tên khác, ví dụ thêm thôn, khu phố.")
    if founded_on > local_day(at):
        wrong["founded_on"] = N_("Ngày thành lập không thể sau hôm nay.")
    if parent and (parent.unit_id != unit.id or parent.dissolved_on):
        wrong["parent"] = N_("Chọn chi đoàn, chi hội đang hoạt động của cùng đơn vị.")
    if wrong:
        raise InvalidFields(wrong)
    branch = Branch(unit=unit, parent=parent, kind=kind, name=name, founded_on=founded_on)
    session.add(branch)
    session.flush()
    branch.path = f"{parent.path if parent else '/'}{branch.id}/"
    return branch


@verb("branch.rename", Permission.MEMBERS_MANAGE)
def rename_branch(
    session: Session, branch: Branch, *, name: str, version: int, by: Person, at: datetime
) -> None:
    """Give a branch another name; its members and its past stay with it."""
    refuse_stale(branch, version)
    name = " ".join(name.split())
    if not name:
        raise InvalidFields({"name": N_("Nhập tên chi đoàn, chi hội.")})
    if name != branch.name and _same_name(session, branch.unit, branch.parent, name):
        raise InvalidFields({"name": N_("Đơn vị đã có tên này. Đặt tên khác, ví dụ thêm thôn, khu phố.")})
    branch.name = name


@verb("branch.move", Permission.MEMBERS_MANAGE)
def move_branch(
    session: Session, branch: Branch, *, to_unit: Unit, on: date, reason: str, by: Person, at: datetime
) -> None:
    """Hand a branch with its cells to a unit its own went on as; members and past go along.

    `on` is the first day in the new unit: periods that ended before it stay with the old one.
    """
    if branch.parent_id is not None:
        raise Refused("Tổ, phân đoàn đi cùng chi đoàn, chi hội của mình. Chuyển chi đoàn, chi hội đó.")
    _refuse_no_heir(session, branch, to_unit, on, today=local_day(at))
    later = select(BranchSeat.until).where(BranchSeat.branch_id == branch.id, BranchSeat.until >= on)
    if session.scalar(later.limit(1)) is not None:
        raise InvalidFields({"on": N_("Ngày chuyển phải sau lần chuyển trước của nơi này.")})
    if _same_name(session, to_unit, None, branch.name):
        raise Refused(
            "Chưa chuyển được %(branch)s: %(unit)s đã có nơi cùng tên. Đổi tên một nơi rồi chuyển lại.",
            branch=branch.name,
            unit=to_unit.short_name,
        )
    left = branch.unit
    for each in session.scalars(select(Branch).where(Branch.path.startswith(branch.path))):
        session.add(BranchSeat(branch_id=each.id, until=on, unit_id=each.unit_id))
        each.unit = to_unit
    session.flush()
    _send_on(session, left, to_unit)


def _send_on(session: Session, unit: Unit, heir: Unit) -> None:
    """Whoever is on the way to a unit whose last branch has gone arrives where that branch went."""
    staying = select(Branch.id).where(Branch.unit_id == unit.id, Branch.dissolved_on.is_(None))
    if session.scalar(staying.limit(1)) is None:
        waiting = select(Transfer).where(Transfer.to_unit_id == unit.id, Transfer.state == TransferState.SENT)
        for transfer in session.scalars(waiting):
            transfer.to_unit = heir


def _refuse_no_heir(session: Session, branch: Branch, to_unit: Unit, on: date, *, today: date) -> None:
    """Only a unit that the branch's own went on as takes it: of one organisation, in being on that day."""
    wrong: dict[str, str] = {}
    if to_unit not in successors(session, branch.unit, on=today):
        wrong["to_unit"] = N_("Chọn đơn vị kế thừa. Chưa có thì nhờ quản trị ghi đơn vị kế thừa.")
    elif to_unit.organisation != branch.unit.organisation:
        wrong["to_unit"] = N_(
            "Chọn đơn vị kế thừa cùng tổ chức. Khác tổ chức thì đưa từng người ra khỏi danh sách rồi kết nạp"
            " ở nơi mới."
        )
    elif not max(branch.founded_on, to_unit.founded_on) <= on <= today:
        wrong["on"] = N_(
            "Ngày chuyển phải từ ngày thành lập của nơi chuyển và của đơn vị kế thừa đến hôm nay."
        )
    if wrong:
        raise InvalidFields(wrong)


@verb("branch.dissolve", Permission.MEMBERS_MANAGE)
def dissolve_branch(
    session: Session, branch: Branch, *, on: date, reason: str, by: Person, at: datetime
) -> None:
    """End a branch that has neither members nor cells any more."""
    if branch.dissolved_on:
        raise Conflict("Chi đoàn, chi hội này đã giải thể. Tải lại trang để xem.")
    if not branch.founded_on <= on <= local_day(at):
        raise InvalidFields({"on": N_("Ngày giải thể phải từ ngày thành lập đến hôm nay.")})
    below = select(Branch.id).where(Branch.parent_id == branch.id, Branch.dissolved_on.is_(None))
    active = select(Membership.id).where(
        Membership.branch_id == branch.id, Membership.state == MembershipState.ACTIVE
    )
    if session.scalar(below.limit(1)) or session.scalar(active.limit(1)):
        raise Refused(
            "Chưa giải thể được: %(branch)s còn đoàn viên, hội viên hoặc tổ trực thuộc. Chuyển sinh hoạt họ"
            " sang nơi khác trước.",
            branch=branch.name,
        )
    branch.dissolved_on = on


@verb("branch.entrust", Permission.MEMBERS_MANAGE)
def entrust(session: Session, branch: Branch, *, person: Person, by: Person, at: datetime) -> None:
    """Make somebody the secretary of a branch: they read its list and confirm it."""
    today = local_day(at)
    held = [post.unit_id for post in person.appointments_on(today) if post.role is Role.BRANCH_SECRETARY]
    if branch.unit_id not in held:
        raise InvalidFields(
            {
                "person": N_(
                    "Người này chưa giữ vai trò bí thư chi đoàn, chi hội trưởng tại đơn vị. Nhờ quản trị"
                    " giao vai trò trước."
                )
            }
        )
    if person not in branch.secretaries:
        branch.secretaries.append(person)


@verb("branch.relieve", Permission.MEMBERS_MANAGE)
def relieve(session: Session, branch: Branch, *, person: Person, by: Person, at: datetime) -> None:
    """Somebody is secretary of the branch no more."""
    if person in branch.secretaries:
        branch.secretaries.remove(person)


@verb("branch.grade", Permission.MEMBERS_MANAGE)
def grade(
    session: Session,
    unit: Unit,
    *,
    year: int,
    grades: Mapping[int, int | None],
    paper: str,
    by: Person,
    at: datetime,
) -> None:
    """Grade branches of a unit for a year on the organisation's scale: 1 = best, none = taken away."""
    most = len(habits_of(session, unit).grades)
    own = set(session.scalars(select(Branch.id).where(Branch.unit_id == unit.id)))
    if not grades.keys() <= own or any(grade and not 1 <= grade <= most for grade in grades.values()):
        raise Refused("Chưa ghi được xếp loại: có mục không thuộc đơn vị. Tải lại trang rồi nhập lại.")
    if not FIRST_GRADED_YEAR <= year <= local_day(at).year:
        raise Refused("Chưa ghi được xếp loại: chọn năm nay hoặc một năm trước.")
    known = select(BranchGrade).where(BranchGrade.year == year, BranchGrade.branch_id.in_(grades.keys()))
    before = {given.branch_id: given for given in session.scalars(known)}
    gone = [branch_id for branch_id, given in grades.items() if given is None and branch_id in before]
    session.execute(delete(BranchGrade).where(BranchGrade.year == year, BranchGrade.branch_id.in_(gone)))
    for branch_id, given in grades.items():
        if given is None:
            continue
        row = before.get(branch_id) or BranchGrade(branch_id=branch_id, year=year)
        if row.grade != given:
            row.grade, row.paper, row.by_id, row.at = given, paper.strip(), by.id, at
            session.add(row)


@verb("register.settle", Permission.MEMBERS_MANAGE)
def settle(session: Session, head: Unit, *, habits: Habits, by: Person, at: datetime) -> RegisterRules:
    """An organisation settles the words and terms of its register."""
    if head_of(session, head).id != head.id:
        raise Refused("Quy định của sổ do cấp cao nhất của tổ chức đặt. Liên hệ cấp trên.")
    wrong: dict[str, str] = {}
    if not 1 < len(habits.grades) <= MOST_GRADES:
        wrong["grades"] = N_("Ghi từ hai đến năm bậc xếp loại, mỗi bậc một dòng, bậc tốt nhất trước.")
    if not habits.reasons:
        wrong["reasons"] = N_("Ghi ít nhất một lý do đưa ra khỏi danh sách.")
    if not habits.branch_word.strip() or not habits.cell_word.strip():
        wrong["branch_word"] = N_("Ghi cách gọi của tổ chức, ví dụ chi đoàn, phân đoàn.")
    if wrong:
        raise InvalidFields(wrong)
    rules = rules_of(session, head) or RegisterRules(head=head)
    rules.branch_word, rules.cell_word = habits.branch_word.strip(), habits.cell_word.strip()
    rules.grades, rules.reasons = list(habits.grades), list(habits.reasons)
    rules.answer_days, rules.retention_years = habits.answer_days, habits.retention_years
    rules.purpose = habits.purpose.strip()
    session.add(rules)
    return rules


def _same_name(session: Session, unit: Unit, parent: Branch | None, name: str) -> bool:
    """Has the unit, at this place, a branch of that name?"""
    wanted = select(Branch.id).where(
        Branch.unit_id == unit.id,
        Branch.parent_id == parent.id if parent else Branch.parent_id.is_(None),
        Branch.name == name,
    )
    return session.scalar(wanted.limit(1)) is not None
