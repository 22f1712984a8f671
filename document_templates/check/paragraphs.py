"""The matter: sizes, alignment, indents, pitch and space of its paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

from document_templates.check.components import Components
from document_templates.check.deviation import Deviation, excerpt, size_deviation
from document_templates.check.observed import Line, Paper
from document_templates.profiles import Profile
from document_templates.vietnamese import number

_TOLERANCE = 1.0
_PITCH_TOLERANCE = 0.3
_LEAST_FOR_HABIT = 3
_RAGGED = 1.2
_POINTS_PER_MM = 72 / 25.4


def deviations(paper: Paper, found: Components, profile: Profile) -> Iterator[Deviation]:
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
            yield from size_deviation(f"Nội dung: “{excerpt(line.text)}”", "body-size", size, style, profile)


def _word_paragraphs(_paper: Paper, lines: list[Line], profile: Profile) -> Iterator[Deviation]:
    rules, low_high = profile.rules, profile.rules.indents
    for line in _first_of_each(lines, "align", lambda line: line.align in ("both", "justify")):
        yield Deviation(
            "body-align", _where(line), "không căn đều hai lề", "căn đều hai lề", profile.rule, True
        )
    for line in _first_of_each(lines, "indent", lambda line: _good_indent(line, profile)):
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


def _first_of_each(lines: list[Line], name: str, good: Callable[[Line], bool]) -> Iterator[Line]:
    """The first line of every value that is not good, so that one habit is told once."""
    seen = set()
    for line in lines:
        value = getattr(line, name)
        if not good(line) and value not in seen:
            seen.add(value)
            yield line


def _good_indent(line: Line, profile: Profile) -> bool:
    return line.indent is None or _within(line.indent, profile.rules.indents, _TOLERANCE)


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
    strange = [start for start in starts if not _within(start, rules.indents, _TOLERANCE)]
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
    return f"Nội dung: “{excerpt(line.text)}”"
