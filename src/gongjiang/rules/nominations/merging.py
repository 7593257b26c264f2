"""One form in two hands: what a page showed, what was typed into it, what is stored meanwhile; answer by answer.

An answer that nobody touched on the page never overwrites what another wrote; one that only this page changed is
taken; one that both changed is for people to choose. Pure: answers come as marks of what was shown and as values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjiang.rules.programmes.values import is_blank

MINE: Final = "mine"
THEIRS: Final = "theirs"
BOTH: Final = "both"
CHOICES: Final = (MINE, THEIRS, BOTH)


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides changed this answer, and not to the same."""

    path: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """`taken`: answers to save; `clashes`: to be chosen first; `given_up`: typed and left for what the other wrote;
    `elsewhere`: paths that others changed while the page was open, as they stand."""

    taken: Mapping[str, Any] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    given_up: Mapping[str, Any] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()


def merge_answers(
    typed: Mapping[str, Any],
    stored: Callable[[str], Any],
    shown: Mapping[str, str],
    mark: Callable[[Any], str],
    choose: Mapping[str, str],
) -> Merged:
    """`shown`: marks of the answers that the page showed, by path; a path without a mark was not shown, and what was
    typed there is taken. `choose`: for clashes, which side stays."""
    taken: dict[str, Any] = {}
    given_up: dict[str, Any] = {}
    clashes: list[Clash] = []
    for path, mine in typed.items():
        theirs, seen, choice = stored(path), shown.get(path), choose.get(path)
        if same(mine, theirs) or (seen is not None and mark(mine) == seen and choice is None):
            continue
        if choice == THEIRS:
            given_up[path] = mine
        elif choice == BOTH:
            taken[path] = joined(mine, theirs)
        elif choice == MINE or seen is None or mark(theirs) == seen:
            taken[path] = mine
        else:
            clashes.append(Clash(path, mine, theirs))
    elsewhere = tuple(path for path, seen in shown.items() if mark(stored(path)) != seen)
    return Merged(taken, tuple(clashes), given_up, elsewhere)


def same(one: Any, other: Any) -> bool:
    """Do two answers say the same? Rows do whatever their ids, blank cells are none."""
    return bool(plain(one) == plain(other))


def plain(value: Any) -> Any:
    """An answer without what makes no difference: ids, blank cells and blank rows of a table, ways to say nothing.

    A ticked option whose words were left blank is an answer: {"unique": ""} says more than {}.
    """
    if isinstance(value, list | tuple):
        rows = [_row(one) for one in value]
        return [one for one in rows if one not in ({}, "")] or ""
    if is_blank(value):
        return ""
    return dict(value) if isinstance(value, Mapping) else value


def _row(row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {str(key): one for key, one in sorted(row.items()) if key != "id" and not is_blank(one)}


def joined(mine: Any, theirs: Any) -> Any:
    """Both: rows of theirs, then mine that are not among them; a text after the other."""
    if isinstance(mine, list) and isinstance(theirs, list):
        known = [plain(row) for row in theirs]
        return [*theirs, *({**row, "id": ""} for row in mine if plain(row) not in known)]
    if isinstance(mine, str) and isinstance(theirs, str):
        return "\n".join(one for one in (theirs, mine) if one)
    return mine
