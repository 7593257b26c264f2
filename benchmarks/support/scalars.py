"""Eight scalar rules and a score, three times: as a pack writes them, by hand in polars, and for OpenFisca."""

import numpy as np
import polars as pl

from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.evaluate import ReadyRule
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec, ParamSpec, Vocabulary

LEVELS = ("初级工", "中级工", "高级工", "技师", "高级技师", "特级技师")
FIELDS = (
    FieldSpec("years_trade", "从业年限", "number"),
    FieldSpec("years_city", "本市年限", "number"),
    FieldSpec("age", "年龄", "int"),
    FieldSpec("honours", "荣誉", "int"),
    FieldSpec("level", "技能等级", "code", codes="level"),
    FieldSpec("member", "工会会员", "yes_no"),
    FieldSpec("frontline", "一线", "yes_no"),
)
WORDS = Vocabulary(
    fields={one.id: one for one in FIELDS},
    codes={"level": CodeList(LEVELS, ordered=True)},
    params={"min_years": ParamSpec("min_years", value=10)},
)
CHECKS = (
    {"field": "years_trade", "at_least": "$min_years"},
    {"field": "years_city", "at_least": 5},
    {"field": "age", "at_least": 18},
    {"field": "age", "at_most": 60},
    {"field": "honours", "at_least": 1},
    {"field": "level", "at_least": "技师"},
    {"field": "member", "is": True},
    {"field": "frontline", "is": True},
)
RULES = tuple(ReadyRule(f"r{n}", parse(check, WORDS)) for n, check in enumerate(CHECKS))
SCORE = ScoreNode.model_validate(
    {
        "id": "total",
        "of": [
            {"id": "years", "rate": {"field": "years_trade", "above": 10, "points": 2}, "max": 20},
            {"id": "honours", "rate": {"field": "honours", "points": 5}, "max": 30},
            {"id": "level", "give": 10, "when": {"field": "level", "at_least": "高级技师"}},
        ],
    }
)


def arrays(size: int) -> dict[str, np.ndarray]:
    """The same people for all three, nothing blank: OpenFisca has no unknown."""
    chance = np.random.default_rng(11)
    return {
        "years_trade": chance.integers(0, 160, size) / 4,
        "years_city": chance.integers(0, 160, size) / 4,
        "age": chance.integers(16, 75, size),
        "honours": chance.integers(0, 9, size),
        "level": chance.integers(0, len(LEVELS), size),
        "member": chance.integers(0, 4, size) > 0,
        "frontline": chance.integers(0, 4, size) > 0,
    }


def table(columns: dict[str, np.ndarray]) -> pl.DataFrame:
    """As polars columns; the level as a word of its list."""
    found = {name: pl.Series(values) for name, values in columns.items() if name != "level"}
    levels = pl.Series(LEVELS, dtype=pl.Enum(LEVELS)).gather(pl.Series(columns["level"]))
    return pl.DataFrame({**found, "level": levels})


def truths_by_hand() -> list[pl.Expr]:
    """The eight rules as one would write them."""
    level = pl.col("level").to_physical()
    return [
        (pl.col("years_trade") >= 10).alias("r0"),
        (pl.col("years_city") >= 5).alias("r1"),
        (pl.col("age") >= 18).alias("r2"),
        (pl.col("age") <= 60).alias("r3"),
        (pl.col("honours") >= 1).alias("r4"),
        (level >= LEVELS.index("技师")).alias("r5"),
        pl.col("member").alias("r6"),
        pl.col("frontline").alias("r7"),
    ]


def score_by_hand() -> pl.Expr:
    """The score as one would write it."""
    years = ((pl.col("years_trade") - 10).floor().clip(lower_bound=0) * 2).clip(upper_bound=20)
    honours = (pl.col("honours") * 5).clip(upper_bound=30)
    level = pl.when(pl.col("level").to_physical() >= LEVELS.index("高级技师")).then(10).otherwise(0)
    return (years + honours + level).alias("score")


def codes_by_hand() -> list[pl.Expr]:
    """Verdict and reason in one byte a rule: passed, broken, unknown."""
    return [
        pl.when(one).then(pl.lit(0, pl.UInt8)).when(~one).then(pl.lit(2, pl.UInt8)).otherwise(pl.lit(3, pl.UInt8))
        .alias(f"r{n}")
        for n, one in enumerate(truths_by_hand())
    ]  # fmt: skip
