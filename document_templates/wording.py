"""Filling a wording: Jinja with nothing in it but fields, conditions, loops over facts, and a few filters.

The office edits wordings, so none can be trusted to end, to stay small or to keep to the facts.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from document_templates import vietnamese
from document_templates.errors import DocumentError, Problem, WordingError

LONGEST_WORDING = 200_000
LONGEST_RESULT = 5_000_000
MOST_TURNS = 200_000
MOST_SECONDS = 10.0

LITERAL = "\ue000"
"""Stands before every value filled in, so that a value never begins a block mark."""
_MARKS = {"|": "\ue001", "*": "\ue002", "[": "\ue003", "]": "\ue004"}
_HIDE = str.maketrans({**_MARKS, **dict.fromkeys("\r\n\t\x0b\x0c\x85\u2028\u2029", " ")})
_SHOW = str.maketrans({**{hidden: mark for mark, hidden in _MARKS.items()}, LITERAL: ""})
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\ue004\ufffe\uffff]")
_LOOP_FIELDS = ("index", "first", "last", "length")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Concat,
    nodes.Tuple,
    nodes.Keyword,
)


def fill(wording: str, facts: Mapping[str, Any]) -> str:
    """The wording with its fields filled in; a WordingError if it fails or grows without end."""
    template = _compiled(wording)
    running = _running.set(_Running(time.monotonic() + MOST_SECONDS))
    try:
        return "".join(_within_limit(template.generate(**facts)))
    except DocumentError:
        raise
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        sentence = (
            "Mẫu không điền được với số liệu này: một biểu thức dùng sai loại số liệu. Sửa lại biểu thức."
        )
        raise WordingError([Problem(0, sentence)]) from error
    finally:
        _running.reset(running)


def parse(wording: str) -> nodes.Template:
    """The wording as a tree; a WordingError naming every statement that a wording may not contain."""
    if len(wording) > LONGEST_WORDING:
        raise WordingError(
            [Problem(0, f"Mẫu dài quá {LONGEST_WORDING:,} ký tự. Rút ngắn mẫu.".replace(",", "."))]
        )
    try:
        tree = _environment.parse(unicodedata.normalize("NFC", wording))
    except TemplateSyntaxError as error:
        sentence = "câu lệnh {{ … }} hoặc {% … %} viết sai, chưa đóng hoặc thừa. Xem lại dòng này."
        raise WordingError([Problem(error.lineno, sentence)]) from error
    except RecursionError as error:
        raise WordingError([Problem(0, "Mẫu lồng quá nhiều lớp. Viết đơn giản lại.")]) from error
    problems = [problem for node in _every_node(tree) if (problem := _forbidden(node))]
    if problems:
        raise WordingError(problems)
    return tree


def shown(text: str) -> str:
    """Text as printed: the marks hidden inside values come back, the literal sign goes."""
    return text.translate(_SHOW)


class _Filled(str):
    """Text that carries block marks on purpose, such as several paragraphs."""


@dataclass
class _Running:
    """What one filling has used up."""

    deadline: float
    turns: int = field(default=0)


_running: ContextVar[_Running] = ContextVar("running")


class _Environment(ImmutableSandboxedEnvironment):
    """Reaches into facts and loops only: no attribute of any Python object is visible."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, LoopContext) and argument in _LOOP_FIELDS:
            return getattr(obj, argument)
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)


