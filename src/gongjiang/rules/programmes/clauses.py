"""A notice's text cut into clauses by anchors: each a short quotation, in order, found exactly once.

White space doesn't count: anchors and text are compared without it. The whole text is partitioned, so nothing that
the notice says can be forgotten unseen. Numbers of characters (`chars`, `start`, `end`) are of the text without
white space; the hash is of the text as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from gongjiang.rules.programmes.problems import PackProblem, Path
from gongjiang.rules.programmes.schema.words import ClauseAnchor, NoticeRef
from gongjiang.rules.programmes.source import Source

_ANCHORS: Final[Path] = ("notice", "clauses")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the notice: `start` to `end` (not included) of the text without white space, and its text."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    note: str | None = None


def squeeze(text: str) -> str:
    """The text without white space (and without a byte order mark)."""
    return "".join(text.replace("\ufeff", "").split())


def digest(text: str) -> str:
    """sha256 of the notice's text as UTF-8 with plain line ends (a checkout may have turned them)."""
    return sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def cut(anchors: Sequence[ClauseAnchor], text: str) -> tuple[Clause, ...]:
    """The clauses of a text whose anchors have been checked (`anchor_problems` found nothing)."""
    flat = squeeze(text)
    starts = list(_starts(anchors, flat))
    ends = [*starts[1:], len(flat)] if starts else []
    return tuple(
        Clause(one.id, one.kind, start, end, flat[start:end], one.note)
        for one, start, end in zip(anchors, starts, ends, strict=True)
    )


def notice_problems(notice: NoticeRef, text: str, source: Source) -> Iterator[PackProblem]:
    """Everything wrong between a pack's anchors and the text of its notice."""
    anchors = list(anchor_problems(notice.clauses, text, source))
    yield from anchors
    flat, ref = squeeze(text), notice.source
    if digest(text) == ref.sha256 and len(flat) == ref.chars:
        return
    path: Path = ("notice", "source", "sha256")
    first = next((one.path for one in anchors), None)
    moved = f"最先变动的条款是“{_clause_at(notice, first)}”。" if first else "各条款起始引文仍在，变动在条款之内。"
    english = f"The first clause that moved is '{_clause_at(notice, first)}'." if first else "All anchors still stand."
    yield source.problem(
        path,
        "notice.changed",
        f"通知原文与本包所据的不同（应为{ref.chars}字，现{len(flat)}字）。{moved}请重读原文、核对各条后重新签认："
        f"sha256: {digest(text)}，chars: {len(flat)}。",
        f"The notice's text is not the one this pack was read from. {english} Read it again, then sign the new text.",
    )


def anchor_problems(anchors: Sequence[ClauseAnchor], text: str, source: Source) -> Iterator[PackProblem]:
    """Anchors that are missing, out of order, or not unique where they are looked for."""
    flat = squeeze(text)
    at = 0
    last: tuple[ClauseAnchor, str, Path] | None = None
    for index, one in enumerate(anchors):
        path = (*_ANCHORS, index, "starts")
        wanted = squeeze(one.starts)
        found = flat.find(wanted, at) if wanted else -1
        if found < 0:
            yield _lost(one, wanted, flat, last[0].id if last else "", source, path)
            continue
        if index == 0 and found > 0:
            yield source.problem(
                path,
                "clause.gap",
                f"第一条“{one.id}”之前还有{found}字没有归入任何条款：“{flat[:12]}…”。",
                f"{found} characters stand before the first clause '{one.id}'.",
            )
        if last:
            yield from _again(last, flat[at:found], source)
        at, last = found + len(wanted), (one, wanted, path)
    if last:
        yield from _again(last, flat[at:], source)
    if not anchors:
        yield source.problem(
            _ANCHORS, "clause.gap", "通知没有分条：请写出各条的起始引文。", "The notice has no clauses."
        )


def _again(last: tuple[ClauseAnchor, str, Path], rest: str, source: Source) -> Iterator[PackProblem]:
    """The anchor stands again before the next one: which place is meant?"""
    one, wanted, path = last
    if wanted not in rest:
        return
    at = rest.index(wanted)
    yield source.problem(
        path,
        "clause.twice",
        f"条款“{one.id}”的起始引文“{one.starts}”在下一条之前又出现一次（“{rest[at : at + len(wanted) + 8]}”），"
        "不知以哪处为准：请把引文写长一些。",
        f"The anchor of clause '{one.id}' stands twice before the next anchor: quote more of it.",
    )


def _starts(anchors: Sequence[ClauseAnchor], flat: str) -> Iterator[int]:
    at = 0
    for one in anchors:
        wanted = squeeze(one.starts)
        found = flat.index(wanted, at)
        yield found
        at = found + len(wanted)


def _lost(one: ClauseAnchor, wanted: str, flat: str, before: str | None, source: Source, path: Path) -> PackProblem:
    if wanted and wanted in flat:
        return source.problem(
            path,
            "clause.order",
            f"条款“{one.id}”的起始引文“{one.starts}”在原文中出现在“{before}”之前：条款须按原文先后排列。",
            f"Clause '{one.id}' stands before '{before}' in the notice: anchors must follow its order.",
        )
    near = _longest_start(wanted, flat)
    seen = f"原文只到“{near}”为止相同。" if near else "原文中没有相近的文字。"
    return source.problem(
        path,
        "clause.missing",
        f"条款“{one.id}”的起始引文“{one.starts}”在原文中找不到。{seen}",
        f"The anchor of clause '{one.id}' is not in the notice's text.",
    )


def _longest_start(wanted: str, flat: str) -> str:
    """How much of the anchor's beginning the text still has, continued by what the text says there."""
    for length in range(len(wanted) - 1, 3, -1):
        found = flat.find(wanted[:length])
        if found >= 0:
            return flat[found : found + length] + "｜" + flat[found + length : found + length + 6]
    return ""


def _clause_at(notice: NoticeRef, path: Path | None) -> str:
    index = path[2] if path and len(path) > 2 else 0
    return notice.clauses[int(index)].id
