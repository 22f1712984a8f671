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
    app.config.setdefault("SEND_FILE_MAX_AGE_DEFAULT", A_YEAR)
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    is_static = (request.endpoint or "").rpartition(".")[2] == "static"
    if not is_static or response.status_code != 200 or response.mimetype not in COMPRESSED:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] and not response.is_streamed_range:
        pass
    return response


@lru_cache(maxsize=64)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
