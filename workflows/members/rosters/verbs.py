"""What is done with rosters: take in the file, say what its columns mean, decide, discard, undo."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows import aftermath
from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.files import StoredFile
from workflows.members.models import Branch
from workflows.members.rosters.columns import Field, Head
from workflows.members.rosters.models import ImportState, RosterImport
from workflows.members.rosters.shape import forget_file, remember, remembered
from workflows.members.rosters.undoing import built_upon
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("roster.upload", Permission.MEMBERS_MANAGE)
def upload(
    session: Session, unit: Unit, *, file: StoredFile, file_name: str, head: Head, by: Person, at: datetime
) -> RosterImport:
    """Take a roster in; what its columns mean is what they meant last time, or else guessed."""
    if head.rows == 0:
        raise Refused(
            "Không tìm thấy dòng tiêu đề có cột họ và tên. Thêm dòng tiêu đề vào tệp rồi tải lên lại."
        )
    roster = RosterImport(
        unit=unit,
        file_name=file_name,
        file_sha256=file.sha256,
        as_of=local_day(at),
        mapping={field.value: place for field, place in remembered(session, unit, head).items()},
        head_rows=head.rows,
        by=by,
        uploaded_at=at,
    )
    session.add(roster)
    return roster


@verb("roster.map", Permission.MEMBERS_MANAGE)
def settle_columns(
    session: Session,
    roster: RosterImport,
    *,
    labels: tuple[str, ...],
    mapping: Mapping[Field, int],
    as_of: date,
    branch: Branch | None,
    by: Person,
    at: datetime,
) -> None:
    """Say what the columns mean, the day the roster stands for, and have every row checked."""
    _refuse_other_than(roster, ImportState.UPLOADED, ImportState.CHECKED)
    wrong: dict[str, str] = {}
    if Field.NAME not in mapping and not {Field.FAMILY, Field.GIVEN} <= mapping.keys():
        wrong["name"] = N_("Chọn cột họ và tên (hoặc hai cột họ và đệm, tên).")
    if len(set(mapping.values())) < len(mapping):
        wrong["columns"] = N_("Mỗi cột chỉ mang một nội dung. Chọn lại.")
    if branch is None and Field.BRANCH not in mapping:
        wrong["branch"] = N_("Chọn cột chi đoàn, chi hội, hoặc chọn một nơi cho cả danh sách.")
    if branch is not None and branch.unit_id != roster.unit_id:
        wrong["branch"] = N_("Chọn chi đoàn, chi hội của đơn vị.")
    if as_of > local_day(at):
        wrong["as_of"] = N_("Ngày của danh sách không thể sau hôm nay.")
    if wrong:
        raise InvalidFields(wrong)
    roster.mapping = {field.value: place for field, place in mapping.items()}
    roster.as_of, roster.branch_id = as_of, branch.id if branch else None
    roster.state, roster.done_rows, roster.problems = ImportState.CHECKING, 0, []
    remember(session, roster, labels, at)
    aftermath.hand_over(session, "check-roster", at=at, id=roster.id)


@verb("roster.decide", Permission.MEMBERS_MANAGE)
def decide(
    session: Session, roster: RosterImport, *, takes_good_rows: bool, by: Person, at: datetime
) -> None:
    """Have the roster taken in: all of it, or the good rows where some are not."""
    _refuse_other_than(roster, ImportState.CHECKED)
    if roster.good_rows == 0:
        raise Refused("Không có dòng nào nhập được. Sửa tệp theo danh sách lỗi rồi tải lên lại.")
    if roster.good_rows < roster.total_rows and not takes_good_rows:
        raise Refused(
            "Chưa nhập: còn %(count)s dòng có lỗi. Sửa tệp rồi tải lên lại, hoặc chọn chỉ nhập các dòng"
            " đúng.",
            count=roster.total_rows - roster.good_rows,
        )
    roster.takes_good_rows, roster.state, roster.done_rows = takes_good_rows, ImportState.RUNNING, 0
    aftermath.hand_over(session, "take-in-roster", at=at, id=roster.id)


@verb("roster.discard", Permission.MEMBERS_MANAGE)
def discard(session: Session, roster: RosterImport, *, by: Person, at: datetime) -> None:
    """Throw a roster away before anything of it entered the register."""
    _refuse_other_than(roster, ImportState.UPLOADED, ImportState.CHECKED)
    roster.state, roster.problems = ImportState.DISCARDED, []
    forget_file(session, roster, at=at)


@verb("roster.undo", Permission.MEMBERS_MANAGE)
def undo(session: Session, roster: RosterImport, *, reason: str, by: Person, at: datetime) -> None:
    """Have the whole import taken back."""
    _refuse_other_than(roster, ImportState.DONE)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ vì sao hoàn tác lần nhập này.")})
    if (count := built_upon(session, roster)) > 0:
        raise Refused(
            "Chưa hoàn tác được: %(count)s việc đã ghi sau đó dựa trên lần nhập này (biến động, chuyển sinh"
            " hoạt, sửa hồ sơ, rà soát). Rút các việc đó trước, hoặc sửa từng người.",
            count=count,
        )
    roster.state = ImportState.UNDOING
    aftermath.hand_over(session, "undo-roster", at=at, id=roster.id)


def _refuse_other_than(roster: RosterImport, *states: ImportState) -> None:
    if roster.state not in states:
        raise Conflict(
            "Không thực hiện được: lần nhập này %(state)s. Tải lại trang để xem.", state=roster.state.label
        )
