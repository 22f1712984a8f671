"""A round from its opening to its end: what is counted, who sees whom, what can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, SECRET, TODAY
from tests.workflows.office import FOUNDED
from tests.workflows.reconciliation.conftest import Scene, compare
from workflows import reconciliation
from workflows.aftermath import PendingJob
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.members.identity import identity_key
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.permissions import Permission, allows
from workflows.reconciliation import Decision, DoubtfulPair, Round, RoundEntry, RoundMove, RoundState
from workflows.reconciliation.lists import locality


@pytest.fixture
def compared(session: Session, scene: Scene) -> Scene:
    """The round after its comparison."""
    compare(session, scene)
    return scene


def count_of(scene: Scene) -> dict[str, int]:
    """The persons of the last count."""
    return scene.round.outcome["count"]


def figures_of(session: Session, scene: Scene) -> tuple[object, ...]:
    """All that the last count found, in the whole and by unit."""
    found = {name: value for name, value in scene.round.outcome.items() if name != "decisions"}
    lines = session.scalars(reconciliation.units(scene.round, scene.leader, on=TODAY))
    return found, {line.unit_id: (line.entries, line.persons, line.returned) for line in lines}


def pair_of(session: Session, scene: Scene) -> DoubtfulPair:
    """The one pair in doubt."""
    return session.scalars(select(DoubtfulPair).where(DoubtfulPair.round_id == scene.round.id)).one()


def decide(session: Session, scene: Scene, decision: Decision | None) -> None:
    """Settle the pair in doubt and count anew."""
    pair = pair_of(session, scene)
    reconciliation.decide(
        session, pair, decision=decision, note="", version=pair.version, by=scene.leader, at=NOW
    )
    session.flush()
    found = reconciliation.count(session, scene.round)
    reconciliation.keep_count(session, scene.round, found, at=NOW)


def test_one_number_on_two_lists_is_counted_as_one_person(compared: Scene):
    assert count_of(compared)["memberships"] == 7
    assert count_of(compared)["certain"] == 6
    assert compared.round.outcome["both"] == [[5, 1], [1, 2]]
    assert compared.round.outcome["in_so_many"] == [5, 1]
    assert compared.round.state is RoundState.REVIEWING


def test_a_pair_in_doubt_lies_between_the_bounds_until_somebody_decides(session: Session, compared: Scene):
    pair = pair_of(session, compared)
    assert 0.05 <= pair.probability <= 1
    assert count_of(compared)["lowest"] <= 5 <= count_of(compared)["highest"]
    decide(session, compared, Decision.SAME)
    assert (count_of(compared)["certain"], compared.round.outcome["both"][0][1]) == (5, 2)


def test_a_decision_can_be_taken_back_and_leaves_both_sources_whole(session: Session, compared: Scene):
    before = [(m.member.name, m.state, m.version) for m in compared.alike]
    counted = figures_of(session, compared)
    decide(session, compared, Decision.SAME)
    assert figures_of(session, compared) != counted
    decide(session, compared, None)
    assert figures_of(session, compared) == counted
    assert [(m.member.name, m.state, m.version) for m in compared.alike] == before


def test_a_pair_found_different_is_two_persons_beyond_doubt(session: Session, compared: Scene):
    decide(session, compared, Decision.DIFFERENT)
    assert count_of(compared)["likely"] == count_of(compared)["certain"] == 6


def test_what_was_decided_outlives_another_comparison(session: Session, compared: Scene):
    decide(session, compared, Decision.SAME)
    compare(session, compared)
    assert pair_of(session, compared).decision is Decision.SAME
    assert count_of(compared)["certain"] == 5


def test_a_count_that_was_overtaken_by_a_later_one_is_not_kept(session: Session, compared: Scene):
    slow = reconciliation.count(session, compared.round)
    decide(session, compared, Decision.SAME)
    reconciliation.keep_count(session, compared.round, slow, at=NOW)
    assert count_of(compared)["certain"] == 5


def test_a_count_of_an_earlier_comparison_is_not_kept(session: Session, compared: Scene):
    slow = replace(reconciliation.count(session, compared.round), compared_at=NOW - timedelta(days=1))
    counted = compared.round.outcome
    reconciliation.keep_count(session, compared.round, replace(slow, figures={}), at=NOW)
    assert compared.round.outcome == counted


def test_what_two_workers_compared_at_once_is_kept_once(session: Session, scene: Scene):
    start(session, scene)
    first, second = (reconciliation.compare(session, scene.round) for _ in range(2))
    reconciliation.keep(session, scene.round, first, at=NOW)
    session.flush()
    start(session, scene)
    reconciliation.keep(session, scene.round, second, at=NOW)
    assert scene.round.state is RoundState.COMPARING


def start(session: Session, scene: Scene) -> None:
    """Ask for a comparison."""
    reconciliation.start_comparing(session, scene.round, version=scene.round.version, by=scene.leader, at=NOW)
    session.flush()


def test_every_unit_has_its_line_and_each_reads_its_own(session: Session, compared: Scene):
    register = compared.register

    def lines(person: Person) -> dict[str, tuple[int, int, int]]:
        found = session.scalars(reconciliation.units(compared.round, person, on=TODAY))
        return {line.unit.code: (line.entries, line.persons, line.weight) for line in found}

    ours, theirs = lines(register.head), lines(compared.women_head)
    assert (ours, theirs) == ({register.youth_here.code: (5, 5, 0)}, {register.women_here.code: (2, 2, 0)})
    assert lines(compared.leader) == ours | theirs


def test_two_who_decide_at_once_are_told_so(session: Session, compared: Scene):
    pair = pair_of(session, compared)
    stale = pair.version
    decide(session, compared, Decision.LATER)
    with pytest.raises(Conflict, match="người khác vừa quyết định"):
        reconciliation.decide(
            session, pair, decision=Decision.SAME, note="", version=stale, by=compared.leader, at=NOW
        )


def test_the_reasons_are_named_and_add_up_to_the_score(session: Session, compared: Scene):
    pair = pair_of(session, compared)
    grounds = reconciliation.grounds(pair)
    assert {ground.field.value for ground in grounds} >= {"name", "birth", "place", "sex"}
    assert [abs(ground.bits) for ground in grounds] == sorted((abs(g.bits) for g in grounds), reverse=True)


def test_names_are_hidden_from_the_office_until_both_lists_are_open(session: Session, compared: Scene):
    def names(person) -> list[bool]:
        pairs = session.scalars(reconciliation.pairs(compared.round, person, on=TODAY)).all()
        laid = reconciliation.laid_out(session, compared.round, pairs, person, on=TODAY)
        return [side.membership is not None for one in laid for side in (one.left, one.right)]

    youth_list, women_list = compared.round.lists
    heads = (compared.register.head, compared.women_head)
    assert names(compared.leader) == [False, False]
    assert [names(head) for head in heads] == [[], []]
    reconciliation.open_list(session, youth_list, is_open=True, by=compared.register.head, at=NOW)
    assert names(compared.leader) == [False, False]
    assert [names(head) for head in heads] == [[], []]
    reconciliation.open_list(session, women_list, is_open=True, by=compared.women_head, at=NOW)
    assert names(compared.leader) == names(compared.register.head) == [True, True]
    reconciliation.close(session, compared.round, version=compared.round.version, by=compared.leader, at=NOW)
    assert names(compared.leader) == [False, False]
    assert [names(head) for head in heads] == [[], []]


def test_a_list_that_is_closed_again_hides_its_names(session: Session, compared: Scene):
    youth_list, women_list = compared.round.lists
    reconciliation.open_list(session, youth_list, is_open=True, by=compared.register.head, at=NOW)
    for is_open in (True, False):
        reconciliation.open_list(session, women_list, is_open=is_open, by=compared.women_head, at=NOW)
        pairs = session.scalars(reconciliation.pairs(compared.round, compared.leader, on=TODAY)).all()
        (laid,) = reconciliation.laid_out(session, compared.round, pairs, compared.leader, on=TODAY)
        assert laid.shows_names is is_open


def test_who_decides_and_keeps_one_of_the_lists_sees_no_name_of_a_pair_either(
    session: Session, compared: Scene
):
    leader = compared.leader
    leader.appointments.append(
        Appointment(unit=compared.register.youth, role=Role.UNIT_CLERK, valid_from=FOUNDED)
    )
    session.flush()
    pairs = session.scalars(reconciliation.pairs(compared.round, leader, on=TODAY)).all()
    (laid,) = reconciliation.laid_out(session, compared.round, pairs, leader, on=TODAY)
    assert (laid.left.membership, laid.right.membership) == (None, None)


def test_a_page_opened_before_another_comparison_decides_nothing(session: Session, compared: Scene):
    decide(session, compared, Decision.LATER)
    stale = pair_of(session, compared).version
    compare(session, compared)
    with pytest.raises(Conflict):
        reconciliation.decide(
            session,
            pair_of(session, compared),
            decision=Decision.SAME,
            note="",
            version=stale,
            by=compared.leader,
            at=NOW,
        )


def test_a_later_round_of_others_takes_nothing_from_what_is_told(session: Session, compared: Scene):
    reconciliation.close(session, compared.round, version=compared.round.version, by=compared.leader, at=NOW)
    elsewhere = Round(
        office=compared.round.office,
        name="Đợt khác",
        purpose="Chỉ thị",
        state=RoundState.CLOSED,
        opened_by=compared.leader,
        opened_at=NOW,
        ended_at=NOW,
    )
    session.add(elsewhere)
    session.flush()
    ours = [membership.id for membership in compared.on_both]
    assert reconciliation.others(session, ours) == dict.fromkeys(ours, 1)


def test_an_organisation_opens_its_own_list_and_no_other(session: Session, scene: Scene):
    youth_list, women_list = scene.round.lists
    for list_, person in ((youth_list, scene.leader), (women_list, scene.register.head)):
        with pytest.raises(NotAllowed):
            reconciliation.open_list(session, list_, is_open=True, by=person, at=NOW)


def test_who_reads_a_round_finds_it_in_the_list_and_nobody_else_does(session: Session, scene: Scene):
    register = scene.register
    people = [*register.office.people(), register.head, register.clerk, register.secretary, scene.women_head]
    for person in people:
        listed = scene.round in session.scalars(reconciliation.all_rounds(person, on=TODAY)).all()
        assert listed == allows(person, Permission.ROUND_VIEW, scene.round, on=TODAY), person.username
    readers = {p.username for p in people if allows(p, Permission.ROUND_VIEW, scene.round, on=TODAY)}
    assert readers == {register.head.username, scene.women_head.username} | {
        person.username
        for person in (register.office.clerk, register.office.leader, register.office.inspector)
    }


def test_only_how_many_other_organisations_is_told_of_a_member(session: Session, compared: Scene):
    ours = [membership.id for membership in compared.on_both]
    assert reconciliation.others(session, ours) == {}
    reconciliation.close(session, compared.round, version=compared.round.version, by=compared.leader, at=NOW)
    assert reconciliation.others(session, ours) == dict.fromkeys(ours, 1)
    assert reconciliation.others(session, [membership.id for membership in compared.alike]) == {}


def test_nothing_that_is_kept_holds_a_key(session: Session, compared: Scene):
    entry = session.scalars(select(RoundEntry).limit(1)).one()
    kept = {column.name for column in RoundEntry.__table__.columns} | {
        column.name for column in DoubtfulPair.__table__.columns
    }
    assert not {name for name in kept if "key" in name or "identity" in name or "name" in name} - {
        "name_share"
    }
    assert identity_key("036301001111", SECRET) not in str(compared.round.outcome) + str(compared.round.model)
    assert entry.person < 7


def test_a_closed_round_takes_no_decision_and_no_opening(session: Session, compared: Scene):
    reconciliation.close(session, compared.round, version=compared.round.version, by=compared.leader, at=NOW)
    session.flush()
    with pytest.raises(Conflict):
        decide(session, compared, Decision.SAME)
    with pytest.raises(Refused):
        reconciliation.open_list(
            session, compared.round.lists[0], is_open=True, by=compared.register.head, at=NOW
        )
    assert reconciliation.open_moves(compared.round, compared.leader, at=NOW) == []


def test_a_round_is_given_up_with_a_reason_only(session: Session, scene: Scene):
    round_ = scene.round
    with pytest.raises(InvalidFields):
        reconciliation.abandon(session, round_, version=round_.version, reason=" ", by=scene.leader, at=NOW)
    reconciliation.abandon(
        session, round_, version=round_.version, reason="Danh sách chưa đủ", by=scene.leader, at=NOW
    )
    assert round_.state is RoundState.ABANDONED


def test_what_was_found_after_the_round_was_given_up_is_not_kept(session: Session, scene: Scene):
    reconciliation.start_comparing(session, scene.round, version=scene.round.version, by=scene.leader, at=NOW)
    session.flush()
    found = reconciliation.compare(session, scene.round)
    reconciliation.abandon(
        session, scene.round, version=scene.round.version, reason="Dừng", by=scene.leader, at=NOW
    )
    session.flush()
    reconciliation.keep(session, scene.round, found, at=NOW)
    assert session.scalar(select(func.count()).select_from(RoundEntry)) == 0


def test_comparing_is_work_for_a_worker_and_not_begun_twice(session: Session, scene: Scene):
    reconciliation.start_comparing(session, scene.round, version=scene.round.version, by=scene.leader, at=NOW)
    session.flush()
    waiting = session.scalars(select(PendingJob).where(PendingJob.job == "compare-lists")).all()
    assert [job.arguments for job in waiting] == [{"id": scene.round.id}]
    with pytest.raises(Conflict):
        reconciliation.start_comparing(
            session, scene.round, version=scene.round.version, by=scene.leader, at=NOW
        )
    assert RoundMove.COMPARE not in reconciliation.open_moves(scene.round, scene.leader, at=NOW)


def test_a_round_needs_a_name_a_purpose_and_each_organisation_once(session: Session, scene: Scene):
    with pytest.raises(InvalidFields) as refused:
        reconciliation.open_round(
            session,
            scene.register.office.office,
            name="",
            purpose="",
            heads=[scene.register.youth, scene.register.youth_here],
            by=scene.leader,
            at=NOW,
        )
    assert set(refused.value.fields) == {"name", "purpose", "heads"}


def test_an_office_invites_no_organisation_outside_its_branch(session: Session, scene: Scene):
    elsewhere = Unit(
        code="TD-X",
        name="Tỉnh đoàn khác",
        short_name="Tỉnh đoàn khác",
        kind=scene.register.youth.kind,
        level=scene.register.youth.level,
        organisation=scene.register.youth.organisation,
        path="/9999/",
        founded_on=FOUNDED,
    )
    session.add(elsewhere)
    session.flush()
    with pytest.raises(InvalidFields) as refused:
        reconciliation.open_round(
            session,
            scene.register.office.office,
            name="Đối chiếu",
            purpose="Chỉ thị",
            heads=[elsewhere],
            by=scene.leader,
            at=NOW,
        )
    assert set(refused.value.fields) == {"heads"}


def test_bodies_of_one_commune_share_its_name(scene: Scene):
    register = scene.register
    assert locality(register.youth_here) == locality(register.women_here) == "xa an binh"
    assert locality(register.youth) == ""
