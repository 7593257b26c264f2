"""YAML text to plain data, each value with its line. Traps of YAML are refused here, never guessed.

The text is YAML 1.2 and must read the same to a YAML 1.1 parser: one document, no anchors, aliases, tags or merge
keys, no key twice, no bare yes/no/on/off, no bare 1:2. Numbers with a point become Decimal, days become dates;
keys are always text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gongjiang.rules.programmes.problems import PackError, PackProblem, Path
from gongjiang.rules.programmes.scalars import Trap, key_trap, resolve

LONGEST: Final = 1_000_000
"""Characters of a pack. The longest known has 40,000."""

DEEPEST: Final = 30
"""Levels of nesting."""

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WIDE_SPACE = re.compile("^[ ]*[\u00a0\u2002-\u200a\u3000]", re.MULTILINE)
_WIDE_COLON = re.compile(r"^[ ]*(?:- )?[\w.()（）-]+：")
_TAB = re.compile(r"^ *\t", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands; `line` and `column` count from 1. `plain`: a scalar without quotes.

    `file`: another than the source's own, for what came from an upper pack.
    """

    line: int
    column: int
    plain: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A pack as written: its plain data and where each value and each key stands."""

    file: str
    text: str
    data: dict[str, Any]
    values: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]

    def mark(self, path: Path) -> Mark:
        """Where the value (of a mapping: its key) stands, or the nearest thing around it."""
        while path:
            found = self.keys.get(path) or self.values.get(path)
            if found:
                return found
            path = path[:-1]
        return Mark(1, 1)

    def problem(self, path: Path, code: str, text: str, english: str, severity: Any = "error") -> PackProblem:
        """A problem at this path."""
        mark = self.mark(path)
        return PackProblem(mark.file or self.file, mark.line, mark.column, path, code, text, english, severity)


@lru_cache(maxsize=16)
def read(text: str, file: str) -> Source:
    """Parse a pack's text. Raises PackError with every trap found; a syntax error ends the search.

    Remembered by text, since finding a pack's notice and loading the pack both ask; nobody changes what is returned.

    >>> read("places: 25", "x.yaml").data
    {'places': 25}
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(file)
    if not reader.fit(text):
        raise PackError(reader.problems)
    data: Any = None
    try:
        data = reader.document(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        reader.syntax(error, text)
    except YAMLError as error:
        reader.refuse(Mark(1, 1), (), Trap("yaml.syntax", "YAML 写法有误。", f"Not YAML: {error}"))
    if not reader.problems and not isinstance(data, dict):
        reader.refuse(Mark(1, 1), (), Trap("yaml.empty", "项目包须是一组“键: 值”。", "A pack is a mapping of keys."))
    if reader.problems:
        raise PackError(reader.problems)
    return Source(file, text, data, reader.values, reader.keys)


@dataclass
class _Reader:
    """Builds data from the parser's events and gathers problems on the way."""

    file: str
    problems: list[PackProblem] = field(default_factory=list)
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def refuse(self, mark: Mark, path: Path, trap: Trap) -> None:
        self.problems.append(PackProblem(self.file, mark.line, mark.column, path, trap.code, trap.text, trap.english))

    def fit(self, text: str) -> bool:
        """What can be seen without parsing: size, invisible characters, tabs."""
        if len(text) > LONGEST:
            trap = Trap("yaml.size", f"文件超过{LONGEST}字符，不读。", f"The file is longer than {LONGEST} characters.")
            self.refuse(Mark(1, 1), (), trap)
            return False
        for found in _INVISIBLE.finditer(text):
            code = f"U+{ord(found.group()):04X}"
            trap = Trap("yaml.invisible", f"有看不见的字符（{code}），请删去。", f"Invisible character {code}.")
            self.refuse(_at(text, found.start()), (), trap)
        for found in _WIDE_SPACE.finditer(text):
            trap = Trap("yaml.space", "缩进用了全角空格，请改用半角空格。", "Indented by a full-width space.")
            self.refuse(_at(text, found.start()), (), trap)
        for found in _TAB.finditer(text):
            trap = Trap("yaml.tab", "缩进用了制表符，请改用空格。", "Indented by a tab: use spaces.")
            self.refuse(_at(text, found.start()), (), trap)
        return not self.problems

    def syntax(self, error: MarkedYAMLError, text: str) -> None:
        where = error.problem_mark or error.context_mark
        mark = Mark(where.line + 1, where.column + 1) if where else Mark(1, 1)
        lines = text.splitlines()
        near = [n for n in (mark.line, mark.line - 1, mark.line - 2) if 0 < n <= len(lines)]
        wide = next((n for n in near if _WIDE_COLON.match(lines[n - 1])), None)
        mark = mark if wide is None else Mark(wide, 1)  # the parser only notices further down
        line = lines[mark.line - 1] if mark.line <= len(lines) else ""
        hint = "此行有全角标点，YAML 的冒号、逗号须用半角。" if re.search("[：，｛｝［］]", line) else ""
        hint += "此行有制表符，请改用空格。" if "\t" in line else ""
        english = " ".join(str(part) for part in (error.context, error.problem) if part)
        trap = Trap("yaml.syntax", f"YAML 写法有误，从这里起读不下去。{hint}", f"Not YAML: {english}.")
        self.refuse(mark, (), trap)

    def document(self, events: Iterator[Event]) -> Any:
        """The data of the one document."""
        data: Any = None
        seen = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                seen += 1
                if event.version or event.tags:
                    self.refuse(_mark(event), (), Trap("yaml.directive", "不用 % 指令。", "No directives (%)."))
                if seen > 1:
                    trap = Trap(
                        "yaml.documents", "一个文件只能有一份文档（不用 ---）。", "Only one document in a file."
                    )
                    self.refuse(_mark(event), (), trap)
                    break
            elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                data = self.node(event, events, ())
        return data

    def node(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        """The value that begins with this event."""
        mark = _mark(event)
        if path not in self.values:
            self.values[path] = mark
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            trap = Trap("yaml.anchor", "不用锚点和别名（&、*），请写全。", "No anchors or aliases: write it out.")
            self.refuse(mark, path, trap)
            if isinstance(event, AliasEvent):
                return None
        if getattr(event, "tag", None):
            self.refuse(mark, path, Trap("yaml.tag", "不用标签（!、!!）。", "No tags."))
        if len(path) > DEEPEST:
            trap = Trap("yaml.depth", f"嵌套超过{DEEPEST}层。", f"Nested deeper than {DEEPEST} levels.")
            self.refuse(mark, path, trap)
            raise PackError(self.problems)
        if isinstance(event, MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(events, path)
        return self.scalar(event, path)

    def sequence(self, events: Iterator[Event], path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self.node(event, events, (*path, len(found))))
        return found

    def mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            mark = _mark(event)
            key = self.key(event, events, path)
            here = (*path, key)
            if key in found:
                first = self.keys[here].line
                trap = Trap(
                    "yaml.duplicate_key",
                    f"键“{key}”{_twice(first, mark.line)}，只能写一次。",
                    f"Key '{key}' stands twice, on lines {first} and {mark.line}.",
                )
                self.refuse(mark, here, trap)
                self.node(next(events), events, here)
                continue
            self.keys[here] = mark
            found[key] = self.node(next(events), events, here)
        return found

    def key(self, event: Event, events: Iterator[Event], path: Path) -> str:
        mark = _mark(event)
        if not isinstance(event, ScalarEvent):
            self.refuse(mark, path, Trap("yaml.key", "键须是一个词。", "A key must be one word."))
            self.node(event, events, (*path, "?"))
            return f"?{mark.line}:{mark.column}"
        text = str(event.value)
        trap = key_trap(text, path) if _plain(event) else None
        if trap:
            self.refuse(mark, (*path, text), trap)
        if event.anchor or event.tag:
            self.refuse(mark, (*path, text), Trap("yaml.anchor", "键上不用锚点和标签。", "No anchors or tags on keys."))
        return text

    def scalar(self, event: Event, path: Path) -> Any:
        assert isinstance(event, ScalarEvent)
        text = str(event.value)
        if not _plain(event):
            return text
        value = resolve(text)
        if isinstance(value, Trap):
            # an empty value has no place of its own: the parser puts it at the next word
            mark = self.keys.get(path) if text == "" else None
            self.refuse(mark or _mark(event), path, value)
            return text
        return value


def _twice(first: int, second: int) -> str:
    return f"在第{first}行写了两次" if first == second else f"在第{first}行和第{second}行各写了一次"


def _plain(event: ScalarEvent) -> bool:
    return event.style is None


def _mark(event: Event) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1, isinstance(event, ScalarEvent) and _plain(event))


def _at(text: str, offset: int) -> Mark:
    before = text.count("\n", 0, offset)
    return Mark(before + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)
