"""A stage of a programme: the keys that all types share. Types are a registry (stage_types/)."""

from typing import Any, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.base import Named, RawCondition, Sourced, Strict, Value, Words


class Keep(Strict):
    """How many stay on the list: a number of places, or so many per place, rounded as answered.

    `alternates`: how many may stand by at most, in order, beside whom the list keeps (备选); not said: any number.
    """

    places: Value | None = None
    per_place: Value | None = None
    of: Value | None = None
    round: Value = "up"
    alternates: Value | None = None


class RankKey(Strict):
    """One key of an order; high first unless `low`."""

    score: str | None = None
    field: str | None = None
    rule: str | None = None
    opinion_order: str | None = None
    order: str | None = None
    tally: str | None = None
    low: bool = False


class Bands(Strict):
    """A score turned into a tier."""

    score: str
    rows: tuple[dict[str, Any], ...]


class Vote(Strict):
    """How the meeting of a stage votes, where the notice says: how many must be there, how many agree, in secret.

    `quorum`, `majority`: half (more than), two_thirds, all; `of`: members or present. What isn't said the officer
    who calls the meeting chooses.
    """

    quorum: Value | None = None
    majority: Value | None = None
    of: Value | None = None
    secret: Value | None = None


class Stage(Named):
    """Common keys. Subclasses add their own and say which moves a case's row can make.

    `fills`: forms of one case that whoever files it fills in here, and need not before.
    """

    type: str
    by: Words = ()
    with_: Words = Field(default=(), alias="with")
    to: Words = ()
    from_: Words = Field(default=(), alias="from")
    after: Words = ()
    when: RawCondition | None = None
    award: Words = ()
    per: Words = ()
    time: str | None = None
    due: str | None = None
    keep: Keep | None = None
    gives: Words = ()
    bands: Bands | None = None
    rank: tuple[RankKey, ...] = ()
    ties: Literal["equal", "meeting", "draw"] | None = None
    at_cut: Literal["take_all", "take_none", "meeting", "draw"] | None = None
    meeting: Words = ()
    vote: Vote | None = None
    forms: Words = ()
    fills: Words = ()
    checklist: Words = ()


class Accountability(Sourced):
    """谁推荐谁负责, 退出: what follows from a breach. `grounds`: the cases that it names, of which one is chosen."""

    id: str
    when: str
    grounds: Words = ()
    by: Words = ()
    effects: Words = ()
    note: str | None = None


class Benefit(Named):
    """What goes with an honour (mechanisms 11).

    `times`: how often in a year (of yearly and service; 0: as the occasion comes). `since`: the standing from which it
    is given, trainee or stands. `until`: term_end or a day. `stops_on`: suspend, end, revoke. `split`: payee → percent.
    """

    kind: str = "honour"
    award: Words = ()
    tier: Words = ()
    amount: Value | None = None
    times: Value | None = None
    to: str = "person"
    programme: Words = ()
    split: dict[str, str] = {}
    use: Words = ()
    fund: str | None = None
    since: Value | None = None
    until: Value | None = None
    stops_on: Words = ()
    confers: dict[str, str] | None = None
    when: RawCondition | None = None
    at: str | None = None


class Target(Sourced):
    """A number the notice aims at: progress only, never a limit."""

    label: str
    value: Value
    bound: str | None = None


class Figure(Named):
    """A composition figure, shown at every cut and never a filter."""

    where: RawCondition | None = None
    count: dict[str, str] | None = None


class Example(Strict):
    """A test of the pack that an official can read."""

    name: str
    submitted: bool = False
    given: dict[str, Any] = {}
    expect: dict[str, Literal["pass", "fail", "unknown", "na"]]
