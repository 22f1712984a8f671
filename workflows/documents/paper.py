"""What a document is drawn from: frozen facts, letterhead and wording give the same paper for ever."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

import document_templates as templates
from document_templates import DocumentError, Particulars, Profile, WordingError
from document_templates.blocks import (
    Basis,
    Block,
    Chart,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    plain,
)
from workflows.documents.models import DrawnFile, OfficialDocument
from workflows.documents.rules import letterhead_of
from workflows.documents.states import DocumentState
from workflows.documents.wordings import wording_in_force
from workflows.errors import Refused
from workflows.files import FileStore, keep
from workflows.organisations import Unit, letterhead_in_force

Kind = Literal["docx", "pdf"]
MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Unfit(Refused):
    """Facts and wording do not make a paper; every problem is named."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("%(problems)s", problems="\n".join(problems))
        self.problems = problems


class Incomplete(Refused):
    """Something a person has to type is not there yet."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(
            "Chưa trình được: còn thiếu %(labels)s. Điền đủ rồi trình lại.", labels="; ".join(labels)
        )


@dataclass(frozen=True)
class Paper:
    """Everything that decides what the paper looks like, as plain data."""

    form: str
    facts: Mapping[str, Any]
    letterhead: Mapping[str, Any]
    profile: str
    particulars: Mapping[str, Any]
    wording: str

    @property
    def digest(self) -> str:
        """The same for papers that look the same."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def composed(self) -> Document:
        """The document ready for drawing; Unfit names all that is missing or wrong."""
        try:
            return templates.render(
                templates.load_form(self.form),
                self.facts,
                templates.Letterhead.from_json(self.letterhead),
                templates.profile_for(self.profile),
                Particulars.from_json(self.particulars),
                text=self.wording,
            )
        except WordingError as error:
            raise Unfit([str(problem) for problem in error.problems]) from error
        except DocumentError as error:
            raise Unfit([str(error)]) from error

    def drawn(self, kind: Kind) -> bytes:
        """The finished Word or PDF file."""
        draw = templates.draw_word if kind == "docx" else templates.draw_pdf
        try:
            return draw(self.composed())
        except DocumentError as error:
            raise Unfit([str(error)]) from error


def paper_of(session: Session, document: OfficialDocument, *, on: date) -> Paper:
    """The paper as it stands: a draft with today's letterhead and wording, anything later as frozen."""
    particulars = {
        **Particulars().to_json(),
        **document.particulars,
        "number": document.number,
        "dated": document.issued_on.isoformat() if document.issued_on else None,
    }
    if document.state is not DocumentState.DRAFT:
        return Paper(
            document.form,
            document.facts,
            document.letterhead,
            document.profile,
            {**particulars, "draft": 0},
            document.wording or "",
        )
    heads = [letterhead_in_force(session, unit, on=on) for unit in (document.issuer, *document.partners)]
    return Paper(
        document.form,
        document.facts,
        letterhead_of(heads).to_json(),
        templates.profile_in_force(heads[0].profile, on).code,
        particulars,
        wording_in_force(session, document.office, document.form),
    )


def sample_paper(session: Session, office: Unit, form: str, wording: str, *, on: date) -> Paper:
    """The invented sample of a form under the office's own heading, to try a wording with."""
    head = letterhead_in_force(session, office, on=on)
    profile = templates.profile_in_force(head.profile, on)
    _, particulars = templates.sample_office(profile.family)
    return Paper(
        form,
        templates.sample(form),
        letterhead_of([head]).to_json(),
        profile.code,
        particulars.to_json(),
        wording.replace("\r\n", "\n"),
    )


def profile_of(paper: Paper) -> Profile:
    """The measures of a paper."""
    return templates.profile_for(paper.profile)


def text_of(composed: Document) -> str:
    """The words of the paper, a line for each block, for finding it."""
    front, closing = composed.front, composed.closing
    lines = [*front.addressees] if front else []
    lines += _words(composed.body)
    for signature in closing.signatures if closing else ():
        lines.append(f"{signature.post} {signature.name}")
    lines += closing.recipients if closing else ()
    for appendix in composed.appendices:
        lines += [*appendix.title, *_words(appendix.blocks)]
    return "\n".join(line for line in lines if line.strip())


def _words(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (" ".join(plain(cell) for cell in row.cells) for row in block.rows)
        elif isinstance(block, Chart):
            yield block.title
        elif isinstance(block, Heading | Paragraph | Basis | ListItem):
            yield plain(block.text)


def subject_of(composed: Document, form: str) -> str:
    """What the paper is about, as its trích yếu says."""
    type_ = templates.load_form(form).type
    return composed.title.removeprefix(type_).strip() or composed.title


def file_name(document: OfficialDocument, kind: Kind) -> str:
    """The name a file is saved under: `BC-15-TU-2026-12-15.docx`; without a number `CV-du-thao-41.pdf`."""
    if document.number is None or document.issued_on is None:
        return f"{_plain_letters(document.type or document.form)}-du-thao-{document.id}.{kind}"
    body = _plain_letters(str(document.letterhead.get("symbol", "")))
    type_ = _plain_letters(document.type)
    return f"{type_}-{document.number:02d}-{body}-{document.issued_on.isoformat()}.{kind}"


def _plain_letters(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^A-Za-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-")


def draw_missing(session: Session, document: OfficialDocument, *, on: date) -> dict[Kind, bytes]:
    """The files of an issued document that are not kept yet; slow, so nothing is written meanwhile."""
    if document.number is None:
        return {}
    missing = [kind for kind in MEDIA_TYPES if session.get(DrawnFile, (document.id, kind)) is None]
    return {kind: paper_of(session, document, on=on).drawn(kind) for kind in missing}


def keep_drawn(
    session: Session,
    document: OfficialDocument,
    drawn: Mapping[Kind, bytes],
    store: FileStore,
    *,
    at: datetime,
) -> None:
    """Keep what was drawn of an issued document; a file kept before stays as it is."""
    for kind, content in drawn.items():
        if session.get(DrawnFile, (document.id, kind)) is None:
            kept = keep(session, store, content, media_type=MEDIA_TYPES[kind], at=at)
            session.add(DrawnFile(document_id=document.id, kind=kind, sha256=kept.sha256))
    session.flush()
