"""What will be assigned if a sheet is confirmed as it stands; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.calendar import Cadence, DueKind, SinceIssue, WorkingCalendar, day_since_issue
from workflows.directives import Decision, Proposal, Sheet
from workflows.errors import InvalidFields
from workflows.intake.names import Match, Vocabulary, units_of
from workflows.organisations import Unit
from workflows.tasks import LAST_WORKING_DAY, MOST_DAYS, REGULAR, Due
from workflows.wording import N_, Phrase

_SINCE_ISSUE = {
    SinceIssue.DAYS: N_("%(number)s ngày kể từ ngày ban hành"),
    SinceIssue.WORKING_DAYS: N_("%(number)s ngày làm việc kể từ ngày ban hành"),
    SinceIssue.MONTHS: N_("%(number)s tháng kể từ ngày ban hành"),
}
ONE_WAY = N_("Chọn một cách tính hạn: theo ngày, hoặc theo số ngày.")
ONCE_ONLY = N_("Nhiệm vụ định kỳ thì hạn tính theo kỳ. Chọn lại cách tính hạn, hoặc bỏ định kỳ.")


@dataclass(frozen=True)
class PlannedTask:
    """A proposal with the units its names stand for; each lead unit gets a task of its own.

    `deadline` is the day that was named or that is counted from the day of issue.
    """

    proposal: Proposal
    leads: tuple[Match, ...]
    coordinators: tuple[Match, ...]
    monitors: tuple[Match, ...]
    fault: str = ""
    deadline: date | None = None

    @property
    def lead_units(self) -> tuple[Unit, ...]:
        """The units that each get a task."""
        return units_of(self.leads)

    @property
    def rule(self) -> Due | None:
        """How its due days are counted; none where the number makes no rule, as the fault says."""
        try:
            return rule_of(self.proposal)
        except InvalidFields:
            return None

    @property
    def since_issue(self) -> Phrase | None:
        """What is counted from the day of issue, in words; none where the day is not counted so."""
        kind = self.proposal.due_kind
        if not isinstance(kind, SinceIssue):
            return None
        return Phrase(_SINCE_ISSUE[kind], number=self.proposal.due_number)

    @property
    def sure(self) -> bool:
        """May it be assigned without a person looking at the units again?"""
        return not self.fault and all(match.sure for match in (*self.leads, *self.coordinators))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Coordinating and monitoring bodies that no unit is known for."""
        return tuple(match.name for match in (*self.coordinators, *self.monitors) if not match)

    def coordinators_beside(self, lead: Unit) -> tuple[Unit, ...]:
        """The units that work together with one of the leads."""
        return tuple(unit for unit in units_of(self.coordinators) if unit is not lead)

    @property
    def monitor(self) -> Unit | None:
        """The unit that watches over it, if one is known."""
        return next(iter(units_of(self.monitors)), None)


@dataclass(frozen=True)
class Plan:
    """Everything that confirming a sheet would do."""

    tasks: tuple[PlannedTask, ...]
    audience: tuple[Unit, ...]

    def of(self, decision: Decision) -> list[PlannedTask]:
        """The tasks about which this was decided."""
        return [task for task in self.tasks if task.proposal.decision is decision]

    @property
    def accepted(self) -> list[PlannedTask]:
        """The tasks that will be assigned."""
        return self.of(Decision.ACCEPTED)

    @property
    def open(self) -> list[PlannedTask]:
        """The proposals nobody has decided about."""
        return self.of(Decision.OPEN)

    @property
    def groups(self) -> dict[str, tuple[Unit, ...]]:
        """The groups that tasks name, each once, with their members."""
        matches = (m for task in self.tasks for m in (*task.leads, *task.coordinators, *task.monitors))
        return {match.group: match.units for match in matches if match.group}

    @property
    def sure(self) -> list[str]:
        """The open proposals that could be accepted without looking at their units again."""
        return [task.proposal.key for task in self.open if task.sure]

    @property
    def faulty(self) -> list[PlannedTask]:
        """Accepted tasks that cannot be assigned yet."""
        return [task for task in self.accepted if task.fault]

    @property
    def assignments(self) -> int:
        """How many tasks there will be."""
        return sum(len(task.lead_units) for task in self.accepted)


