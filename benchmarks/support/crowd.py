"""Invented people for a pack, any number of them: typed columns for whatever its rules read, about five rows each."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from gongjiang.rules.programmes.conditions.base import Read
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

BLANK = 0.08
ROWS_EACH = 5
WORDS = ("焊工", "车工", "铣工", "钳工", "电工", "无")


class Crowd:
    """A seeded source of people: the same seed gives the same people."""

    def __init__(self, pack: Pack, size: int, seed: int = 1) -> None:
        self.words = pack.vocabulary
        self.size = size
        self.chance = np.random.default_rng(seed)
        self.reads = reads_of_pack(pack)
        self.awards = sorted({award for rule in pack.ready_rules for award in rule.award})

    def table(self) -> pl.DataFrame:
        """One row a person."""
        columns: dict[str, pl.Series] = {}
        if self.awards:
            columns["case.award"] = pl.repeat(self.awards[0], self.size, dtype=pl.Enum(self.awards), eager=True)
        for read in self.reads:
            if read.kind in {"field", "relation"}:
                spec = self._spec(read)
                if spec.type != "rows" and not spec.derived:
                    columns[read.key] = self.values(spec, self.size)
                if spec.derived == "full_years_since_birth":
                    columns["birth"] = self.values(self.words.fields["birth"], self.size)
                if spec.derived == "days_from_to":
                    columns |= self._days(spec.args["from"], spec.args["to"])
            elif read.kind == "case":
                words = list(self.words.case_codes.get(read.key, {})) or list(WORDS)
                columns[f"case.{read.key}"] = self.some(words, self.size)
            elif read.kind == "judged" and self.words.judgements[read.key].about == "case":
                columns[f"judged.{read.key}"] = self.values(self.words.judgements[read.key].answer, self.size)
            elif read.kind == "document":
                columns[f"documents.{read.key}"] = pl.Series(self.chance.integers(0, 4, self.size))
            elif read.kind == "opinion":
                columns[f"opinions.{read.key}"] = self.some(["同意", "不同意"], self.size)
            elif read.kind == "score":
                columns[f"scores.{read.key}"] = pl.Series(self.chance.integers(40, 100, self.size))
        return pl.DataFrame(columns)

    def rows(self) -> dict[str, pl.DataFrame]:
        """Long tables of the groups that rules read, and of the résumé where a field is counted from it."""
        groups = sorted({read.key for read in self.reads if read.kind == "rows"})
        derived = {self._spec(read).derived for read in self.reads if read.kind in {"field", "relation"}}
        if any(one.startswith("years_in_resume") for one in derived):
            groups.append("resume")
        return {group: self._group(group, self.size * ROWS_EACH // len(groups)) for group in groups}

    def _days(self, first: str, last: str) -> dict[str, pl.Series]:
        """Spans of up to twelve days."""
        begin = np.datetime64("2026-05-01") + self.chance.integers(0, 40, self.size).astype("timedelta64[D]")
        end = begin + self.chance.integers(0, 12, self.size).astype("timedelta64[D]")
        return {
            name: self._blanked(pl.Series(days).cast(pl.Date), self.size)
            for name, days in ((first, begin), (last, end))
        }

    def _group(self, group: str, number: int) -> pl.DataFrame:
        person = np.sort(self.chance.integers(0, self.size, number)).astype(np.uint32)
        specs = self.words.columns(group)
        if group == "registry":
            return pl.DataFrame({"person": person, **self._registry(number)})
        if group == "resume":
            return pl.DataFrame({"person": person, **self._resume(number)})
        wanted = {read.key.partition(".")[2] for read in self.reads if read.key.startswith(f"{group}.")}
        judged = {
            f"judged.{read.key}": self.some([True, False], number)
            for read in self.reads
            if read.kind == "judged" and self.words.judgements[read.key].rows == group
        }
        found = {name: self.values(specs[name], number) for name in specs if name in wanted}
        return pl.DataFrame({"person": person, **found, **judged})

    def _registry(self, number: int) -> dict[str, pl.Series]:
        """Earlier honours, of which few are those that rules ask for."""
        programmes = ["national-talent-plan", "ministry-talent-plan", "national-artisan", "artisan-trainee"]
        return {
            "programme": self.some([*programmes, *(f"city-{n}" for n in range(16))], number),
            "state": self.some(["stands", "trainee", "ended"], number),
            "date": self.values(FieldSpec("date", type="date"), number),
        }

    def _resume(self, number: int) -> dict[str, pl.Series]:
        since = self.chance.integers(1985 * 12, 2024 * 12, number)
        until = since + self.chance.integers(1, 150, number)
        months = pl.Series([f"{n // 12}-{n % 12 + 1:02d}" for n in range(1985 * 12, 2040 * 12)])
        kind = pl.Enum(months)
        return {
            "from": months.cast(kind).gather(since - 1985 * 12),
            "to": months.cast(kind).gather(until - 1985 * 12),
            "in_trade": self.some([True, False], number),
            "on_site": self.some([True, False], number),
            "region": self.some(["南宁市", "广西壮族自治区南宁市", "柳州市"], number),
        }

    def values(self, spec: FieldSpec, number: int) -> pl.Series:
        """Plausible values of a field, some left blank."""
        if spec.type == "number":
            return self._blanked(pl.Series(self.chance.integers(0, 3000, number) / 100), number)
        if spec.type == "int":
            return self._blanked(pl.Series(self.chance.integers(1, 15, number)), number)
        if spec.type in {"date", "month"}:
            days = np.datetime64("1965-01-01") + self.chance.integers(0, 13000, number).astype("timedelta64[D]")
            found = pl.Series(days).cast(pl.Date)
            return self._blanked(found if spec.type == "date" else found.dt.strftime("%Y-%m"), number)
        if spec.type == "year":
            return self._blanked(pl.Series(self.chance.integers(2010, 2027, number)), number)
        if spec.type == "yes_no":
            return self.some([True, True, False], number)
        codes = self.words.code_list(spec)
        if not codes.items:
            return self.some(WORDS, number)
        return self.some([*codes.items, *(["别的"] if codes.open else [])], number)

    def some(self, values: Sequence[object], number: int) -> pl.Series:
        """One of these each, some blank."""
        words = list(dict.fromkeys(values))
        kind = pl.Boolean if isinstance(words[0], bool) else pl.Enum([str(one) for one in words])
        return self._blanked(pl.Series(values, dtype=kind).gather(self.chance.integers(0, len(values), number)), number)

    def _blanked(self, values: pl.Series, number: int) -> pl.Series:
        blank = pl.Series(self.chance.random(number) < BLANK)
        return pl.DataFrame({"v": values, "b": blank}).select(pl.when(~pl.col("b")).then("v").alias("v"))["v"]

    def _spec(self, read: Read) -> FieldSpec:
        relation, dot, key = read.key.partition(".")
        if not dot:
            return self.words.fields[read.key]
        return self.words.of_kind(self.words.relations[relation][0])[key]


def reads_of_pack(pack: Pack) -> list[Read]:
    """Everything that the pack's rules and exceptions read, in a fixed order."""
    found = {read for rule in pack.ready_rules for read in rule.reads()}
    found |= {read for one in pack.ready_exceptions if one.when for read in one.when.reads()}
    return sorted(found | _keys_of_tables(found, pack.vocabulary))


def _keys_of_tables(reads: set[Read], words: Vocabulary) -> set[Read]:
    tables = [words.tables[read.key] for read in reads if read.kind == "table"]
    return {Read("case", key.removeprefix("case.")) for one in tables for key in one.by if key.startswith("case.")}
