"""Units hand in at the same moment, over HTTP, on both databases: no error, nothing lost, nothing doubled."""

from pathlib import Path

from tests.support.apps import opened_app
from tests.support.submitting import answering, furnish_units, kept_by, submit_all

UNITS = 12
FIGURES_EACH = 3


def test_a_dozen_units_at_once(fresh_database_url: str, redis_url: str, tmp_path: Path):
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        wanted = furnish_units(app, UNITS)
        with answering(app, threads=8) as url:
            sent = submit_all(app, url, wanted, at_once=UNITS)
        kept = kept_by(app)
    assert [one.status for one in sent] == [200] * UNITS
    assert (kept.submitted, kept.editions, kept.acts) == (UNITS, UNITS, UNITS)
    assert kept.figures == UNITS * FIGURES_EACH


def test_one_report_sent_by_many_hands_is_submitted_once(
    fresh_database_url: str, redis_url: str, tmp_path: Path
):
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        (one,) = furnish_units(app, 1)
        with answering(app, threads=8) as url:
            sent = submit_all(app, url, [one] * 6, at_once=6)
        kept = kept_by(app)
    assert [answer.status for answer in sent].count(200) == 1
    assert {answer.status for answer in sent} <= {200, 409}
    assert (kept.submitted, kept.editions, kept.figures) == (1, 1, FIGURES_EACH)