def plan(sheet: Sheet, vocabulary: Vocabulary, calendar: WorkingCalendar) -> Plan:
    """The tasks of a sheet with their units, and who else the paper is sent to."""
    tasks = tuple(planned(proposal, sheet, vocabulary, calendar) for proposal in sheet.proposals)
    named = (*sheet.registration.addressees, *sheet.registration.recipients)
    sent = tuple(match for match in vocabulary.match_all(named) if match.sure)
    return Plan(tasks, units_of(sent))


def planned(
    proposal: Proposal, sheet: Sheet, vocabulary: Vocabulary, calendar: WorkingCalendar
) -> PlannedTask:
    """One proposal with its units, and why it cannot be assigned, if so."""
    leads = tuple(vocabulary.match_all(proposal.lead))
    return PlannedTask(
        proposal,
        leads,
        tuple(vocabulary.match_all(proposal.coordinate)),
        tuple(vocabulary.match_all(filter(None, proposal.monitor.split("; ")))),
        next(_faults(proposal, leads, sheet), ""),
        proposal.deadline or _day_since_issue(proposal, sheet, calendar),
    )


def _day_since_issue(proposal: Proposal, sheet: Sheet, calendar: WorkingCalendar) -> date | None:
    """The day counted from that of issue; none where it is counted otherwise or a fault says why not."""
    kind, issued = proposal.due_kind, sheet.registration.issued_on
    if not isinstance(kind, SinceIssue) or issued is None or not _is_count(proposal.due_number):
        return None
    try:
        return day_since_issue(kind, proposal.due_number, issued=issued, calendar=calendar)
    except (OverflowError, ValueError):  # a year mistyped beyond 9999; registering refuses the day of issue
        return None


def _is_count(number: int) -> bool:
    return 1 <= number <= MOST_DAYS


def regular_cadences(proposal: Proposal) -> list[Cadence]:
    """The cadences that have periods."""
    return [cadence for cadence in proposal.cadences if cadence in REGULAR]


def comes_again(proposal: Proposal) -> bool:
    """Is the task one of every period, rather than one until a day?"""
    return bool(regular_cadences(proposal)) and proposal.deadline is None


def rule_of(proposal: Proposal) -> Due:
    """When each period of a task that comes again is due: as the paper says, else on its last working day.

    A number that makes no rule is refused (InvalidFields).
    """
    kind = proposal.due_kind
    return Due(kind, proposal.due_number) if isinstance(kind, DueKind) else LAST_WORKING_DAY


def _faults(proposal: Proposal, leads: tuple[Match, ...], sheet: Sheet) -> Iterator[str]:
    if not proposal.title.strip():
        yield N_("Nhập nội dung nhiệm vụ.")
    if not leads:
        yield N_("Chưa có đơn vị chủ trì. Sửa để chọn đơn vị, hoặc bỏ đề xuất này.")
    if not all(leads):
        yield N_("Chưa nhận ra đơn vị chủ trì. Sửa để chọn đơn vị trong danh sách, hoặc bỏ đề xuất này.")
    issued = sheet.registration.issued_on
    if proposal.deadline and issued and proposal.deadline < issued:
        yield N_("Thời hạn sớm hơn ngày ban hành văn bản. Kiểm tra lại ngày.")
    if isinstance(proposal.due_kind, SinceIssue):
        yield from _faults_since_issue(proposal, issued)
    elif proposal.due_kind:
        yield from _faults_of_due(proposal, proposal.due_kind)


def _faults_since_issue(proposal: Proposal, issued: date | None) -> Iterator[str]:
    if proposal.deadline:
        yield ONE_WAY
    elif issued is None:
        yield N_(
            "Chưa có ngày ban hành nên chưa tính được hạn. Ghi ngày ban hành ở phần thông tin văn bản,"
            " hoặc nhập thời hạn theo ngày."
        )
    elif not _is_count(proposal.due_number):
        yield N_("Số ngày hoặc số tháng kể từ ngày ban hành phải từ 1 đến 365.")
    elif regular_cadences(proposal):
        yield ONCE_ONLY


def _faults_of_due(proposal: Proposal, kind: DueKind) -> Iterator[str]:
    try:
        due = Due(kind, proposal.due_number)
    except InvalidFields as refusal:
        yield from refusal.fields.values()
        return
    if proposal.deadline:
        yield ONE_WAY
    elif not due.is_from_receipt and not regular_cadences(proposal):
        yield N_("Hạn tính theo kỳ thì chọn kỳ định kỳ: tháng, quý, 6 tháng, năm…")
    elif due.is_from_receipt and regular_cadences(proposal):
        yield ONCE_ONLY
