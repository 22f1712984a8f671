"""Stories are played in the order of time."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import WorkingCalendar, local_day
from workflows.sample_office.timeline import office_hour, play

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def story(acts: list[datetime], *instants: datetime):
    for instant in sorted(instants):
        acts.append((yield instant))


@given(st.lists(st.lists(st.integers(-100, 100), max_size=6, unique=True), max_size=6))
def test_acts_of_all_stories_happen_in_order_and_none_lies_in_the_future(stories):
    acts: list[datetime] = []
    instants = [[NOW + timedelta(hours=hours) for hours in hours_of] for hours_of in stories]
    count = play([story(acts, *moments) for moments in instants], until=NOW)
    assert acts == sorted(instant for moments in instants for instant in moments if instant <= NOW)
    assert count == len(acts)


def test_a_story_never_goes_back_in_time():
    acts: list[datetime] = []

    def wavering():
        acts.append((yield NOW - timedelta(days=2)))
        acts.append((yield NOW - timedelta(days=3)))
        acts.append((yield NOW - timedelta(days=1)))

    play([wavering()], until=NOW)
    assert acts == sorted(acts)
    assert timedelta(0) < acts[1] - acts[0] < timedelta(hours=1)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers())
def test_an_office_hour_lies_on_a_working_day_and_not_before_the_day_named(day, seed):
    instant = office_hour(day, Random(seed), now=NOW)
    worked = local_day(instant)
    assert worked >= day
    assert WorkingCalendar().is_working(worked)
    assert worked != local_day(NOW) or instant <= NOW
