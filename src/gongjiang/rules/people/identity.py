"""Are two records one person? By number surely; by name, birth month and employer only as a question (J-14)."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from gongjiang.kernel.dates import Month
from gongjiang.kernel.decision import Reason
from gongjiang.kernel.text import clean
from gongjiang.kernel.truth import Truth

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of somebody. `number` is the keyed look-up hash of the identity number, never the number."""

    name: str
    number: str | None = None
    birth: Month | None = None
    employer: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """`same`: true, false, or unknown: then `reason` is the question to put to a person."""

    same: Truth
    reason: Reason | None = None


class Outcome(Enum):
    """What to do with an incoming record."""

    SAME = "same"
    ASK = "ask"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """SAME has one key, ASK one or more candidates, NEW none."""

    outcome: Outcome
    keys: tuple[Key, ...] = ()
    reason: Reason | None = None


def same_person(one: PersonFacts, other: PersonFacts) -> Match:
    """Equal numbers decide, and so do two that differ; without them, only a difference decides.

    Same name, birth month and employer stay unknown: namesakes of one workshop exist.
    """
    if one.number and other.number:
        if one.number != other.number:
            return Match(Truth.FALSE)
        if even_name(one.name) == even_name(other.name):
            return Match(Truth.TRUE)
        return Match(
            Truth.TRUE,
            Reason(f"身份证号相同而姓名不同（{one.name}、{other.name}），请核对是否改名或填错。", subject="name"),
        )
    if even_name(one.name) != even_name(other.name) or _differ(one.birth, other.birth):
        return Match(Truth.FALSE)
    shared = "、".join(_shared(one, other))
    return Match(Truth.UNKNOWN, Reason(f"{shared}相同，但没有身份证号可比，请确认是否同一人。", subject="number"))


def find_person(facts: PersonFacts, known: Mapping[Key, PersonFacts]) -> Found[Key]:
    """Which known person an incoming record is about. Never joins two records on anything but the number.

    Candidates that differ in employer only are asked about too: people change their employer.
    """
    candidates: list[tuple[Key, Match]] = []
    for key, other in known.items():
        match = same_person(facts, other)
        if match.same is Truth.TRUE:
            return Found(Outcome.SAME, (key,), match.reason)
        if match.same is Truth.UNKNOWN:
            candidates.append((key, match))
    if not candidates:
        return Found(Outcome.NEW)
    reason = candidates[0][1].reason
    if len(candidates) > 1:
        reason = Reason(
            f"有{len(candidates)}人与“{facts.name}”对得上，请选出是哪一位，或确认为新人。", subject="number"
        )
    return Found(Outcome.ASK, tuple(key for key, _ in candidates), reason)


def settle(facts: PersonFacts, known: Iterable[tuple[Key, PersonFacts]]) -> Found[Key]:
    """Which known person an incoming record of a list is about; a key may come several times (units of several years).

    SAME by number; without one on either side, where name, birth month and unit are those of exactly one person, or
    of exactly one record that has no number itself: the same words are the same unknown person, about whom the
    question stands already. Whoever else it may be is asked about, never joined.
    """
    alike: dict[Key, Reason | None] = {}
    unnumbered: set[Key] = set()
    asked: dict[Key, Reason | None] = {}
    barred: set[Key] = set()
    for key, other in known:
        match = same_person(facts, other)
        if match.same is Truth.TRUE:
            return Found(Outcome.SAME, (key,), match.reason)
        if match.same is Truth.UNKNOWN:
            kept = alike if len(_shared(facts, other)) == 3 else asked
            kept.setdefault(key, match.reason)
            if kept is alike and not other.number:
                unnumbered.add(key)
        elif facts.number and other.number:
            barred.add(key)
    alike = {key: one for key, one in alike.items() if key not in barred}
    asked = {key: one for key, one in asked.items() if key not in barred}
    one = alike if len(alike) == 1 else unnumbered if len(unnumbered) == 1 and not facts.number else ()
    if one:
        return Found(Outcome.SAME, tuple(one), Reason("姓名、出生年月、工作单位都一致。", subject="number"))
    candidates = {**alike, **asked}
    if not candidates:
        return Found(Outcome.NEW)
    reason = next(iter(candidates.values()))
    if len(candidates) > 1:
        reason = Reason(f"有{len(candidates)}人与“{facts.name}”对得上，请核对是哪一位。", subject="number")
    return Found(Outcome.ASK, tuple(candidates), reason)


def even_name(text: str) -> str:
    """A name as names are compared: no blanks, no invisible characters, no capitals."""
    return "".join(clean(text).split()).casefold()


def _differ(one: Month | None, other: Month | None) -> bool:
    return one is not None and other is not None and one != other


def _shared(one: PersonFacts, other: PersonFacts) -> list[str]:
    shared = ["姓名"]
    if one.birth and one.birth == other.birth:
        shared.append("出生年月")
    if one.employer and other.employer and even_name(one.employer) == even_name(other.employer):
        shared.append("工作单位")
    return shared
