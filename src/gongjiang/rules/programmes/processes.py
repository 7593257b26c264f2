"""Processes of a pack as packs of their own: the same loader, lints and stages run them (mechanisms 10).

A process has stages, tiers and pools like the main one, and forms, rules, times that hold for it alone; roles, fields,
code lists and params are the pack's. Problems are told at the place in the pack where the word stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.problems import PackProblem, Path
from gongjiang.rules.programmes.source import Mark, Source

SHARED: Final = (
    "notice", "uppers", "params", "questions", "roles", "subjects", "codes", "tables", "groups", "forbidden_criteria",
    "accountability", "certificates",
)  # fmt: skip
"""Sections that a process reads from the pack as they are."""

OWN: Final = ("stages", "rules", "judgements", "attachments", "opinions", "forms")
"""Sections that are the process's alone."""

ADDED: Final = ("fields", "times", "scoring", "pools")
"""Sections in which its own stand beside those of the pack that it may use."""

KIND: Final = "process"
"""`pack.kind` of a process standing for itself."""


def ids_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Processes of a pack by id, in order."""
    return tuple(str(one["id"]) for one in items(data, "processes") if one.get("id"))


def main_of(source: Source) -> Source:
    """The pack as it nominates: of its processes only what is said about them, no pools on their lists, no scoring
    trees that only they use."""
    data = source.data
    if not isinstance(data.get("processes"), list):
        return source
    names = ids_of(data)
    theirs = set(_words([_sections(one) for one in data["processes"]]))
    ours = set(_words({key: one for key, one in data.items() if key not in {"processes", "scoring"}}))
    made = _Made({})
    for section, found in data.items():
        if section == "pools" and isinstance(found, list):
            kept = [n for n, one in enumerate(found) if process_on(one, names) is None]
        elif section == "scoring" and isinstance(found, list):
            kept = [n for n, one in enumerate(found) if not _only_there(one, theirs, ours)]
        else:
            made.data[section] = found
            made.carry(source, (section,), (section,))
            continue
        made.data[section] = []
        for n in kept:
            made.add(source, section, (section, n))
    made.data["processes"] = [_said(one) for one in data["processes"]]
    return made.source(source)


def _sections(one: Any) -> Any:
    """What of a process is read as sections of a pack."""
    return {key: one[key] for key in (*OWN, *ADDED) if key in one} if isinstance(one, dict) else {}


def _said(one: Any) -> Any:
    """What is said about a process, without those."""
    return {key: one[key] for key in one if key not in {*OWN, *ADDED}} if isinstance(one, dict) else one


def _only_there(tree: Any, theirs: set[str], ours: set[str]) -> bool:
    name = tree.get("id") if isinstance(tree, dict) else None
    return name in theirs and name not in ours


def process_on(pool: Any, names: tuple[str, ...]) -> str | None:
    """The process whose list a pool is on (`on: yearly.graded`), None for the main one's."""
    said = pool.get("on") if isinstance(pool, dict) else None
    name, dot, _ = said.partition(".") if isinstance(said, str) else ("", "", "")
    return name if dot and name in names else None


@dataclass(frozen=True, slots=True)
class Part:
    """One process as a source of its own, and where its values stand in the pack."""

    id: str
    source: Source
    places: Mapping[Path, Path]

    def home(self, problem: PackProblem) -> PackProblem:
        """A problem of the part, told at its place in the pack."""
        path = problem.path
        for cut in range(len(path), 0, -1):
            if path[:cut] in self.places:
                return replace(problem, path=(*self.places[path[:cut]], *path[cut:]))
        return problem


def parts_of(source: Source) -> Iterator[Part]:
    """Each process of the pack that has stages, standing for itself."""
    raw = source.data.get("processes")
    for n, one in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(one, dict) and one.get("id"):
            yield _part(source, n, one)


def _part(source: Source, n: int, one: dict[str, Any]) -> Part:
    name, at = str(one["id"]), ("processes", n)
    made = _Made({})
    header = source.data.get("pack")
    if isinstance(header, dict):
        kept = {key: value for key, value in header.items() if key not in {"extends", "short"}}
        label = str(one.get("label") or name)
        counted = {"date": header.get("issued_on"), "assumed": "每次办理从开始之日起算"}
        made.data["pack"] = {**kept, "kind": KIND, "title": f"{header.get('title', '')}{label}", "as_of": counted}
        made.carry(source, ("pack",), ("pack",), marks_only=True)
    for section in SHARED:
        if section in source.data:
            made.data[section] = source.data[section]
            made.carry(source, (section,), (section,))
    for section in OWN:
        if section in one:
            made.data[section] = one[section]
            made.carry(source, (*at, section), (section,))
    _mentors(made, source)
    _awards(made, source, at, one)
    _added(made, source, at, one, name)
    return Part(name, made.source(source), made.places)


