"""The report of a unit, from what it answered on its form."""

from typing import Any

from workflows import reports, tasks
from workflows.documents.facts.desk import Desk, about_subject
from workflows.documents.facts.gathering import plain
from workflows.documents.facts.outline import place_of
from workflows.documents.rules import small
from workflows.errors import InvalidFields
from workflows.regimes.forms import read
from workflows.reports import Report
from workflows.tasks import Task
from workflows.wording import N_


def unit_report(desk: Desk) -> dict[str, Any]:
    """One unit's answer as an official report to the office."""
    report = desk.source.report
    if report is None:
        raise InvalidFields({"report": N_("Chọn báo cáo của đơn vị.")})
    owed, form = report.obligation, read(report.obligation.form_version.definition)
    said: dict[str, str] = {}
    for asked in form.fields():
        if asked.kind == "narrative" and (text := report.narrative.get(asked.code)):
            place = place_of(asked.label)
            said[place] = "\n".join(filter(None, (said.get(place), text)))
    summary = [said.get(place, "") for place in ("leadership", "", "strengths")]
    return {
        "period": small(str(owed.span.label)),
        "directive": about_subject(owed.regime.directive, owed.regime),
        "addressee": owed.regime.office.name,
        "summary": "\n".join(filter(None, summary)) or "Không phát sinh trong kỳ.",
        "tasks": [_task(desk, task) for task in _tasks(desk, report)],
        "figures": _figures(desk, report),
        "difficulties": "\n".join(filter(None, (said.get("weaknesses"), said.get("causes")))),
        "next_steps": said.get("plans", ""),
        "proposals": said.get("proposals", ""),
    }


def _tasks(desk: Desk, report: Report) -> list[Task]:
    directive = report.obligation.regime.directive
    if directive is None:
        return []
    found = tasks.of_directive(desk.session, directive, desk.person, on=desk.day)
    return [task for task in found if task.lead_id == report.obligation.unit_id]


def _task(desk: Desk, task: Task) -> dict[str, Any]:
    kind = tasks.timeliness(task, tasks.today_on(desk.day, desk.calendar))
    return {
        "title": task.title.rstrip(" .;"),
        "clause": task.clause.address if task.clause else "",
        "due": task.deadline.isoformat() if task.deadline else None,
        "state": f"{task.state.label} ({kind.label})",
        "result": task.notes[0].words if task.notes else "",
    }


def _figures(desk: Desk, report: Report) -> list[dict[str, Any]]:
    owed = report.obligation
    form = read(owed.form_version.definition)
    now = reports.figures_of(desk.session, report)
    before = reports.figures_before(desk.session, owed)
    return [
        {
            "code": f"C{place}",
            "name": cell.label,
            "unit": cell.unit,
            "value": plain(now.get(cell.name)),
            "previous": plain(before.get(cell.name)),
            "note": report.cell_notes.get(cell.name, ""),
        }
        for place, cell in enumerate(form.number_cells(), 1)
    ]