class _CountTurns(NodeTransformer):
    """Puts a counter into every loop, so that nested loops cannot run without end."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        counter = nodes.Call(nodes.Name(_count_turn.__name__, "load"), [], [], None, None)
        node.body.insert(0, nodes.Output([counter]).set_lineno(node.lineno))
        return node


def _count_turn() -> _Filled:
    running = _running.get()
    running.turns += 1
    if running.turns > MOST_TURNS or time.monotonic() > running.deadline:
        raise WordingError([Problem(0, "Mẫu lặp quá nhiều lần nên bị dừng. Bớt các vòng lặp lồng nhau.")])
    return _Filled("")


def _within_limit(pieces: Iterable[str]) -> Iterable[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST_RESULT:
            raise WordingError(
                [Problem(0, "Văn bản điền ra quá dài nên bị dừng. Rút ngắn mẫu hoặc số liệu.")]
            )
        yield piece


@lru_cache(maxsize=64)
def _compiled(wording: str) -> Template:
    tree = _CountTurns().visit(parse(wording))
    code = _environment.compile(tree)
    return Template.from_code(_environment, code, _environment.make_globals(None))


def _every_node(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every_node(child)


def _forbidden(node: nodes.Node) -> Problem | None:
    if not isinstance(node, _ALLOWED):
        return Problem(
            node.lineno, "mẫu chỉ được dùng trường, bộ lọc, {% if %} và {% for %}. Bỏ câu lệnh khác."
        )
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return Problem(node.lineno, f"không có trường “{node.attr}”. Tên trường không bắt đầu bằng “_”.")
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        known = ", ".join(FILTERS)
        return Problem(node.lineno, f"không có bộ lọc “{node.name}”. Các bộ lọc dùng được: {known}.")
    if isinstance(node, nodes.Test) and node.name not in _environment.tests:
        return Problem(node.lineno, f"không có phép thử “{node.name}”.")
    return None


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, _Filled):
        return value
    if isinstance(value, float):
        value = vietnamese.number(value)
    if isinstance(value, date):
        value = vietnamese.short_date(value)
    return LITERAL + _hidden(str(value))


def _hidden(value: str) -> str:
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", value)).translate(_HIDE)


def _paragraphs(value: str | None) -> _Filled:
    """Every line of a text as a paragraph of its own."""
    lines = (line.strip() for line in str(value or "").splitlines())
    return _Filled("\n".join(LITERAL + _hidden(line) for line in lines if line))


def _joined(values: Sequence[Any], between: str = ", ") -> str:
    parts = [str(value) for value in values if value not in (None, "")]
    if sum(map(len, parts)) + len(between) * len(parts) > LONGEST_RESULT:
        raise WordingError([Problem(0, "Văn bản điền ra quá dài nên bị dừng. Rút ngắn mẫu hoặc số liệu.")])
    return between.join(parts)


def _total(items: Sequence[Mapping[str, Any]], name: str) -> float:
    return float(sum(item[name] for item in items if item.get(name) is not None))


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole * 100


def _lower_first(value: str) -> str:
    return value[:1].lower() + value[1:]


FILTERS: dict[str, str] = {
    "số": "số kiểu 1.234,5",
    "phần_trăm": "tỷ lệ kiểu 45,3%",
    "ngày": "ngày kiểu 15/12/2026",
    "ngày_dài": "ngày 15 tháng 12 năm 2026",
    "la_mã": "số La Mã",
    "đoạn": "mỗi dòng của ô nhập thành một đoạn",
    "chữ_thường_đầu": "chữ cái đầu viết thường",
    "join": "nối các phần, mặc định bằng dấu phẩy",
    "default": "giá trị thay khi trống",
    "upper": "chữ in hoa",
    "lower": "chữ thường",
    "length": "số phần tử",
    "first": "phần tử đầu",
    "last": "phần tử cuối",
    "tổng": 'tổng của một trường: units|tổng("closing")',
    "tỷ_lệ": "phần trăm so với số khác: done|tỷ_lệ(total)",
    "sort": "xếp thứ tự",
    "map": "lấy một trường của mỗi phần tử",
    "selectattr": "giữ các phần tử có trường thoả điều kiện",
    "rejectattr": "bỏ các phần tử có trường thoả điều kiện",
}
"""The filters a wording may use, each with what it does."""


def _new_environment() -> _Environment:
    environment = _Environment(trim_blocks=True, lstrip_blocks=True, finalize=_printed, autoescape=False)
    environment.globals = {_count_turn.__name__: _count_turn}
    environment.filters.update(
        {
            "số": vietnamese.number,
            "phần_trăm": vietnamese.percent,
            "ngày": vietnamese.short_date,
            "ngày_dài": vietnamese.long_date,
            "la_mã": vietnamese.roman,
            "đoạn": _paragraphs,
            "chữ_thường_đầu": _lower_first,
            "tổng": _total,
            "tỷ_lệ": _share,
            "join": _joined,
        }
    )
    return environment


_environment = _new_environment()
