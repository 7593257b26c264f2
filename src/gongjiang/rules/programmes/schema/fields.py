"""What is asked, and from which lists of words: fields, row groups, codes, tables. See docs/pack-format.md."""

from typing import Any, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.base import Named, RawCondition, Sourced, Strict, Value, Words


class Code(Strict):
    """A word of a list; it may lie in a wider word."""

    code: str
    label: str = ""
    in_: str | None = Field(default=None, alias="in")


class CodeList(Sourced):
    """A closed list of words; `open` also takes others, `ordered` goes from low to high."""

    label: str = ""
    items: tuple[str | Code, ...] = ()
    ordered: bool = False
    open: bool = False
    judged: str | None = None

    @property
    def codes(self) -> tuple[Code, ...]:
        """Items in their long form."""
        return tuple(one if isinstance(one, Code) else Code(code=one) for one in self.items)


class Table(Sourced):
    """Numbers by one or more keys; for places also shares inside a row and rows that are sums."""

    label: str = ""
    by: Words
    rows: dict[str, Any] = {}
    total: Value | None = None
    apart: Value | None = None
    judged: str | None = None


class Option(Strict):
    """A box to tick; `fill` names what is written beside it."""

    code: str
    label: str
    fill: str | None = None


FieldType = Literal[
    "text",
    "number",
    "int",
    "date",
    "month",
    "year",
    "code",
    "yes_no",
    "checks",
    "id_number",
    "mobile",
    "file",
    "photo",
    "rows",
]


class Field_(Named):
    """One thing asked about a subject, or one column of a row group."""

    type: FieldType
    unit: str = ""
    codes: str | None = None
    group: str | None = None
    options: tuple[Option, ...] = ()
    multi: bool = False
    detail: str | None = None
    max: Value | None = None
    about: Value | None = None
    min: Value | None = None
    when: RawCondition | None = None
    blank: Literal["unknown", "none"] = "unknown"
    pii: Literal["none", "personal", "sensitive"] = "none"
    derived: str | None = None
    args: dict[str, str] = {}
    subject: str = "person"
    hint: str | None = None


class RowGroup(Sourced):
    """Repeated detail: one row each."""

    label: str = ""
    columns: tuple[Field_, ...] = ()
    subject: str = "person"
