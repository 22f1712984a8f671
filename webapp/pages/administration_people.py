"""Người dùng: accounts and roles; a first password is shown once and never again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.auth import hasher
from webapp.badges import Badge, Tone
from webapp.filters import Flag, Options, Words
from webapp.forms.administration import EndRoleForm, PersonForm, RoleForm
from webapp.forms.base import attempt
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.pages.administration import blueprint as administration
from webapp.pages.administration import form_page
from webapp.passwords import first_password
from webapp.runtime import now, session, today
from webapp.words import words
from workflows import administration as keeping
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role
from workflows.permissions import Permission, kept_people
from workflows.wording import N_


def address(person: Person) -> str:
    """The page of a person."""
    return url_for("administration.person", person_id=person.id)


def standing(person: Person) -> Badge:
    """Whether the account is open, in colour and word."""
    return Badge(gettext("đang dùng"), Tone.GOOD) if person.active else Badge(gettext("đã khoá"), Tone.IDLE)


def _roles(person: Person) -> str:
    held = person.own_appointments_on(today())
    return "; ".join(f"{words(post.role)}, {post.unit.short_name}" for post in held)


def second_factor(person: Person) -> Badge:
    """Whether signing in takes two steps, in colour and word."""
    has_it = person.account is not None and person.account.second_factor is not None
    return Badge(gettext("đã bật"), Tone.GOOD) if has_it else Badge(gettext("chưa bật"), Tone.IDLE)


def _signed_in(person: Person) -> object:
    return person.account.signed_in_at if person.account else None


def _role_options() -> list[tuple[str, str]]:
    return [(role.value, words(role)) for role in Role]


def _holding(roles: list[str]) -> Select[int]:
    """The people who hold one of the roles today."""
    held = (Appointment.valid_to.is_(None)) | (Appointment.valid_to >= today())
    return select(Appointment.person_id).where(Appointment.role.in_(map(Role, roles)), held)


PEOPLE: Listing[Person] = Listing(
    name="nguoi-dung",
    title=N_("Người dùng"),
    columns=(
        Column(
            "name",
            N_("Họ và tên"),
            lambda person: person.full_name,
            sort=in_vietnamese_order(Person.full_name),
            address=address,
            width=28,
        ),
        Column(
            "username", N_("Tên đăng nhập"), lambda person: person.username, sort=Person.username, width=24
        ),
        Column("post", N_("Chức vụ"), lambda person: person.post, sort=Person.post, width=28),
        Column("roles", N_("Vai trò"), _roles, width=60),
        Column("signed_in", N_("Đăng nhập gần nhất"), _signed_in, sort=Account.signed_in_at),
        Column(
            "second_factor",
            N_("Xác thực hai bước"),
            second_factor,
            sort=Account.second_factor.is_not(None),
        ),
        Column("standing", N_("Tài khoản"), standing, sort=Person.active),
    ),
    filters=(
        Words("words", N_("Tên"), (Person.full_name, Person.username, Person.post)),
        Options("role", N_("Vai trò"), _role_options, lambda roles: Person.id.in_(_holding(roles))),
        Flag("closed", N_("đã khoá"), lambda: ~Person.active),
        Flag(
            "without_second_factor",
            N_("chưa bật xác thực hai bước"),
            lambda: Person.active & Account.second_factor.is_(None),
        ),
    ),
    views=(View("all", N_("Tất cả")), View("closed", N_("Đã khoá"), {"closed": "1"})),
    sort="name",
)


@administration.get("/people")
@guarded(Permission.PEOPLE_MANAGE)
def people() -> ResponseReturnValue:
    """Everybody who works in the units that the person keeps, and nowhere else."""
    wanted = (
        select(Person)
        .outerjoin(Person.account)
        .where(kept_people(me(), on=today()))
        .options(joinedload(Person.account), selectinload(Person.appointments).joinedload(Appointment.unit))
    )
    return listing.answer(PEOPLE, wanted, "administration/people.html")


@administration.get("/people/<int:person_id>")
@guarded(Permission.PEOPLE_MANAGE)
def person(person_id: int) -> ResponseReturnValue:
    """One person: account, roles, trail."""
    somebody = fetch(Person, person_id, Permission.PEOPLE_MANAGE)
    return render_template(
        "administration/person.html",
        person=somebody,
        standing=standing(somebody),
        end_form=EndRoleForm(formdata=None, last_day=today()),
        history=lines_of(somebody),
    )


@administration.route("/people/new", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_MANAGE)
def add_person() -> ResponseReturnValue:
    """Open an account; its first password is shown once."""
    form, password = PersonForm(), first_password()
    if form.validate_on_submit():
        unit = fetch(Unit, form.unit.data, Permission.PEOPLE_MANAGE)
        said = {name: value for name, value in form.data.items() if name not in ("csrf_token", "unit")}
        with attempt(form) as tried:
            somebody = keeping.add_person(
                session(), unit, password_hash=hasher.hash(password), by=me(), at=now(), **said
            )
        if tried.succeeded:
            return _told_once(somebody, password)
    back = url_for("administration.people")
    return form_page(form, gettext("Mở tài khoản"), button=gettext("Mở tài khoản"), back=back)


@administration.post("/people/<int:person_id>/password")
@guarded(Permission.PEOPLE_MANAGE)
def reset_password(person_id: int) -> ResponseReturnValue:
    """A new first password, shown once."""
    somebody, password = fetch(Person, person_id, Permission.PEOPLE_MANAGE), first_password()
    keeping.reset_password(session(), somebody, password_hash=hasher.hash(password), by=me(), at=now())
    return _told_once(somebody, password)


@administration.route("/people/<int:person_id>/roles", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_MANAGE)
def appoint(person_id: int) -> ResponseReturnValue:
    """One more role."""
    somebody, form = fetch(Person, person_id, Permission.PEOPLE_MANAGE), RoleForm()
    if form.validate_on_submit():
        unit = fetch(Unit, form.unit.data, Permission.PEOPLE_MANAGE)
        with attempt(form) as tried:
            keeping.appoint(session(), somebody, unit=unit, role=form.role.data, by=me(), at=now())
        if tried.succeeded:
            return _done(somebody, gettext("Đã giao vai trò."))
    title = gettext("Giao vai trò cho %(person)s", person=somebody.full_name)
    return form_page(form, title, button=gettext("Giao vai trò"), back=address(somebody))


@administration.post("/people/<int:person_id>/roles/<int:appointment_id>/end")
@guarded(Permission.PEOPLE_MANAGE)
def end_appointment(person_id: int, appointment_id: int) -> ResponseReturnValue:
    """The last day of a role."""
    somebody = fetch(Person, person_id, Permission.PEOPLE_MANAGE)
    post = next((one for one in somebody.appointments if one.id == appointment_id), None)
    form = EndRoleForm()
    if post is not None and form.validate_on_submit():
        keeping.end_appointment(
            session(), somebody, appointment=post, last_day=form.last_day.data, by=me(), at=now()
        )
        return _done(somebody, gettext("Đã ghi ngày kết thúc vai trò."))
    flash(gettext("Chưa kết thúc vai trò: nhập ngày cuối theo dạng ngày/tháng/năm rồi gửi lại."), "warning")
    return redirect(address(somebody))


@administration.post("/people/<int:person_id>/close")
@guarded(Permission.PEOPLE_MANAGE)
def close_account(person_id: int) -> ResponseReturnValue:
    """No more signing in; all open sessions end."""
    somebody = fetch(Person, person_id, Permission.PEOPLE_MANAGE)
    keeping.close_account(session(), somebody, by=me(), at=now())
    return _done(somebody, gettext("Đã khoá tài khoản. Những việc đã làm vẫn giữ trong nhật ký."))


def _told_once(somebody: Person, password: str) -> ResponseReturnValue:
    return render_template("administration/first_password.html", person=somebody, password=password)


def _done(somebody: Person, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(address(somebody))
