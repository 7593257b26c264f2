"""Lints: what a pack must answer beyond its shape. A new one is a new module here and touches no other."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Lint
from gongjiang.rules.programmes.problems import PackProblem


def lints() -> tuple[Lint, ...]:
    """All lints of all modules here, by code."""
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    found = {one.code: one for module in modules for one in vars(module).values() if isinstance(one, Lint)}
    return tuple(found[code] for code in sorted(found))


def run(draft: Draft) -> Iterator[PackProblem]:
    """Everything all lints find."""
    for one in lints():
        for finding in one.check(draft):
            yield draft.source.problem(
                finding.path, finding.code or one.code, finding.text, finding.english, one.severity
            )
