"""Whatever happens, and in whatever order, the numbers of every branch, unit and period add up."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, Register, admitted
from workflows import members
from workflows.errors import DomainError
from workflows.members import Branch, MembershipState, MovementKind, figures
from workflows.members.states import standing

FIRST = date(2026, 1, 1)
days = st.integers(0, 200).map(lambda n: FIRST + timedelta(n))
acts = st.lists(
    st.tuples(
        st.sampled_from(["admit", "exit", "honour", "move", "send", "receive", "refuse", "counter"]),
        st.integers(0, 1000),
        days,
    ),
    max_size=14,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, days, days)
def test_closing_is_opening_plus_increases_less_decreases(
    session: Session, register: Register, what: list, one: date, other: date
):
    point = session.begin_nested()
    try:
        play(session, register, what)
        first, last = sorted((one, other))
        for scope in scopes(register):
            flow = figures.flow(session, scope, first, last)
            assert flow.opening == figures.closing(session, scope, first - timedelta(1))
            assert flow.closing == figures.closing(session, scope, last)
            assert flow.closing == standing_at(session, scope, last)
            assert min(vars(flow).values()) >= 0
    finally:
        point.rollback()
        session.expire_all()


def scopes(register: Register) -> list:
    """Each branch, each unit, the whole organisation."""
    branches = [register.branch, register.branch_beside, register.branch_there]
    units = [register.youth_here, register.youth_there, register.youth]
    return [*(Branch.id == branch.id for branch in branches), *map(figures.of_unit, units)]


def standing_at(session: Session, scope, day: date) -> int:
    """Members at the end of a day, one by one, by replaying what happened to each."""
    inside = {branch.id for branch in session.query(Branch).join(Branch.unit).filter(scope)}
    found = 0
    for membership in session.query(members.Membership):
        until = [moved for moved in members.movements_of(session, membership) if moved.on <= day]
        at_that_day = standing(until)
        found += at_that_day.state is MembershipState.ACTIVE and at_that_day.branch_id in inside
    return found


def play(session: Session, register: Register, what: list) -> None:
    """Do one act after the other; what the office refuses does not happen."""
    for act, number, day in what:
        point = session.begin_nested()
        try:
            PLAYS[act](session, register, number, day)
            session.flush()
            point.commit()
        except DomainError:
            point.rollback()


def _admit(session, register, number, day):
    branch = pick([register.branch, register.branch_beside, register.branch_there], number)
    kind = pick([MovementKind.ADMITTED, MovementKind.TRANSFERRED_IN, MovementKind.ENROLLED], number)
    admitted(session, branch, f"Trần Văn {number}", register.head, on=day, kind=kind)


def _exit(session, register, number, day):
    kinds = [
        MovementKind.TRANSFERRED_OUT, MovementKind.STRUCK_OFF, MovementKind.MATURED, MovementKind.DECEASED,
    ]  # fmt: skip
    membership = pick(session.query(members.Membership).all(), number)
    ground = members.habits_of(session, register.youth).reasons[0]
    members.record(
        session, membership, kind=pick(kinds, number), on=day, ground=ground, by=register.head, at=NOW
    )


def _honour(session, register, number, day):
    membership = pick(session.query(members.Membership).all(), number)
    members.record(session, membership, kind=MovementKind.HONOURED, on=day, by=register.head, at=NOW)


def _move(session, register, number, day):
    membership = pick(session.query(members.Membership).all(), number)
    target = pick([register.branch, register.branch_beside], number)
    members.transfers.send(
        session, membership, to_unit=register.youth_here, to_branch=target, on=day, by=register.head, at=NOW
    )


def _send(session, register, number, day):
    membership = pick(session.query(members.Membership).all(), number)
    members.transfers.send(
        session, membership, to_unit=pick([register.youth_here, register.youth_there], number), on=day,
        by=register.head, at=NOW,
    )  # fmt: skip


def _receive(session, register, number, day):
    transfer = pick(session.query(members.Transfer).all(), number)
    branch = register.branch_beside if transfer.to_unit is register.youth_here else register.branch_there
    members.transfers.receive(session, transfer, branch=branch, on=day, by=register.head, at=NOW)


def _refuse(session, register, number, day):
    transfer = pick(session.query(members.Transfer).all(), number)
    members.transfers.refuse(session, transfer, reason="nhầm", by=register.head, at=NOW)


def _counter(session, register, number, day):
    movement = pick(
        session.query(members.Movement).order_by(members.Movement.id.desc()).limit(4).all(), number
    )
    members.counter(session, movement, reason="ghi nhầm", by=register.head, at=NOW)


def pick(of: list, number: int):
    """One of them; where there is none, nothing happens."""
    if not of:
        raise DomainError("none")
    return of[number % len(of)]


PLAYS = {
    "admit": _admit, "exit": _exit, "honour": _honour, "move": _move, "send": _send, "receive": _receive,
    "refuse": _refuse, "counter": _counter,
}  # fmt: skip
