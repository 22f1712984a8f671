"""The header of a document: heading, signing block and footnotes put together."""

import re
from collections.abc import Sequence

from workflows.directives.reading.footnotes import read_footnotes
from workflows.directives.reading.heading import read_heading
from workflows.directives.reading.issuers import bodies_in, name_issuer, sentence_case
from workflows.directives.reading.letterheads import Heading, take_date
from workflows.directives.reading.model import Header, Span
from workflows.directives.reading.news import News, read_news
from workflows.directives.reading.numbers import is_law, type_of_symbol
from workflows.directives.reading.phrases import BODY_HEAD, is_damaged, is_upper, one_line
from workflows.directives.reading.signing import Signing, read_signing
from workflows.directives.reading.text import Line, LineKind, fold, lines

_LETTER = "CV"


def read_header(text: str) -> Header:
    """The header of a clean text; whatever the document does not say stays empty."""
    seen = lines(text)
    damaged = is_damaged(text)
    heading = read_heading(seen, damaged=damaged)
    _tell_headline_from_letterhead(heading)
    begin = next((index for index, line in enumerate(seen) if line.start >= heading.end), len(seen))
    signing = read_signing(seen, begin)
    if heading.year is None:
        for line in seen[max(begin, signing.start - 4) :]:
            take_date(heading, line.text)
    if _is_bare(heading, signing) and (news := read_news(text)):
        return _news_header(heading, news, text, seen)
    issuer, upper = name_issuer(bodies_in(heading.letterhead, damaged=damaged), heading.by)
    issuer = issuer or _issuer_below(seen, signing, text)
    return Header(
        number=heading.number,
        symbol=heading.symbol,
        type=_type(heading),
        issuer=issuer,
        upper_body=upper,
        place=heading.place,
        date=heading.date,
        year=heading.year,
        month=heading.month,
        subject=heading.subject,
        addressees=heading.addressees,
        recipients=signing.recipients,
        signer=signing.signer,
        urgency=heading.urgency,
        draft=heading.draft,
        footnotes=read_footnotes(text, seen),
        form=_form(heading, issuer),
        body=_body(text, seen, heading, signing),
    )


def _tell_headline_from_letterhead(heading: Heading) -> None:
    """Capitals that name no body are the headline of an article."""
    if heading.form or heading.symbol or any(BODY_HEAD.match(fold(line)) for line in heading.letterhead):
        return
    heading.subject = heading.subject or one_line(heading.letterhead)
    heading.letterhead = []


def _is_bare(heading: Heading, signing: Signing) -> bool:
    """Nothing but text: no number, title, letterhead, addressees or signature."""
    return not (heading.symbol or heading.title or heading.letterhead or heading.addressees or signing.signer)


def _type(heading: Heading) -> str | None:
    """The number tells the type; a title does where there is no number; a letter has neither."""
    if heading.addressees and not heading.title:
        return _LETTER
    by_symbol = type_of_symbol(heading.symbol) if heading.symbol and not is_law(heading.symbol) else None
    return by_symbol or heading.title or _LETTER


def _form(heading: Heading, issuer: str | None) -> str:
    head = fold(" ".join([*heading.letterhead, issuer or ""]))
    if re.search(r"\bmat tran to quoc\b|\b(?:ub)?mttq\b", head):
        return "front"
    if heading.form:
        return heading.form
    return "party" if re.search(r"\b(?:tinh|thanh|huyen|thi|quan|dang)\s(?:uy|bo)\b", head) else "state"


def _body(text: str, seen: Sequence[Line], heading: Heading, signing: Signing) -> Span:
    end = seen[signing.start].start if signing.start < len(seen) else len(text)
    return min(heading.end, end), end


def _news_header(heading: Heading, news: News, text: str, seen: Sequence[Line]) -> Header:
    symbol = (
        news.number.split("-", 1)[-1]
        if "/" not in news.number.split("-")[0]
        else news.number.split("/", 1)[1]
    )
    return Header(
        number=news.number,
        symbol=symbol,
        type=type_of_symbol(symbol) or _LETTER,
        issuer=news.issuer,
        date=news.date,
        year=news.date.year if news.date else None,
        month=news.date.month if news.date else None,
        subject=news.subject or heading.subject,
        footnotes=read_footnotes(text, seen),
        form="news",
        body=(min(heading.end, len(text)), len(text)),
    )


# ── an issuer that no letterhead names ─────────────────────────────────────────────────────────────────────

_COLLECTIVE = re.compile(r"\W*t\W{0,2}m\W{1,3}(?P<body>.+)")
_MENTIONED = {
    "ban thuong vu": re.compile(
        r"\bban thuong vu (?:(?:tinh|thanh|huyen|quan|thi|dang) uy|trung uong|tinh doan|huyen doan)\b"
    ),
    "uy ban nhan dan": re.compile(
        r"\buy ban nhan dan (?:tinh|thanh pho|huyen|xa|phuong|thi xa|quan|dac khu)\b"
    ),
}
_ASKING = re.compile(
    r"\s(?:yeu cau|de nghi|chi dao|giao|ban hanh|xay dung ke hoach|thong bao|huong dan|bao cao|trien khai)\b"
)


def _issuer_below(seen: Sequence[Line], signing: Signing, text: str) -> str | None:
    """The body for which was signed, in the words of the text; else a name in capitals on the last line."""
    authority = signing.signer.authority if signing.signer else None
    if authority and (collective := _COLLECTIVE.match(fold(authority.split("\n")[0]))):
        body = collective["body"].strip()
        for name, pattern in _MENTIONED.items():
            if body == name and (found := pattern.search(fold(text))):
                return " ".join(text[slice(*found.span())].split())
        return sentence_case(authority.split("\n")[0][collective.start("body") :])
    last = [line for line in seen if line.kind is LineKind.TEXT][-1:]
    if last and is_upper(last[0].words) and BODY_HEAD.match(fold(last[0].words)):
        return sentence_case(last[0].words.strip(" *"))
    return _asking_body(text)


def _asking_body(text: str) -> str | None:
    """The body that asks for something before the first clause."""
    folded = fold(text[:6000])
    for asking in _ASKING.finditer(folded):
        before = text[max(0, asking.start() - 80) : asking.start()]
        name = re.split(r"[,;.:\n]\s*", before)[-1].strip()
        if 4 < len(name) < 70 and name[:1].isupper() and BODY_HEAD.match(fold(name)):
            return one_line([name])
    return None
