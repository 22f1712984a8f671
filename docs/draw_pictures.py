"""Makes the pictures of the user guide: loads the sample office and photographs its pages as each role.

Run it as `make pictures`; it writes docs/pictures/*.png and leaves nothing else behind.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from tests.support.apps import opened_app
from tests.support.browser import CHROMIUM_OPTIONS, LAPTOP, TELEPHONE, LiveOffice, serving
from tests.support.redis import running_redis
from webapp.auth import hasher
from webapp.runtime import Runtime
from workflows import documents, migrations, sample_office, tasks
from workflows.directives import Directive
from workflows.people import Account
from workflows.regimes import Regime

PICTURES = Path(__file__).parent / "pictures"
PASSWORD = "hinh-anh-huong-dan"  # noqa: S105 - of an office that lives for a minute


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it."""

    name: str
    username: str
    address: str
    telephone: bool = False


@contextmanager
def sample() -> Iterator[LiveOffice]:
    """The sample office, served from a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as place, running_redis() as redis_url:
        database_url = f"sqlite:///{place}/office.sqlite3"
        with opened_app(Path(place), database_url=database_url, redis_url=redis_url) as app:
            fill(app.extensions["dondoc"])
            with serving(app) as office:
                office.work_off()
                yield office


def fill(office: Runtime) -> None:
    """Load the sample and give everybody the same password."""
    migrations.upgrade(office.engine)
    with office.unit_of_work() as session:
        sample_office.load(
            session, at=datetime.now(UTC), files=office.files, hash_password=lambda password: password
        )
        same = hasher.hash(PASSWORD)
        for account in session.scalars(select(Account)):
            account.password_hash, account.must_change = same, False


def pictures(office: Runtime) -> list[Picture]:
    """The pages of the guide, with the addresses they have in this office."""
    with office.sessions() as session:
        directive = session.scalars(select(Directive.id).order_by(Directive.id.desc())).first()
        task = session.scalars(
            select(tasks.Task.id).where(
                tasks.Task.state == tasks.TaskState.IN_PROGRESS, tasks.Task.extensions.any()
            )
        ).first()
        regime = session.scalars(select(Regime.id).order_by(Regime.id)).first()
        paper = session.scalars(
            select(documents.OfficialDocument.id).order_by(documents.OfficialDocument.id)
        ).first()
    return [
        Picture("viec-cua-toi", "tonghop", "/"),
        Picture("van-ban", "tonghop", "/directives/"),
        Picture("van-ban-chi-tiet", "tonghop", f"/directives/{directive}"),
        Picture("nhiem-vu", "tonghop", "/tasks/?view=overdue&timeliness=overdue"),
        Picture("nhiem-vu-chi-tiet", "tonghop", f"/tasks/{task}"),
        Picture("bao-cao", "chuyenvien.anbinh", "/reports/"),
        Picture("bao-cao-dien-thoai", "chuyenvien.anbinh", "/reports/", telephone=True),
        Picture("bang-theo-doi", "tonghop", f"/regimes/{regime}"),
        Picture("thong-ke", "tonghop", "/statistics/"),
        Picture("soan-thao", "tonghop", "/documents/"),
        Picture("soan-thao-chi-tiet", "chanhvanphong", f"/documents/{paper}"),
        Picture("so-van-ban", "tonghop", "/registers/"),
        Picture("tra-cuu", "tonghop", "/search/?q=doan+vien"),
        Picture("nhat-ky", "kiemtra", "/administration/trail"),
        Picture("quan-tri", "quantri", "/administration/"),
    ]


def photograph(browser: Browser, office: LiveOffice, picture: Picture) -> None:
    """Sign in as the person, open the page, keep what is seen."""
    size = TELEPHONE if picture.telephone else LAPTOP
    context = browser.new_context(viewport=size, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(office.url + "/account/sign-in")
    page.fill("[name=username]", picture.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    answer = page.goto(office.url + picture.address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{picture.address} as {picture.username}: {answer and answer.status}")
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Draw all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with sample() as office, sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        for picture in pictures(office.app.extensions["dondoc"]):
            photograph(browser, office, picture)
        browser.close()


if __name__ == "__main__":
    main()
