"""A reconciliation round of six organisations: a million rows, 70 in a hundred with an identity number.

Read from the database, compared, kept; persons against the known truth; the exact part beside splink's
deterministic linking on DuckDB over the same rows; the weights splink trains beside ours.
BENCH_SHARE=0.01 tries a hundredth of the size.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.benchmarks._memory import most_megabytes
from tests.benchmarks._rosters import ORGANISATIONS, rosters
from tests.support.databases import SqliteDatabases
from workflows import reconciliation
from workflows.db import open_engine, session_factory
from workflows.members import Branch, Member, Membership, MembershipState, Sex
from workflows.members.identity import folded_name, hidden, normal_identity, normal_name, sort_name
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Person
from workflows.reconciliation import Round, RoundList, RoundState
from workflows.reconciliation.lists import Lists, read
from workflows.reconciliation.matching import AGREEMENTS, Agreement, Pairs, by_splink, match, persons
from workflows.reconciliation.matching.agreements import agreements
from workflows.reconciliation.matching.rows import Rows

SHARE = float(os.environ.get("BENCH_SHARE", "1"))
ROWS = int(1_000_000 * SHARE)
SEEDS, ROWS_OF_A_SEED = 20, int(50_000 * max(SHARE, 0.1))
COMMUNES = 150
MOVED_AWAY = 29
"""Every so many-th person is on the second list at another commune."""
SECRET = b"the register of a benchmark"
FOUNDED = date(2020, 1, 1)
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


def whole() -> Iterator[dict[str, Any]]:
    """A whole round in a process of its own, then the same exact part by splink."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder, _processes() as pool:
        url = SqliteDatabases(Path(folder)).create()
        truth = pool.apply(_fill, (url,))
        found = pool.apply(_round, (url,))
        beside = pool.apply(_splink, (url,))
    off = 100 * abs(found["likely"] - truth) / truth
    yield _line("exact part", found["exact"], "s", 60)
    yield _line("exact part against splink on DuckDB", found["exact"] / beside, "times", 1)
    yield _line("whole round without decisions", found["whole"], "s", 360)
    yield _line("memory of the worker", found["megabytes"], "MB", 1_500)
    yield _line("persons off the truth", off, "%", 0.3)
    yield _line(
        "truth outside the bounds", int(not found["lowest"] <= truth <= found["highest"]), "rounds", 0
    )


def seeds() -> Iterator[dict[str, Any]]:
    """Twenty registers: how often the truth lies outside the bounds; precision and recall of likely pairs."""
    outside, precisions, recalls = 0, [], []
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        databases = SqliteDatabases(Path(folder))
        for seed in range(SEEDS):
            url = databases.create()
            truth = _fill(url, ROWS_OF_A_SEED, seed + 1)
            rows, who = _rows(url)
            found = match(rows)
            outside += not found.count.lowest <= truth <= found.count.highest
            is_true = who[found.doubtful.left] == who[found.doubtful.right]
            likely = found.probability >= 0.5
            precisions.append(is_true[likely].mean())
            recalls.append(is_true[likely].sum() / max(is_true.sum(), 1))
    yield _line(f"truth outside the bounds, of {SEEDS} seeds", outside, "seeds", 1)
    yield _least("precision of likely pairs", float(np.mean(precisions)), 0.95)
    yield _least("recall of likely pairs", float(np.mean(recalls)), 0.90)


