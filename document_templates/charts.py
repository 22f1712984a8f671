"""Figures people would rather look at than read: drawn once, the same in page, PDF and Word.

Readable without colour: tone and hatching tell series apart; values and target are written where they stand.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ticker import FuncFormatter

from document_templates import letters
from document_templates.blocks import Chart, Series
from document_templates.errors import DocumentError
from document_templates.vietnamese import number
from document_templates.widths import width

matplotlib.rcParams["svg.hashsalt"] = "dondoc"

WIDTH = 155.0
HIGHEST = 205.0
PNG_DOTS_PER_INCH = 200
MOST_SERIES = 4
KEPT = 32
"""Drawings kept for the next to ask: a chart is looked at, then drawn into both files."""
_MM_PER_INCH = 25.4
_FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos", "DejaVu Serif")
_TONES = ("#3d4f66", "#d5dbe3", "#8796aa", "#ffffff")
_HATCHES = ("", "///", "...", "xxx")
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 2, 1, 2)))
_MARKERS = ("o", "s", "^", "D")
_INK = "#000000"
_STYLE = re.compile(r' style="([^"]*)"')
_STYLE_SHEET = re.compile(r"\s*<style type=\"text/css\">.*?</style>", re.DOTALL)


def size(chart: Chart) -> tuple[float, float]:
    """Width and height in millimetres."""
    if chart.kind == "lines":
        return WIDTH, 75.0
    legend = 8 if len(chart.series) > 1 or chart.target is not None else 2
    rows = len(chart.categories) * (3.0 + 4.5 * len(chart.series))
    return WIDTH, min(HIGHEST, rows + legend + 4)


@lru_cache(maxsize=KEPT)
def svg(chart: Chart, *, links: tuple[str, ...] = ()) -> str:
    """The drawing for a page or a PDF, without inline styles; `links` makes each category lead somewhere."""
    saved = BytesIO()
    _figure(chart, links).savefig(saved, format="svg", metadata={"Date": None, "Title": chart.title})
    drawn = saved.getvalue().decode()
    plain = _STYLE_SHEET.sub("", drawn[drawn.index("<svg") :])
    return _STYLE.sub(_attributes, letters.joined(plain)).replace("<svg ", '<svg stroke-linejoin="round" ', 1)


@lru_cache(maxsize=KEPT)
def png(chart: Chart) -> bytes:
    """The drawing for a Word file."""
    saved = BytesIO()
    _figure(chart, ()).savefig(saved, format="png", dpi=PNG_DOTS_PER_INCH, metadata={"Software": None})
    return saved.getvalue()


def in_words(chart: Chart) -> str:
    """What the drawing shows, for those who cannot see it."""
    parts = [
        f"{category}{f', {series.name}' if len(chart.series) > 1 else ''}: {_written(value, chart.unit)}"
        for series in chart.series
        for category, value in zip(chart.categories, series.values, strict=True)
    ]
    target = f" {_target_words(chart)}." if chart.target is not None else ""
    return f"Biểu đồ “{chart.title}”. {'; '.join(parts)}.{target}"


def _attributes(style: re.Match[str]) -> str:
    """A style attribute as plain attributes: pages are served with a policy that forbids inline styles."""
    pairs = (pair.split(":", 1) for pair in style[1].split(";") if ":" in pair)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _figure(chart: Chart, links: Sequence[str]) -> Figure:
    if len(chart.series) > MOST_SERIES:
        raise DocumentError(
            "Biểu đồ “%(title)s” có quá %(most)d dãy số liệu nên không đọc được. Tách thành nhiều biểu đồ.",
            title=chart.title,
            most=MOST_SERIES,
        )
    wide, high = size(chart)
    figure = Figure(figsize=(wide / _MM_PER_INCH, high / _MM_PER_INCH))
    (_draw_bars if chart.kind == "bars" else _draw_lines)(figure, chart, links)
    return figure


def _draw_bars(figure: Figure, chart: Chart, links: Sequence[str]) -> None:
    labels = ["\n".join(textwrap.wrap(category, 30)[:2]) for category in chart.categories]
    longest = max((width(line, 10) for label in labels for line in label.split("\n")), default=0)
    axes = _axes(figure, chart, left=longest + 4, bottom=2, right=14)
    thickness = 0.8 / len(chart.series)
    for at, series in enumerate(chart.series):
        places = [row + thickness * (at - (len(chart.series) - 1) / 2) for row in range(len(labels))]
        lengths = [value or 0 for value in series.values]
        bars = axes.barh(
            places,
            lengths,
            thickness * 0.9,
            color=_TONES[at],
            edgecolor=_INK,
            linewidth=0.6,
            hatch=_HATCHES[at],
        )
        _label_bars(axes, chart, series, places)
        for bar, link in zip(bars, links, strict=False):
            bar.set_url(link)
    axes.set_yticks(range(len(labels)))
    axes.set_yticklabels(labels, fontproperties=_font(10), parse_math=False)
    axes.invert_yaxis()
    axes.tick_params(length=0, labelbottom=False)
    _bound_values(axes.set_xlim, chart)
    if chart.target is not None:
        axes.axvline(chart.target, color="white", linewidth=2.6)
        axes.axvline(chart.target, color=_INK, linewidth=1.2, linestyle=(0, (4, 2)))
    _legend(figure, axes, chart)


def _label_bars(axes: Any, chart: Chart, series: Series, places: Sequence[float]) -> None:
    for place, value in zip(places, series.values, strict=True):
        axes.annotate(
            _written(value, chart.unit),
            (value or 0, place),
            (3, 0),
            textcoords="offset points",
            va="center",
            fontproperties=_font(9),
            parse_math=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )


def _draw_lines(figure: Figure, chart: Chart, links: Sequence[str]) -> None:
    names = [width(series.name, 10) for series in chart.series]
    axes = _axes(figure, chart, left=14, bottom=8, right=max([*names, 10]) + 6)
    for at, series in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in series.values]
        axes.plot(
            range(len(values)),
            values,
            color=_INK,
            linewidth=1.3,
            linestyle=_DASHES[at],
            marker=_MARKERS[at],
            markersize=4,
            markerfacecolor=_TONES[at],
        )
        _label_line(axes, chart, series)
    axes.set_xticks(range(len(chart.categories)))
    axes.set_xticklabels(chart.categories, fontproperties=_font(10), parse_math=False)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _at: _written(value, chart.unit)))
    for label in axes.get_yticklabels():
        label.set_fontproperties(_font(9))
    for label, link in zip(axes.get_xticklabels(), links, strict=False):
        label.set_url(link)
    _bound_values(axes.set_ylim, chart)
    if chart.target is not None:
        axes.axhline(chart.target, color=_INK, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.annotate(
            _target_words(chart),
            (0, chart.target),
            (2, 3),
            textcoords="offset points",
            fontproperties=_font(9),
            parse_math=False,
        )


def _label_line(axes: Any, chart: Chart, series: Series) -> None:
    """Every value above its point, the name of the series after the last."""
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    for at, value in known:
        axes.annotate(
            _written(value, chart.unit),
            (at, value),
            (0, 5),
            textcoords="offset points",
            ha="center",
            fontproperties=_font(9),
            parse_math=False,
        )
    if known and len(chart.series) > 1:
        axes.annotate(
            series.name,
            known[-1],
            (9, 0),
            textcoords="offset points",
            va="center",
            fontproperties=_font(10),
            parse_math=False,
            annotation_clip=False,
        )


def _axes(figure: Figure, chart: Chart, *, left: float, bottom: float, right: float) -> Any:
    """Axes with their margins in millimetres and no more lines than are needed."""
    wide, high = size(chart)
    top = 8 if chart.kind == "bars" and (len(chart.series) > 1 or chart.target is not None) else 3
    axes = figure.add_axes(
        (
            left / wide,
            bottom / high,
            max(0.2, 1 - (left + right) / wide),
            max(0.2, 1 - (bottom + top) / high),
        )
    )
    for side in ("top", "right") if chart.kind == "lines" else ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    return axes


def _bound_values(limit: Any, chart: Chart) -> None:
    """Values begin at zero, so that lengths tell the truth; the target is inside."""
    values = [value for series in chart.series for value in series.values if value is not None]
    values += [0.0] if chart.target is None else [0.0, chart.target]
    low, high = min(values), max(values)
    room = (high - low or 1) * 0.08
    limit(low - room if low < 0 else low, high + room)


def _legend(figure: Figure, axes: Any, chart: Chart) -> None:
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    handles = list(axes.containers[: len(names)])
    if chart.target is not None:
        names, handles = [*names, _target_words(chart)], [*handles, axes.lines[-1]]
    if names:
        legend = figure.legend(
            handles,
            names,
            loc="upper center",
            ncols=len(names),
            frameon=False,
            prop=_font(10),
            borderaxespad=0.1,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)


def _target_words(chart: Chart) -> str:
    label = chart.target_label or "Mục tiêu"
    return f"{label}: {_written(chart.target, chart.unit)}"


def _written(value: float | None, unit: str) -> str:
    return "chưa có số liệu" if value is None else f"{number(value)}{unit if unit == '%' else ''}"


def _font(points: float) -> FontProperties:
    return FontProperties(fname=_font_file(), size=points)


@cache
def _font_file() -> str:
    """The first serif font that has the Vietnamese letters: two versions of a font may share one name."""
    for family in _FAMILIES:
        for entry in fontManager.ttflist:
            upright = entry.style == "normal" and str(entry.weight) in ("400", "normal", "regular")
            if entry.name == family and upright and get_font(entry.fname).get_char_index(ord("ạ")):
                return str(entry.fname)
    raise DocumentError(
        "Máy chưa có phông chữ có dấu tiếng Việt. Cài gói fonts-liberation2 hoặc fonts-dejavu."
    )
