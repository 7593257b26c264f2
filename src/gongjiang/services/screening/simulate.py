"""The same people under other values: who falls out, who comes in, under which clause, and whom it meets most."""

import re
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from gongjiang.rules.programmes.vocabulary import CASE_LABELS
from gongjiang.services.screening.headings import REGION
from gongjiang.services.screening.screen import Screened

_BY: Final = (
    re.compile(r"^(gender|sex)$|^性别$"),
    re.compile(r"^(region|county|district)$|地区$|区县$|县区$|^所在[市县区]|区域$"),
    re.compile(r"^case\.nominator$"),
    re.compile(r"(^|_)ownership$|(单位|企业)性质$|所有制"),
)
"""Columns by which differences are told, by id or label: sex, region, nominating unit, ownership."""
_BLANK: Final = "未填"


@dataclass(frozen=True)
class Share:
    """One group of people: how many, how many were refused before and are after, how many newly and no longer."""

    value: str
    people: int
    before: int
    after: int
    out: int
    back: int


@dataclass(frozen=True)
class Compared:
    """Two screenings of the same file. `out`: places of those refused only now; `back`: those no longer refused."""

    before: Screened
    after: Screened
    out: pl.Series
    back: pl.Series

    def moves(self) -> list[tuple[str, str, int]]:
        """From which standing to which, how many; only where it changed."""
        frame = pl.DataFrame({"a": self.before.standing.cast(pl.String), "b": self.after.standing.cast(pl.String)})
        found = frame.filter(pl.col("a") != pl.col("b")).group_by("a", "b").len().sort("len", "a", "b", descending=True)
        return [(str(a), str(b), int(number)) for a, b, number in found.iter_rows()]

    def clauses(self) -> list[tuple[str, int, int]]:
        """For each rule that refuses others than before: its id, how many it newly refuses, how many no longer."""
        found = []
        for key, one in self.after.verdicts.rules.items():
            now, then = one.stopped, self.before.verdicts.rules[key].stopped
            newly, spared = int((now & ~then).sum()), int((then & ~now).sum())
            if newly or spared:
                found.append((key, newly, spared))
        return sorted(found, key=lambda one: (-one[1], -one[2]))

    def shares(self) -> dict[str, list[Share]]:
        """By sex, region, nominating unit and ownership, where the file says them; the largest groups first."""
        labels = {name: self._label(name) for name in self.before.file.table.columns}
        found: dict[str, list[Share]] = {}
        for by in _BY:
            for name, label in labels.items():
                if by.search(name) or by.search(label):
                    found.setdefault(label, self._by(name))
        return found

    def _label(self, name: str) -> str:
        words = self.before.pack.vocabulary
        if name == REGION.name or name in words.fields:
            return words.fields[name].shown if name in words.fields else REGION.spec.shown
        return CASE_LABELS.get(name.removeprefix("case."), name) if name.startswith("case.") else ""

    def _by(self, name: str) -> list[Share]:
        frame = pl.DataFrame(
            {
                "value": self._words(name),
                "before": self.before.standing == "fail",
                "after": self.after.standing == "fail",
            }
        )
        out, back = pl.col("after") & ~pl.col("before"), pl.col("before") & ~pl.col("after")
        found = frame.group_by("value").agg(
            pl.len().alias("people"),
            pl.col("before", "after").sum(),
            out.sum().alias("out"),
            back.sum().alias("back"),
        )
        return [Share(**_plain(one)) for one in found.sort(["people", "value"], descending=[True, False]).to_dicts()]

    def _words(self, name: str) -> pl.Series:
        """A column as people read it: labels of codes, a word for blanks."""
        words = self.before.pack.vocabulary
        found = self.before.file.table[name].cast(pl.String).fill_null(_BLANK)
        labels = words.code_list(words.fields[name]).labels if name in words.fields else {}
        return found.replace(dict(labels)) if labels else found


def compare(before: Screened, after: Screened) -> Compared:
    """Who is refused only after, or only before."""
    then, now = before.standing == "fail", after.standing == "fail"
    return Compared(before, after, (now & ~then).arg_true(), (then & ~now).arg_true())


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value if key == "value" else int(value) for key, value in row.items()}
