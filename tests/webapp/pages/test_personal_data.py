"""A register and a whole round over it: nobody reads, finds, logs or dumps more than is theirs."""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, inspect, select, table, text

from tests.support.databases import Databases
from tests.webapp.pages.members_app import RegisterApp, opened_register
from tests.workflows.members.register import admitted
from tests.workflows.reconciliation.conftest import clerk_of
from webapp.runtime import runtime
from webapp.work import work_off
from workflows import entries
from workflows.aftermath import PendingJob
from workflows.calendar import local_day
from workflows.members import Branch
from workflows.members.identity import identity_key
from workflows.organisations import Unit
from workflows.people import Person
from workflows.reconciliation import DoubtfulPair, Round, RoundState

NUMBER = "079201000111"
TYPED_NUMBER = "036301004444"
NUMBER_ON_BOTH = "036301001111"
TYPED_NAME = "Đinh Thị Ngọc Quỳ"
NAMES = {
    "here": {"Nguyễn Văn Đông", TYPED_NAME, "Tạ Thị Hoài"},
    "beside": {"Trần Thị Tây"},
    "there": {"Lê Văn Xa"},
    "woman": {"Phạm Thị Hội", "Đinh Thị Quỳ", "Ta Thi Hoai"},
}
SEES = {
    "head": {"here", "beside", "there"},
    "youth_clerk": {"here", "beside"},
    "women_clerk": {"woman"},
    "secretary": {"here"},
    "leader": set(),
    "inspector": set(),
}
Jobs = list[dict[str, object]]
ALL_NAMES = set().union(*NAMES.values())


@dataclass
class Told:
    """What the log was told and jobs were given, from an admission to the end of a round."""

    register: RegisterApp
    log: str
    jobs: Jobs
    round: int


class _Listener(logging.Handler):
    """Keeps every line, of whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture(scope="module")
def told(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """A register with somebody typed in, and a round over it that has come to its end, lists never opened."""
    listener, root = _Listener(), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        with opened_register(tmp_path_factory.mktemp("personal"), databases.create(), redis_url) as register:
            jobs: Jobs = []
            round_ = _walk(register, jobs)
            yield Told(register, "\n".join(listener.lines), jobs, round_)
    finally:
        root.removeHandler(listener)
        root.setLevel(level)


def _walk(register: RegisterApp, jobs: Jobs) -> int:
    typed = {"name": TYPED_NAME, "born": "03/02/2001", "identity": TYPED_NUMBER, "kind": "admitted"}
    typed["ethnicity"], typed["on"] = "Tày", f"{local_day(datetime.now(UTC)):%d/%m/%Y}"
    _post(register, "youth_clerk", f"/members/branches/{register.ids['branch']}/admit", jobs, **typed)
    with register.work() as session:
        secret = runtime().settings.members_secret.encode()
        women = session.get_one(Unit, register.ids["women"])
        by = clerk_of(session, "pntinh", women)
        branch = session.get_one(Branch, register.ids["branch_of_women"])
        admitted(session, branch, "Đinh Thị Quỳ", by, secret=secret)
        ours = session.get_one(Branch, register.ids["branch"])
        youth = session.get_one(Person, register.people["youth_clerk"])
        admitted(session, ours, "Tạ Thị Hoài", youth, identity=NUMBER_ON_BOTH, secret=secret)
        admitted(session, branch, "Ta Thi Hoai", by, identity=NUMBER_ON_BOTH, secret=secret)
    heads = [register.ids["youth"], register.ids["women"]]
    said = {"name": "Đối chiếu 2026", "purpose": "Chỉ thị", "heads": heads, "returns": ""}
    where = _post(register, "leader", "/reconciliation/new", jobs, **said)
    _post(register, "leader", f"{where}/compare", jobs, version=1)
    with register.work() as session:
        round_ = session.scalars(select(Round)).one()
        pair = session.scalars(select(DoubtfulPair)).one()
        id_, version, pair_id = round_.id, round_.version, pair.id
    decided = {"decision": "same", "version": 1, "note": "đã hỏi hai bên"}
    _post(register, "leader", f"{where}/pairs/{pair_id}", jobs, **decided)
    _post(register, "leader", f"{where}/close", jobs, version=version)
    return id_


def _post(register: RegisterApp, who: str, address: str, jobs: Jobs, **typed: object) -> str:
    """Send a form, note what is handed over, have it done; where the answer leads."""
    answer = register.browser(who).post(address, data={"sex": "female", "sector": "", **typed})
    assert answer.status_code == 302, answer.text
    with register.app.app_context():
        with runtime().reading() as session:
            jobs += [dict(job.arguments) for job in session.scalars(select(PendingJob))]
        work_off()
    return answer.location


def _addresses(register: RegisterApp, round_id: int) -> list[str]:
    """Every page of the register and of rounds that can be looked at, for somebody's of each organisation."""
    with register.work() as session:
        pair = session.scalars(select(DoubtfulPair.id)).one()
    ids = {
        "member_id": [register.ids[name] for name in ("here", "there", "woman")],
        "branch_id": [register.ids[name] for name in ("branch", "branch_there", "branch_of_women")],
        "unit_id": [register.ids[name] for name in ("youth", "youth_here", "women_here")],
        "round_id": [round_id],
        "pair_id": [pair],
    }
    found = []
    for rule in register.app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("members", "reconciliation") and "GET" in rule.methods:
            names = sorted(rule.arguments)
            for values in product(*(ids.get(name, [1]) for name in names)):
                found.append(rule.build(dict(zip(names, values, strict=True)))[1])
    return found


