"""Whom the rules are asked of: what can be read about each person, as columns."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vocabulary import FieldSpec

Reading = Callable[[Facts, Row | None], Value]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a condition reads.

    kind: value, filled, judged, document, opinion, score, award, granted, reasoned. `read` gives it for one person
    (and row), as the explaining evaluator reads it. `path`: of values; `about`, `each`: what an answer is about;
    `spec`: the type of an answer.
    """

    kind: str
    key: str
    at: str = ""
    via: str = ""
    path: FactPath | None = field(default=None, compare=False)
    about: str = field(default="", compare=False)
    each: FactPath | None = field(default=None, compare=False)
    spec: FieldSpec = field(default=FieldSpec(""), compare=False)
    read: Reading = field(kw_only=True, compare=False)


class Rows(ABC):
    """The rows of a group of all people: one below the other, person by person.

    `person`: whose row (the place among the people), rising; `people`: how many people there are. `unseen`: where a
    row stands for rows that may exist besides; None if there are none.
    """

    person: pl.Series
    people: int
    unseen: pl.Series | None

    @abstractmethod
    def column(self, need: Need) -> Column:
        """What is needed of each row."""

    @cached_property
    def ends(self) -> pl.Series:
        """For each person, how many rows there are up to and with theirs."""
        last = last_rows(self.person)
        upto = pl.repeat(0, self.people, dtype=pl.UInt32, eager=True)
        return upto.scatter(self.person.gather(last), last + 1).cum_max()


def last_rows(person: pl.Series) -> pl.Series:
    """Where each person's last row stands; rows lie person by person."""
    return (person != person.shift(-1)).fill_null(True).arg_true()


def totals(person: pl.Series, numbers: pl.Series, people: int) -> pl.Series:
    """The sum of each person's whole numbers; 0 for whoever has no row. Rows lie person by person."""
    last = last_rows(person)
    upto = numbers.cum_sum().gather(last)
    nothing = pl.repeat(0, people, dtype=pl.Int64, eager=True)
    return nothing.scatter(person.gather(last), upto - upto.shift(1, fill_value=0))


class People(ABC):
    """Many people under one edition: what the rules read of each.

    `shared` holds what is the same for all: words, params, tables, as_of, answers about the edition, submitted.
    """

    size: int
    shared: Facts

    @abstractmethod
    def column(self, need: Need) -> Column:
        """What is needed of each person."""

    @abstractmethod
    def rows(self, group: str) -> Rows:
        """The rows of a group, a relation to several, or the registry."""

    @abstractmethod
    def facts(self, place: int) -> Facts:
        """Everything about one person, for the explaining evaluator."""
