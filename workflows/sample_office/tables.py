"""The data files of the sample office, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files(__package__) / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of `data/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def directive_text(key: str) -> str:
    """The text of a directive, its moments not yet written out."""
    return (_DATA / "directives" / f"{key}.txt").read_text("utf-8")
