"""How often a programme is held: every so many years, not in the year of another one, else by special decision."""

from pydantic import Field

from gongjiang.rules.programmes.schema.base import Sourced, Strict, Value, Words


class Years(Strict):
    """A number of years."""

    years: Value


class Skip(Strict):
    """The year in which an edition of another programme is opened is left out; the next one counts instead."""

    year_of: Words


class Special(Strict):
    """Who may decide on an edition beside the cycle."""

    by: Words


class Cycle(Sourced):
    """评选周期. `first`: the year of the first edition; left out, that of the notice."""

    every: Years
    first: Value | None = None
    skip: Skip = Field(default_factory=lambda: Skip(year_of=()))
    special: Special | None = None
