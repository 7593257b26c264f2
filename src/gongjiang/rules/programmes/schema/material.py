"""What is handed in and printed: attachments, opinion sheets, forms, times."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.base import Named, RawCondition, Strict, Value, Words


class Letters(Strict):
    """Letters by the people of a rows group, one each. `outside`: nobody of the nominee's own unit."""

    rows: str
    outside: bool = False


class Stamped(Strict):
    """Files that bear the unit's seal, but for some kinds of them."""

    except_: tuple[Literal["certificate", "video"], ...] = Field((), alias="except")


class Attachment(Named):
    """Files that go with a nomination. `at`: the stage at which they are handed in, where that is a later one.
    `letters`: whose letters these files are. `stamped`, `declassified`: whoever hands one in says whether it is."""

    at: str | None = None
    kinds: Words = ("pdf", "image")
    count: Value = 1
    most: int = 20
    per: str | None = None
    required: bool = True
    when: RawCondition | None = None
    award: Words = ()
    video: dict[str, Any] | None = None
    photo: dict[str, Any] | None = None
    originals: str | None = None
    stamped: Stamped | None = None
    declassified: bool = False
    form: str | None = None
    letters: Letters | None = None


class Party(Named):
    """One who gives an opinion, in one box of a sheet: who holds a role (`by`), or in a process over honours the
    standing `mentor` of a kind, who is a person; where none stands, the box is asked of nobody."""

    by: Words = ()
    mentor: str | None = None
    at: str | None = None
    when: RawCondition | None = None
    box: bool = True


class OpinionSheet(Named):
    """A sheet of opinions and seals."""

    by: Words = ()
    when: RawCondition | None = None
    award: Words = ()
    parties: tuple[Party, ...]
    print: bool = True
    foot: str | None = None


class Block(Strict):
    """A piece of a form. `type` decides which keys count; the form builder reads them.

    `layout: under`: the label stands in the box, above what is written; over a table it is a band that stands again,
    with the columns' heads, on every further page. `new_page`: a title of a further form begins a page.
    `hint`: what the annex prints in the box while it is empty (示例…); `wording`: rows as lines of one box, each worded
    so.
    """

    type: Literal[
        "grid", "line", "text", "checks", "rows", "note", "statement", "opinions", "computed", "evidence", "title"
    ]
    label: str = ""
    rows: tuple[tuple[str | dict[str, Any], ...], ...] = ()
    items: tuple[str | dict[str, Any], ...] = ()
    field: str | None = None
    columns: Any = None
    supplement_columns: Words = ()
    min_rows: Value | None = None
    print_rows: int | None = None
    since_age: int | None = None
    unbroken: bool = False
    max: Value | None = None
    about: Value | None = None
    lines: int | None = None
    text: str | None = None
    clause: str | None = None
    confirms: str | None = None
    sheet: str | None = None
    attach: str | None = None
    sign: str | None = None
    inside: str | None = None
    hint: str = ""
    wording: str = ""
    layout: Literal["beside", "under"] = "beside"
    parties: Words = ()
    by: str | None = None
    values: dict[str, str] = {}
    new_page: bool = False
    align: Literal["left", "right", "spread", "stack"] = "left"
    cite: Words = ()
    when: RawCondition | None = None


class Form(Named):
    """A printed form (one a case), or a summary sheet when it names a `list`: `topline` is the line over its table, a
    column's `example` its cell in the annex's 示例 row."""

    by: Words = ()
    when: RawCondition | None = None
    award: Words = ()
    blocks: tuple[Block, ...] = ()
    list: str | None = None
    columns: tuple[str | dict[str, Any], ...] = ()
    heading: str | None = None
    topline: str = ""
    copies: Value | None = None


class Window(Strict):
    """From the first day to the last, both included."""

    from_: dt.date = Field(alias="from")
    to: dt.date


class Length(Strict):
    """How long something lasts."""

    at_least: Value | None = None
    exactly: Value | None = None
    unit: Literal["working_day", "day", "month", "year"] = "day"


class Time(Named):
    """A window, a day, or a length of time."""

    window: Window | None = None
    date: dt.date | None = None
    length: Length | None = None
    first_day: Value | None = None
    late: Literal["refuse", "lapse", "ask"] = "refuse"
    day_off: Literal["stays", "next_working_day"] = "stays"  # a last day that is no working day
    counts: Value | None = None  # arrival, postmark, or the param that a question answers
    precision: Literal["minute", "day", "month"] = "day"
