"""A temporary PostgreSQL for one test run, shared by all its workers, gone when the run is gone."""

import fcntl
import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

OPTIONS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
}

# Ends the cluster when the process that leads the test run has ended, even by kill -9.
KEEPER = """
while [ -d "/proc/$1" ]; do sleep 0.3; done
$2 "$3/pg_ctl" --pgdata="$4/data" --mode=immediate --silent stop
rm -rf "$4"
"""


class PostgresMissing(Exception):
    """PostgreSQL's programs are not on this machine."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL where this run may make databases; `url` leads to its maintenance database."""

    url: str

    def address(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database, empty or as a copy of another that nobody is connected to; its address."""
        self._execute("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.address(database)

    def drop(self, database: str) -> None:
        """Remove a database together with the connections to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def _execute(self, statement: str, *names: str) -> None:
        address = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def server(run: str, leader: int) -> Server:
    """The server of a test run: TEST_POSTGRESQL_URL, or else a cluster that ends when the leader ends."""
    if given := os.environ.get("TEST_POSTGRESQL_URL"):
        address = make_url(given).set(drivername="postgresql+psycopg")
        return Server(address.render_as_string(hide_password=False))
    folder = Path(tempfile.gettempdir(), f"dondoc-pg-{run[:12]}")
    with _locked(folder.with_suffix(".lock")):
        if not folder.exists():
            _start_cluster(folder, leader)
    return Server(f"postgresql+psycopg://{_owner()}@/postgres?host={folder}")


def _start_cluster(folder: Path, leader: int) -> None:
    programs = _programs()
    as_owner = ["runuser", "-u", _owner(), "--"] if os.geteuid() == 0 else []
    folder.mkdir(mode=0o700)
    if as_owner:
        shutil.chown(folder, _owner())
    initdb = [*as_owner, f"{programs}/initdb", f"--pgdata={folder}/data", "--auth=trust", "--encoding=UTF8"]
    _run(*initdb, "--locale=C.UTF-8", "--no-sync")
    options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
    pg_ctl = [*as_owner, f"{programs}/pg_ctl", f"--pgdata={folder}/data", f"--log={folder}/log", "--wait"]
    _run(*pg_ctl, f"--options={options} -c unix_socket_directories={folder}", "start")
    keeper = ["sh", "-c", KEEPER, "keeper", str(leader), " ".join(as_owner), str(programs), str(folder)]
    _run("setsid", "--fork", *keeper)


def _run(*command: str) -> None:
    # What a command leaves running inherits its output: a pipe would never end, a file does.
    with tempfile.TemporaryFile("w+") as output:
        status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/")
        if status.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)}:\n{output.read()}")


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    found = installed[-1] if installed else shutil.which("initdb")
    if not found:
        raise PostgresMissing("PostgreSQL")
    return Path(found).parent


def _owner() -> str:
    # PostgreSQL refuses to run as root.
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise PostgresMissing("the user postgres of PostgreSQL") from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
