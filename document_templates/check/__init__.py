"""Is a finished file in good form? Reads any .docx or .pdf back and lists every deviation from a profile."""

from __future__ import annotations

from document_templates.check import measures, pdf_reader, words
from document_templates.check.components import recognise
from document_templates.check.deviation import Deviation
from document_templates.check.observed import Paper
from document_templates.errors import DocumentError
from document_templates.profiles import Profile

__all__ = ["Deviation", "check", "repair"]


def check(data: bytes, filename: str, profile: Profile) -> list[Deviation]:
    """Every deviation of a .docx or .pdf file from a profile, in the order of the page."""
    return judge(_read(data, filename), profile)


def judge(paper: Paper, profile: Profile) -> list[Deviation]:
    """Every deviation of a paper already read."""
    found = recognise(paper, profile)
    deviations = [*measures.deviations(paper, found, profile), *words.deviations(paper, found, profile)]
    return list(dict.fromkeys(deviations))


def _read(data: bytes, filename: str) -> Paper:
    if not data:
        raise DocumentError("Tệp rỗng. Chọn lại tệp .docx hoặc .pdf.")
    if data.startswith(b"%PDF") or filename.lower().endswith(".pdf"):
        return pdf_reader.read(data)
    if filename.lower().endswith(".docx"):
        # python-docx is loaded for whoever hands in a Word file, not for every command.
        from document_templates.check import word_reader  # noqa: PLC0415

        return word_reader.read(data)
    raise DocumentError(
        "Chỉ kiểm tra được tệp .docx và .pdf. Lưu tệp sang một trong hai dạng đó rồi thử lại."
    )


def repair(data: bytes, profile: Profile) -> bytes:
    """A copy of a .docx file with everything put right of which the right form is certain."""
    from document_templates.check import repairing  # noqa: PLC0415 (python-docx, as above)

    return repairing.repair(data, profile)
