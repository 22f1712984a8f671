"""Facts and wording → Document: all that the rules say about words is settled here; draughtsmen only draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from document_templates import fields, markup, vietnamese, wording
from document_templates.blocks import (
    Appendix,
    Basis,
    Block,
    Closing,
    Document,
    Front,
    Heading,
    ListItem,
    Paragraph,
    Run,
    Signature,
    Text,
    plain,
)
from document_templates.errors import DocumentError
from document_templates.forms import Form
from document_templates.markup import Annex, Matter
from document_templates.particulars import Letterhead, Particulars, Signatory
from document_templates.profiles import Profile, TextStyle
from document_templates.widths import break_lines

SUBMISSION_LABEL = "Kính trình:"
BLANK = "\xa0" * 7
"""Room to write a number or a date in by hand."""
_ENDINGS = " .;,/"
_CELL_SLACK = 3.0


def render(
    form: Form,
    facts: Mapping[str, Any],
    letterhead: Letterhead,
    profile: Profile,
    particulars: Particulars,
    *,
    text: str | None = None,
) -> Document:
    """The document of a form with these facts; `text` is the office's own wording in place of the form's."""
    used = form.wording if text is None else text
    fields.check_wording(used, form.fields)
    known = fields.complete(facts, form.fields) | _own_facts(letterhead, particulars)
    matter = markup.read(wording.fill(used, known))
    composer = _Composer(form, letterhead, profile, particulars, matter)
    return composer.document()


def _own_facts(letterhead: Letterhead, particulars: Particulars) -> dict[str, Any]:
    dated = particulars.dated
    return {
        "office": {"name": letterhead.name, "place": letterhead.place, "symbol": letterhead.symbol},
        "paper": {"date": dated, "year": str(dated.year) if dated else BLANK},
    }


class _Composer:
    """Puts the parts of one document together by the rules of its profile."""

    def __init__(
        self, form: Form, letterhead: Letterhead, profile: Profile, particulars: Particulars, matter: Matter
    ) -> None:
        self.form = form
        self.letterhead = letterhead
        self.profile = profile
        self.rules = profile.rules
        self.particulars = particulars
        self.matter = matter

    def document(self) -> Document:
        matter, standalone = self.matter, not self.form.type
        return Document(
            profile=self.profile,
            title=" ".join(part for part in (self.form.type or self.form.name, matter.subject) if part),
            body=self._body(),
            front=None if standalone else self._front(),
            closing=None if standalone else self._closing(),
            appendices=tuple(self._appendix(annex, at) for at, annex in enumerate(matter.annexes, 1)),
            orientation=self.form.orientation,
            dated=self.particulars.dated,
            two_sided=self.particulars.two_sided,
        )

    @property
    def is_letter(self) -> bool:
        return self.form.type == "Công văn"

    @property
    def number(self) -> str:
        """Number and symbol as printed, with room for the number while there is none."""
        pattern = self.rules.letter_number if self.is_letter else self.rules.number
        given = self.particulars.number
        return pattern.format(
            number=BLANK if given is None else f"{given:02d}",
            type=self.profile.types[self.form.type],
            symbol=self.letterhead.symbol,
        )

    def _front(self) -> Front:
        matter, particulars = self.matter, self.particulars
        letter, copy = self.is_letter, bool(matter.copy_kind)
        letter_subject = self.rules.letter_subject.format(subject=matter.subject)
        return Front(
            upper_body=self._beside_heading("upper_body", self.letterhead.upper_body),
            issuer=self._beside_heading("issuer", self.letterhead.issuer),
            heading=(matter.copy_kind.upper(),) if copy else self.rules.heading,
            number=self.number,
            place_date=self._place_date(),
            letter_subject=self._beside_heading("letter_subject", letter_subject if letter else ""),
            urgency=particulars.urgency.upper(),
            circulation=particulars.circulation.upper(),
            draft=_draft_mark(particulars.draft),
            type_name="" if letter or copy else self.form.type.upper(),
            subject=() if letter or copy else self._across("subject", self._subject()),
            addressee_label=self._addressee_label(),
            addressees=_punctuated(matter.addressees) if len(matter.addressees) > 1 else matter.addressees,
            copy_kind=matter.copy_kind,
        )

    def _addressee_label(self) -> str:
        label = self.matter.addressee_label
        return self.rules.submission_label if label == SUBMISSION_LABEL else label

    def _subject(self) -> str:
        subject = self.matter.subject
        return subject[:1].upper() + subject[1:] if self.rules.subject_capital else subject

    def _place_date(self) -> str:
        dated = self.particulars.dated
        written = vietnamese.long_date(dated) if dated else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
        return f"{self.letterhead.place}, {written}"

    def _beside_heading(self, key: str, text: str) -> tuple[str, ...]:
        """Lines of a component in the left column of the heading."""
        page = self.profile.page
        column = page.text_width(landscape=self.form.orientation == "landscape") * page.issuer_share / 100
        return self._lines(key, text, column - _CELL_SLACK)

    def _across(self, key: str, text: str, *, landscape: bool = False) -> tuple[str, ...]:
        """Lines of a centred component that runs across the page."""
        wide = landscape or self.form.orientation == "landscape"
        return self._lines(key, text, self.profile.page.text_width(landscape=wide) * 0.9)

    def _lines(self, key: str, text: str, limit: float) -> tuple[str, ...]:
        style = self.profile.styles[key]
        printed = text.upper() if style.upper else text
        return tuple(break_lines(printed, limit, style.size, bold=style.bold, italic=style.italic))

    def _body(self) -> tuple[Block, ...]:
        blocks = [self._by_rule(block, following) for block, following in _with_next(self.matter.blocks)]
        if blocks and self.form.type and isinstance(blocks[-1], Paragraph | ListItem):
            blocks[-1] = replace(blocks[-1], text=_ended(blocks[-1].text, self.rules.end_mark))
        return tuple(blocks)

    def _by_rule(self, block: Block, following: Block | None) -> Block:
        if isinstance(block, Heading):
            return replace(block, text=_cased(block.text, self.profile.styles[HEADING_STYLES[block.level]]))
        if isinstance(block, Basis):
            text = _ended(block.text, ";" if isinstance(following, Basis) else ".")
            return Basis(
                (Run(self.rules.basis.format(text="")), *text) if self.rules.basis != "{text}" else text
            )
        return block

    def _closing(self) -> Closing:
        recipients = list(self.matter.recipients)
        if self.is_letter and self.rules.like_addressee not in recipients:
            recipients.insert(0, self.rules.like_addressee)
        if self.letterhead.archive:
            recipients.append(self.rules.archive.format(archive=self.letterhead.archive))
        return Closing(
            signatures=tuple(self._signature(signatory) for signatory in self.particulars.signatories),
            recipients=_punctuated(tuple(recipients)),
            drafter=self.particulars.drafter,
            contact=self.particulars.contact,
        )

    def _signature(self, signatory: Signatory) -> Signature:
        authority = tuple(self._authority(line.prefix, line.body) for line in signatory.authority)
        return Signature(authority, signatory.post.upper(), signatory.name)

    def _authority(self, prefix: str, body: str) -> str:
        if prefix and prefix not in self.rules.prefixes:
            raise DocumentError(
                "Thể thức “%(profile)s” không có quyền hạn ký “%(prefix)s”. Chọn một trong: %(known)s.",
                profile=self.profile.name,
                prefix=prefix,
                known=", ".join(self.rules.prefixes),
            )
        return (self.rules.prefixes[prefix].format(body=body) if prefix else body).upper()

    def _appendix(self, annex: Annex, at: int) -> Appendix:
        landscape = annex.orientation == "landscape"
        numeral = str(at) if self.rules.appendix_numerals == "arabic" else vietnamese.roman(at)
        return Appendix(
            label=f"Phụ lục {numeral}" if len(self.matter.annexes) > 1 else "Phụ lục",
            title=self._across("appendix_title", annex.title, landscape=landscape),
            reference=f"(Kèm theo {annex.reference or self._citation()})",
            blocks=tuple(self._by_rule(block, following) for block, following in _with_next(annex.blocks)),
            orientation=annex.orientation,
        )

    def _citation(self) -> str:
        """The document as its own appendix refers to it."""
        if not self.form.type:
            raise DocumentError("Phụ lục đứng riêng phải ghi kèm theo văn bản nào. Thêm dòng “@kèm theo: …”.")
        dated = self.particulars.dated
        number = self.number.removeprefix("Số").removeprefix(":").strip(" ")
        return self.rules.citation.format(
            type=self.form.type,
            number=number,
            date=vietnamese.short_date(dated) if dated else f"{BLANK}/{BLANK}/{BLANK}",
            long_date=vietnamese.long_date(dated).removeprefix("ngày ") if dated else BLANK,
            issuer=self.letterhead.name,
        )


HEADING_STYLES = {1: "part", 2: "section", 3: "clause"}


def _with_next(blocks: tuple[Block, ...]) -> list[tuple[Block, Block | None]]:
    return list(zip_longest(blocks, blocks[1:]))


def _draft_mark(draft: int) -> str:
    return "" if not draft else "Dự thảo" if draft == 1 else f"Dự thảo lần {draft}"


def _punctuated(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of a list, each ended with a semicolon and the last with a full stop."""
    bare = [name.strip(_ENDINGS) for name in names]
    return tuple(f"{name}{'.' if at == len(bare) else ';'}" for at, name in enumerate(bare, 1))


def _ended(text: Text, mark: str) -> Text:
    """The text with its last punctuation replaced by `mark`."""
    if not plain(text).strip():
        return text
    *before, last = text
    return (*before, replace(last, text=last.text.rstrip(_ENDINGS) + mark))


def _cased(text: Text, style: TextStyle) -> Text:
    return tuple(replace(run, text=run.text.upper()) for run in text) if style.upper else text
