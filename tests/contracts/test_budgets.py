"""Budgets of lines: what is longer than this does more than one thing."""

import ast

from tests.support.needs import ROOT

LONGEST_FUNCTION = 50
LONGEST_FILE = 400
STOREYS = ("webapp", "workflows", "document_templates", "search_index")
MODULES = [
    path.relative_to(ROOT)
    for storey in STOREYS
    for path in sorted((ROOT / storey).rglob("*.py"))
    if "versions" not in path.parts
]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(source: str) -> list[Function]:
    """Every function of a module, methods and inner functions too."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]


def lines_of(function: Function) -> int:
    """How many lines a function takes, from its first decorator to its end."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return (function.end_lineno or first) - first + 1


def test_functions_keep_their_budget():
    too_long = [
        f"{module}: {function.name} takes {lines_of(function)} lines"
        for module in MODULES
        for function in functions_of((ROOT / module).read_text(encoding="utf-8"))
        if lines_of(function) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_files_keep_their_budget():
    lengths = {module: len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {str(module): length for module, length in lengths.items() if length > LONGEST_FILE} == {}


def test_the_budgets_see_the_whole_house():
    assert {module.parts[0] for module in MODULES} == set(STOREYS)


def test_a_function_is_measured_with_its_decorators():
    assert [lines_of(function) for function in functions_of("@one\n@two\ndef f():\n    pass\n")] == [4]
