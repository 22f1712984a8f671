"""The stories of the statistics: the target set with its directive, totals published when returns were in."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from workflows import statistics
from workflows.calendar import containing
from workflows.sample_office.chance import chance
from workflows.sample_office.office import MEMBERS
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import CALENDAR, Story, office_hour

_SHARE, _DIRECTIVE = Decimal("0.6"), "ct06"
_PUBLISHED_AFTER = timedelta(days=40)


def statistics_stories(scene: Scene) -> Iterator[Story]:
    """The target for gathering, and the totals of the half-years that are over for long enough."""
    yield _target(scene)
    yield _publication(scene)


def _target(scene: Scene) -> Story:
    directive = next(sample for sample in scene.sample.directives if sample.key == _DIRECTIVE)
    at = yield office_hour(
        directive.issued + timedelta(1), chance(scene.seed, _DIRECTIVE, "target"), now=scene.now
    )
    statistics.set_target(
        scene.session,
        scene.highest_office,
        organisation="",
        share=_SHARE,
        valid_from=directive.issued,
        source=f"Chỉ thị số {directive.number}",
        by=scene.clerk(scene.highest_office),
        at=at,
    )


def _publication(scene: Scene) -> Story:
    """The last half-year but one; the newest waits for its last returns."""
    regime = next(sample for sample in scene.sample.regimes if sample.key == MEMBERS)
    cut_off_day = regime.timetable.cut_off_day
    running = containing(scene.today, regime.cadence, cut_off_day)
    newest = running.previous() if running else None
    period = newest.previous() if newest else None
    if period is None:
        return
    due = regime.timetable.dates_of(period, CALENDAR).due
    at = yield office_hour(due + _PUBLISHED_AFTER, chance(scene.seed, MEMBERS, "published"), now=scene.now)
    statistics.publish(
        scene.session,
        scene.regimes[MEMBERS],
        period=period.code,
        by=scene.leader(scene.highest_office),
        at=at,
    )
