"""What a lint is: a question put to a pack that it should be able to answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.problems import Path, Severity


class Finding(NamedTuple):
    """What a lint found, where. `code`: a finer code than the lint's own."""

    path: Path
    text: str
    english: str
    code: str = ""


Check = Callable[[Draft], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Lint:
    """`code` is stable; `about` says in one line what is asked."""

    code: str
    about: str
    check: Check
    severity: Severity = "error"


def lint(code: str, about: str, severity: Severity = "error") -> Callable[[Check], Lint]:
    """Makes a function that finds into a Lint; the registry picks it up by being there."""

    def make(check: Check) -> Lint:
        return Lint(code, about, check, severity)

    return make
