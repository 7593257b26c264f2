"""What follows the naming: the term, and processes over honours and units (mechanisms 10)."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from gongjiang.rules.programmes.schema.base import Named, Sourced, Strict, Value, Words
from gongjiang.rules.programmes.schema.words import Tier


class Span(Strict):
    """A length of time in whole years, months or days."""

    years: Value | None = None
    months: Value | None = None
    days: Value | None = None

    @model_validator(mode="after")
    def _some(self) -> "Span":
        if self.years is None and self.months is None and self.days is None:
            raise ValueError("须写 years、months 或 days")
        return self


class Term(Sourced):
    """管理期、培育期: from the naming (or a day) for a length, or to a day. `at_end`: the process that ends it."""

    award: Words = ()
    length: Span | None = None
    from_: Literal["name"] | dt.date = Field("name", alias="from")
    until: dt.date | None = None
    at_end: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _ends(self) -> "Term":
        if (self.length is None) == (self.until is None):
            raise ValueError("期限须写 length 或 until，只写一个")
        return self


class Effect(Strict):
    """One word of the closed list of effects, with what it needs."""

    word: str
    args: dict[str, Any] = {}

    @staticmethod
    def read(raw: Any) -> "Effect":
        """From `revoke` or `{bar: {years: 4}}`."""
        if isinstance(raw, Effect):
            return raw
        if isinstance(raw, str):
            return Effect(word=raw)
        if isinstance(raw, dict) and len(raw) == 1:
            (word, args) = next(iter(raw.items()))
            return Effect(word=str(word), args=args if isinstance(args, dict) else {"what": args})
        raise ValueError("后果须写一个词，或一个词带一组值")

    def named(self, key: str = "benefit") -> tuple[str, ...]:
        """The words given for a key, or alone: `stop: visits`, `{stop: {benefit: [visits]}}`."""
        raw = self.args.get(key, self.args.get("what"))
        return tuple(str(one) for one in raw) if isinstance(raw, list | tuple) else () if raw is None else (str(raw),)


class Outcome(Tier):
    """A tier of a process: what comes out for one case, and what follows from it."""

    effects: tuple[Effect, ...] = ()

    @field_validator("effects", mode="before")
    @classmethod
    def _read(cls, raw: Any) -> Any:
        if raw is None:
            return ()
        return tuple(Effect.read(one) for one in (raw if isinstance(raw, list | tuple) else [raw]))


class Process(Named):
    """The same machine over honours or units: stages, lists, tiers, pools, forms of its own.

    When it is due for one honour: `every` so long since the last time (or since the honour began), `after` so long
    since it began, or `at_end` of its term, `lead` days earlier. None of them: whenever the office opens it.
    `called`: what people call one of its cases, where the pages speak of it (考核, 述职, 方案).
    `states`: in which standing an honour takes part. The sections below hold for it alone; fields, code lists,
    tables, params, roles and the scoring trees and times that it names are the pack's.
    """

    about: Literal["honour", "unit"] = "honour"
    called: str | None = None
    award: Words = ()
    states: tuple[Literal["trainee", "stands", "suspended"], ...] = ("trainee", "stands")
    every: Span | None = None
    after: Span | None = None
    at_end: bool = False
    lead: Span | None = None
    by: Words = ()
    tiers: tuple[Outcome, ...] = ()
    # sections read like the pack's own, once the process stands for itself (processes.py)
    stages: tuple[Any, ...] = ()
    rules: tuple[Any, ...] = ()
    pools: tuple[Any, ...] = ()
    judgements: tuple[Any, ...] = ()
    fields: tuple[Any, ...] = ()
    scoring: tuple[Any, ...] = ()
    attachments: tuple[Any, ...] = ()
    opinions: tuple[Any, ...] = ()
    forms: tuple[Any, ...] = ()
    times: tuple[Any, ...] = ()

    @property
    def noun(self) -> str:
        """What one of its cases is called."""
        return self.called or ("考核" if self.about == "honour" else "材料")
