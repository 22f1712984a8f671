"""The stories of the directives: each registered on the day it was issued, read by our own reader."""

from datetime import datetime

from workflows import directives, files
from workflows.directives import reading
from workflows.directives.reading.model import Reading
from workflows.sample_office.papers import as_docx
from workflows.sample_office.scene import Scene
from workflows.sample_office.shapes import SampleDirective
from workflows.sample_office.timeline import Story

_WORD = frozenset({"kh21", "ct06"})
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def registration_story(scene: Scene, sample: SampleDirective, at: datetime) -> Story:
    """A directive handed in, read and confirmed at `at`."""
    at = yield at
    read = reading.read_text(sample.text)
    content, media_type = _file(sample)
    name = f"{sample.number.replace('/', '-')}.{'docx' if sample.key in _WORD else 'txt'}"
    directive = directives.register(
        scene.session,
        scene.office,
        registration=_as_confirmed(sample, read),
        file=files.keep(scene.session, scene.files, content, media_type=media_type, at=at),
        file_name=name,
        text=read.text,
        by=scene.clerk(scene.office),
        at=at,
    )
    directive.issuer_unit = scene.units[sample.issuer]
    scene.directives[sample.key] = directive


def _file(sample: SampleDirective) -> tuple[bytes, str]:
    if sample.key in _WORD:
        return as_docx(sample.text), _DOCX
    return sample.text.encode(), "text/plain"


def _as_confirmed(sample: SampleDirective, read: Reading) -> directives.Registration:
    """The header as a clerk confirms it: what was read, corrected by what is known."""
    header = read.header
    signer = header.signer
    return directives.Registration(
        type=sample.type,
        issuer=header.issuer or sample.issuer,
        subject=sample.subject,
        number=sample.number,
        issued_on=sample.issued,
        place=header.place,
        addressees=header.addressees,
        recipients=header.recipients,
        signer={"authority": signer.authority, "role": signer.role, "name": signer.name} if signer else {},
        citations=tuple(
            directives.Citation(cited.number, cited.type, cited.date, cited.issuer)
            for cited in read.citations
        ),
        passages=tuple(
            directives.Passage(clause.address, clause.heading, *clause.span) for clause in read.clauses
        ),
    )
