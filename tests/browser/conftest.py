"""Journeys run in a real browser; see tests/support/browser.py."""

from tests.support.browser import browser_context, chromium, live_office, page

__all__ = ["browser_context", "chromium", "live_office", "page"]
