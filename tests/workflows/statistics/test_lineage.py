"""Bodies merge and split; the figures they told go on where they belong."""

from datetime import date

from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from tests.workflows.statistics.test_queries import handed_in, regime  # noqa: F401
from workflows import reports, statistics
from workflows.organisations import Succession, Unit
from workflows.regimes import Regime
from workflows.statistics import Source, member_form

FIRST, SECOND = "2026-H1", "2026-H2"
MERGED_ON = date(2026, 7, 1)


def accepted(session: Session, office: Office, place: int, period: str, **changes: int) -> None:
    """An accepted return of a commune."""
    by = (office.commune_clerk, office.other_clerk)[min(place, 1)]
    report = handed_in(session, office, place, period, by, **changes)
    reports.accept(session, report, by=office.clerk, at=NOW)


def went_on(session: Session, forebear: Unit, heir: Unit) -> None:
    """One body goes on as another."""
    succession = Succession(
        predecessor_id=forebear.id, successor_id=heir.id, happened_on=MERGED_ON, source="NQ"
    )
    session.add(succession)
    session.flush()


def test_a_merged_body_goes_on_in_the_series_of_its_heir(session: Session, office: Office, regime: Regime):  # noqa: F811
    accepted(session, office, 0, FIRST)
    accepted(session, office, 1, FIRST, eligible=300)
    heir, forebear = office.communes[0], office.communes[1]
    alone = statistics.told_by(session, regime, statistics.lineage(session, heir).own)
    went_on(session, forebear, heir)
    together = statistics.told_by(session, regime, statistics.lineage(session, heir).own)
    assert [moment.figures["closing"] for moment in alone] == [107]
    assert [moment.figures["closing"] for moment in together] == [214]
    assert together[0].tellers == (heir.short_name, forebear.short_name)


def test_what_a_split_body_told_stays_beside_the_series_of_both_heirs(session: Session, office: Office):
    split, *heirs = office.communes
    for heir in heirs:
        went_on(session, split, heir)
    for heir in heirs:
        line = statistics.lineage(session, heir)
        assert line.own == (heir,)
        assert line.divided == (split,)


def test_a_body_that_split_and_was_put_together_again_is_whole(session: Session, office: Office):
    whole, part, other = office.communes
    went_on(session, whole, part)
    went_on(session, whole, other)
    went_on(session, other, part)
    assert {unit.id for unit in statistics.lineage(session, part).own} == {part.id, other.id, whole.id}


def test_totals_before_and_after_a_merger_agree(session: Session, office: Office, regime: Regime):  # noqa: F811
    accepted(session, office, 0, FIRST)
    accepted(session, office, 1, FIRST)
    scope = Unit.organisation == "youth"
    before = statistics.series(session, regime, member_form.CLOSING, scope)
    went_on(session, office.communes[1], office.communes[0])
    office.communes[1].dissolved_on = MERGED_ON
    session.flush()
    assert statistics.series(session, regime, member_form.CLOSING, scope) == before
    heir = statistics.told_by(session, regime, statistics.lineage(session, office.communes[0]).own)
    assert [(moment.period, moment.figures["closing"]) for moment in heir] == before


def test_two_sources_are_laid_side_by_side_unit_by_unit(session: Session, office: Office, regime: Regime):  # noqa: F811
    accepted(session, office, 0, FIRST)
    accepted(session, office, 1, FIRST, admitted=20, closing=117)
    scope = Unit.organisation == "youth"
    left, right = Source(regime, FIRST), Source(regime, FIRST, from_register=True)
    found = statistics.compare(session, left, right, member_form.CLOSING, scope)
    assert {(one.unit_id, one.left, one.right) for one in found} == {
        (office.communes[0].id, 107, None),
        (office.communes[1].id, 117, None),
    }
    (same, other) = statistics.compare(session, left, left, member_form.CLOSING, scope)
    assert same.amount == other.amount == 0
