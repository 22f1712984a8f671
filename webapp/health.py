"""How the installation is: each check finds something, judges it, and says what to do about it."""

import ctypes.util
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from search_index import Unavailable
from webapp.runtime import Runtime
from webapp.smtp import Server
from workflows import aftermath, entries, migrations, reminders
from workflows.wording import N_, Phrase

LONGEST_SILENCE = timedelta(minutes=3)
LEAST_SPACE_GB = 1.0
TANTIVY_FROM = 5_000
TIMES_LIKE = ("times new roman", "liberation serif", "tinos")


class Level(StrEnum):
    """How a check came out."""

    GOOD = "good"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """What one check found; `advice` says what to do unless all is well."""

    key: str
    title: str
    level: Level
    found: Phrase
    advice: Phrase | None = None


def examine(office: Runtime, at: datetime) -> list[Finding]:
    """All checks in their order; what stands on a broken part is left out."""
    findings = list(_database(office))
    if all(finding.level is not Level.FAILURE for finding in findings):
        findings += _processes(office, at)
        findings += [_jobs(office), _mail(office), _index(office)]
    return [*findings, _redis(office), _fonts(), _pango(), _disk(office)]


def _database(office: Runtime) -> Iterator[Finding]:
    title = N_("Cơ sở dữ liệu")
    try:
        version = _version(office)
        current, head = migrations.current(office.engine), migrations.head()
    except SQLAlchemyError as error:
        advice = Phrase(N_("Kiểm tra DATABASE_URL, ổ đĩa và máy chủ cơ sở dữ liệu, rồi chạy lại."))
        yield Finding("database", title, Level.FAILURE, _unexpected(error), advice)
        return
    yield Finding("database", title, Level.GOOD, Phrase(N_("kết nối được, %(version)s"), version=version))
    title = N_("Bản nâng cấp")
    if current == head:
        found = Phrase(N_("cơ sở dữ liệu ở bản mới nhất (%(head)s)"), head=head or "–")
        yield Finding("migrations", title, Level.GOOD, found)
        return
    found = Phrase(N_("cơ sở dữ liệu ở bản %(current)s, cần bản %(head)s"), current=current or "–", head=head)
    advice = Phrase(N_("Sao lưu rồi gõ: flask --app wsgi db upgrade"))
    yield Finding("migrations", title, Level.FAILURE, found, advice)


def _version(office: Runtime) -> str:
    with office.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return f"SQLite {connection.scalar(text('SELECT sqlite_version()'))}"
        return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"


PROCESSES = {
    "worker": (
        N_("Tiến trình xử lý việc"),
        N_("Việc chạy nền đang chờ. Khởi động lại chương trình, hoặc gõ: flask --app wsgi worker"),
    ),
    "clock": (
        N_("Đồng hồ"),
        N_("Việc định kỳ đang dừng. Khởi động lại chương trình, hoặc gõ: flask --app wsgi clock"),
    ),
}


def _processes(office: Runtime, at: datetime) -> Iterator[Finding]:
    with office.reading() as session:
        beats = aftermath.heartbeats(session)
    for name, (title, advice) in PROCESSES.items():
        yield _process(name, title, advice, beats.get(name), at)


def _process(name: str, title: str, advice: str, last: datetime | None, at: datetime) -> Finding:
    if last is None:
        return Finding(name, title, Level.FAILURE, Phrase(N_("chưa chạy lần nào")), Phrase(advice))
    seconds = max(0, int((at - last).total_seconds()))
    found = Phrase(N_("hoạt động gần nhất %(seconds)d giây trước"), seconds=seconds)
    if at - last > LONGEST_SILENCE:
        return Finding(name, title, Level.FAILURE, found, Phrase(advice))
    return Finding(name, title, Level.GOOD, found)


def _jobs(office: Runtime) -> Finding:
    title = N_("Việc chạy nền")
    with office.reading() as session:
        backlog = aftermath.backlog(session)
    found = Phrase(N_("%(count)d việc đang chờ"), count=sum(waiting.count for waiting in backlog))
    failed = [waiting.job for waiting in backlog if waiting.attempts]
    if not failed:
        return Finding("jobs", title, Level.GOOD, found)
    advice = Phrase(
        N_("Có việc đã thử mà chưa được (%(jobs)s); sẽ tự thử lại. Xem lỗi ở mục Quản trị, Hệ thống."),
        jobs=", ".join(failed),
    )
    return Finding("jobs", title, Level.WARNING, found, advice)


