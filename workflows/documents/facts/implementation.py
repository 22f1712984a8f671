"""The implementation report: how each task of a directive stands, and what the accepted reports say.

Only what was accepted counts; units whose report is missing are named, and figures say where they are from.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from workflows import tasks
from workflows.calendar import parse
from workflows.documents.facts.assigning import Charge, charges
from workflows.documents.facts.desk import Desk, about_subject, for_information, together
from workflows.documents.facts.gathering import Gathered, gather
from workflows.documents.facts.outline import under, with_units
from workflows.documents.rules import small
from workflows.regimes import Regime, periods_of
from workflows.reports import written
from workflows.tasks import Task, TaskState, Timeliness

NAMED_AT_MOST = 12
PERIODS_LOOKED_AT = 4


def implementation_report(desk: Desk) -> dict[str, Any]:
    """The office's report on a directive, at the end of a period or on this day."""
    directive, regime = desk.source.subject, desk.source.regime
    about = about_subject(directive, regime)
    found = list(tasks.of_directive(desk.session, directive, desk.person, on=desk.day)) if directive else []
    gathered = [gather(desk, regime, period) for regime, period in returns_of(desk)]
    expected, accepted = _units(found, gathered)
    said = under([paragraph for part in gathered for paragraph in part.paragraphs])
    return {
        "period": _period(desk, gathered),
        "directive": about,
        "state_on": desk.day.isoformat(),
        "leadership": said.get("leadership") or _handed_out(desk, found),
        "units_total": expected,
        "units_accepted": accepted,
        "tasks": [*(_task(desk, charge) for charge in charges(found)), *(_figures(g) for g in gathered)],
        **_chart(desk, found),
        "strengths": said.get("strengths", ""),
        "weaknesses": said.get("weaknesses", ""),
        "causes": said.get("causes", ""),
        "plans": said.get("plans", "").splitlines(),
        "proposals": said.get("proposals", "").splitlines(),
        "recipients": for_information(desk.issuer),
    }


def returns_of(desk: Desk) -> list[tuple[Regime, str]]:
    """The regimes of the directive, each with the period the report is about."""
    if desk.source.regime is not None and desk.source.period is not None:
        return [(desk.source.regime, desk.source.period)]
    found = desk.session.scalars(
        select(Regime).where(Regime.directive_id == desk.directive.id).order_by(Regime.id)
    )
    over = [(regime, _newest_over(desk, regime)) for regime in found]
    return [(regime, period) for regime, period in over if period is not None]


def _newest_over(desk: Desk, regime: Regime) -> str | None:
    """The newest period of a regime that is over, so that an account of it can be asked for."""
    known = periods_of(desk.session, regime, limit=PERIODS_LOOKED_AT)
    over = [code for code in known if parse(code).last_day(regime.cut_off_day) < desk.day]
    return over[-1] if over else None


def _period(desk: Desk, gathered: Sequence[Gathered]) -> str:
    if desk.source.period is not None and gathered:
        return small(str(gathered[0].span.label))
    return f"đến ngày {desk.day:%d/%m/%Y}"


def _units(found: Sequence[Task], gathered: Sequence[Gathered]) -> tuple[int, int]:
    """How many units owe an account of the directive, and how many have one accepted."""
    if gathered:
        expected = {unit for part in gathered for unit in (*part.answered, *part.missing)}
        missing = {unit for part in gathered for unit in part.missing}
        return len(expected), len(expected - missing)
    leads = {task.lead for task in found}
    open_leads = {task.lead for task in found if task.state is not TaskState.DONE}
    return len(leads), len(leads - open_leads)


def _handed_out(desk: Desk, found: Sequence[Task]) -> str:
    if not found:
        return ""
    leads = together([task.lead for task in found])
    return (
        f"{desk.issuer.name} đã giao {len(found)} nhiệm vụ cho {len(leads)} cơ quan, đơn vị; theo dõi,"
        " đôn đốc việc thực hiện theo thời hạn của từng nhiệm vụ."
    )


def _task(desk: Desk, charge: Charge) -> dict[str, Any]:
    return {
        "title": charge.title.rstrip(" .;"),
        "result": "\n".join(result_lines(desk, charge)),
        "sources": [],
        "figures": [],
    }


def result_lines(desk: Desk, charge: Charge) -> list[str]:
    """How a piece of work stands, each line a paragraph."""
    return _one(desk, charge.first) if len(charge.tasks) == 1 else _many(desk, charge)


def _one(desk: Desk, task: Task) -> list[str]:
    """How a task of one unit stands, and what the unit last said."""
    kind = tasks.timeliness(task, tasks.today_on(desk.day, desk.calendar))
    due = f"thời hạn {task.deadline:%d/%m/%Y}, " if task.deadline else ""
    done = "" if task.state is TaskState.DONE else f"; tiến độ {task.progress}%"
    lines = [f"Cơ quan chủ trì: {task.lead.name}; {due}{kind.label}{done}."]
    lines += [f"Mục tiêu giao: {written(target.value)} {target.unit}." for target in task.targets]
    if task.notes and task.notes[0].words:
        lines.append(task.notes[0].words)
    return lines


def _many(desk: Desk, charge: Charge) -> list[str]:
    """How a task given to many units stands: figures, and the names of those who are late."""
    day = tasks.today_on(desk.day, desk.calendar)
    standings = [tasks.timeliness(task, day) for task in charge.tasks]
    words = [
        (task.state if kind is Timeliness.NO_DEADLINE else kind).label
        for task, kind in zip(charge.tasks, standings, strict=True)
    ]
    counted = "; ".join(f"{word}: {words.count(word)}" for word in dict.fromkeys(words))
    lines = [f"Giao {len(charge.tasks)} đơn vị thực hiện; {counted}."]
    late = [
        task.lead.name
        for task, kind in zip(charge.tasks, standings, strict=True)
        if kind is Timeliness.OVERDUE
    ]
    if late:
        lines.append(f"Đơn vị quá hạn: {named(late)}.")
    return lines


def _figures(part: Gathered) -> dict[str, Any]:
    """What the accepted returns of a regime add up to, and who is missing from it."""
    lines = with_units(paragraph for paragraph in part.paragraphs if not paragraph.place)
    if part.missing:
        names = named([unit.name for unit in part.missing])
        lines.insert(0, f"Chưa có báo cáo được tiếp nhận của {len(part.missing)} đơn vị: {names}.")
    return {
        "title": f"Số liệu theo {small(part.regime.name)}",
        "result": "\n".join(lines),
        "sources": part.origins,
        "figures": part.figures,
    }


def _chart(desk: Desk, found: Sequence[Task]) -> dict[str, Any]:
    """How many tasks stand how against time, where there are enough to look at."""
    day = tasks.today_on(desk.day, desk.calendar)
    kinds = [tasks.timeliness(task, day) for task in found]
    counts = [{"name": kind.label, "value": kinds.count(kind)} for kind in Timeliness if kind in kinds]
    if len(counts) < 2:
        return {"chart": []}
    return {"chart_title": "Số nhiệm vụ theo thời hạn", "chart_unit": "nhiệm vụ", "chart": counts}


def named(names: Sequence[str]) -> str:
    """The names; of very many the first ones and how many more there are."""
    shown = ", ".join(names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return f"{shown} và {more} đơn vị khác" if more > 0 else shown
