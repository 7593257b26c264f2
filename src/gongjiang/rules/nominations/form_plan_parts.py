"""What a form on screen is made of: sections, and in them questions, rows, choices, statements, files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from gongjiang.rules.programmes.schema.base import RawCondition
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.rules.programmes.schema.stage import Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `limit`: the most 字 it may have; `about`: the length the notice speaks of; `when`: for whom."""

    kind: ClassVar[str] = "asked"
    path: str
    field: Field_
    label: str
    required: bool = False
    limit: int | None = None
    about: int | None = None
    when: RawCondition | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """A table to fill: each column a question. `least` rows must be there; `most` may.

    `since_age`: a history begins no later than at that age; `unbroken`: it may have no gap.
    """

    kind: ClassVar[str] = "rows"
    path: str
    label: str
    columns: tuple[Asked, ...]
    least: int = 0
    most: int | None = None
    when: RawCondition | None = None
    since_age: int | None = None
    unbroken: bool = False

    @property
    def is_history(self) -> bool:
        """Do its rows run from a month to a month?"""
        return {"from", "to"} <= {one.path for one in self.columns}


@dataclass(frozen=True, slots=True)
class Choice:
    """A condition that one may claim; its questions show once it is chosen."""

    kind: ClassVar[str] = "choice"
    label: str
    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Words between questions: the heading of a block, or a note of the form."""

    kind: ClassVar[str] = "heading"
    text: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A declaration in the notice's own words, confirmed by a tick."""

    kind: ClassVar[str] = "statement"
    path: str
    label: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a file may be hung on: a leaf of a scoring tree, under its power."""

    id: str
    label: str
    under: str = ""
    gloss: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilesAsked:
    """Files that go with the nomination: at least `count`, at most `most`; pieces hang on `indicators` if there are."""

    kind: ClassVar[str] = "files"
    attachment: Attachment
    count: int = 1
    max_minutes: int | None = None
    when: RawCondition | None = None
    indicators: tuple[Indicator, ...] = ()


Part = Asked | RowsAsked | Choice | Heading | Statement | FilesAsked


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the form. `note` says what it is for; `unprinted`: nothing of it stands in the official form;
    `form`: the form that it was read off; `later`: it is filled in after the nomination was handed in."""

    id: str
    label: str
    parts: tuple[Part, ...]
    note: str = ""
    clause: str = ""
    unprinted: bool = False
    form: str = ""
    later: bool = False

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Its single questions, those inside choices too."""
        return tuple(
            one
            for part in self.parts
            for one in (part.parts if isinstance(part, Choice) else (part,) if isinstance(part, Asked) else ())
        )

    @property
    def names(self) -> frozenset[str]:
        """Names under which its answers are kept."""
        return frozenset(path.partition(".")[0] for path in _section_paths(self))

    @property
    def tables(self) -> tuple[RowsAsked, ...]:
        """Its tables."""
        return tuple(part for part in self.parts if isinstance(part, RowsAsked))


@dataclass(frozen=True, slots=True)
class FormPlan:
    """All steps, first to last: what the forms ask, what else the rules need, files, confirmation."""

    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """A step by its id."""
        return next((one for one in self.sections if one.id == name), None)

    def at(self, stage: Stage) -> "FormPlan":
        """What must be right at a stage: on the way in, not yet what later stages fill in."""
        if stage.type != "apply":
            return self
        return FormPlan(tuple(one for one in self.sections if not one.later))

    def files(self) -> tuple[FilesAsked, ...]:
        """All files asked for."""
        return tuple(part for one in self.sections for part in one.parts if isinstance(part, FilesAsked))

    def paths(self) -> frozenset[str]:
        """Every path that the form asks for."""
        return frozenset(self._paths())

    def home(self, path: str) -> Section | None:
        """The step on which a path is asked."""
        return next((one for one in self.sections if path in _section_paths(one)), None)

    def _paths(self) -> Iterator[str]:
        for one in self.sections:
            yield from _section_paths(one)


def _section_paths(section: Section) -> Iterator[str]:
    yield from (one.path for one in section.questions)
    yield from (one.path for one in section.tables)
    yield from (part.path for part in section.parts if isinstance(part, Statement))
