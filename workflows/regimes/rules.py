"""Which units a regime asks, and when a form is closed. Pure but for the units handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workflows.calendar import FROM_RECEIPT, Cadence, DueKind, Period, containing
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.regimes.models import Obligation, Regime, ReviewLevel
from workflows.wording import N_, Phrase


@dataclass(frozen=True)
class Selection:
    """Units by kind, level, organisation, group (id), branch (code) or one by one, minus some."""

    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    branches: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Selection":
        """The selection that was stored as plain data."""
        return cls(**{name: tuple(values) for name, values in raw.items()})

    def as_data(self) -> dict[str, Any]:
        """Plain data for the database."""
        return {name: list(values) for name, values in asdict(self).items() if values}


@dataclass(frozen=True)
class Terms:
    """Everything the office settles when it establishes a regime."""

    name: str
    cadence: Cadence
    due_kind: DueKind
    due_number: int
    selection: Selection
    starts_on: date
    cut_off_day: int | None = None
    moves_to_working_day: bool = True
    grace_days: int = 0
    lock_days: int = 0
    ends_on: date | None = None
    review_levels: tuple[ReviewLevel, ...] = ()


def check(terms: Terms) -> None:
    """Refuse terms that make no sense, every fault at once."""
    wrong: dict[str, str] = {}
    if not terms.name.strip():
        wrong["name"] = N_("Nhập tên chế độ báo cáo.")
    if terms.ends_on and terms.ends_on < terms.starts_on:
        wrong["ends_on"] = N_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    if terms.cadence is Cadence.ONE_OFF and terms.ends_on is None:
        wrong["ends_on"] = N_("Báo cáo một lần cần ngày kết thúc kỳ.")
    if terms.due_kind in FROM_RECEIPT:
        wrong["due_kind"] = N_("Chế độ báo cáo tính hạn theo kỳ. Chọn cách tính hạn khác.")
    if not terms.selection.as_data().keys() - {"without"}:
        wrong["units"] = N_("Chọn các đơn vị phải báo cáo.")
    if wrong:
        raise InvalidFields(wrong)


def asked(selection: Selection, units: Iterable[Unit], group_members: Mapping[int, set[int]]) -> list[Unit]:
    """The units a selection means, among those handed in."""
    by_code = {unit.code: unit for unit in units}
    branches = [by_code[code].path for code in selection.branches if code in by_code]
    in_groups = {unit_id for group in selection.groups for unit_id in group_members.get(group, set())}

    def chosen(unit: Unit) -> bool:
        if unit.code in selection.without:
            return False
        if unit.code in selection.units or unit.id in in_groups:
            return True
        tests: list[bool] = []
        if selection.kinds:
            tests.append(unit.kind.value in selection.kinds)
        if selection.levels:
            tests.append(unit.level.value in selection.levels)
        if selection.organisations:
            tests.append(unit.organisation in selection.organisations)
        if branches:
            tests.append(any(unit.path.startswith(path) and unit.path != path for path in branches))
        return bool(tests) and all(tests)

    return [unit for unit in by_code.values() if chosen(unit)]


def periods_open(regime: Regime, on: date) -> Sequence[Period]:
    """The periods of a regime that have begun by a day, oldest first."""
    until = min(on, regime.ends_on) if regime.ends_on else on
    if regime.cadence is Cadence.AD_HOC or regime.starts_on > on:
        return []
    if regime.cadence is Cadence.ONE_OFF:
        return [Period.one_off(regime.starts_on, regime.ends_on or regime.starts_on)]
    found: list[Period] = []
    period = containing(regime.starts_on, regime.cadence, regime.cut_off_day)
    while period is not None and period.first_day(regime.cut_off_day) <= until:
        found.append(period)
        period = period.next()
    return found


def periods_from(regime: Regime, day: date, *, count: int) -> Sequence[Period]:
    """The first periods of a regime from a day on, whether they have begun or not."""
    if regime.cadence is Cadence.AD_HOC:
        return []
    if regime.cadence is Cadence.ONE_OFF:
        return [Period.one_off(regime.starts_on, regime.ends_on or regime.starts_on)]
    found: list[Period] = []
    period = containing(day, regime.cadence, regime.cut_off_day)
    while period is not None and len(found) < count:
        found.append(period)
        period = period.next()
    return found


def lock_reason(obligation: Obligation, *, on: date, reopened_until: date | None) -> Phrase | None:
    """Why a form is closed by time, or none when it is open."""
    if reopened_until is not None and on <= reopened_until:
        return None
    if on < obligation.first_day:
        return Phrase(
            N_("Kỳ báo cáo chưa bắt đầu (từ ngày %(day)s)."), day=f"{obligation.first_day:%d/%m/%Y}"
        )
    if is_locked(obligation, on=on, reopened_until=None):
        return Phrase(
            N_("Biểu đã khoá từ sau ngày %(day)s. Gửi đề nghị mở lại, kèm lý do, tới văn phòng."),
            day=f"{obligation.locked_after:%d/%m/%Y}",
        )
    if obligation.waived:
        return Phrase(N_("Đơn vị không còn phải báo cáo kỳ này."))
    return None


def is_locked(obligation: Obligation, *, on: date, reopened_until: date | None) -> bool:
    """Did the form close by time, so that only the office can open it again?"""
    if reopened_until is not None and on <= reopened_until:
        return False
    return obligation.locked_after is not None and on > obligation.locked_after and not obligation.waived