def _mail(office: Runtime) -> Finding:
    title = N_("Thư nhắc việc")
    if office.settings.smtp_url is None:
        found = Phrase(N_("chưa khai báo máy chủ thư, thông báo chỉ hiện trong ứng dụng"))
        return Finding("mail", title, Level.GOOD, found)
    try:
        Server.read(office.settings.smtp_url)
    except ValueError:
        found = Phrase(N_("không đọc được SMTP_URL, nên thư nhắc chưa gửi được"))
        advice = Phrase(N_("Đặt SMTP_URL theo dạng smtp://máy-chủ:cổng/?from=địa-chỉ rồi khởi động lại."))
        return Finding("mail", title, Level.FAILURE, found, advice)
    with office.reading() as session:
        unsolved = reminders.unsolved_mails(session)
    found = Phrase(N_("%(count)d thư chưa tới"), count=unsolved)
    if not unsolved:
        return Finding("mail", title, Level.GOOD, found)
    advice = Phrase(N_("Xem lý do và gửi lại ở Thông báo, Nhật ký nhắc việc; kiểm tra SMTP_URL."))
    return Finding("mail", title, Level.WARNING, found, advice)


def _index(office: Runtime) -> Finding:
    title = N_("Chỉ mục tra cứu")
    try:
        status = office.index.status()
    except Unavailable as error:
        advice = Phrase(N_("Chỉ mục tự lập lại trong nền; làm ngay thì gõ: flask --app wsgi index rebuild"))
        return Finding("index", title, Level.FAILURE, _unexpected(error), advice)
    with office.reading() as session:
        wanted = entries.total(session)
    found = Phrase(
        N_("%(engine)s, %(entries)d trên %(wanted)d mục"),
        engine=status.engine,
        entries=status.entries,
        wanted=wanted,
    )
    if status.needs_rebuild:
        advice = Phrase(N_("Chỉ mục chưa lập hoặc theo bản cũ. Gõ: flask --app wsgi index rebuild"))
        return Finding("index", title, Level.FAILURE, found, advice)
    if status.engine == "whoosh" and wanted >= TANTIVY_FROM:
        advice = Phrase(
            N_("Từ %(count)d mục nên dùng Tantivy: cài dondoc[fast], đặt SEARCH_URL=tantivy:THƯ-MỤC"),
            count=TANTIVY_FROM,
        )
        return Finding("index", title, Level.WARNING, found, advice)
    return Finding("index", title, Level.GOOD, found)


def _redis(office: Runtime) -> Finding:
    title = N_("Hàng đợi (Redis)")
    try:
        version = office.redis.info("server")["redis_version"]
    except (RedisError, OSError) as error:
        advice = Phrase(N_("Không mất gì: việc chạy nền chờ đến khi Redis chạy lại. Kiểm tra REDIS_URL."))
        return Finding("redis", title, Level.FAILURE, _unexpected(error), advice)
    return Finding("redis", title, Level.GOOD, Phrase(N_("kết nối được, Redis %(version)s"), version=version))


def _fonts() -> Finding:
    title = N_("Phông chữ Times")
    advice = Phrase(N_("Cài phông: sudo apt-get install fontconfig fonts-liberation2"))
    families = _said(["fc-list", ":lang=vi", "family"]).splitlines()
    found = next((family for family in families if family.lower().startswith(TIMES_LIKE)), None)
    if found is None:
        missing = Phrase(N_("chưa có phông thay Times New Roman có đủ chữ tiếng Việt"))
        return Finding("fonts", title, Level.FAILURE, missing, advice)
    return Finding("fonts", title, Level.GOOD, Phrase("%(family)s", family=found))


def _pango() -> Finding:
    title = N_("Thư viện Pango")
    if ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0"):
        return Finding("pango", title, Level.GOOD, Phrase(N_("đã cài")))
    advice = Phrase(N_("Gõ: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"))
    return Finding("pango", title, Level.FAILURE, Phrase(N_("chưa cài, nên chưa vẽ được PDF")), advice)


def _disk(office: Runtime) -> Finding:
    title = N_("Ổ đĩa")
    usage = shutil.disk_usage(office.settings.instance_dir)
    free, total = usage.free / 1024**3, usage.total / 1024**3
    found = Phrase(N_("còn trống %(free).0f GB trên %(total).0f GB"), free=free, total=total)
    if free < LEAST_SPACE_GB:
        advice = Phrase(N_("Dọn bớt hoặc thêm ổ đĩa: đầy ổ thì không nhận được văn bản mới."))
        return Finding("disk", title, Level.FAILURE, found, advice)
    return Finding("disk", title, Level.GOOD, found)


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip()


def _unexpected(error: Exception) -> Phrase:
    return Phrase("%(error)s", error=str(error).splitlines()[0][:300] if str(error) else type(error).__name__)
