"""The form as paper, empty or filled in: blocks that the draughtsmen of official documents draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from document_templates import profile_in_force
from document_templates.blocks import (
    Appendix,
    Block,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from document_templates.columns import columns_of
from workflows.regimes.forms import Field, Form, Grid
from workflows.reports.content import Content, written

UPRIGHT_COLUMNS = 6
MOST_COLUMNS = 16
PEN = "…" * 60
LINES_FOR_A_PEN = 4
NIL = "Không phát sinh trong kỳ."


@dataclass(frozen=True)
class Heads:
    """What stands around the form: unit, period in words, state and edition, who wrote and who signs."""

    unit: str
    period: str
    standing: str
    writer: str = ""
    head: str = ""


def compose(form: Form, content: Content, heads: Heads, *, on: date, empty: bool = False) -> Document:
    """The form with an answer, or empty with room for a pen; wide tables lay the paper on its side."""
    if empty:
        content = Content()
    widest = max((len(grid.columns) + bool(grid.total_column) for grid in form.grids()), default=0)
    orientation: Orientation = "landscape" if widest > UPRIGHT_COLUMNS else "portrait"
    body = [Paragraph(_text(NIL))] if content.nil else list(_blocks(form, content, empty))
    paper = Appendix(
        label=heads.unit,
        title=(form.title,),
        reference=" – ".join(part for part in (heads.period, heads.standing) if part),
        blocks=(*body, *_signing(heads)),
        orientation=orientation,
    )
    return Document(
        profile_in_force("party", on), form.title, (), appendices=(paper,), orientation=orientation
    )


def _blocks(form: Form, content: Content, empty: bool) -> Iterator[Block]:
    for section in form.sections:
        yield Heading(1, _text(section.title))
        for part in section.parts:
            if isinstance(part, Grid):
                yield from _grid(part, content, empty)
            else:
                yield from _field(part, content, empty)


def _field(asked: Field, content: Content, empty: bool) -> Iterator[Block]:
    if asked.kind == "narrative":
        yield Heading(2, _text(asked.label))
        said = content.narrative.get(asked.code, "")
        lines = [line for line in said.splitlines() if line.strip()]
        for line in lines or ([PEN] * LINES_FOR_A_PEN if empty else ["–"]):
            yield Paragraph(_text(line))
        return
    yield Paragraph((Run(f"{asked.label}: "), *_answer(asked, content, empty)))
    if note := content.notes.get(asked.code):
        yield Paragraph((Run(f"Ghi chú: {note}", italic=True),))


def _answer(asked: Field, content: Content, empty: bool) -> Text:
    """What stands behind the colon: the answer, or where a pen may put it."""
    unit = f" {asked.unit}" if asked.unit else ""
    if asked.kind == "number":
        figure = content.figures.get(asked.code)
        said = written(figure) if figure is not None else ""
    else:
        said = "; ".join(content.narrative.get(asked.code, "").splitlines())
    if not said and asked.kind == "choice" and empty:
        return (Run("   ".join(f"☐ {choice}" for choice in asked.choices)),)
    return (Run(said or ("……………" if empty else "–"), bold=bool(said)), Run(unit))


def _grid(grid: Grid, content: Content, empty: bool) -> Iterator[Block]:
    """The table, in pieces where it has more columns than a page is wide."""
    yield Paragraph((Run(grid.label, bold=True),))
    for start in range(0, len(grid.columns), MOST_COLUMNS):
        columns = grid.columns[start : start + MOST_COLUMNS]
        totals = grid.total_column if start + MOST_COLUMNS >= len(grid.columns) else ""
        names = [[grid.cell(row, column) for column in columns] for row in grid.rows]
        sums = [grid.along(row) for row in grid.rows]
        rows = [
            _row(row.label, cells, content, sums[at] if totals else (), grid.greyed)
            for at, (row, cells) in enumerate(zip(grid.rows, names, strict=True))
        ]
        if grid.total_row:
            below = [_sum(grid.down(column), content) for column in columns]
            below += [_sum(grid.whole(), content)] if totals else []
            rows.append(Row(tuple(_text(said) for said in (grid.total_row, *below)), "total"))
        titles = [("",), *((column.label,) for column in columns), *([(totals,)] if totals else [])]
        first, *others = columns_of(titles, rows, ())
        yield Table((first, *(replace(column, align="right") for column in others)), tuple(rows))
    asked = dict(grid.cells())
    for name, note in content.notes.items():
        if name in asked and not empty:
            yield Paragraph((Run(f"Ghi chú, {asked[name]}: {note}", italic=True),))


def _row(
    label: str, cells: Sequence[str], content: Content, total: Sequence[str], greyed: frozenset[str]
) -> Row:
    said = ["x" if cell in greyed else _figure(cell, content) for cell in cells]
    sums = [_sum(total, content)] if total else []
    return Row(tuple(_text(word) for word in (label, *said, *sums)))


def _figure(cell: str, content: Content) -> str:
    figure = content.figures.get(cell)
    return "" if figure is None else written(figure)


def _sum(cells: Sequence[str], content: Content) -> str:
    known = [content.figures[cell] for cell in cells if cell in content.figures]
    return written(sum(known[1:], known[0])) if known else ""


def _signing(heads: Heads) -> Iterator[Block]:
    """Where the writer and the head of the unit sign."""
    for who, name in (("Người lập biểu", heads.writer), ("Thủ trưởng đơn vị", heads.head)):
        yield Paragraph((Run(f"{who}: "), Run(name or "……………………………………", bold=bool(name))))


def _text(words: str) -> Text:
    return (Run(words),)
