"""The fields a form declares: are the facts all there, and does a wording name only fields that exist?

A field is named by its path: "deadline", "directive.number", "units[].tasks[].title".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal

from jinja2 import nodes

from document_templates import wording
from document_templates.errors import Problem, WordingError

Kind = Literal["text", "number", "date", "picture"]
OWN_FIELDS = {
    "office.name": "Tên cơ quan ban hành, viết như trong câu",
    "office.place": "Địa danh",
    "office.symbol": "Ký hiệu cơ quan",
    "paper.date": "Ngày ban hành",
    "paper.year": "Năm ban hành",
}
"""Fields every form has without declaring them: they come from the letterhead and the particulars."""
_PART = re.compile(r"[^.\[\]]+|\[\]")


@dataclass(frozen=True)
class Field:
    """One fact a form asks for; an optional one may be absent or empty."""

    path: str
    label: str
    kind: Kind = "text"
    optional: bool = False


class _Tree(dict[str, "_Tree"]):
    """Declared paths by their parts; a leaf carries its field."""

    leaf: Field | None = None


def complete(facts: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The facts with optional gaps filled and dates read; a WordingError names all that is missing."""
    problems: list[Problem] = []
    completed = _record(facts, _tree(fields), "", problems)
    if problems:
        raise WordingError(problems)
    return completed


def misspelt(tree: nodes.Template, fields: tuple[Field, ...]) -> list[Problem]:
    """Every field the wording names that the form does not have, with its line and the nearest real one."""
    known = {field.path for field in fields} | set(OWN_FIELDS)
    prefixes = {path[: part.start()].rstrip(".") for path in known for part in _PART.finditer(path)} | known
    problems = {}
    for path, line in _paths(tree, {}):
        if path not in prefixes and not path.startswith("loop."):
            problems[path, line] = Problem(line, f"không có trường “{path}”{_nearest(path, prefixes)}.")
    return list(problems.values())


def _nearest(path: str, known: set[str]) -> str:
    near = get_close_matches(path, sorted(known), n=1, cutoff=0.6)
    return f"; có phải “{near[0]}”?" if near else ""


def _tree(fields: tuple[Field, ...]) -> _Tree:
    root = _Tree()
    for field in fields:
        branch = root
        for part in _PART.findall(field.path):
            branch = branch.setdefault(part, _Tree())
        branch.leaf = field
    return root


def _record(facts: Any, tree: _Tree, path: str, problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(facts, Mapping):
        problems.append(Problem(0, f"“{path or 'số liệu'}” phải là một nhóm trường."))
        return {}
    completed = {}
    for name, branch in tree.items():
        where = f"{path}.{name}" if path else name
        completed[name] = _value(facts, name, branch, where, problems)
    return completed


def _value(facts: Mapping[str, Any], name: str, branch: _Tree, where: str, problems: list[Problem]) -> Any:
    given = facts.get(name)
    if given is None or given == "":
        return _absent(facts, branch, where, problems)
    if "[]" in branch:
        return _several(given, branch["[]"], where, problems)
    return _record(given, branch, where, problems) if branch else _single(given, branch.leaf, where, problems)


def _several(given: Any, branch: _Tree, where: str, problems: list[Problem]) -> list[Any]:
    if not isinstance(given, list | tuple):
        problems.append(Problem(0, f"“{where}” phải là một danh sách."))
        return []
    places = ((item, f"{where}[{place}]") for place, item in enumerate(given, 1))
    if branch:
        return [_record(item, branch, place, problems) for item, place in places]
    return [_single(item, branch.leaf, place, problems) for item, place in places]


def _absent(facts: Mapping[str, Any], branch: _Tree, where: str, problems: list[Problem]) -> Any:
    """What stands for a value not given: a problem if any required field is below it."""
    required = [leaf.label for leaf in _leaves(branch) if not leaf.optional]
    empty_list = "[]" in branch and where.rsplit(".", 1)[-1] in facts
    if required and not empty_list:
        strange = {name for name in map(str, facts) if facts[name] not in (None, "")}
        problems.append(Problem(0, f"thiếu “{where}” ({', '.join(required)}){_nearest(where, strange)}."))
    return [] if "[]" in branch else dict.fromkeys(branch) or None


def _leaves(branch: _Tree) -> Iterator[Field]:
    if branch.leaf:
        yield branch.leaf
    for lower in branch.values():
        yield from _leaves(lower)


def _single(given: Any, field: Field | None, where: str, problems: list[Problem]) -> Any:
    kind = field.kind if field else "text"
    if isinstance(given, Mapping | list | tuple):
        problems.append(Problem(0, f"“{where}” phải là một giá trị, không phải danh sách hay nhóm."))
        return None
    if kind == "date" and not isinstance(given, date):
        return _read_date(str(given), where, problems)
    if kind == "number" and (isinstance(given, bool) or not isinstance(given, int | float)):
        problems.append(Problem(0, f"“{where}” phải là số."))
        return None
    return given


def _read_date(given: str, where: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        problems.append(Problem(0, f"“{where}” phải là ngày dạng năm-tháng-ngày, không phải “{given}”."))
        return None


def _paths(node: nodes.Node, scope: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Every field path a wording reads, with its line, loop names replaced by what they run over."""
    if isinstance(node, nodes.For):
        yield from _loop_paths(node, scope)
        return
    path = _path(node, scope)
    if path is not None:
        yield path, node.lineno
        return
    for child in node.iter_child_nodes():
        yield from _paths(child, scope)
    if isinstance(node, nodes.Filter):
        yield from _attribute_paths(node, scope)


def _loop_paths(loop: nodes.For, scope: dict[str, str]) -> Iterator[tuple[str, int]]:
    yield from _paths(loop.iter, scope)
    inner = {**scope, "loop": "loop"}
    if isinstance(loop.target, nodes.Name):
        inner[loop.target.name] = f"{_source(loop.iter, scope) or '?'}[]"
    for part in [*loop.body, *([loop.test] if loop.test else [])]:
        yield from _paths(part, inner)
    for part in loop.else_:
        yield from _paths(part, scope)


def _path(node: nodes.Node | None, scope: dict[str, str]) -> str | None:
    if isinstance(node, nodes.Name) and node.ctx == "load":
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        above = _path(node.node, scope)
        return above and f"{above}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        above = _path(node.node, scope)
        return above and f"{above}[]"
    return None


def _source(node: nodes.Node | None, scope: dict[str, str]) -> str | None:
    """The list an expression runs over, through filters that keep its items."""
    while isinstance(node, nodes.Filter) and node.name in ("sort", "selectattr", "rejectattr"):
        node = node.node
    return _path(node, scope)


def _attribute_paths(node: nodes.Filter, scope: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Fields named as a text, as in units|map(attribute="name")."""
    source = _source(node.node, scope)
    named = [given.value for given in node.kwargs if given.key == "attribute"]
    if node.name in ("selectattr", "rejectattr", "tổng"):
        named += node.args[:1]
    for given in named:
        if source and isinstance(given, nodes.Const):
            yield f"{source}[].{given.value}", node.lineno


@lru_cache(maxsize=64)
def check_wording(text: str, fields: tuple[Field, ...]) -> None:
    """Refuse a wording that breaks a rule or names a field the form does not have, naming all of them."""
    problems = misspelt(wording.parse(text), fields)
    if problems:
        raise WordingError(problems)
