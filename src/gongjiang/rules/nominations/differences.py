"""What changed between two texts, as runs to show: kept, taken out, put in. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

KEPT_SHOWN: Final = 30
"""So many characters of what stayed the same stand beside a change."""
FINE: Final = 1500
"""Middles longer than this are told as replaced: finding the finer changes would take too long."""

Kind = Literal["same", "out", "in", "skipped"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `skipped`: so much that stayed the same, left out."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Run, ...]:
    """From the one text to the other. What the runs `same`, `skipped` and `in` say is `after`, with `out` it is
    `before`."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    middle = _fine(old, new) if max(len(old), len(new)) <= FINE else [Run("out", old), Run("in", new)]
    runs = [Run("same", before[:start]), *middle, Run("same", before[len(before) - end :])]
    return tuple(_short([one for one in runs if one.text]))


def _alike(one: str, other: str) -> int:
    """How many characters they begin with alike."""
    for n, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return n
    return min(len(one), len(other))


def _fine(old: str, new: str) -> list[Run]:
    found: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("same", old[a:b]))
        else:
            found += [Run("out", old[a:b]), Run("in", new[c:d])]
    return found


def _short(runs: list[Run]) -> list[Run]:
    """Long stretches that stayed the same are cut to what stands beside a change."""
    found: list[Run] = []
    for n, one in enumerate(runs):
        if one.kind != "same" or len(one.text) <= 2 * KEPT_SHOWN + 4:
            found.append(one)
            continue
        head = one.text[:KEPT_SHOWN] if n else ""
        tail = one.text[-KEPT_SHOWN:] if n + 1 < len(runs) else ""
        between = one.text[len(head) : len(one.text) - len(tail)]
        found += [run for run in (Run("same", head), Run("skipped", between), Run("same", tail)) if run.text]
    return found
