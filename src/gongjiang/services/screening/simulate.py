"""The same people under other values: who falls out, who comes in, under which clause, and whom it meets most."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from gongjiang.services.screening.screen import Screened

GROUPINGS: Final = (
    ("gender", "性别"),
    ("region", "地区"),
    ("case.nominator", "推荐单位"),
    ("ownership", "单位性质"),
)
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
        return {label: self._by(name) for name, label in GROUPINGS if name in self.before.file.table.columns}

    def _by(self, name: str) -> list[Share]:
        frame = pl.DataFrame(
            {
                "value": self.before.file.table[name].cast(pl.String).fill_null(_BLANK),
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


def compare(before: Screened, after: Screened) -> Compared:
    """Who is refused only after, or only before."""
    then, now = before.standing == "fail", after.standing == "fail"
    return Compared(before, after, (now & ~then).arg_true(), (then & ~now).arg_true())


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value if key == "value" else int(value) for key, value in row.items()}
