"""The wording rules: number and date, comma before "ngày", end mark, recipients, signing, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from document_templates.check.components import APPENDIX, Components
from document_templates.check.deviation import Deviation
from document_templates.check.observed import Paper
from document_templates.profiles import Profile

_ARTICLE = r"(?:số\s+[\w.]*\d[\w.]*\s*[-/][\w&/-]+)"
_NO_COMMA = re.compile(rf"{_ARTICLE}\s+ngày\s", re.IGNORECASE)
_DATE = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})")
_SHORT_DATE = re.compile(r"\bngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_TITLES = re.compile(r"^(GS|PGS|TS|ThS|CN|KS|BS|Tiến sĩ|Thạc sĩ|Đại tá|Thượng tá|Trung tá|Thiếu tướng)\b\.?")
_PREFIXES = re.compile(r"^(T/M|K/T|T/L|TM|KT|TL|TUQ|T\.?U\.?Q|Q)\b\.?")
_HOOKED, _PLAIN = re.compile(r"[uU][ỷỶ]"), re.compile(r"[ủỦ][yY]")
_END = re.compile(r"(\./\.|[.;:,!?/…]+)\s*$")
_ROMAN = re.compile(r"^[IVXLC]+$")


def deviations(paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    """Everything that is worded wrongly."""
    for rule in (
        _number,
        _date,
        _article_dates,
        _end,
        _addressee,
        _recipients,
        _signing,
        _spelling,
        _appendices,
    ):
        yield from rule(paper, found, profile)


def _number(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    for line in found["number"]:
        text = line.text
        colon = ":" in profile.rules.number
        if (":" in text) != colon:
            wanted = "“Số:” có dấu hai chấm" if colon else "“Số” không có dấu hai chấm"
            yield Deviation("number-colon", "Số và ký hiệu", text, wanted, profile.rule, True)
        digits = re.search(r"\d+", text.split("-")[0].split("/")[0])
        if digits and len(digits[0]) < 2:
            yield Deviation(
                "number-zero", "Số và ký hiệu", text, f"số dưới 10 có số 0: 0{digits[0]}", profile.rule, True
            )
        party = "{number}-{type}" in profile.rules.number
        if party and not re.match(r"^Số:?\s+\d*\s*-\s*[\w]+/[\w-]+", text):
            yield Deviation("number-form", "Số và ký hiệu", text, "Số …-loại/ký hiệu", profile.rule)
        if not party and not re.match(r"^Số:?\s*\d*\s*/", text):
            yield Deviation("number-form", "Số và ký hiệu", text, "Số: …/loại-ký hiệu", profile.rule)


def _date(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    for line in found["place_date"]:
        place = "Địa danh, ngày tháng năm"
        if "," not in line.text.split("ngày")[0]:
            yield Deviation("date-comma", place, line.text, "dấu phẩy sau địa danh", profile.rule, True)
        written = _DATE.search(line.text)
        if written:
            yield from _zeros(place, written, profile)


def _zeros(place: str, written: re.Match[str], profile: Profile) -> Iterator[Deviation]:
    """Days below 10 and months 1 and 2 take a zero, other months none."""
    day, month = written["day"], written["month"]
    if len(day) < 2:
        yield Deviation("date-zero", place, written[0], f"ngày 0{day}", profile.rule, True)
    wanted = f"{int(month):02d}" if int(month) < 3 else str(int(month))
    if month != wanted:
        yield Deviation("date-zero", place, written[0], f"tháng {wanted}", profile.rule, True)


def _article_dates(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    for line in [*found["body"], *found["subject"]]:
        missing = _NO_COMMA.search(line.text) if profile.rules.comma_before_date else None
        if missing:
            said = missing[0].strip()
            wanted = "dấu phẩy trước “ngày”"
            yield Deviation("comma-before-date", f"Nội dung: “{said}”", said, wanted, profile.rule, True)
        for written in _SHORT_DATE.finditer(line.text):
            yield from _zeros(f"Nội dung: “{written[0]}”", written, profile)


def _end(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    if not found["body"] or not found["recipients_label"]:
        return
    last = found["body"][-1].text
    ending = _END.search(last)
    said = ending[1] if ending else ""
    if said != profile.rules.end_mark:
        shown = f"kết thúc bằng “{said}”" if said else "không có dấu kết thúc"
        wanted = f"kết thúc bằng “{profile.rules.end_mark}”"
        yield Deviation("end-mark", f"Cuối nội dung: “…{last[-30:]}”", shown, wanted, profile.rule, True)


def _is_letter(found: Components, profile: Profile) -> bool:
    return bool(found["letter_subject"]) or "-CV/" in found.text("number").replace(" ", "")


def _addressee(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    """Party papers: only letters have "Kính gửi", only submissions "Kính trình"."""
    label = found.text("addressee").lower()
    kind = found.text("type_name").upper()
    submission = profile.rules.submission_label
    if _is_letter(found, profile) and not label:
        yield Deviation(
            "addressee-missing", "Kính gửi", "không có", "công văn phải có “Kính gửi:”", profile.rule
        )
    if kind == "TỜ TRÌNH" and label and not label.startswith(submission.lower()):
        said = found["addressee"][0].text
        yield Deviation("addressee-submission", "Kính trình", said, f"“{submission}”", profile.rule)
    if label.startswith("kính trình") and kind != "TỜ TRÌNH":
        wanted = "chỉ tờ trình có “Kính trình:”"
        yield Deviation("addressee-submission", "Kính trình", kind or "công văn", wanted, profile.rule)
    if profile.family == "party" and label.startswith("kính gửi") and kind not in ("", "TỜ TRÌNH"):
        yield Deviation("addressee-unneeded", "Kính gửi", kind, "chỉ công văn có “Kính gửi:”", profile.rule)
    yield from _letter_subject(found, profile)


def _letter_subject(found: Components, profile: Profile) -> Iterator[Deviation]:
    subject = found.text("letter_subject").lower()
    opening = profile.rules.letter_subject.split("{")[0].strip().lower()
    if _is_letter(found, profile) and not subject.startswith(opening):
        said = subject or "không có"
        yield Deviation("letter-subject", "Trích yếu công văn", said, f"“{opening} …”", profile.rule)


def _recipients(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    names = _joined([line.text for line in found["recipient"]])
    if not names:
        return
    opening = profile.rules.archive.split("{")[0]
    kept = next((name for name in names if name.removeprefix("- ").startswith("Lưu")), None)
    wanted = f"“- {opening}…”"
    if kept is None:
        yield Deviation("recipients-archive", "Nơi nhận", "không có dòng “Lưu”", wanted, profile.rule)
    elif not kept.removeprefix("- ").startswith(opening) or (
        ":" not in opening and re.search(r"\bVT\b", kept)
    ):
        yield Deviation("recipients-archive", "Nơi nhận", kept, wanted, profile.rule)
    for at, name in enumerate(names):
        ending = "." if at == len(names) - 1 else ";"
        if not name.endswith(ending):
            yield Deviation(
                "recipients-end",
                f"Nơi nhận: “{name}”",
                name[-1],
                f"“{ending}” ở cuối dòng",
                profile.rule,
                True,
            )
    if _is_letter(found, profile) and not names[0].startswith(f"- {profile.rules.like_addressee}"):
        wanted = f"“- {profile.rules.like_addressee};”"
        yield Deviation("recipients-like", "Nơi nhận, dòng đầu", names[0], wanted, profile.rule)


def _joined(lines: list[str]) -> list[str]:
    """Names of recipients, continued lines put back to their beginnings, nothing after the last."""
    names: list[str] = []
    for line in lines:
        if line.startswith("-"):
            names.append(line)
        elif names and not names[-1].endswith("."):
            names[-1] += f" {line}"
    return names


def _signing(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    known = {pattern.split("{")[0].strip() for pattern in profile.rules.prefixes.values()}
    for line in found["authority"]:
        given = _PREFIXES.match(line.text)
        if given and given[0] not in known and f"{given[0]}." not in known:
            wanted = f"một trong: {', '.join(sorted(known))}"
            yield Deviation("signing-prefix", "Quyền hạn ký", line.text, wanted, profile.rule)
    for line in found["signer"]:
        if _TITLES.match(line.text):
            wanted = "không ghi học hàm, học vị, quân hàm"
            yield Deviation("signer-title", "Họ tên người ký", line.text, wanted, profile.rule)


def _spelling(paper: Paper, _found: Components, profile: Profile) -> Iterator[Deviation]:
    """Offices differ in writing uỷ or ủy; one document keeps to one of them."""
    text = " ".join(line.text for line in paper.lines)
    hooked, plain = len(_HOOKED.findall(text)), len(_PLAIN.findall(text))
    if hooked and plain:
        rare, usual = ("ủy", "uỷ") if hooked >= plain else ("uỷ", "ủy")
        said = f"“{rare}” {min(hooked, plain)} lần, “{usual}” {max(hooked, plain)} lần"
        # No machine can tell a word from the name of a person, which stays as its bearer writes it.
        yield Deviation("spelling", "Toàn văn bản", said, f"thống nhất “{usual}”", profile.rule)


def _appendices(_paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    roman = profile.rules.appendix_numerals == "roman"
    for line in found.appendices:
        label = APPENDIX.match(line.text)
        numeral = label["numeral"] if label and not line.in_table else None
        if numeral and bool(_ROMAN.match(numeral)) != roman:
            wanted = "số La Mã" if roman else "chữ số Ả Rập"
            yield Deviation("appendix-numeral", f"“{line.text}”", numeral, wanted, profile.rule)
