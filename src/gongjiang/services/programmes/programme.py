"""An edition at work: its own pack, the values its office answered, its calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from gongjiang.catalogue.packs import load_text
from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.workdays import Calendar
from gongjiang.models import CalendarYear, Edition, PackVersion, Process
from gongjiang.rules.programmes.coverage import assumptions
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.extending.change import Change
from gongjiang.rules.programmes.extending.provenance import labels_of, sentence
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.material import Time
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Award, Question
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.programmes.stored import text_of

#: Ids of assumptions to confirm, and of departures to sign, among the questions.
ASSUMED = "assumed."
DEPARTS = "departs."
_ASSUMED: dict[str, tuple[Question, ...]] = {}


class NoSuchStage(GongjiangError):
    """The pack has no such stage."""

    status = 404


@lru_cache(maxsize=64)
def _pack(digest: str) -> Pack:
    row = PackVersion.objects.get(digest=digest)
    return load_text(text_of(row))


NOMINATION: Final = "申报"
"""What a case of the main process is called."""


@dataclass(frozen=True)
class Programme:
    """One process of one edition with its pack. Params: what the notice says, then what was answered."""

    edition: Edition
    process: Process
    pack: Pack

    @property
    def params(self) -> Mapping[str, Any]:
        """Values of params by id; a judged one that has no value yet is missing."""
        found: dict[str, Any] = {}
        defaults = {one.id: one.default for one in self.pack.questions}
        for one in self.pack.params:
            value = one.value if one.value is not None else defaults.get(one.ask or "")
            if value is not None and not one.judged:
                found[one.id] = value
        found = {name: str(one) if isinstance(one, Decimal) else one for name, one in found.items()}
        merged: dict[str, Any] = {**found, **self.edition.params}
        return merged

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the issuing office answers: the pack's questions, each departure from the pack above to sign, then
        each assumption of its drafter to confirm."""
        if self.pack.hash not in _ASSUMED:
            _ASSUMED[self.pack.hash] = (*_departures(self.pack), *_assumptions(self.pack))
        return (*self.pack.questions, *_ASSUMED[self.pack.hash])

    @property
    def called(self) -> str:
        """What people call one of its cases: 申报, or as the pack says of the process."""
        if self.process.about == "nomination":
            return NOMINATION
        found = (one.noun for one in whole_pack(self.edition).processes if one.id == self.process.name)
        return next(found, NOMINATION)

    @property
    def applying(self) -> str:
        """What people call the unit whose case it is: 申报单位; where nobody applies, 所在单位."""
        return "申报单位" if self.process.about == "nomination" else "所在单位"

    def value(self, raw: Any) -> Any:
        """A literal, or the value of the param it names; None while that is unknown."""
        name = param_name(raw)
        return raw if name is None else self.params.get(name)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages in the order of the pack."""
        return self.pack.stages

    def stage(self, name: str) -> Stage:
        """A stage by id."""
        for one in self.stages:
            if one.id == name:
                return one
        raise NoSuchStage(f"本届没有“{name}”这一环节", f"No stage {name}", place=self.edition.title)

    def time(self, name: str | None) -> Time | None:
        """A time of the pack by id."""
        return next((one for one in self.pack.times if one.id == name), None)

    @property
    def awards(self) -> tuple[Award, ...]:
        """What can be conferred; a pack without awards has one, named as the pack."""
        return self.pack.awards or (Award(id="main", label=self.pack.pack.title),)

    def fields_of(self, award: str) -> dict[str, FieldSpec]:
        """Fields of an award's subject and of the case itself, by id."""
        words = self.pack.vocabulary
        return {**words.kinds.get("case", {}), **words.of_kind(self.award(award).subject)}

    def relations_of(self, award: str) -> dict[str, tuple[str, bool]]:
        """Relations of an award's subject: name → (kind, to many)."""
        kind = next((one for one in self.pack.subjects if one.id == self.award(award).subject), None)
        if kind is None:
            return {}
        return {
            name: (str(one[0]), True) if isinstance(one, list) else (str(one), False) for name, one in kind.has.items()
        }

    def award(self, name: str) -> Award:
        """An award by id."""
        return next(one for one in self.awards if one.id == name)

    def expand(self, roles: tuple[str, ...] | str) -> frozenset[str]:
        """Roles with groups (`any_of`) written out."""
        groups = {one.id: one.any_of for one in self.pack.roles if one.any_of}
        todo = [roles] if isinstance(roles, str) else list(roles)
        found: set[str] = set()
        while todo:
            name = todo.pop()
            if name in groups:
                todo.extend(groups[name])
            else:
                found.add(name)
        return frozenset(found)

    def role_label(self, name: str) -> str:
        """A role as people call it."""
        return next((one.shown for one in self.pack.roles if one.id == name), name)

    @property
    def nominating(self) -> frozenset[str]:
        """Roles whose organisation is the case's nominator: marked ones, else where routes lead."""
        marked = frozenset().union(*(self.expand(one.id) for one in self.pack.roles if one.nominates))
        if marked:
            return marked
        routes = [route for stage in self.stages if stage.type == "apply" for route in getattr(stage, "routes", ())]
        return frozenset().union(*(self.expand(route.to) for route in routes))


def _assumptions(pack: Pack) -> tuple[Question, ...]:
    """What the drafter assumed, to be confirmed."""
    return tuple(
        Question(
            id=f"{ASSUMED}{item}",
            question=f"起草人暂定（{item}）：{text}。是否认可",
            answer="yes_no",
            default=True,
        )
        for item, text in assumptions(pack)
    )


def _departures(pack: Pack) -> tuple[Question, ...]:
    """One signature for each item that departs from the pack above."""
    if not pack.departures:
        return ()
    labels, speaker = labels_of(pack), Speaker(pack)
    found: dict[str, list[Change]] = {}
    for one in pack.departures:
        found.setdefault(one.item, []).append(one)
    return tuple(
        Question(
            id=f"{DEPARTS}{item}",
            question=f"与上级办法不一致：{labels.get(item, item)}"
            f"（{'；'.join(sentence(one, speaker) for one in told)}）。"
            f"依据：{told[0].basis}；理由：{told[0].reason}。是否批准",
            answer="yes_no",
            must=True,
        )
        for item, told in found.items()
    )


def programme_of(process: Process) -> Programme:
    """The programme of a process (load it with its edition and pack version). A round of a process over honours or
    units runs the pack's part of that name."""
    edition = process.edition
    pack = _pack(edition.pack.digest)
    return Programme(edition, process, pack.parts[edition.follows] if edition.follows else pack)


def main_process(edition: Edition) -> Process:
    """The process of an edition: the nomination, or, of a round, what it is a round of."""
    return Process.objects.select_related("edition__pack", "edition__organiser").get(
        edition=edition, name=edition.follows or "nomination", occurrence=1
    )


def whole_pack(edition: Edition) -> Pack:
    """The edition's whole pack, of a round too: with terms, benefits and all its processes."""
    return _pack(edition.pack.digest)


def calendar_of(name: str) -> Calendar:
    """The decreed calendar as loaded into this installation: years nobody loaded are refused, not guessed."""
    years: set[int] = set()
    holidays: set[date] = set()
    worked: set[date] = set()
    for row in CalendarYear.objects.filter(calendar=name):
        years.add(row.year)
        holidays.update(date.fromisoformat(day) for day in row.holidays)
        worked.update(date.fromisoformat(day) for day in row.worked)
    return Calendar(frozenset(years), frozenset(holidays), frozenset(worked))
