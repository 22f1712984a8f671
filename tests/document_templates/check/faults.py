"""Forty and more faults, each planted into a good document: in the rule it is drawn by, or in its words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from document_templates import Document
from document_templates.blocks import Paragraph, Run, Signature
from document_templates.profiles import Separator
from tests.document_templates.drawing import sampled

Change = Callable[[Document], Document]
BOTH, WORD, PDF = ("word", "pdf"), ("word",), ("pdf",)


@dataclass(frozen=True)
class Fault:
    """What is done to which good document, and the code under which the checker must report it."""

    code: str
    change: Change
    form: str = "conclusions-notice"
    profile: str = "party-2026"
    kinds: tuple[str, ...] = BOTH

    @property
    def name(self) -> str:
        return f"{self.profile}-{self.form}-{self.code}"

    def planted(self) -> Document:
        """The document with the fault in it."""
        return self.change(sampled(self.form, self.profile))


def style(key: str, **changes) -> Change:
    """Set a component otherwise than the rule says."""

    def change(document: Document) -> Document:
        styles = dict(document.profile.styles)
        styles[key] = replace(styles[key], **changes)
        return replace(document, profile=replace(document.profile, styles=styles))

    return change


def page(**changes) -> Change:
    """Lay out the page otherwise than the rule says."""
    return lambda document: replace(
        document, profile=replace(document.profile, page=replace(document.profile.page, **changes))
    )


def separator(place: str, **changes) -> Change:
    """Draw another separator."""

    def change(document: Document) -> Document:
        separators = dict(document.profile.separators) | {place: Separator(**changes)}
        return replace(document, profile=replace(document.profile, separators=separators))

    return change


def front(**changes) -> Change:
    """Print other words above the matter."""
    return lambda document: replace(document, front=replace(document.front, **changes))


def closing(**changes) -> Change:
    """Print other words after the matter."""
    return lambda document: replace(document, closing=replace(document.closing, **changes))


def recipients(mend: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Change:
    """Print other recipients."""
    return lambda document: closing(recipients=mend(document.closing.recipients))(document)


def signed(authority: tuple[str, ...] = ("T/M BAN THƯỜNG VỤ",), name: str = "Nguyễn Văn An") -> Change:
    """Sign otherwise."""
    return closing(signatures=(Signature(authority, "PHÓ BÍ THƯ", name),))


def lengthened(change: Change) -> Change:
    """Fill several pages, so that what is wrong at the foot of a page shows."""

    def longer(document: Document) -> Document:
        return change(
            replace(document, body=(*document.body[:-1], *document.body[:1] * 40, document.body[-1]))
        )

    return longer


def saying(text: str, at: int = 0) -> Change:
    """Say something else in one paragraph of the matter."""

    def change(document: Document) -> Document:
        body = list(document.body)
        body[at] = Paragraph((Run(text),))
        return replace(document, body=tuple(body))

    return change


def appendix(label: str) -> Change:
    """Number the first appendix otherwise."""
    return lambda document: replace(
        document, appendices=(replace(document.appendices[0], label=label), *document.appendices[1:])
    )


LETTER = "reminder-letter"
FAULTS = [
    Fault("margin-top", page(top=26)),
    Fault("margin-bottom", lengthened(page(bottom=10))),
    Fault("margin-left", page(left=25)),
    Fault("margin-right", page(right=20)),
    Fault("paper-size", page(width=215.9, height=279.4), kinds=WORD),
    Fault("page-number-height", page(number_from_top=5)),
    Fault("page-number-size", style("page_number", size=11)),
    Fault("heading-size", style("heading", size=13)),
    Fault("heading-bold", style("heading", bold=False)),
    Fault("upper_body-bold", style("upper_body", bold=True), LETTER, "front", kinds=WORD),
    Fault("issuer-bold", style("issuer", bold=False)),
    Fault("issuer-size", style("issuer", size=12)),
    Fault("number-size", style("number", size=13)),
    Fault("number-bold", style("number", bold=True)),
    Fault("place_date-italic", style("place_date", italic=False)),
    Fault("place_date-size", style("place_date", size=13)),
    Fault("type_name-size", style("type_name", size=14)),
    Fault("type_name-bold", style("type_name", bold=False)),
    Fault("subject-italic", style("subject", italic=True)),
    Fault("subject-bold", style("subject", bold=False)),
    Fault("letter_subject-size", style("letter_subject", size=14), LETTER),
    Fault("letter_subject-italic", style("letter_subject", italic=False), LETTER),
    Fault("addressee-size", style("addressee", size=12), LETTER),
    Fault("part-bold", style("part", bold=False)),
    Fault("body-size", style("body", size=13)),
    Fault("body-align", style("body", align="left")),
    Fault("body-indent", style("body", indent=15)),
    Fault("body-pitch", style("body", pitch=16)),
    Fault("body-pitch", style("body", pitch=25), "plan"),
    Fault("body-space", style("body", after=2)),
    Fault("authority-bold", style("authority", bold=False)),
    Fault("post-bold", style("post", bold=True)),
    Fault("signer-bold", style("signer", bold=False)),
    Fault("signer-size", style("signer", size=13)),
    Fault("recipients_label-underline", style("recipients_label", underline=False)),
    Fault("recipient-size", style("recipient", size=14)),
    Fault("issuer-mark", separator("issuer", text="")),
    Fault("subject-mark", separator("subject", text="---")),
    Fault("heading-line", separator("heading", line=0)),
    Fault("heading-line", separator("heading", line=0.5), LETTER),
    Fault("issuer-line", separator("issuer", line=1.0), profile="state-2020"),
    Fault("number-colon", front(number="Số: 06-TB/TU")),
    Fault("number-zero", front(number="Số 6-TB/TU")),
    Fault("number-form", front(number="Số 06/TB-TU")),
    Fault("number-colon", front(number="Số 215/TB-UBND"), profile="state-2020"),
    Fault("date-zero", front(place_date="Tân Hưng, ngày 9 tháng 10 năm 2026")),
    Fault("date-zero", front(place_date="Tân Hưng, ngày 15 tháng 03 năm 2026"), LETTER),
    Fault("date-comma", front(place_date="Tân Hưng ngày 15 tháng 10 năm 2026")),
    Fault("comma-before-date", saying("Thực hiện Quy định số 12-QĐ/TW ngày 09/01/2026 của Ban Bí thư.")),
    Fault("date-zero", saying("Họp ngày 9/10/2026 tại Tỉnh uỷ."), "plan"),
    Fault("end-mark", saying("Trân trọng báo cáo./.", -1)),
    Fault("end-mark", saying("Trân trọng báo cáo.", -1), profile="state-2020"),
    Fault("recipients-archive", recipients(lambda names: (*names[:-1], "Lưu: VT."))),
    Fault("recipients-archive", recipients(lambda names: (*names[:-2], "Các ban.")), "plan"),
    Fault("recipients-end", recipients(lambda names: (f"{names[0][:-1]},", *names[1:]))),
    Fault("recipients-like", recipients(lambda names: names[1:]), LETTER),
    Fault("signing-prefix", signed(("TM. BAN THƯỜNG VỤ",))),
    Fault("signing-prefix", signed(("TUQ. BAN THƯỜNG VỤ",)), LETTER),
    Fault("signer-title", signed(name="TS. Nguyễn Văn An")),
    Fault("spelling", front(issuer=("TỈNH ỦY TÂN HƯNG",))),
    Fault("addressee-missing", front(addressees=()), LETTER),
    Fault("addressee-submission", front(addressee_label="Kính gửi:"), "submission"),
    Fault("addressee-submission", front(addressee_label="Kính trình:"), LETTER),
    Fault("addressee-unneeded", front(addressee_label="Kính gửi:", addressees=("Ban Tổ chức",)), "plan"),
    Fault("letter-subject", front(letter_subject=("V/v đôn đốc",)), LETTER),
    Fault("appendix-numeral", appendix("Phụ lục II"), LETTER),
    Fault("appendix-numeral", appendix("Phụ lục 2"), LETTER, profile="state-2020"),
]
