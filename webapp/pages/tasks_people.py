"""Nhiệm vụ, continued: who is told, what is said, turns of a task that comes again, the office's rules."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, may, me
from webapp.forms.base import attempt
from webapp.forms.tasks import MoveForm, RecurrenceForm, RulesForm, TalkForm, TurnForm, WatchForm
from webapp.forms.units import unit_choices
from webapp.pages.tasks import blueprint as task_pages
from webapp.pages.tasks_acts import try_act
from webapp.runtime import now, session, today
from workflows import discussion, tasks
from workflows.discussion import Comment
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.tasks import Rules, Task


@task_pages.post("/<int:task_id>/watchers")
@guarded(Permission.TASK_DECIDE)
def inform(task_id: int) -> ResponseReturnValue:
    """Let units and persons know of the task."""
    task, form = fetch(Task, task_id, Permission.TASK_DECIDE), WatchForm()

    def do() -> None:
        units, people = form.units.units, form.people.people
        tasks.inform(session(), task, units=units, people=people, reason=form.names, by=me(), at=now())

    return try_act(task, form, "watch", do)


@task_pages.post("/<int:task_id>/watchers/<any(units, people):kind>/<int:key>/drop")
@guarded(Permission.TASK_DECIDE)
def stop_informing(task_id: int, kind: str, key: int) -> ResponseReturnValue:
    """One who was told need not know any more."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    units = [unit for unit in task.watchers if kind == "units" and unit.id == key]
    people = [person for person in task.watching_people if kind == "people" and person.id == key]
    names = "; ".join([*(unit.short_name for unit in units), *(person.full_name for person in people)])

    def do() -> None:
        tasks.stop_informing(session(), task, units=units, people=people, reason=names, by=me(), at=now())

    return try_act(task, MoveForm(), "move", do)


@task_pages.post("/<int:task_id>/comments")
@guarded(Permission.TASK_VIEW)
def say(task_id: int) -> ResponseReturnValue:
    """Say something to the other parties; a unit outside the task may be mentioned by those who decide."""
    task, form = fetch(Task, task_id, Permission.DISCUSS), TalkForm()

    def do() -> None:
        parties = set(task.parties().all())
        comment = discussion.say(
            session(), task, words=form.words.data or "", mentionable=_mentionable(task), by=me(), at=now()
        )
        if told := [unit for unit in comment.mentioned if unit not in parties]:
            names = "; ".join(unit.short_name for unit in told)
            tasks.inform(session(), task, units=told, people=[], reason=names, by=me(), at=now())

    return try_act(task, form, "talk", do, place="#talk")


@task_pages.get("/<int:task_id>/mentionable")
@guarded(Permission.TASK_VIEW)
def mentionable(task_id: int) -> ResponseReturnValue:
    """The names that may stand after an @ here."""
    task = fetch(Task, task_id, Permission.DISCUSS)
    names = [unit.name for unit in dict.fromkeys(task.parties().all())]
    every = [name for _, name in unit_choices()] if may(Permission.TASK_DECIDE, task) else []
    return jsonify(list(dict.fromkeys(names + every)))


def _mentionable(task: Task) -> list[Unit]:
    """The parties; for those who decide on the task every unit they know, which is then told of it."""
    parties = list(dict.fromkeys(task.parties().all()))
    if not may(Permission.TASK_DECIDE, task) or "@" not in request.form.get("words", ""):
        return parties
    typed = request.form["words"].casefold()
    named = [id_ for id_, name in unit_choices() if f"@{name.casefold()}" in typed]
    return parties + [unit for id_ in named if (unit := session().get_one(Unit, id_)) not in parties]


@task_pages.post("/<int:task_id>/comments/<int:comment_id>/withdraw")
@guarded(Permission.TASK_VIEW)
def withdraw_comment(task_id: int, comment_id: int) -> ResponseReturnValue:
    """Take back what one said."""
    task = fetch(Task, task_id, Permission.TASK_VIEW)
    comment = fetch(Comment, comment_id, Permission.OWN_WORK)
    if (comment.subject_kind, comment.subject_id) != (Task.__tablename__, task.id):
        abort(404)
    return try_act(
        task,
        MoveForm(),
        "move",
        lambda: discussion.withdraw(session(), comment, by=me(), at=now()),
        place="#talk",
    )


@task_pages.post("/<int:task_id>/recurrence")
@guarded(Permission.TASK_DECIDE)
def recur(task_id: int) -> ResponseReturnValue:
    """Have a turn come for every period, or none any more."""
    task, form = fetch(Task, task_id, Permission.TASK_DECIDE), RecurrenceForm()

    def do() -> None:
        cadences = form.cadences.cadences
        tasks.set_recurrence(session(), task, cadences=cadences, due=form.due, by=me(), at=now())

    return try_act(task, form, "recurrence", do, place="#turns")


@task_pages.post("/<int:task_id>/turns")
@guarded(Permission.TASK_DECIDE)
def open_turn(task_id: int) -> ResponseReturnValue:
    """Ask for the task once, outside every cadence."""
    task, form = fetch(Task, task_id, Permission.TASK_DECIDE), TurnForm()

    def do() -> None:
        tasks.open_turn(
            session(),
            task,
            deadline=form.deadline.data,
            keeps_day=form.keeps_day.data,
            reason=form.reason.data or "",
            by=me(),
            at=now(),
        )

    return try_act(task, form, "turn", do, place="#turns")


@task_pages.route("/rules", methods=["GET", "POST"])
@guarded(Permission.TASK_RULES)
def rules() -> ResponseReturnValue:
    """What the office decides once for all its tasks."""
    office = _ruled_office(me())
    form = RulesForm(obj=tasks.rules_of(session(), office.id))
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            tasks.set_rules(session(), office, rules=form.rules(), by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu quy định."), "success")
            return redirect(url_for("tasks.rules"))
        status = tried.status
    return render_template("tasks/rules.html", form=form, office=office, usual=Rules()), status


def _ruled_office(person: Person) -> Unit:
    """The unit for whose tasks the person decides: the office where they lead, else where they administer."""
    posts = sorted(person.appointments_on(today()), key=lambda post: not post.role.runs_an_office)
    return next(post.unit for post in posts if post.role.serves_whole_committee)
