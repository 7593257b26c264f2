"""{rows: group, where, count_at_least | count_at_most}: how many rows meet a condition, by bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, count_bounds
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, Term, title
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Missing, Verdict, united
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition, known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.registers import lacking, programmes_in
from gongjiang.rules.programmes.values import plain
from gongjiang.rules.programmes.vocabulary import REGISTRY, FieldSpec

_COUNT = FieldSpec("count", "条数", "int", "条")
_BOUNDS = ("count_at_least", "count_at_most")


@dataclass(frozen=True, kw_only=True)
class Rows(Condition):
    """A count of rows. A row whose condition is open may count or not; so may rows that nobody has shown yet."""

    word = "rows"
    keys = frozenset({"where", *_BOUNDS})
    group: str
    where: Condition | None
    least: bool
    count: Term
    programmes: tuple[str, ...] = ()
    """Whose registers it asks for, where it reads the registry."""

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Rows":
        """The group must be known; exactly one bound."""
        group = raw["rows"]
        words = reader.scope.words
        several = {name for name, (_, many) in words.relations.items() if many}
        known_word(group, dict.fromkeys((*words.groups, *several, REGISTRY)), "明细", "row group", (*at, "rows"))
        given = [one for one in _BOUNDS if one in raw]
        if len(given) != 1:
            raise BadCondition(
                "rows 须写 count_at_least 或 count_at_most 之一。", "Write count_at_least or count_at_most.", at
            )
        inner = reader.inside(group).condition(raw["where"], (*at, "where")) if "where" in raw else None
        count = reader.term(raw[given[0]], _COUNT, (*at, given[0]))
        named = programmes_in(raw.get("where")) if group == REGISTRY else ()
        return cls(group=group, where=inner, least=given[0] == "count_at_least", count=count, programmes=named)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """推荐专家（技能等级≥高级技师）须至少2条；符合1条."""
        found = facts.row_set(self.group)
        parts = tuple(self._part(one, n, facts) for n, one in enumerate(found.rows, 1))
        unseen = [self._part(one, 0, facts) for one in found.unseen]
        more = any(one.truth is not Truth.FALSE for one in unseen)
        low, high = count_bounds(one.truth for one in parts)
        needed = self.count.read(facts, row)
        truth = self._truth(low, None if more else high, needed)
        open_rows = f"，待定{high - low}条" if high > low else ""
        actual = f"符合{low}条{open_rows}" if found.rows or not more else "未填"
        asked: tuple[Missing, ...] = ()
        if more and self.group == REGISTRY:
            asked = self._unsettled(facts, found.unseen, unseen)
            actual = f"查得{low}条{open_rows}"
        gaps = self._gaps(facts, row, parts, more, asked) if truth is Truth.UNKNOWN else ()
        return Verdict(truth, "rows", self._subject(facts), self._must(facts, row), actual, parts, gaps)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """推荐专家（技能等级≥高级技师）至少2条."""
        return f"{self._subject(facts)}{self._needed(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The group, its columns, and the bound."""
        inner = self.where.reads() if self.where else frozenset()
        return frozenset({Read("rows", self.group)}) | inner | self.count.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """Rows made to fit, or, once all rows are there, made not to."""
        for settled, needed in self.count.settle(draft, row):
            if not isinstance(needed, Interval):
                continue
            number = int(needed.low)
            if self.least is want:
                wanted = number if self.least else number + 1
                yield from self._fitting(settled, wanted, settled.row_ids(self.group))
            else:
                at_most = number if not self.least else number - 1
                if at_most >= 0:
                    yield settled.deferred(partial(self._limit, at_most))

    def _limit(self, at_most: int, draft: Draft) -> Iterator[Draft]:
        """At most so many rows that fit, once all rows are there. An empty relation would be unknown."""
        if self.group in draft.words.relations and not draft.row_ids(self.group):
            draft, _ = draft.with_row(self.group)
        yield from self._unfitting(draft, at_most, draft.row_ids(self.group))

    def _fitting(self, draft: Draft, wanted: int, ids: tuple[str, ...]) -> Iterator[Draft]:
        """At least `wanted` rows that fit: those that are there first, then new ones."""
        if wanted <= 0:
            yield draft
            return
        for n, one in enumerate(ids):
            for fitted in self._aim_row(draft, True, one):
                yield from self._fitting(fitted, wanted - 1, ids[n + 1 :])
        grown, new = draft.with_row(self.group)
        for fitted in self._aim_row(grown, True, new):
            yield from self._fitting(fitted, wanted - 1, ())

    def _unfitting(self, draft: Draft, spare: int, ids: tuple[str, ...]) -> Iterator[Draft]:
        """All rows but `spare` made not to fit."""
        if len(ids) <= spare:
            yield draft
            return
        for fitted in self._aim_row(draft, False, ids[0]):
            yield from self._unfitting(fitted, spare, ids[1:])
        if spare:
            yield from self._unfitting(draft, spare - 1, ids[1:])

    def _aim_row(self, draft: Draft, want: bool, row: str) -> Iterator[Draft]:
        if self.where is not None:
            yield from self.where.aim(draft, want, row)
        elif want:
            yield draft

    def _part(self, one: Row, n: int, facts: Facts) -> Verdict:
        name = f"第{n}条"
        if self.where is None:
            return Verdict(Truth.UNKNOWN if one.unseen else Truth.TRUE, "row", name, "", label=name)
        return replace(self.where.evaluate(facts, one), label=name)

    def _truth(self, low: int, high: int | None, needed: object) -> Truth:
        if not isinstance(needed, Interval):
            return Truth.UNKNOWN
        at_least = Truth.UNKNOWN if high is None or high >= needed.high else Truth.FALSE
        if self.least:
            return Truth.TRUE if low >= needed.high else at_least
        over = Truth.TRUE if low > needed.high else Truth.UNKNOWN if high is None or high > needed.high else Truth.FALSE
        return ~over

    def _gaps(
        self, facts: Facts, row: Row | None, parts: tuple[Verdict, ...], more: bool, asked: tuple[Missing, ...]
    ) -> tuple[Missing, ...]:
        found = (*united(parts), *asked)
        if more and self.group != REGISTRY:
            found = (*found, Missing("field", self.group, facts.words.rows_label(self.group)))
        return found + self.count.gaps(facts, row)

    def _unsettled(self, facts: Facts, rows: tuple[Row, ...], parts: list[Verdict]) -> tuple[Missing, ...]:
        """Registered people who may be this one, by what has to be checked; then the lists that are not there."""
        may = [one for one, part in zip(rows, parts, strict=True) if part.truth is not Truth.FALSE]
        people = tuple(Missing("person", one.id, one.ask) for one in may if one.ask)
        return (*people, *(lacking(self.programmes, self.where, facts) if any(not one.ask for one in may) else ()))

    def _subject(self, facts: Facts) -> str:
        label = facts.words.rows_label(self.group)
        return f"{label}（{title(self.where, facts)}）" if self.where else label

    def _must(self, facts: Facts, row: Row | None) -> str:
        needed = self._needed(facts, row)
        return "不得有" if needed == "没有" else f"须{needed}"

    def _needed(self, facts: Facts, row: Row | None) -> str:
        value = self.count.read(facts, row)
        if not self.least and isinstance(value, Interval) and value.high == 0:
            return "没有"
        text = f"{plain(value.low)}条" if isinstance(value, Interval) else self.count.text(facts, row)
        return f"{'至少' if self.least else '不超过'}{text}"


CONDITION = Rows