def trained_by_splink() -> Iterator[dict[str, Any]]:
    """One register with the weights splink trains: does it compare as we do, how good are likely pairs."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        url = SqliteDatabases(Path(folder)).create()
        truth = _fill(url, ROWS_OF_A_SEED)
        rows, who = _rows(url)
    found = match(rows, by_splink.learn_by_splink)
    is_true = who[found.doubtful.left] == who[found.doubtful.right]
    likely = found.probability >= 0.5
    yield _line("pairs splink compares otherwise", _compared_otherwise(rows), "pairs", 0)
    yield _line("persons off the truth, by splink", 100 * abs(found.count.likely - truth) / truth, "%", 0.3)
    yield _least("precision of likely pairs, by splink", float(is_true[likely].mean()), 0.95)
    yield _least("recall of likely pairs, by splink", float(is_true[likely].sum() / is_true.sum()), 0.90)


def _compared_otherwise(rows: Rows) -> int:
    """Pairs of one year of birth, sex and place in which splink's comparison differs from ours in a field."""
    from splink import block_on  # noqa: PLC0415  # measured beside us, not needed to run

    linker = by_splink.linker_over(
        rows, blocking_rules_to_generate_predictions=[block_on("birth_year", "sex", "place")]
    )
    # Names stay in memory: nothing is to be spilled into a file.
    asked = "SELECT value FROM duckdb_settings() WHERE name = 'temp_directory'"
    assert linker.misc.query_sql(asked, "splink_df").as_record_dict() == [{"value": ""}]
    table = linker.inference.predict().as_pyarrow_table()
    ends = [table[f"unique_id_{side}"].to_numpy().astype(np.int32) for side in "lr"]
    ours = agreements(rows, Pairs(np.minimum(*ends), np.maximum(*ends)))
    differing = np.zeros(len(table), np.bool_)
    for field, levels in by_splink.LEVELS.items():
        # splink numbers the ways from the last, which is 0, upwards; what is unknown is -1.
        ways = [way for way in (*levels, Agreement.DIFFERENT) if way is not Agreement.UNKNOWN][::-1]
        numbers = {AGREEMENTS.index(way): number for number, way in enumerate(ways)}
        numbers[AGREEMENTS.index(Agreement.UNKNOWN)] = -1
        expected = np.vectorize(numbers.__getitem__)(ours[field])
        differing |= table[f"gamma_{field.value}"].to_numpy() != expected
    return int(differing.sum())


def _processes() -> Any:
    """A fresh process for each call, so that none is charged with the memory of another."""
    return get_context("spawn").Pool(1, maxtasksperchild=1)


def _line(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": unit, "bar": bar, "holds": value <= bar}


def _least(name: str, value: float, bar: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": "share", "bar": bar, "holds": value >= bar}


def _session(url: str) -> Session:
    return session_factory(open_engine(url))()


def _fill(url: str, rows: int = ROWS, seed: int = 1) -> int:
    """Put the rows on the lists of the six organisations and open a round; how many persons there are."""
    with _session(url) as session, session.begin():
        branches = _branches(session)
        truth: set[int] = set()
        members: list[dict[str, Any]] = []
        memberships: list[dict[str, Any]] = []
        for id_, made in enumerate(rosters(rows, seed), start=1):
            seen_before = made.person in truth
            truth.add(made.person)
            commune = (made.person + (seen_before and made.person % MOVED_AWAY == 0)) % COMMUNES
            members.append(_member(id_, made))
            memberships.append(
                {
                    "id": id_,
                    "member_id": id_,
                    "branch_id": branches[made.organisation, commune],
                    "state": MembershipState.ACTIVE,
                    # The truth travels in a column that nothing compares.
                    "card_number": str(made.person),
                    "version": 1,
                }
            )
            if len(members) == 20_000:
                _put(session, members, memberships)
        _put(session, members, memberships)
        session.add(_round_of(session))
    return len(truth)


def _put(session: Session, members: list[dict[str, Any]], memberships: list[dict[str, Any]]) -> None:
    for table, rows in ((Member, members), (Membership, memberships)):
        if rows:
            session.execute(insert(table), rows)
            rows.clear()


def _member(id_: int, made: Any) -> dict[str, Any]:
    name = normal_name(made.name)
    number = normal_identity(made.identity) if made.identity else None
    known = hidden(number, SECRET) if number else None
    known_day = not isinstance(made.born_as_typed, int)
    return {
        "id": id_,
        "organisation": made.organisation,
        "name": name,
        "folded_name": folded_name(name),
        "sort_name": sort_name(name),
        "born_on": made.born if known_day else None,
        "birth_year": made.born.year,
        "sex": Sex.FEMALE if made.is_female else Sex.MALE,
        "identity_key": known.key if known else None,
        "identity_tail": known.tail if known else None,
        "identity_digits": known.digits if known else None,
        "ethnicity": "Kinh",
        "religion": "",
        "occupation": "",
        "place": made.place,
        "version": 1,
    }


def _branches(session: Session) -> dict[tuple[str, int], int]:
    """One branch for each organisation in each commune; organisation and commune → its id."""
    root = _unit(session, "TU", "Tỉnh uỷ", None, None, Level.PROVINCE)
    branches: dict[tuple[str, int], int] = {}
    for organisation in ORGANISATIONS:
        head = _unit(session, organisation, organisation, organisation, root, Level.PROVINCE)
        for commune in range(COMMUNES):
            code = f"{organisation}-{commune}"
            unit = _unit(session, code, f"Hội xã Số {commune}", organisation, head, Level.COMMUNE)
            branch = Branch(unit=unit, name="Chi hội", founded_on=FOUNDED)
            session.add(branch)
            session.flush()
            branches[organisation, commune] = branch.id
    return branches


def _unit(
    session: Session, code: str, name: str, organisation: str | None, parent: Unit | None, level: Level
) -> Unit:
    unit = Unit(
        code=code, name=name, short_name=name, kind=UnitKind.ORGANISATION, level=level,
        organisation=organisation, parent=parent, path="", founded_on=FOUNDED,
    )  # fmt: skip
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    return unit


def _round_of(session: Session) -> Round:
    leader = Person(
        username="lanhdao", full_name="Lê Văn Lãnh", account=Account(password_hash="!", must_change=False)
    )
    office = session.scalars(select(Unit).where(Unit.code == "TU")).one()
    heads = [session.scalars(select(Unit).where(Unit.code == one)).one() for one in ORGANISATIONS]
    return Round(
        office=office, name="Đợt đo", purpose="Đo", opened_by=leader, opened_at=NOW,
        state=RoundState.COMPARING,
        lists=[RoundList(place=place, head=head) for place, head in enumerate(heads)],
    )  # fmt: skip


def _read(url: str) -> Lists:
    with _session(url) as session:
        return read(session, session.scalars(select(Round)).one(), secret=SECRET)


def _rows(url: str) -> tuple[Rows, np.ndarray]:
    """The columns, and who stands behind each row."""
    lists = _read(url)
    with _session(url) as session:
        cards = dict(session.execute(select(Membership.id, Membership.card_number)).all())
    return lists.rows, np.array([int(cards[id_]) for id_ in lists.memberships.tolist()])


def _round(url: str) -> dict[str, float]:
    """Seconds, megabytes and persons of a round from the database and back."""
    began = time.perf_counter()
    with _session(url) as session, session.begin():
        round_ = session.scalars(select(Round)).one()
        reconciliation.keep(session, round_, reconciliation.compare(session, round_), at=NOW)
        count = round_.outcome["count"]
    whole_seconds = time.perf_counter() - began
    megabytes = most_megabytes()
    rows = _read(url).rows
    began = time.perf_counter()
    persons(rows)
    return {**count, "exact": time.perf_counter() - began, "whole": whole_seconds, "megabytes": megabytes}


def _splink(url: str) -> float:
    """Seconds that splink takes for the same exact part: pairs of equal keys, then their clusters."""
    import duckdb  # noqa: PLC0415  # measured beside us, not needed to run
    import pyarrow  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    rows = _read(url).rows
    columns = {"unique_id": np.arange(len(rows))} | {
        name: pyarrow.array([str(key) if key else None for key in keys.tolist()])
        for name, keys in (("identity", rows.identity), ("signature", rows.signature))
    }
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("identity"), block_on("signature")],
    )
    frame = DuckDBAPI(connection=duckdb.connect()).register(pyarrow.table(columns))
    began = time.perf_counter()
    linker = Linker(frame, settings)
    linker.clustering.cluster_pairwise_predictions_at_threshold(linker.inference.deterministic_link())
    return time.perf_counter() - began