def _awards(made: "_Made", source: Source, at: Path, one: Mapping[str, Any]) -> None:
    """The awards whose honours it is about, with the process's tiers; a process about units has one of its own."""
    tiers = _given_here(one)
    if one.get("about") == "unit":
        made.data["awards"] = [{"id": one["id"], "label": one.get("label", ""), "subject": "unit", "tiers": tiers}]
        made.carry(source, (*at, "tiers"), ("awards", 0, "tiers"))
        return
    said = one.get("award")
    wanted = [said] if isinstance(said, str) else said
    made.data["awards"] = []
    for n, award in enumerate(items(source.data, "awards")):
        if not wanted or award.get("id") in wanted:
            keys = {key: value for key, value in award.items() if key not in {"tiers", "titles", "confers"}}
            here: Path = ("awards", len(made.data["awards"]))
            made.data["awards"].append({**keys, "tiers": tiers})
            made.carry(source, ("awards", n), here)
            made.carry(source, (*at, "tiers"), (*here, "tiers"))
    if not made.data["awards"]:
        header = source.data.get("pack")
        title = header.get("title", "") if isinstance(header, dict) else ""
        made.data["awards"] = [{"id": "main", "label": title, "tiers": tiers}]
        made.carry(source, (*at, "tiers"), ("awards", 0, "tiers"))


def _mentors(made: "_Made", source: Source) -> None:
    """The kinds of mentors there are, whose opinion its sheets may ask for; nothing else of the cultivation."""
    entries = items(source.data, "cultivation")
    kinds = {str(kind.get("id")): kind for one in entries for kind in items(one, "mentors")}
    if kinds:
        said = {key: one for key, one in entries[0].items() if key in {"id", "label", "cite", "assumed"}}
        made.data["cultivation"] = [{**said, "mentors": list(kinds.values())}]
        made.carry(source, ("cultivation", 0), ("cultivation", 0))


def _given_here(one: Mapping[str, Any]) -> list[Any]:
    """The tiers that lists give, without their effects. One that only follows when a second try fails
    (`retry: {else: failed}`) no list gives."""
    given = set(_words(one.get("stages") or []))
    raw = one.get("tiers")
    tiers = raw if isinstance(raw, list) else []
    last = set(_words([tier.get("effects") for tier in tiers if isinstance(tier, dict)]))
    found = []
    for tier in tiers:
        if not isinstance(tier, dict):
            found.append(tier)
        elif tier.get("id") in given or tier.get("id") not in last:
            found.append({key: value for key, value in tier.items() if key != "effects"})
    return found


def _added(made: "_Made", source: Source, at: Path, one: Mapping[str, Any], name: str) -> None:
    """Fields of both; times, scoring trees of the pack that the process names, with its own; pools on its lists."""
    said = set(_words({key: value for key, value in one.items() if key != "id"}))
    for section in ADDED:
        for n, item in enumerate(items(source.data, section)):
            if section == "pools" and process_on(item, (name,)) is not None:
                cut = {key: _stripped(item[key], name) if key in {"on", "of", "in"} else item[key] for key in item}
                made.add(source, section, (section, n), cut)
            elif section == "fields" or (section != "pools" and item.get("id") in said):
                made.add(source, section, (section, n))
        for n, item in enumerate(items(one, section)):
            cut = {key: _stripped(item[key], name) if key in {"on", "of", "in"} else item[key] for key in item}
            made.add(source, section, (*at, section, n), cut if section == "pools" else None)


def _stripped(value: Any, name: str) -> Any:
    return value.removeprefix(f"{name}.") if isinstance(value, str) else value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.partition(".")[0]
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(one)


@dataclass
class _Made:
    """A source being put together of another's values."""

    data: dict[str, Any]
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    places: dict[Path, Path] = field(default_factory=dict)
    sorted: dict[int, dict[str | int, list[tuple[Path, Mark]]]] = field(default_factory=dict)

    def carry(self, source: Source, path: Path, at: Path, *, marks_only: bool = False) -> None:
        """The marks of everything at `path`, under `at`."""
        if not marks_only:
            self.places[at] = path
        deep = len(path)
        for marks, into in ((source.values, self.values), (source.keys, self.keys)):
            for one, mark in self.under(marks, path[0]):
                if one[:deep] == path:
                    into[(*at, *one[deep:])] = mark

    def under(self, marks: Mapping[Path, Mark], section: str | int) -> list[tuple[Path, Mark]]:
        """The marks of one section: looked through once, not for every item that is carried."""
        if id(marks) not in self.sorted:
            found: dict[str | int, list[tuple[Path, Mark]]] = {}
            for path, mark in marks.items():
                if path:
                    found.setdefault(path[0], []).append((path, mark))
            self.sorted[id(marks)] = found
        return self.sorted[id(marks)].get(section, [])

    def add(self, source: Source, section: str, path: Path, value: Any = None) -> None:
        """One more item of a list section."""
        listed = self.data.setdefault(section, [])
        found: Any = source.data
        for part in path:
            found = found[part]
        listed.append(found if value is None else value)
        self.carry(source, path, (section, len(listed) - 1))

    def source(self, of: Source) -> Source:
        """What was put together, told in the same file."""
        return Source(of.file, of.text, self.data, self.values, self.keys)
