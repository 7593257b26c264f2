"""What is wrong with a pack: file, line, cause, in Chinese and in English."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from gongjiang.kernel.errors import GongjiangError

Path = tuple[str | int, ...]
"""Keys and indices from the top of the pack: ("rules", 3, "check", "field")."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing to mend. `line` and `column` count from 1; `code` is stable, for tests and links."""

    file: str
    line: int
    column: int
    path: Path
    code: str
    text: str
    english: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text} / {self.english}"


class PackError(GongjiangError):
    """A pack that can't be taken. `problems` are all that were found, in the order of the file."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.line, one.column, one.code)))
        super().__init__(
            "\n".join(str(one) for one in self.problems),
            f"{len(self.problems)} problem(s) in the pack.",
        )


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word most like the one written, if any is like it at all."""
    found = get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: object, known: Iterable[str]) -> tuple[str, str]:
    """A hint in both languages, empty when nothing is near."""
    near = nearest(word, known)
    if near == word:  # known elsewhere: the hint would name the very word that was refused
        return "", ""
    return (f"是否想写“{near}”？", f" Did you mean '{near}'?") if near else ("", "")


def dotted(path: Path) -> str:
    """The path as people read it: rules[3].check."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
