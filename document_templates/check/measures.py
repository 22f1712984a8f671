"""The measures: page, margins, page number, and how each component is set."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from document_templates.check.components import APPENDIX, Components
from document_templates.check.deviation import Deviation
from document_templates.check.observed import Line, Paper, Sheet
from document_templates.profiles import Profile, TextStyle
from document_templates.vietnamese import number

TOLERANCE = 1.0
_INK_ABOVE, _INK_BELOW = 1.5, 2.5
_PITCH_TOLERANCE = 0.3
_LEAST_FOR_HABIT = 3
_MIDDLE_TOLERANCE = 2.0
_RAGGED = 1.2
_POINTS_PER_MM = 72 / 25.4
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_TIMES = ("timesnewroman", "liberationserif", "tinos", "times")
_WEIGHTS = {
    "bold": ("đậm", "không đậm"),
    "italic": ("nghiêng", "đứng"),
    "underline": ("gạch chân", "không gạch chân"),
}
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
    yield from _body(paper, found, profile)
    if paper.empty_paragraphs:
        said = f"{paper.empty_paragraphs} đoạn trống"
        yield Deviation(
            "empty-paragraphs", "Toàn văn bản", said, "giãn cách bằng khoảng cách đoạn", profile.rule, True
        )


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
        yield from _sizes(place, "page-number-size", sheet.number.size, style, profile)
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
        place = f"{style.name}: “{_excerpt(line.text)}”"
        yield from _sizes(place, f"{style.key}-size", float(str(line.most("size"))), style, profile)
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


def _sizes(place: str, code: str, given: float, style: TextStyle, profile: Profile) -> Iterator[Deviation]:
    low, high = style.sizes
    if not low - 0.05 <= given <= high + 0.05:
        wanted = f"cỡ {number(low)}" if low == high else f"cỡ {number(low)} đến {number(high)}"
        yield Deviation(code, place, f"cỡ {number(given)}", wanted, profile.rule, True)


def _addressee(found: Components, profile: Profile) -> Iterator[Deviation]:
    """The label is italic, the names after it upright; both of one size."""
    style = profile.styles["addressee"]
    for at, line in enumerate(found["addressee"]):
        place = f"Kính gửi: “{_excerpt(line.text)}”"
        yield from _sizes(place, "addressee-size", float(str(line.most("size"))), style, profile)
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
            yield from _drawn_line(place, name, lines, separator.line, profile)


def _is_copy(found: Components) -> bool:
    return "SAO" in found.text("heading").upper().split()


def _drawn_line(
    place: str, name: str, lines: list[Line], share: float, profile: Profile
) -> Iterator[Deviation]:
    drawn = next((line.rule for line in reversed(lines) if line.rule is not None), None)
    full = share == 1
    wanted = "đường kẻ dài bằng dòng chữ" if full else "đường kẻ bằng 1/3 đến 1/2 dòng chữ"
    if drawn is None:
        yield Deviation(f"{place}-line", f"Dưới {name}", "không có đường kẻ", wanted, profile.rule)
        return
    longest = max((line.length for line in lines if line.length), default=None)
    if longest and not (share - 0.12) * longest <= drawn <= (share + 0.12) * longest:
        yield Deviation(f"{place}-line", f"Dưới {name}", f"đường kẻ {number(drawn)} mm", wanted, profile.rule)


def _body(paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
    matter = [line for line in found["body"] if line.align != "center"]
    yield from _body_sizes(matter, profile)
    paragraphs = _word_paragraphs if paper.kind == "word" else _pdf_paragraphs
    yield from paragraphs(paper, matter, profile)


def _body_sizes(lines: list[Line], profile: Profile) -> Iterator[Deviation]:
    style, seen = profile.styles["body"], set()
    for line in lines:
        size = float(str(line.most("size")))
        if size > style.sizes[0] - 2.5 and size not in seen:
            seen.add(size)
            yield from _sizes(f"Nội dung: “{_excerpt(line.text)}”", "body-size", size, style, profile)


def _word_paragraphs(_paper: Paper, lines: list[Line], profile: Profile) -> Iterator[Deviation]:
    rules, low_high = profile.rules, profile.rules.indents
    for line in _first_of_each(lines, "align", lambda line: line.align in ("both", "justify")):
        yield Deviation(
            "body-align", _where(line), "không căn đều hai lề", "căn đều hai lề", profile.rule, True
        )
    for line in _first_of_each(lines, "indent", lambda line: _within(line.indent, low_high, TOLERANCE)):
        given = f"{number(line.indent or 0)} mm"
        yield Deviation(
            "body-indent", _where(line), given, f"lùi {number(low_high[0])} mm", profile.rule, True
        )
    for line in _first_of_each(lines, "pitch", lambda line: _good_pitch(line, profile)):
        said = f"{number(line.pitch)} pt" if line.pitch else "theo dòng đơn"
        yield _pitch(_where(line), said, profile)
    for line in _first_of_each(
        lines, "after", lambda line: max(line.after or 0, line.before or 0) >= rules.least_space - 0.01
    ):
        yield _space(_where(line), line.after or 0, profile)


def _first_of_each(lines: list[Line], name: str, good: object) -> Iterator[Line]:
    """The first line of every value that is not good, so that one habit is told once."""
    seen = set()
    for line in lines:
        value = getattr(line, name)
        if callable(good) and not good(line) and value not in seen:
            seen.add(value)
            yield line


def _good_pitch(line: Line, profile: Profile) -> bool:
    low, high = profile.rules.pitches
    if line.pitch is None:
        return not profile.rules.pitch_exact
    exact = bool(line.exact) or not profile.rules.pitch_exact
    return exact and low <= line.pitch <= high


def _pdf_paragraphs(paper: Paper, lines: list[Line], profile: Profile) -> Iterator[Deviation]:
    edge, right = profile.page.left, paper.sheets[0].width - profile.page.right
    starts, inner, pitches, spaces = [], [], [], []
    for before, line in pairwise(lines):
        if line.page != before.page or line.left is None or before.baseline is None or line.baseline is None:
            continue
        drop = (line.baseline - before.baseline) * _POINTS_PER_MM
        begins = line.left - edge > 3
        if begins and line.left - edge < 25:
            starts.append(line.left - edge)
            spaces.append(drop)
        elif not begins and drop < 40:
            pitches.append(drop)
            inner.append(before.right or 0)
    yield from _pdf_habits(starts, pitches, spaces, profile)
    ragged = [end for end in inner if abs(end - right) > _RAGGED]
    if (
        len(inner) >= _LEAST_FOR_HABIT
        and len(ragged) > len(inner) / 2
        and profile.page.right == profile.page.ranges["right"][0]
    ):
        yield Deviation("body-align", "Nội dung", "không căn đều hai lề", "căn đều hai lề", profile.rule)


def _pdf_habits(
    starts: list[float], pitches: list[float], spaces: list[float], profile: Profile
) -> Iterator[Deviation]:
    rules = profile.rules
    strange = [start for start in starts if not _within(start, rules.indents, TOLERANCE)]
    if len(strange) >= _LEAST_FOR_HABIT:
        given = f"{number(median(strange))} mm"
        yield Deviation("body-indent", "Nội dung", given, f"lùi {number(rules.indents[0])} mm", profile.rule)
    if len(pitches) >= _LEAST_FOR_HABIT and not _within(median(pitches), rules.pitches, _PITCH_TOLERANCE):
        yield _pitch("Nội dung", f"{number(median(pitches))} pt", profile)
    if len(pitches) >= _LEAST_FOR_HABIT and len(spaces) >= _LEAST_FOR_HABIT:
        space = sorted(spaces)[len(spaces) // 4] - median(pitches)
        if space < rules.least_space - _PITCH_TOLERANCE:
            yield _space("Nội dung", space, profile)


def _pitch(place: str, given: str, profile: Profile) -> Deviation:
    low, high = profile.rules.pitches
    exact = "chính xác " if profile.rules.pitch_exact else ""
    return Deviation(
        "body-pitch", place, given, f"{exact}{number(low)} đến {number(high)} pt", profile.rule, True
    )


def _space(place: str, given: float, profile: Profile) -> Deviation:
    wanted = f"ít nhất {number(profile.rules.least_space)} pt giữa hai đoạn"
    return Deviation("body-space", place, f"{number(given)} pt", wanted, profile.rule, True)


def _within(value: float | None, limits: tuple[float, float], tolerance: float) -> bool:
    return value is not None and limits[0] - tolerance <= value <= limits[1] + tolerance


def _where(line: Line) -> str:
    return f"Nội dung: “{_excerpt(line.text)}”"


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
