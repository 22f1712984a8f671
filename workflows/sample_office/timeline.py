"""The history of the sample office, played in the order of time, as it would have happened."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from workflows.calendar import LOCAL_ZONE, WorkingCalendar, local_day

Story = Iterator[datetime]
CALENDAR = WorkingCalendar()
_OPENS, _WORKING_HOURS = time(7, 30), timedelta(hours=9)


def play(stories: Iterable[Story], *, until: datetime) -> int:
    """Let every story act at the instants it names, in order of time; what lies after `until` never happens.

    A story yields the instant of its next act, and acts when it is asked to go on. Returns how many acted.
    """
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story)
    acts = 0
    while waiting and waiting[0][0] <= until:
        _, number, story = heapq.heappop(waiting)
        _wait(waiting, number, story)
        acts += 1
    return acts


def office_hour(day: date, dice: Random, *, now: datetime) -> datetime:
    """An instant of the first working day from `day` on; one of today has passed already."""
    working_day = CALENDAR.next_working_day(day)
    instant = datetime.combine(working_day, _OPENS, LOCAL_ZONE) + dice.random() * _WORKING_HOURS
    return min(instant, now) if working_day == local_day(now) else instant


def _wait(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    """Let a story act, and put it back with the instant of its next act."""
    instant = next(story, None)
    if instant is not None:
        heapq.heappush(waiting, (instant, number, story))
