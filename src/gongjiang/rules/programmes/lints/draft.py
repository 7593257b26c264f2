"""What a lint looks at: the pack as raw data, with ways to walk it that never trip over a wrong shape.

Lints read raw data and not the typed pack, so that one bad item doesn't hide the problems of the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, NamedTuple

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact, percent
from gongjiang.rules.programmes.names import Names
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.schema.lists import on_lists
from gongjiang.rules.programmes.source import Source

CONDITIONS: Final = frozenset({"when", "check", "where", "facts"})
"""Keys under which a mapping is a condition."""

PLAIN_WHEN: Final = "accountability"
"""The section whose `when` is text for people."""


class Part(NamedTuple):
    """A node of a condition. `rows` names the rows whose `where` it stands in, if it does."""

    path: Path
    node: Mapping[str, Any]
    rows: str | None


@dataclass(frozen=True)
class Draft:
    """A pack under check."""

    source: Source
    names: Names

    @property
    def data(self) -> dict[str, Any]:
        """The whole pack, plain."""
        return self.source.data

    def find(self, pattern: str) -> Iterator[tuple[Path, Any]]:
        """All values at a path such as `stages.*.routes.*.by`; `*` is any key or index."""
        yield from _find(self.data, tuple(pattern.split(".")), ())

    def items(self, pattern: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The mappings at a path."""
        return ((path, one) for path, one in self.find(pattern) if isinstance(one, dict))

    def words(self, pattern: str) -> Iterator[tuple[Path, str]]:
        """The words at a path that holds one word or a list of words."""
        for path, value in self.find(pattern):
            if isinstance(value, str):
                yield path, value
            elif isinstance(value, list):
                yield from (((*path, i), one) for i, one in enumerate(value) if isinstance(one, str))

    @cached_property
    def conditions(self) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """Every condition of the pack with its path, outermost only; tests are data, not conditions."""
        return tuple(_conditions(self.data, ()))

    def parts(self, path: Path) -> Iterator[Part]:
        """All nodes of all conditions at or under a path."""
        for at, root in self.conditions:
            if at[: len(path)] == path:
                yield from condition_parts(root, at, None)

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """Param id to value: its own, or the default of the question that it names."""
        defaults = {str(one.get("id")): one.get("default") for _, one in self.items("questions.*")}
        found = {}
        for _, one in self.items("params.*"):
            value = one.get("value")
            found[str(one.get("id"))] = defaults.get(str(one.get("ask"))) if value is None else value
        return found

    def number(self, value: Any) -> Fraction | None:
        """A number or percent, `$param` looked up; None when it is neither or not known yet."""
        if isinstance(value, str) and value.startswith("$"):
            value = self.params.get(value[1:])
        if isinstance(value, bool) or value is None or isinstance(value, dict | list):
            return None
        try:
            text = str(value).strip()
            return percent(text) if text.endswith("%") else exact(text)
        except BadInput:
            return None

    def later(self, value: Any) -> bool:
        """Is it a `$param` whose value only the run gives, or that is not defined (told elsewhere)?"""
        if not isinstance(value, str) or not value.startswith("$"):
            return False
        return any(one.get("id") == value[1:] and "judged" in one for _, one in self.items("params.*")) or (
            value[1:] not in self.params
        )

    @cached_property
    def pools(self) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """The pools with their paths, each with the list it is on."""
        found = on_lists(self.data.get("pools"))
        found = found if isinstance(found, list) else []
        return tuple((("pools", n), one) for n, one in enumerate(found) if isinstance(one, dict))

    @cached_property
    def stages(self) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """The stages with their paths, in order."""
        return tuple(self.items("stages.*"))

    @cached_property
    def stage_order(self) -> Mapping[str, int]:
        """Stage id to its place in the pack."""
        return {str(one.get("id")): index for index, (_, one) in enumerate(self.stages)}

    def roles(self, value: Any) -> frozenset[str]:
        """The roles named by one word or a list, groups with their members."""
        groups = {str(one.get("id")): one.get("any_of") for _, one in self.items("roles.*")}
        found: set[str] = set()
        waiting = word_list(value)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(word_list(groups.get(one)))
        return frozenset(found)


def word_list(value: Any) -> list[str]:
    """One word or a list of words as a list; anything else is none."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def condition_parts(node: Any, path: Path, rows: str | None) -> Iterator[Part]:
    """A condition's nodes, itself first, down through all/any/not/of and `where`."""
    if not isinstance(node, dict):
        return
    yield Part(path, node, rows)
    for key in ("all", "any", "of"):
        members = node.get(key)
        for index, one in enumerate(members if isinstance(members, list) else []):
            yield from condition_parts(one, (*path, key, index), rows)
    yield from condition_parts(node.get("not"), (*path, "not"), rows)
    inner = node.get("rows")
    yield from condition_parts(node.get("where"), (*path, "where"), inner if isinstance(inner, str) else rows)


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value under this one, itself first."""
    yield path, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from walk(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from walk(one, (*path, index))


def _find(value: Any, pattern: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        yield path, value
        return
    first, rest = pattern[0], pattern[1:]
    if isinstance(value, dict):
        keys: list[Any] = list(value) if first == "*" else [first] if first in value else []
    elif isinstance(value, list):
        keys = list(range(len(value))) if first == "*" else [int(first)] if first.isdecimal() else []
    else:
        return
    for key in keys:
        yield from _find(value[key], rest, (*path, key))


def _conditions(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _conditions(one, (*path, index))
    if not isinstance(value, dict):
        return
    for key, one in value.items():
        here = (*path, key)
        if here == ("tests",) or (key == "when" and path[:1] == (PLAIN_WHEN,)):
            continue
        if key in CONDITIONS and isinstance(one, dict) and not _named(path):
            yield here, one
        else:
            yield from _conditions(one, here)


def _named(path: Path) -> bool:
    """Does the mapping hold things by their own names, so that its keys are not words of the format?"""
    return path in {("codes",), ("tables",), ("groups",)} or (path[:1] == ("tables",) and "rows" in path)
