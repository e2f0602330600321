"""Modules and functions stay readable in one sitting."""

from __future__ import annotations

import ast
import warnings

import pytest

from tests.architecture.tree import modules, shown, syntax

HARD_MODULE, SOFT_MODULE, FUNCTION = 500, 300, 40


def test_modules_are_short() -> None:
    """Beyond 500 lines fails; beyond 300 is reported with ``-rw``."""
    lengths = {shown(path): len(path.read_text().splitlines()) for path in modules()}
    assert not {name: length for name, length in lengths.items() if length > HARD_MODULE}
    long = [f"{name}: {length}" for name, length in lengths.items() if length > SOFT_MODULE]
    if long:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("modules over 300 lines: " + ", ".join(long), stacklevel=1)


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_functions_are_short(path: object) -> None:
    """At most 40 lines of code each, the docstring not counted."""
    long = {
        node.name: length
        for node in ast.walk(syntax(path))  # type: ignore[arg-type]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) > FUNCTION
    }
    assert not long


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
