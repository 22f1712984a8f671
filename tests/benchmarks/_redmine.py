"""A Redmine of our own, made from Debian's packages in a folder that is thrown away afterwards.

Its program is copied, since it looks for its database, its log and its libraries beside itself; the machine's
own Redmine, if there is one, is left alone.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks._served import ask
from webapp.runtime import today
from workflows.tasks import STOPPED, Task, TaskState

PROGRAM = Path("/usr/share/redmine")
NEEDED = (PROGRAM / "config.ru", Path("/usr/bin/bundle"), Path("/usr/bin/puma"))
STATUSES = {TaskState.ASSIGNED: 1, TaskState.AWAITING_CONFIRMATION: 3, TaskState.DONE: 5}
IN_PROGRESS, REJECTED = 2, 6
FIRST_GROUP = 1_000
LIST = "/issues?" + urlencode(
    [
        ("set_filter", 1),
        ("f[]", "status_id"),
        ("op[status_id]", "o"),
        ("f[]", "due_date"),
        ("op[due_date]", "<t-"),
        ("v[due_date][]", 1),
        *(
            ("c[]", name)
            for name in ("subject", "assigned_to", "due_date", "status", "priority", "done_ratio")
        ),
        ("sort", "due_date"),
        ("per_page", 50),
    ]
)
# What a Redmine has after its first hour: its default data, one project, one member who reads all its issues.
FURNISH = """
Redmine::DefaultData::Loader.load("vi")
project = Project.create!(
  name: "Nhiệm vụ", identifier: "nhiem-vu", trackers: Tracker.all, enabled_module_names: ["issue_tracking"]
)
clerk = User.new(firstname: "Lan", lastname: "Trần", mail: "lan@example.org", language: "vi")
clerk.login, clerk.password = "lan", "matkhau-benchmark"
clerk.save!
Member.create!(user: clerk, project: project, roles: [Role.givable.first])
"""
ISSUE = """
INSERT INTO issues (id, root_id, tracker_id, project_id, priority_id, author_id, lft, rgt, subject,
    assigned_to_id, due_date, start_date, status_id, done_ratio, created_on, updated_on, closed_on)
VALUES (:id, :id, 1, 1, 2, 1, 1, 2, :subject, :lead, :due, :began, :status, :progress, :at, :at, :closed)
"""


def is_installed() -> bool:
    """Are Debian's redmine, redmine-sqlite and puma on this machine?"""
    return all(path.exists() for path in NEEDED)


class Redmine:
    """One installation with an empty project, in a folder that the caller removes."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder / "redmine", port
        self.database = self.folder / "redmine.sqlite3"
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": "Asia/Ho_Chi_Minh",
            "RAILS_ENV": "production",
            "SECRET_KEY_BASE": os.urandom(32).hex(),
        }
        self._copy()
        self._run("rake", "db:migrate")
        (self.folder / "furnish.rb").write_text(FURNISH, encoding="utf-8")
        self._run("rails", "runner", "furnish.rb")

    @property
    def command(self) -> list[str]:
        """Puma, one process with two threads."""
        return ["/usr/bin/puma", "-w", "0", "-t", "2:2", "-b", f"tcp://127.0.0.1:{self.port}"]

    def put(self, tasks: Iterable[Task]) -> None:
        """Make an issue of every task; the leads become groups, so that each row names its own."""
        with sqlite3.connect(self.database) as connection:
            leads: dict[int, str] = {}
            for task in tasks:
                leads[task.lead_id] = task.lead.name
                connection.execute(ISSUE, _issue(task))
            groups = [(FIRST_GROUP + id_, name) for id_, name in leads.items()]
            connection.executemany("INSERT INTO users (id, lastname, type) VALUES (?, ?, 'Group')", groups)
            connection.execute("ANALYZE")
        connection.close()

    def sign_in(self) -> str:
        """The cookie of the member."""
        door = ask(self.port, "/login")
        token = re.search(r'name="authenticity_token" value="([^"]+)"', door.body)
        assert token, "Redmine's page for signing in has no token"
        form = {"authenticity_token": token[1], "username": "lan", "password": "matkhau-benchmark"}
        answer = ask(self.port, "/login", _cookie(door.cookies), form)
        assert answer.status == 302, f"Redmine let nobody in: {answer.status}"
        return _cookie(answer.cookies)

    def _copy(self) -> None:
        """The program with a configuration of its own; what is only linked to the system comes as files."""
        apart = shutil.ignore_patterns("instances", "database.yml", "Gemfile.lock", "javascripts")
        shutil.copytree(PROGRAM, self.folder, ignore=apart)
        instance = self.folder / "instances" / "default"
        for name in ("config", "files", "log", "public", "tmp"):
            (instance / name).mkdir(parents=True)
        settings = f"production:\n  adapter: sqlite3\n  database: {self.database}\n  timeout: 5000\n"
        (instance / "config" / "database.yml").write_text(settings, encoding="utf-8")
        (self.folder / "config" / "database.yml").write_text(settings, encoding="utf-8")
        # Debian's list of libraries names SQLite's only where the machine's own Redmine uses it.
        (self.folder / "Gemfile.local").write_text(
            'gem "sqlite3", "~> 1.4.0" if dependencies.none? { |known| known.name == "sqlite3" }\n',
            encoding="utf-8",
        )

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            ["/usr/bin/bundle", "exec", *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _issue(task: Task) -> dict[str, object]:
    done = task.state is TaskState.DONE
    otherwise = REJECTED if task.state in STOPPED else IN_PROGRESS
    return {
        "id": task.id,
        "subject": task.title,
        "lead": FIRST_GROUP + task.lead_id,
        "due": f"{task.deadline}",
        "began": f"{min(task.assigned_at.date(), task.deadline or today())}",
        "status": STATUSES.get(task.state, otherwise),
        "progress": task.progress,
        "at": f"{task.assigned_at:%Y-%m-%d %H:%M:%S}",
        "closed": f"{task.done_on} 09:00:00" if done else None,
    }


def _cookie(cookies: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
