"""What a plan says, and the same as plain data for keeping."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached in one power (its label; '' for all of them)."""

    power: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done for it, and who does it: an organisation or a person in words."""

    text: str
    power: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody responsible: name, unit and post, what for."""

    name: str
    post: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone. `key` stays with it from version to version; `due` is None while a draft has no day yet."""

    key: str
    title: str
    power: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """Money planned for one purpose, in yuan; `source`: who gives it."""

    purpose: str
    amount: Decimal
    source: str = ""

    @property
    def yuan(self) -> str:
        """The sum as people write it: 12,000.00."""
        return f"{self.amount:,.2f}"


@dataclass(frozen=True, slots=True)
class PlanText:
    """One version's content."""

    aim: str = ""
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    people: tuple[Person, ...] = ()
    steps: tuple[Step, ...] = ()
    funds: tuple[Fund, ...] = ()

    @property
    def total(self) -> Decimal:
        """All money planned."""
        return sum((one.amount for one in self.funds), Decimal(0))

    @property
    def yuan(self) -> str:
        """The same as people write it."""
        return f"{self.total:,.2f}"


def dump(text: PlanText) -> dict[str, Any]:
    """Plain data: days as ISO, money as text.

    >>> dump(PlanText(aim="带好徒弟"))["aim"]
    '带好徒弟'
    """
    found = asdict(text)
    found["steps"] = [{**one, "due": one["due"].isoformat() if one["due"] else ""} for one in found["steps"]]
    found["funds"] = [{**one, "amount": str(one["amount"])} for one in found["funds"]]
    return {key: list(one) if isinstance(one, tuple) else one for key, one in found.items()}


def parse(data: Mapping[str, Any]) -> PlanText:
    """The text that `dump` wrote."""
    return PlanText(
        aim=data.get("aim", ""),
        goals=tuple(Goal(**one) for one in data.get("goals", ())),
        measures=tuple(Measure(**one) for one in data.get("measures", ())),
        people=tuple(Person(**one) for one in data.get("people", ())),
        steps=tuple(
            Step(**{**one, "due": date.fromisoformat(one["due"]) if one["due"] else None})
            for one in data.get("steps", ())
        ),
        funds=tuple(Fund(**{**one, "amount": Decimal(one["amount"])}) for one in data.get("funds", ())),
    )
