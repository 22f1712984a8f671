"""Invented documents in the forms of the genre, each with what a reader must find in it."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("fixtures")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt") if path.with_suffix(".json").exists())


def text_of(name: str) -> str:
    """The text of a fixture as an extraction would hand it over."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def expected_of(name: str) -> dict[str, Any]:
    """What was labelled by hand; a field that is not named was not labelled."""
    labels: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return labels
