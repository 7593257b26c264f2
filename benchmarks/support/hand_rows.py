"""What rules written by hand in polars share: rows of people counted, years of a résumé added up, ages."""

from datetime import date

import polars as pl


def counted(rows: pl.DataFrame, people: int, condition: pl.Expr, needed: int = 1) -> pl.Series:
    """At least so many rows meet a condition: true, false, or null where open rows decide."""
    met = rows.select("person", condition.alias("met"))
    if needed == 1:
        found = pl.repeat(False, people, dtype=pl.Boolean, eager=True)
        found = found.scatter(met.filter(pl.col("met").is_null())["person"], None)
        return found.scatter(met.filter("met")["person"], True)
    some = met.filter(pl.col("met").fill_null(True)).group_by("person")
    sums = some.agg(pl.col("met").sum().alias("low"), pl.len().alias("high"))
    low, high = (pl.repeat(0, people, dtype=pl.UInt32, eager=True) for _ in range(2))
    low, high = low.scatter(sums["person"], sums["low"]), high.scatter(sums["person"], sums["high"])
    frame = pl.DataFrame({"low": low, "high": high})
    return frame.select(
        pl.when(pl.col("low") >= needed).then(True).when(pl.col("high") < needed).then(False).alias("met")
    )["met"]


def months(table: pl.DataFrame, people: int, counts: pl.Expr, end: date) -> tuple[pl.Series, pl.Series]:
    """Months of the rows that count and of those that may, no month twice; null where no row says."""
    last = end.year * 12 + end.month - 1

    def index(name: str) -> pl.Expr:
        text = pl.col(name).cast(pl.String)
        return text.str.slice(0, 4).cast(pl.Int64) * 12 + text.str.slice(5, 2).cast(pl.Int64) - 1

    rows = table.select("person", counts.alias("counts"), since=index("from"), until=index("to").fill_null(last))
    told = rows.filter(pl.col("counts").is_not_null())["person"]
    heard = pl.repeat(False, people, dtype=pl.Boolean, eager=True).scatter(told, True)
    rows = rows.filter((pl.col("since") <= last) & pl.col("counts").fill_null(True))
    base = pl.col("person").cast(pl.Int64) * 100_000
    rows = rows.select(
        "person", "counts", since=base + pl.col("since"), until=base + pl.min_horizontal("until", pl.lit(last))
    ).sort("since")
    return _covered(rows.filter("counts"), people, heard), _covered(rows, people, heard)


def _covered(rows: pl.DataFrame, people: int, heard: pl.Series) -> pl.Series:
    before = pl.col("until").cum_max().shift(1, fill_value=-100_000)
    fresh = pl.when(pl.col("since") > before + 1).then(pl.col("until") - pl.col("since"))
    added = fresh.otherwise((pl.col("until") - before).clip(lower_bound=0))
    sums = rows.select("person", added.alias("months")).group_by("person").agg(pl.col("months").sum())
    found = pl.repeat(0, people, dtype=pl.Int64, eager=True).scatter(sums["person"], sums["months"])
    return pl.DataFrame({"m": found, "h": heard}).select(pl.when("h").then("m").alias("m"))["m"]


def at_least(low: str, high: str, bound: int) -> pl.Expr:
    """A range of numbers against a bound."""
    return pl.when(pl.col(low) >= bound).then(True).when(pl.col(high) < bound).then(False)


def ages(birth: pl.Expr, on: date) -> tuple[pl.Expr, pl.Expr]:
    """The least and the most full years since some day of a month `1980-06`."""
    text = birth.cast(pl.String)
    year, month = text.str.slice(0, 4).cast(pl.Int64), text.str.slice(5, 2).cast(pl.Int64)
    full = on.year - year
    return full - (month >= on.month).cast(pl.Int64), full - (month > on.month).cast(pl.Int64)


def filled(name: str) -> pl.Expr:
    """Something was filled in (a nomination handed in)."""
    return pl.col(name).is_not_null()


def claimed(name: str) -> pl.Expr:
    """A yes/no that is no when it is blank."""
    return pl.col(name).fill_null(False)
