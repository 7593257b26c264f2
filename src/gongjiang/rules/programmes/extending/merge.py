"""An upper pack and a lower one as one: the upper's items, the lower's laid over them, each with where it comes from.

Sections, ids and clauses stay what they were. A clause of the upper notice is cited under its short name
(办法第五条), so that two notices never share a clause id. Every value keeps the file and line it was written on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from gongjiang.rules.programmes.extending.parts import (
    GROWING,
    LISTS,
    NAMED,
    Dropped,
    Laid,
    Merged,
    key_of,
    own_clauses,
    prefix_of,
    version_of,
)
from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.source import Mark, Source

_CITING: Final = ("cite", "clause")


def merge(lower: Source, upper: Source, leaves: Mapping[str, Path]) -> Merged:
    """The lower pack laid over the upper. `leaves`: `rules.age` → where the lower says that it leaves this out.

    A lower pack that lists awards takes those: the upper's other awards, and what is only for them, stay above.
    A lower pack that lists stages tells its own procedure; an upper stage is in it where its id is.
    """
    made = _Maker(lower, upper, leaves)
    for section in ("pack", "notice"):
        made.own(section)
    made.uppers()
    for section in LISTS:
        if section != "roles":
            made.listed(section)
    for section in NAMED:
        made.named(section)
    made.stages()
    made.listed("roles")
    known = {"pack", "notice", "uppers", "stages", *LISTS, *NAMED}
    for section in lower.data:
        if section not in known:
            made.own(section)
    made.handed_down("cycle")
    made.handed_down("term")
    return made.merged


class _Maker:
    """One merge at work."""

    def __init__(self, lower: Source, upper: Source, leaves: Mapping[str, Path]) -> None:
        self.lower, self.upper, self.leaves = lower, upper, leaves
        self.merged = Merged()
        self.prefix, self.origin = prefix_of(upper.data), version_of(upper.data)
        self.clauses = own_clauses(upper.data)
        taken = {str(one.get("id")) for one in items(lower.data, "awards")}
        above = {str(one.get("id")) for one in items(upper.data, "awards")}
        self.above = above - taken if taken & above else frozenset()

    def own(self, section: str) -> None:
        """A section that is the lower pack's alone."""
        if section in self.lower.data:
            self.merged.data[section] = self.copied(self.lower, (section,), (section,))

    def handed_down(self, section: str) -> None:
        """A section without ids: the lower pack's where it has one, else the upper's, but for awards that stay
        above."""
        theirs = self.upper.data.get(section)
        theirs = [theirs] if isinstance(theirs, dict) else theirs
        if section in self.lower.data or not isinstance(theirs, list):
            return
        found: list[Any] = []
        for n, one in enumerate(theirs):
            if not self.stays_above(section, one):
                at = (section, n) if isinstance(self.upper.data[section], list) else (section,)
                found.append(self.taken(at, (section, len(found))))
        self.put(section, found, False)

    def uppers(self) -> None:
        """Header and notice of each pack above, the highest first."""
        found = list(self.upper.data.get("uppers") or ())
        header = self.upper.data.get("pack", {})
        kept = {key: header[key] for key in ("id", "version", "title", "short", "doc_no", "level") if key in header}
        notice = self.upper.data.get("notice")
        found.append({**kept, **({} if notice is None else {"notice": notice})})
        self.merged.data["uppers"] = found

    def listed(self, section: str) -> None:
        """Upper items in their order, then the lower's new ones."""
        ours = self.lower.data.get(section)
        if ours is not None and not isinstance(ours, list):
            self.own(section)
            return
        mine = {key_of(section, one): n for n, one in enumerate(ours or ()) if key_of(section, one)}
        found: list[Any] = []
        used: set[int] = set()
        idle = self.idle_roles() if section == "roles" else frozenset()
        for n, one in enumerate(self.upper.data.get(section) or ()):
            name = key_of(section, one)
            at: Path = (section, len(found))
            if name in mine:
                found.append(self.over(section, (section, n), (section, mine[name]), at))
                used.add(mine[name])
            elif f"{section}.{name}" in self.leaves:
                self.merged.dropped.append(Dropped(section, name, one, self.leaves[f"{section}.{name}"]))
            elif not self.stays_above(section, one) and name not in idle:
                found.append(self.taken((section, n), at))
        for n, _ in enumerate(ours or ()):
            if n not in used:
                found.append(self.copied(self.lower, (section, n), (section, len(found))))
        self.put(section, found, ours is not None)

    def named(self, section: str) -> None:
        """The same for sections keyed by name."""
        ours, theirs = self.lower.data.get(section), self.upper.data.get(section) or {}
        if ours is not None and not isinstance(ours, dict):
            self.own(section)
            return
        found: dict[str, Any] = {}
        for name, one in theirs.items():
            if ours and name in ours:
                found[name] = self.over(section, (section, name), (section, name), (section, name))
            elif f"{section}.{name}" in self.leaves:
                self.merged.dropped.append(Dropped(section, name, one, self.leaves[f"{section}.{name}"]))
            else:
                found[name] = self.taken((section, name), (section, name))
        for name in ours or ():
            if name not in theirs:
                found[name] = self.copied(self.lower, (section, name), (section, name))
        self.put(section, found, ours is not None)

    def stages(self) -> None:
        """The lower's own order where it lists stages, else the upper's."""
        ours, theirs = self.lower.data.get("stages"), items(self.upper.data, "stages")
        if ours is None:
            self.listed("stages")
            return
        if not isinstance(ours, list):
            self.own("stages")
            return
        places = {str(one.get("id")): n for n, one in enumerate(theirs)}
        found: list[Any] = []
        here: set[str] = set()
        for n, one in enumerate(ours):
            name = key_of("stages", one)
            at: Path = ("stages", len(found))
            if name in places:
                here.add(name)
                found.append(self.over("stages", ("stages", places[name]), ("stages", n), at))
            else:
                found.append(self.copied(self.lower, ("stages", n), at))
        self.put("stages", found, True)
        if not any(isinstance(one, dict) and one.get("await") == "result" for one in ours):
            for name, n in places.items():
                if name not in here and not self.stays_above("stages", theirs[n]):
                    path = self.leaves.get(f"stages.{name}", ("stages",))
                    self.merged.dropped.append(Dropped("stages", name, theirs[n], path))

    def idle_roles(self) -> frozenset[str]:
        """Upper roles that nothing in the merged pack names: parties of what stays above."""
        ours = {str(one.get("id")): one for one in items(self.lower.data, "roles")}
        every = {str(one.get("id")): one for one in items(self.upper.data, "roles")}
        every = {key: {**every.get(key, {}), **ours.get(key, {})} for key in (*every, *ours)}
        used = {word for section, one in self.merged.data.items() if section != "uppers" for word in _words(one)}
        waiting = [key for key in every if key in used or key in ours]
        reached: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in every and key not in reached:
                reached.add(key)
                waiting += _words(every[key].get("any_of"))
        return frozenset(every) - reached

    def stays_above(self, section: str, item: Any) -> bool:
        """Is it an award that this pack doesn't take, or only for such?"""
        if not self.above or not isinstance(item, dict):
            return False
        if section == "awards":
            return item.get("id") in self.above
        said = item.get("award")
        words = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        return bool(words) and set(map(str, words)) <= self.above

    def put(self, section: str, found: Any, written: bool) -> None:
        """The section, if there is anything in it."""
        if found or written:
            self.merged.data[section] = found
            ours, theirs = self.lower.keys.get((section,)), self.upper.keys.get((section,))
            if ours is not None:
                self.merged.keys[(section,)] = ours
            elif theirs is not None:
                self.merged.keys[(section,)] = _away(theirs, self.upper)

    def taken(self, path: Path, at: Path) -> Any:
        """An upper item as it stands: cites under the short name, with its origin."""
        found = self.copied(self.upper, path, at, away=True)
        if not isinstance(found, dict):
            return found
        found = {**found, "origin": found.get("origin") or self.origin}
        said = found.get("award")
        if self.above and isinstance(said, list):
            found["award"] = [one for one in said if one not in self.above]
        return found

    def over(self, section: str, upper: Path, lower: Path, at: Path) -> Any:
        """The lower's keys over the upper's item; clauses are cited from both."""
        under, ours = self.taken(upper, at), _at(self.lower.data, lower)
        if not isinstance(ours, dict) or not isinstance(under, dict):
            return self.copied(self.lower, lower, at)
        self.merged.laid.append(
            Laid(section, str(upper[-1]) if section in NAMED else key_of(section, ours), under, ours, lower)
        )
        found = dict(under)
        for key in ours:
            mine = self.copied(self.lower, (*lower, key), (*at, key))
            if key == "cite":
                mine = list(dict.fromkeys([*_listed(under.get("cite")), *_listed(mine)]))
            elif key == GROWING.get(section) and isinstance(mine, list):
                kept = list(_without(_listed(under.get(key)), mine))
                for n in range(len(mine)):
                    self.copied(self.lower, (*lower, key, n), (*at, key, len(kept) + n))
                mine = [*kept, *mine]
            found[key] = mine
        if lower in self.lower.values:
            self.merged.values[at] = self.lower.values[lower]
        if lower in self.lower.keys:
            self.merged.keys[at] = self.lower.keys[lower]
        return found

    def copied(self, source: Source, path: Path, at: Path, *, away: bool = False) -> Any:
        """The value at a path with its marks, under another path."""
        for marks, into in ((source.values, self.merged.values), (source.keys, self.merged.keys)):
            if path in marks:
                into[at] = _away(marks[path], source) if away else marks[path]
        value = _at(source.data, path)
        if isinstance(value, dict):
            return {key: self.copied(source, (*path, key), (*at, key), away=away) for key in value}
        if isinstance(value, list):
            return [self.copied(source, (*path, n), (*at, n), away=away) for n in range(len(value))]
        if away and isinstance(value, str) and value in self.clauses and _cites(path):
            return f"{self.prefix}{value}"
        return value


def _words(value: Any) -> Iterator[str]:
    """Every word anywhere in a value."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(one)


def _cites(path: Path) -> bool:
    last = path[-2] if len(path) > 1 and isinstance(path[-1], int) else path[-1]
    return last in _CITING


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _without(under: list[Any], over: list[Any]) -> Iterator[Any]:
    """What stands below, but for what is written again above it."""
    again = {_name(one) for one in over}
    return (one for one in under if _name(one) not in again)


def _name(one: Any) -> str:
    return str(one.get("code", one.get("id"))) if isinstance(one, dict) else str(one)


def _away(mark: Mark, source: Source) -> Mark:
    """The mark with the file it is in."""
    return replace(mark, file=mark.file or source.file)
