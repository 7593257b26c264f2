"""The counterparts of conditions and comparisons, found by looking into `operands/` and `operators/`.

A module of `operands/` names the class of its condition in KIND and has `truth(node, scene)`; one of `operators/`
names its comparison in KIND and has `truth(operator, column, scene)`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import polars as pl

from gongjiang.rules.programmes.vector import operands, operators

Compiler = Callable[..., pl.Expr]


@cache
def operand_compilers() -> Mapping[type, Compiler]:
    """By the class of condition."""
    return _found(operands)


@cache
def operator_compilers() -> Mapping[type, Compiler]:
    """By the class of comparison."""
    return _found(operators)


def _found(folder: ModuleType) -> dict[type, Compiler]:
    modules: list[Any] = [import_module(f"{folder.__name__}.{one.name}") for one in iter_modules(folder.__path__)]
    return {one.KIND: one.truth for one in modules}
