"""Nhập văn bản, continued: what will be registered, assigned and asked for; then it is done."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import guarded, me
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import type_name
from webapp.pages.imports import blueprint as imports
from webapp.pages.imports import open_draft, resemblances, vocabulary
from webapp.runtime import calendar, now, session
from webapp.words import words
from workflows import directives, intake, regimes
from workflows.directives import ImportDraft
from workflows.intake import Manner, Plan, Recurring
from workflows.permissions import Permission


@imports.get("/<int:draft_id>/confirm")
@guarded(Permission.DIRECTIVE_REGISTER)
def preview(draft_id: int) -> ResponseReturnValue:
    """What will be registered, assigned and sent."""
    return _page(open_draft(draft_id), OfficeForm())


def _page(draft: ImportDraft, form: OfficeForm, status: int = 200) -> ResponseReturnValue:
    sheet = directives.sheet_of(draft)
    plan = intake.plan(sheet, vocabulary(draft), calendar())
    manners = _manners(draft)
    chosen = _chosen(plan, manners)
    html = render_template(
        "imports/confirm.html",
        draft=draft,
        sheet=sheet,
        plan=plan,
        recurring=[task for task in plan.accepted if task.proposal.key in chosen],
        manners=[(value, _label_of(manner)) for value, manner in manners.items()],
        chosen={key: _value_of(manner) for key, manner in chosen.items()},
        form=form,
        type_name=type_name,
        **resemblances(draft, sheet),
    )
    return html, status


def _manners(draft: ImportDraft) -> dict[str, Recurring]:
    """What may become of a task that comes again, by the value of the choice."""
    manners: list[Recurring] = [*Manner, *regimes.published_forms(session(), draft.office)]
    return {_value_of(manner): manner for manner in manners}


def _value_of(manner: Recurring) -> str:
    return manner.value if isinstance(manner, Manner) else str(manner.id)


def _label_of(manner: Recurring) -> str:
    if isinstance(manner, Manner):
        return words(manner)
    return gettext("lập chế độ báo cáo theo biểu: %(form)s", form=manner.label)


def _chosen(plan: Plan, manners: dict[str, Recurring]) -> dict[str, Recurring]:
    """Key → what was chosen for each task that will come again, the usual where nothing was."""
    again = [task for task in plan.accepted if not task.fault and intake.comes_again(task.proposal)]
    return {
        task.proposal.key: manners.get(request.form.get(f"again-{task.proposal.key}", ""))
        or intake.usual(task)
        for task in again
    }


@imports.post("/<int:draft_id>/confirm")
@guarded(Permission.DIRECTIVE_REGISTER)
def confirm(draft_id: int) -> ResponseReturnValue:
    """Register the directive, assign its tasks, establish the regimes that were chosen."""
    draft = open_draft(draft_id)
    form = OfficeForm()
    with attempt(form) as tried:
        plan = intake.plan(directives.sheet_of(draft), vocabulary(draft), calendar())
        recurring = _chosen(plan, _manners(draft))
        directive = intake.confirm(session(), draft, recurring=recurring, by=me(), at=now())
    if tried.succeeded:
        flash(gettext("Đã đăng ký văn bản và giao nhiệm vụ."), "success")
        return redirect(url_for("directives.show", directive_id=directive.id))
    return _page(draft, form, tried.status)
