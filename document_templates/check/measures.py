"""The measures: page, margins, page number, and how each component is set."""

from __future__ import annotations

from collections.abc import Iterator

from document_templates.check import paragraphs
from document_templates.check.components import APPENDIX, Components
from document_templates.check.deviation import Deviation, excerpt, size_deviation
from document_templates.check.observed import Line, Paper, Sheet
from document_templates.profiles import Profile, TextStyle
from document_templates.vietnamese import number

TOLERANCE = 1.0
_INK_ABOVE, _INK_BELOW = 1.5, 2.5
_MIDDLE_TOLERANCE = 2.0
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_TIMES = ("timesnewroman", "liberationserif", "tinos", "times")
_WEIGHTS = {
    "bold": ("đậm", "không đậm"),
    "italic": ("nghiêng", "đứng"),
    "underline": ("gạch chân", "không gạch chân"),
}
_BENEATH = {"heading": "place_date", "issuer": "number", "subject": "body"}
"""What stands under a component: lines are often anchored there instead of in the component itself."""
_SKIPPED = ("issuer_mark", "subject_mark", "body", "addressee", "draft", "urgency")


def deviations(paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    """Everything that is measured wrongly."""
    yield from _page_sizes(paper, profile)
    yield from (_word_margins if paper.kind == "word" else _pdf_margins)(paper, profile)
    yield from _page_numbers(paper, profile)
    yield from _fonts(paper, found, profile)
    for key, lines in found.lines.items():
        if key in profile.styles and key not in _SKIPPED:
            yield from _component(lines, profile.styles[key], profile)
    yield from _addressee(found, profile)
    yield from _separators(found, profile)
    yield from paragraphs.deviations(paper, found, profile)
    if paper.empty_paragraphs:
        said = f"{paper.empty_paragraphs} đoạn trống"
        # Taken out by a machine they might close the room for the signature.
        wanted = "giãn cách bằng khoảng cách đoạn"
        yield Deviation("empty-paragraphs", "Toàn văn bản", said, wanted, profile.rule)


def _page_sizes(paper: Paper, profile: Profile) -> Iterator[Deviation]:
    wanted = sorted((profile.page.width, profile.page.height))
    for at, sheet in enumerate(paper.sheets, 1):
        given = sorted((sheet.width, sheet.height))
        if any(abs(a - b) > TOLERANCE for a, b in zip(given, wanted, strict=True)):
            size = f"{number(sheet.width, 0)} × {number(sheet.height, 0)} mm"
            yield Deviation(
                "paper-size", _sheet_name(paper, at), size, "A4, 210 × 297 mm", profile.rule, True
            )


def _sheet_name(paper: Paper, at: int) -> str:
    return f"{'Phần' if paper.kind == 'word' else 'Trang'} {at}"


def _word_margins(paper: Paper, profile: Profile) -> Iterator[Deviation]:
    for at, sheet in enumerate(paper.sheets, 1):
        for side, (low, high) in profile.page.ranges.items():
            given = getattr(sheet, side)
            if not low - TOLERANCE <= given <= high + TOLERANCE:
                yield _margin(_sheet_name(paper, at), side, given, low, high, profile)


def _margin(place: str, side: str, given: float, low: float, high: float, profile: Profile) -> Deviation:
    wanted = f"{number(low)} mm" if low == high else f"{number(low)} đến {number(high)} mm"
    return Deviation(
        f"margin-{side}", f"{place}, lề {_SIDES[side]}", f"{number(given)} mm", wanted, profile.rule, True
    )


def _pdf_margins(paper: Paper, profile: Profile) -> Iterator[Deviation]:
    """The white around the ink of all pages; text seldom fills a page, so the foot can only be too small."""
    upright = [(at, sheet) for at, sheet in enumerate(paper.sheets) if sheet.height > sheet.width]
    room = {
        "top": (_INK_ABOVE, _INK_BELOW),
        "bottom": (0.5, 1000.0),
        "left": (TOLERANCE, 2.0),
        "right": (TOLERANCE, 2.0),
    }
    for side, (low, high) in profile.page.ranges.items():
        given = [white for at, sheet in upright if (white := _white(sheet, side, at, profile)) is not None]
        if given and not low - room[side][0] <= min(given) <= high + room[side][1]:
            yield _margin("Các trang", side, min(given), low, high, profile)


def _white(sheet: Sheet, side: str, at: int, profile: Profile) -> float | None:
    """The white at one side; the back of a sheet printed on both sides has left and right changed."""
    turned = at % 2 == 1 and sheet.left is not None and sheet.left < profile.page.ranges["left"][0] - 5
    if turned and side in ("left", "right"):
        side = "right" if side == "left" else "left"
    value: float | None = getattr(sheet, side)
    return value


def _page_numbers(paper: Paper, profile: Profile) -> Iterator[Deviation]:
    style = profile.styles["page_number"]
    for at, sheet in enumerate(paper.sheets, 1):
        place = f"{_sheet_name(paper, at)}, số trang"
        if sheet.number_on_first:
            yield Deviation(
                "page-number-first", place, "có ở trang đầu", "trang đầu không ghi", profile.rule, True
            )
        if sheet.number is None:
            continue
        yield from size_deviation(place, "page-number-size", sheet.number.size, style, profile)
        given, wanted = sheet.number_from_top or 0, profile.page.number_from_top
        if abs(given - wanted) > TOLERANCE + (paper.kind == "pdf") * 0.8:
            yield Deviation(
                "page-number-height",
                place,
                f"cách mép {number(given)} mm",
                f"{number(wanted)} mm",
                profile.rule,
                True,
            )
        if not sheet.number_centred or not _in_middle(sheet, profile):
            yield Deviation(
                "page-number-place", place, "không ở giữa", "giữa trang, trên đầu", profile.rule, True
            )
    yield from _numbers_missing(paper, profile)


def _in_middle(sheet: Sheet, profile: Profile) -> bool:
    """Whether the number of a PDF's page stands between the margins of a front or a back side."""
    if sheet.number_middle is None:
        return True
    shift = (profile.page.left - profile.page.right) / 2
    return (
        min(abs(sheet.number_middle - sheet.width / 2 - way * shift) for way in (1, 0, -1))
        < _MIDDLE_TOLERANCE
    )


def _numbers_missing(paper: Paper, profile: Profile) -> Iterator[Deviation]:
    if paper.kind == "word":
        return
    appendix_pages = {line.page for line in paper.lines if APPENDIX.match(line.text) and not line.in_table}
    for at, sheet in enumerate(paper.sheets):
        if at and at not in appendix_pages and sheet.number is None:
            yield Deviation(
                "page-number-missing", f"Trang {at + 1}", "không có số trang", "có số trang", profile.rule
            )


def _fonts(paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    fonts = {part.font for line in paper.lines for part in line.letters}
    strange = sorted(font for font in fonts if font and not _is_times(font))
    if strange:
        yield Deviation("font", "Toàn văn bản", ", ".join(strange), "Times New Roman", profile.rule, True)
    colors = {part.color.lower() for line in paper.lines for part in line.letters}
    if colors - {"000000", "auto"}:
        said = ", ".join(sorted(colors - {"000000", "auto"}))
        yield Deviation("color", "Toàn văn bản", f"chữ màu {said}", "chữ màu đen", profile.rule, True)


def _is_times(font: str) -> bool:
    return font.lower().replace(" ", "").replace("-", "").startswith(_TIMES)


def _component(lines: list[Line], style: TextStyle, profile: Profile) -> Iterator[Deviation]:
    for line in lines:
        place = f"{style.name}: “{excerpt(line.text)}”"
        yield from size_deviation(place, f"{style.key}-size", float(str(line.most("size"))), style, profile)
        for look, words in _WEIGHTS.items():
            given, wanted = bool(line.most(look)), getattr(style, look)
            if given != wanted:
                yield Deviation(
                    f"{style.key}-{look}", place, words[not given], words[not wanted], profile.rule, True
                )
        if style.upper and not line.text.isupper():
            yield Deviation(f"{style.key}-case", place, "chữ thường", "chữ in hoa", profile.rule)
        if style.align == "center" and line.align not in (None, "center"):
            yield Deviation(f"{style.key}-align", place, "không ở giữa", "ở giữa", profile.rule, True)


def _addressee(found: Components, profile: Profile) -> Iterator[Deviation]:
    """The label is italic, the names after it upright; both of one size."""
    style = profile.styles["addressee"]
    for at, line in enumerate(found["addressee"]):
        place = f"Kính gửi: “{excerpt(line.text)}”"
        yield from size_deviation(place, "addressee-size", float(str(line.most("size"))), style, profile)
        if at == 0 and not line.letters[0].italic:
            yield Deviation("addressee-label", place, "“Kính gửi” đứng", "“Kính gửi” nghiêng", profile.rule)


def _separators(found: Components, profile: Profile) -> Iterator[Deviation]:
    under = {
        "heading": found["motto"] or found["heading"],
        "issuer": found["issuer"],
        "subject": found["subject"],
    }
    for place, lines in under.items():
        separator = profile.separators[place]
        name = profile.styles[place].name.lower()
        if not lines or (place == "heading" and _is_copy(found)):
            continue
        if separator.text:
            marks = [line.text for line in found[f"{place}_mark"]]
            if marks != [separator.text]:
                said = " ".join(marks) or "không có"
                yield Deviation(f"{place}-mark", f"Dưới {name}", said, f"“{separator.text}”", profile.rule)
        else:
            yield from _drawn_line(place, name, lines, found[_BENEATH[place]][:1], separator.line, profile)


def _is_copy(found: Components) -> bool:
    return "SAO" in found.text("heading").upper().split()


def _drawn_line(
    place: str, name: str, lines: list[Line], near: list[Line], share: float, profile: Profile
) -> Iterator[Deviation]:
    drawn = next((line.rule for line in [*reversed(lines), *near] if line.rule is not None), None)
    full = share == 1
    wanted = "đường kẻ dài bằng dòng chữ" if full else "đường kẻ bằng 1/3 đến 1/2 dòng chữ"
    if drawn is None:
        yield Deviation(f"{place}-line", f"Dưới {name}", "không có đường kẻ", wanted, profile.rule)
        return
    longest = max((line.length for line in lines if line.length), default=None)
    if longest and not (share - 0.12) * longest <= drawn <= (share + 0.12) * longest:
        yield Deviation(f"{place}-line", f"Dưới {name}", f"đường kẻ {number(drawn)} mm", wanted, profile.rule)
