"""Old and foreign word processors (.doc, .rtf, .odt) → .docx through LibreOffice, where it is installed."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from workflows.directives.reading.extraction import docx, process
from workflows.directives.reading.extraction.models import MEGABYTE, Extracted, Kind, Limits
from workflows.errors import Unreadable
from workflows.wording import N_

NOT_INSTALLED = N_(
    "Tệp thuộc định dạng Word cũ (.doc, .rtf, .odt), mà máy chủ chưa cài bộ chuyển đổi. "
    "Hãy đề nghị quản trị cài gói libreoffice-writer, hoặc lưu lại thành .docx rồi tải lên."
)
FAILED = N_(
    "Không chuyển đổi được tệp Word cũ: tệp bị hỏng, có mật khẩu hoặc quá phức tạp. "
    "Hãy mở bằng Word, lưu thành .docx rồi tải lên."
)

SUFFIXES = {Kind.DOC: "doc", Kind.RTF: "rtf", Kind.ODT: "odt"}
OUTPUT_BYTES = 512 * MEGABYTE
# LibreOffice reserves far more addresses than it ever fills.
ADDRESS_SPACE = 8 * 1024 * MEGABYTE

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
# No macros, nothing fetched from other files or places.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
)


def extract(data: bytes, kind: Kind, limits: Limits) -> Extracted:
    """The text of an old Word file. Raises Unreadable, also where LibreOffice is missing."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise Unreadable(NOT_INSTALLED)
    with TemporaryDirectory(prefix="dondoc-doc-") as name:
        converted = _convert(program, data, SUFFIXES[kind], Path(name), limits)
    extracted = docx.extract(converted, limits)
    return Extracted(extracted.text, kind, extracted.pages, extracted.notes)


def _convert(program: str, data: bytes, suffix: str, folder: Path, limits: Limits) -> bytes:
    source, target = folder / f"file.{suffix}", folder / "file.docx"
    source.write_bytes(data)
    _write_profile(folder / "profile" / "user")
    command = [
        *(program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *(f"-env:UserInstallation={(folder / 'profile').as_uri()}",),
        *("--convert-to", "docx", "--outdir", str(folder), str(source)),
    ]
    try:
        process.run(command, folder, seconds=limits.seconds, memory=ADDRESS_SPACE, output=OUTPUT_BYTES)
    except process.OverTime as error:
        raise Unreadable(FAILED) from error
    if not target.exists() or target.stat().st_size > limits.inflated_bytes:
        raise Unreadable(FAILED)
    return target.read_bytes()


def _write_profile(user: Path) -> None:
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
