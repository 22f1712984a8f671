"""Points of single things, and the score they add up to."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workflows.scores import Due, Outcome, Thing, UsualWeights, line_of
from workflows.scores.rules import scores

TODAY = date(2026, 11, 16)
DUE = date(2026, 11, 2)
WEIGHTS = UsualWeights(late=70, late_days=5, very_late=40, extension=5, task=2, report=1)

things = st.builds(
    Due,
    thing=st.sampled_from(Thing),
    id=st.integers(1, 99),
    unit_id=st.integers(1, 3),
    what=st.just("Việc"),
    due=st.dates(date(2026, 10, 1), date(2026, 11, 15)),
    done=st.none() | st.dates(date(2026, 9, 1), TODAY),
    extensions=st.integers(0, 30),
)


def due(days_late: int | None, extensions: int = 0, thing: Thing = Thing.TASK) -> Due:
    """A thing done so many days after it was due; none = not done."""
    done = None if days_late is None else DUE + timedelta(days=days_late)
    return Due(thing, 1, 7, "Việc", DUE, done, extensions)


def points(of: Due) -> tuple[Outcome, int]:
    """What became of it, and its points."""
    line = line_of(of, WEIGHTS, today=TODAY)
    return line.outcome, line.points


def test_points_follow_how_late_it_was():
    assert points(due(0)) == (Outcome.IN_TIME, 100)
    assert points(due(-3)) == (Outcome.IN_TIME, 100)
    assert points(due(1)) == points(due(5)) == (Outcome.LATE, 70)
    assert points(due(6)) == (Outcome.VERY_LATE, 40)
    assert points(due(None)) == (Outcome.NOT_DONE, 0)


def test_extensions_take_points_off_and_say_so():
    line = line_of(due(0, extensions=3), WEIGHTS, today=TODAY)
    assert line.points == 85
    assert [str(reason) for reason in line.reasons] == [
        "đúng hạn: 100 điểm",
        "gia hạn 3 lần, trừ 15 điểm",
    ]


def test_a_task_may_count_for_more_than_a_report():
    (score,) = scores([due(0), due(None, thing=Thing.REPORT)], WEIGHTS, today=TODAY)
    assert score.points == Decimal("66.7")


def test_nothing_that_counts_is_no_score():
    weights = UsualWeights(task=0)
    (score,) = scores([due(0)], weights, today=TODAY)
    assert score.points is None


@given(st.lists(things, min_size=1))
def test_a_score_lies_between_nothing_and_a_hundred_and_is_explained_by_its_lines(due_things: list[Due]):
    found = scores(due_things, WEIGHTS, today=TODAY)
    assert sum(len(score.lines) for score in found) == len(due_things)
    assert [score.points for score in found] == sorted(score.points or Decimal(0) for score in found)
    for score in found:
        assert 0 <= (score.points or 0) <= 100
        weight = sum(line.weight for line in score.lines)
        assert score.points == round(Decimal(sum(li.points * li.weight for li in score.lines)) / weight, 1)
        assert sum(score.count(outcome) for outcome in Outcome) == len(score.lines)


@given(things)
def test_being_later_never_earns_more(due_thing: Due):
    if due_thing.done is None:
        return
    later = Due(
        due_thing.thing,
        due_thing.id,
        due_thing.unit_id,
        due_thing.what,
        due_thing.due,
        due_thing.done + timedelta(days=1),
        due_thing.extensions,
    )
    earned = [line_of(each, WEIGHTS, today=TODAY).points for each in (due_thing, later)]
    assert earned[0] >= earned[1]
