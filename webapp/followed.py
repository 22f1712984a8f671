"""Pages of work that goes on elsewhere: they look again by themselves, with no script."""

from flask import Response, make_response

LOOK_AGAIN_SECONDS = 3


def followed(html: str, *, running: bool, status: int = 200) -> Response:
    """The page; as long as the work runs, the browser asks for it again."""
    answer = make_response(html, status)
    if running:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer
