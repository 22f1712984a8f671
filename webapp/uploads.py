"""Files sent with a form: taken in by the rule for evidence, given out only to be saved."""

from io import BytesIO

from flask import Response, abort, request, send_file

from webapp.papers import FILE_POLICY
from webapp.runtime import now, runtime, session
from workflows.evidence import MEDIA_TYPE, keep_evidence
from workflows.files import Attachment, StoredFile

LONGEST_NAME = 200


def received(field: str) -> list[tuple[str, StoredFile]]:
    """The files sent in a field of the form, stored, under the names they came with."""
    sent = [file for file in request.files.getlist(field) if file.filename]
    return [(name_of(file.filename or ""), _kept(name_of(file.filename or ""), file.read())) for file in sent]


def name_of(path: str) -> str:
    """The name of a file without the folders some browsers send along, and without line breaks."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_NAME:]
    return "".join(letter for letter in name if letter.isprintable())


def _kept(name: str, content: bytes) -> StoredFile:
    limit = runtime().settings.upload_limit
    return keep_evidence(session(), runtime().files, content, name=name, size_limit=limit, at=now())


def saved(attachment: Attachment | None) -> Response:
    """The file, to be saved under its name; 404 where there is none."""
    if attachment is None:
        abort(404)
    return sent(BytesIO(runtime().files.read(attachment.sha256)), attachment.name)


def sent(content: BytesIO, name: str) -> Response:
    """Bytes to be saved under a name, never to be opened by the browser itself."""
    answer = send_file(content, MEDIA_TYPE, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer
