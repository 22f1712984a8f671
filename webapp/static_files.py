"""Style sheets and scripts: addresses that change with their content, kept by browsers, sent compressed.

Only these files are compressed. Pages carry secrets beside words the visitor chose, and compressing the
two together would let their length tell the secret (BREACH).
"""

import gzip
import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, request

FOLDER = Path(__file__).parent / "static"
A_YEAR = 365 * 86400
COMPRESSED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


def address() -> str:
    """The path of the static files; it names their content, so modules may import each other relatively."""
    digest = hashlib.sha256(version("bootstrap-flask").encode())
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}"


def init_app(app: Flask) -> None:
    """Send static files compressed and let browsers keep them."""
    app.after_request(_send)


def is_wanted() -> bool:
    """Is a static file asked for?"""
    return (request.endpoint or "").rpartition(".")[2] == "static"


def _send(response: Response) -> Response:
    if not is_wanted() or response.status_code != 200:
        return response
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    if response.mimetype in COMPRESSED:
        response.vary.add("Accept-Encoding")
        _compress(response)
    return response


def _compress(response: Response) -> None:
    if request.method == "GET" and request.accept_encodings["gzip"]:
        response.direct_passthrough = False
        response.set_data(_compressed(response.get_data()))
        response.content_encoding = "gzip"
        etag, _ = response.get_etag()
        response.set_etag(f"{etag}-gzip")


@lru_cache(maxsize=64)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