def _words(answer) -> str:
    """What can be read in an answer, a page or a sheet."""
    if not answer.data.startswith(b"PK"):
        return answer.text
    book = load_workbook(BytesIO(answer.data))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("who", SEES)
def test_no_page_and_no_export_shows_a_name_to_whom_it_is_not_for(told: Told, who: str):
    hidden = ALL_NAMES - set().union(set(), *(NAMES[part] for part in SEES[who]))
    client = told.register.browser(who)
    seen = set()
    for address in _addresses(told.register, told.round):
        page = client.get(address, buffered=True)
        sheet = client.get(f"{address}?format=xlsx", buffered=True) if page.status_code == 200 else page
        read = _words(page) + _words(sheet)
        assert not {name for name in hidden if name in read}, address
        assert NUMBER not in read
        assert TYPED_NUMBER not in read
        seen |= {name for name in ALL_NAMES if name in read}
    assert seen == ALL_NAMES - hidden


@pytest.mark.parametrize("who", SEES)
def test_nobody_is_found_by_searching(told: Told, who: str):
    client = told.register.browser(who)
    for name in ALL_NAMES:
        assert name not in client.get("/search", query_string={"q": name.split()[-1]}).text
        assert name not in client.get("/units/names", query_string={"q": name.split()[-1]}).text


def test_no_entry_of_the_index_holds_a_member(told: Told):
    with told.register.work() as session:
        filed = "\n".join(map(str, entries.everything(session)))
    assert "Đoàn xã An Bình" in filed
    assert not {name for name in ALL_NAMES if name in filed}


def test_no_line_of_the_log_and_no_argument_of_a_job_is_about_a_person(told: Told):
    assert {"id"} in [set(arguments) for arguments in told.jobs]
    handed_over = str(told.jobs)
    for personal in (*ALL_NAMES, NUMBER, TYPED_NUMBER, TYPED_NUMBER[-9:], "03/02/2001", "2001-02-03"):
        assert personal not in told.log
        assert personal not in handed_over


def _dump(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All that a thief of the database holds."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(text("*")).select_from(table(name)))]
            for name in inspect(engine).get_table_names()
        }


def test_a_dump_after_the_end_of_a_round_holds_no_number_and_no_key_that_can_be_made_again(told: Told):
    app = told.register.app
    with app.app_context():
        secret, engine = runtime().settings.members_secret, runtime().engine
    dump = _dump(engine)
    everything = str(dump)
    key = identity_key(TYPED_NUMBER, secret.encode())
    assert key in everything, "the register knows somebody again by a key under its secret"
    assert secret not in everything
    for number in (NUMBER, TYPED_NUMBER, NUMBER_ON_BOTH):
        assert number not in everything
        for digest in _without_a_secret(number):
            assert digest not in everything
    of_rounds = {name: rows for name, rows in dump.items() if "reconciliation" in name or "doubtful" in name}
    assert len(of_rounds) == 5
    assert key not in str(of_rounds)
    assert not {name for name in ALL_NAMES if name in str(of_rounds)}
    assert f"'{RoundState.CLOSED}'" in str(of_rounds["reconciliation_round"])
    figures = [
        value for rows in of_rounds.values() for row in rows for value in row if isinstance(value, int)
    ]
    assert max(figures) < 2**31, "nothing in a round is as wide as a key"


def _without_a_secret(number: str) -> list[str]:
    """What anybody could make of every number there is."""
    return [
        maker(number.encode()).hexdigest()[:16]
        for maker in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b)
    ] + [identity_key(number, b"")[:16]]
