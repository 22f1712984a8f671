"""The history of the sample office, played in the order of time, as it would have happened."""

import heapq
from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from random import Random

from workflows.calendar import LOCAL_ZONE, WorkingCalendar, local_day

# Yields the instant it would like to act at, is told the instant at which it does, and acts.
Story = Generator[datetime, datetime, None]

CALENDAR = WorkingCalendar()
_OPENS, _WORKING_HOURS = time(7, 30), timedelta(hours=9)
_BREATH = timedelta(minutes=5)


def play(stories: Iterable[Story], *, until: datetime) -> int:
    """Let every story act in order of time; what lies after `until` never happens. Returns how many acted.

    No story goes back in time: an act wished for before the story's last one follows that one soon after.
    """
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        if (first := next(story, None)) is not None:
            heapq.heappush(waiting, (first, number, story))
    acts = 0
    while waiting and waiting[0][0] <= until:
        instant, number, story = heapq.heappop(waiting)
        wished = _act(story, instant)
        if wished is not None:
            heapq.heappush(waiting, (max(wished, instant + _BREATH), number, story))
        acts += 1
    return acts


def office_hour(day: date, dice: Random, *, now: datetime) -> datetime:
    """An instant of the first working day from `day` on; one of today has passed already."""
    working_day = CALENDAR.next_working_day(day)
    instant = datetime.combine(working_day, _OPENS, LOCAL_ZONE) + dice.random() * _WORKING_HOURS
    return min(instant, now) if working_day == local_day(now) else instant


def _act(story: Story, instant: datetime) -> datetime | None:
    """Let a story act; returns the instant it would like to act at next, none when it is over."""
    try:
        return story.send(instant)
    except StopIteration:
        return None
