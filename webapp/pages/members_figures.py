"""Số liệu từ sổ: what the register counts by unit and period, and how the returns compare with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, may, me
from webapp.errors import said, status_of
from webapp.forms.base import refusal_of
from webapp.pages.members import blueprint as member_pages
from webapp.pages.reports import address as report_address
from webapp.runtime import now, session, today
from workflows import members, statistics
from workflows.members import MovementKind
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.statistics.register import Compared

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Month:
    """What came and went in one month."""

    label: str
    numbers: Mapping[MovementKind, int]

    @property
    def gained(self) -> int:
        """Members more (or fewer) at its end."""
        return sum(self.numbers.values())


@member_pages.get("/units/<int:unit_id>/figures")
@guarded(Permission.MEMBERS_VIEW)
def figures(unit_id: int) -> ResponseReturnValue:
    """A unit's numbers by month, its returns beside its register, what changed after publication."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_VIEW)
    here = members.figures.of_unit(unit)
    first = _months_ago(today(), MONTHS_SHOWN - 1)
    published = statistics.register.publications_of(session(), unit)
    return render_template(
        "members/figures.html",
        unit=unit,
        flow=members.figures.flow(session(), here, first, today()),
        first=first,
        parts=members.figures.parts(session(), here, today()),
        branches=members.figures.branch_figures(session(), here, today()),
        months=_months(members.figures.series(session(), here, first)),
        kinds=[kind for kind in MovementKind if kind is not MovementKind.HONOURED],
        labels=statistics.member_form.LABELS,
        returns=statistics.register.obligations_of(session(), unit),
        restated=[
            (publication, lines)
            for publication in published
            if (lines := statistics.register.register_restatement(session(), unit, publication))
        ],
    )


def _months_ago(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _months(rows: Sequence[tuple[int, int, MovementKind, int]]) -> list[Month]:
    found: dict[tuple[int, int], dict[MovementKind, int]] = {}
    for year, month, kind, number in rows:
        found.setdefault((year, month), {})[kind] = number
    return [Month(f"{month:02}/{year}", numbers) for (year, month), numbers in sorted(found.items())]


def _obligation(obligation_id: int, permission: Permission) -> Obligation:
    """A return of member statistics; others do not exist here."""
    owed = fetch(Obligation, obligation_id, permission)
    if not statistics.register.is_member_return(owed):
        abort(404)
    return owed


@member_pages.get("/returns/<int:obligation_id>")
@guarded(Permission.REPORT_WRITE)
def compared(obligation_id: int) -> ResponseReturnValue:
    """A return beside the register, cell by cell."""
    return _compared_page(_obligation(obligation_id, Permission.REPORT_WRITE))


def _compared_page(owed: Obligation, refusal: str = "") -> str:
    lines: list[Compared] = statistics.register.compared(session(), owed)
    return render_template(
        "members/compared.html",
        obligation=owed,
        address=report_address(owed),
        lines=lines,
        refusal=refusal,
        typed=request.form,
        differing=[line for line in lines if line.differs],
        may_read=may(Permission.MEMBERS_VIEW, owed.unit),
        yesterday=today() - timedelta(1),
    )


@member_pages.post("/returns/<int:obligation_id>")
@guarded(Permission.REPORT_WRITE)
def fill(obligation_id: int) -> ResponseReturnValue:
    """Put the register's figures into the return, or say why it differs."""
    owed = _obligation(obligation_id, Permission.REPORT_WRITE)
    notes = {
        key.removeprefix("note-"): value for key, value in request.form.items() if key.startswith("note-")
    }
    filling = request.form.get("act") == "fill"
    act = statistics.register.fill_from_register if filling else statistics.register.explain_difference
    refusal = refusal_of(lambda: act(session(), owed, notes=notes, by=me(), at=now()))
    if refusal is not None:
        return _compared_page(owed, said(refusal)), status_of(refusal)
    flash(gettext("Đã lấy số liệu từ sổ vào báo cáo.") if filling else gettext("Đã ghi chú."), "success")
    return redirect(report_address(owed) if filling else url_for("members.compared", obligation_id=owed.id))
