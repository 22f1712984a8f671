"""`python -m tests.benchmarks [PART]`: measure, one JSON object a line.

Every other module of this folder is a part; its public generators yield `{name, value, unit, bar, holds}`.
"""

import importlib
import inspect
import json
import pkgutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = {"name", "value", "unit", "bar", "holds"}


def parts() -> list[str]:
    """The names of the modules that measure something."""
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in found if not module.name.startswith(("_", "test_")))


def measurements(part: str) -> Iterator[dict[str, Any]]:
    """What the generators of one module measure, in the order in which they are written."""
    module = importlib.import_module(f"tests.benchmarks.{part}")
    # A warning leaves its mark in the module while it is read.
    for name, measure in list(vars(module).items()):
        own = getattr(measure, "__module__", None) == module.__name__
        if name.startswith("_") or not own or not inspect.isgeneratorfunction(measure):
            continue
        for measured in measure():
            if measured.keys() != FIELDS:
                raise ValueError(f"{part}.{name} yields {sorted(measured)}, not {sorted(FIELDS)}")
            yield measured


def main(only: str) -> int:
    """Print every measurement; a bar that does not hold is a result, a part that breaks is a failure."""
    wanted = [part for part in parts() if part.startswith(only)]
    if only and not wanted:
        print(f"No benchmark is named {only}; there are: {', '.join(parts())}", file=sys.stderr)
        return 2
    broken = 0
    for part in wanted:
        try:
            for measured in measurements(part):
                print(json.dumps(measured, ensure_ascii=False), flush=True)
        except Exception:  # the other parts are still worth measuring
            traceback.print_exc()
            broken = 1
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
