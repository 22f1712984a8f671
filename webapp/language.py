"""Which language a page speaks: Vietnamese unless the person chose English."""

from flask import has_request_context, request

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "language"
A_YEAR = 365 * 86400


def chosen() -> str:
    """The language of this request."""
    wanted = request.cookies.get(COOKIE, "vi") if has_request_context() else "vi"
    return wanted if wanted in LANGUAGES else "vi"
