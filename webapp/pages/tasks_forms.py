"""Nhiệm vụ, continued: the forms on the page of a task, which of them can be sent, what was typed."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import request
from wtforms import DateField, IntegerField, StringField

from webapp.access import may
from webapp.errors import said
from webapp.forms.base import OfficeForm
from webapp.forms.tasks import (
    ConfirmForm,
    DecideExtensionForm,
    ExtensionForm,
    PartForm,
    ProgressForm,
    ReassignForm,
    RecurrenceForm,
    SubmitForm,
    TalkForm,
    TurnForm,
    WatchForm,
)
from webapp.runtime import session, today
from workflows import tasks
from workflows.permissions import Permission
from workflows.tasks import Extension, ExtensionState, Task, TaskMove, TaskState

AT_WORK = (TaskState.RECEIVED, TaskState.IN_PROGRESS)
RUNNING = (TaskState.ASSIGNED, *AT_WORK)
DIALOGS = ("move", "submit", "confirm", "reassign")


def forms_of(task: Task, moves: Collection[TaskMove], refused: Mapping[str, OfficeForm]) -> dict[str, Any]:
    """What the page needs to draw every form: the refused one as it was sent, the others fresh.

    The faults of a dialog, and of a form that cannot be sent any more, stand on top of the page; what was
    typed into the latter stands there too.
    """
    offered, tried = _offered(task), _tried()
    closed = tasks.why_no_extension(session(), task, on=today()) if "extension" in offered else None
    if closed:
        offered.remove("extension")
    dialogs = {move.value for move in moves} | ({"refuse_extension"} if "decision" in offered else set())
    name, form = next(iter(refused.items()), ("", None))
    is_offered = tried in dialogs if name in DIALOGS else name in offered
    return {
        "offered": offered,
        "tried": tried,
        "no_extension": said(closed) if closed else "",
        "refused": form if name in DIALOGS or not is_offered else None,
        "unsent": [] if form is None or is_offered else _typed(form),
        **_forms(task, refused),
    }


def _tried() -> str:
    """The move that was sent, or the act that has an address of its own."""
    return str((request.view_args or {}).get("move") or (request.endpoint or "").rpartition(".")[2])


def _offered(task: Task) -> set[str]:
    """The forms that can be sent as the task and the rights of the person stand now."""
    carries, decides = may(Permission.TASK_CARRY_OUT, task), may(Permission.TASK_DECIDE, task)
    recurring = task.deadline is None and task.series_id is None
    asked = request_open(task)
    may_be_sent = {
        "progress": task.state in AT_WORK and may(Permission.TASK_TAKE_PART, task),
        "part": task.state in AT_WORK and carries,
        "extension": task.state in RUNNING and carries and task.deadline and not asked,
        "decision": decides and task.deadline and asked,
        "recurrence": task.state in RUNNING and decides and recurring,
        "turn": task.state in RUNNING and decides and recurring,
        "watch": decides,
        "talk": may(Permission.DISCUSS, task),
    }
    return {name for name, open_ in may_be_sent.items() if open_}


def _typed(form: OfficeForm) -> list[tuple[str, str]]:
    """The words and figures in a form, each with its label."""
    fields = [field for field in form if isinstance(field, StringField | IntegerField | DateField)]
    said = [(str(field.label.text), str(field._value()).strip()) for field in fields]
    return [(label, words) for label, words in said if words]


def _forms(task: Task, refused: Mapping[str, OfficeForm]) -> dict[str, Any]:
    fresh: dict[str, Callable[[], OfficeForm]] = {
        "progress": lambda: ProgressForm(formdata=None, progress=task.progress),
        "extension": lambda: ExtensionForm(formdata=None),
        "decision": lambda: _decision(task),
        "reassign": lambda: ReassignForm(formdata=None),
        "part": lambda: PartForm(formdata=None, deadline=task.deadline),
        "submit": lambda: SubmitForm(formdata=None, product_number=task.product_number),
        "confirm": lambda: ConfirmForm(formdata=None),
        "watch": lambda: WatchForm(formdata=None),
        "talk": lambda: TalkForm(formdata=None),
        "turn": lambda: TurnForm(formdata=None),
        "recurrence": lambda: _recurrence(task),
    }
    found = {f"{name}_form": refused.get(name) or make() for name, make in fresh.items()}
    if task.product:
        # Number or file, one of them has to come.
        found["submit_form"]["product_number"].flags.optional = False
    return found


def request_open(task: Task) -> Extension | None:
    """The request for a later deadline that waits for a decision."""
    return next((one for one in task.extensions if one.state is ExtensionState.REQUESTED), None)


def _decision(task: Task) -> DecideExtensionForm:
    """A deadline to grant, beginning with the one asked for."""
    asked = request_open(task)
    return DecideExtensionForm(formdata=None, deadline=asked.proposed_deadline if asked else None)


def _recurrence(task: Task) -> RecurrenceForm:
    """How the task comes again; one counted from its receipt is offered what is usual by periods."""
    due = task.due if task.due and not task.due.is_from_receipt else tasks.LAST_WORKING_DAY
    return RecurrenceForm(formdata=None, cadences=task.cadences, due_kind=due.kind, due_number=due.number)
