"""Prints the cells of a spreadsheet as UTF-8, one row a line; run as a program, apart from the office."""

import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST = 1_000_000


def lines(path: str) -> Iterator[str]:
    """The name of each sheet and its rows that are not empty, cells apart by tabs."""
    # a library in Rust that only this short-lived process needs
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            if line := "\t".join(_shown(cell) for cell in row if cell not in ("", None)):
                yield line


def _shown(cell: object) -> str:
    """Whole numbers as people write them: sheets keep every number with a fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def main(path: str) -> None:
    """Print until it is enough for any index."""
    left = LONGEST
    for line in lines(path):
        sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
        left -= len(line)
        if left < 0:
            return


if __name__ == "__main__":
    main(str(Path(sys.argv[1])))
