"""A real browser on a real server: Debian's Chromium led by Playwright, the office served by Waitress."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from waitress import create_server

from tests.support.apps import opened_app
from tests.support.needs import ROOT, is_missing
from webapp import work

LAPTOP = {"width": 1366, "height": 768}
TELEPHONE = {"width": 390, "height": 844}
PATIENCE_MS = 10_000
PICTURES = ROOT / "test-results"
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_2_2_AA = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


@dataclass
class LiveOffice:
    """The office as a browser meets it."""

    app: Flask
    url: str

    def work_off(self) -> int:
        """Do what a worker would do now, as nobody else does it beside a test."""
        with self.app.app_context():
            return work.work_off()


@contextmanager
def serving(app: Flask) -> Iterator[LiveOffice]:
    """The application, served on a free port by a thread as long as the context lasts."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)

    def close() -> None:
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    thread = threading.Thread(target=server.run, name="office")
    thread.start()
    try:
        yield LiveOffice(app, f"http://127.0.0.1:{server.effective_port}")
    finally:
        # The connections belong to the server's thread, which does this between two requests.
        server.trigger.pull_trigger(close)
        thread.join()
        server.task_dispatcher.shutdown()


@pytest.fixture
def live_office(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    """An office without people or papers, on both databases, for one test alone."""
    with (
        opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app,
        serving(app) as office,
    ):
        yield office


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this worker."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        is_missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without memory, set as in a Vietnamese office; complaints of its pages fail the test."""
    context = chromium.new_context(
        viewport=LAPTOP, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    listen_for_complaints(context, complaints)
    yield context
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    """An empty page at 1366 × 768."""
    return browser_context.new_page()


def listen_for_complaints(context: BrowserContext, complaints: list[str]) -> None:
    """Note script errors, broken policies, missing static files, and requests beyond this machine."""

    def on_response(response: Response) -> None:
        if response.status >= 400 and "/static/" in response.url:
            complaints.append(f"{response.status} {response.url}")

    def on_request(url: str) -> None:
        if url.startswith("http") and not url.startswith("http://127.0.0.1:"):
            complaints.append(f"a page asks for {url}")

    def on_console(kind: str, text: str) -> None:
        # A refused form (422) is an answer like another; the browser calls it a failed load.
        if kind == "error" and not text.startswith("Failed to load resource"):
            complaints.append(text)

    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: on_console(message.type, message.text))
    context.on("request", lambda request: on_request(request.url))
    context.on("response", on_response)


def photograph(page: Page, name: str) -> None:
    """Keep pictures of the whole page as laptop and telephone show it, in test-results/."""
    PICTURES.mkdir(exist_ok=True)
    for device, size in (("laptop", LAPTOP), ("telephone", TELEPHONE)):
        page.set_viewport_size(size)
        page.screenshot(path=PICTURES / f"{name}-{device}.png", full_page=True)
    page.set_viewport_size(LAPTOP)


def assert_fits(page: Page) -> None:
    """No part of the page lies beyond the edge of laptop or telephone."""
    for size in (TELEPHONE, LAPTOP):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{page.url} is {wide} px wide on a screen of {size['width']} px"


def assert_accessible(page: Page) -> None:
    """The page keeps WCAG 2.2 AA as far as axe can tell."""
    results = Axe().run(page, options=WCAG_2_2_AA)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
