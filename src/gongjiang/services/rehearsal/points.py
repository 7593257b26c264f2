"""What an invented nominee claims earns points: answers that a scoring tree counts are chosen for a good score."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.services.programmes.programme import Programme

#: Rows of a kind that earns points.
ROWS = (2, 4)
RECENT = 700  # days: within whatever window points are counted in


def earn(programme: Programme, award: str, answers: dict[str, Any], as_of: date, rng: Random) -> None:
    """Change answers (by path) that points are counted from. Trees that only experts fill change nothing."""
    for node in _leaves(programme.pack.scoring, award):
        most = _amount(programme, node.max)
        if node.rows is not None and isinstance(answers.get(node.rows), list) and answers[node.rows]:
            answers[node.rows] = _rows(programme, node, answers[node.rows], as_of, rng)
        elif node.rate is not None and str(node.rate.get("field")) in answers:
            value = _wanted(programme, node.rate, most, rng)
            if value is not None:
                answers[str(node.rate["field"])] = str(value)
        elif node.give is not None and node.when is not None and node.when.get("is") is True:
            name = str(node.when.get("field"))
            if answers.get(name) in ("yes", "no"):
                answers[name] = "yes" if rng.random() < 0.8 else "no"


def _leaves(nodes: tuple[ScoreNode, ...], award: str) -> Iterator[ScoreNode]:
    for node in nodes:
        if node.award and award not in node.award:
            continue
        yield node
        yield from _leaves(node.of, award)


def _amount(programme: Programme, written: Any) -> Fraction | None:
    value = programme.value(written) if written is not None else None
    return exact(value) if value is not None else None


def _rows(
    programme: Programme, node: ScoreNode, rows: list[dict[str, Any]], as_of: date, rng: Random
) -> list[dict[str, Any]]:
    """A few good rows; of what costs points seldom any."""
    per_row = node.per_row or {}
    gives = _amount(programme, per_row.get("give", node.give))
    if gives is not None and gives < 0:
        return rows[:1] if rng.random() < 0.2 else []
    made = []
    for n in range(1, rng.randint(*ROWS) + 1):
        row = {**rows[0], "id": f"{str(node.rows)[:12]}-{n}"}
        row |= _keys(programme, str(per_row.get("lookup", node.lookup or "")), row, rng)
        if per_row.get("share") in row:
            row[per_row["share"]] = str(rng.choice([1, 1, 1, 2]))
        for name, value in row.items():
            if _is_day(value):
                row[name] = (as_of - timedelta(days=rng.randint(1, RECENT))).isoformat()
        made.append(row)
    return made


def _keys(programme: Programme, name: str, row: Mapping[str, Any], rng: Random) -> dict[str, str]:
    """Keys of one row of the table, for the columns that it is read by."""
    table = programme.pack.tables.get(name)
    found: dict[str, str] = {}
    level: Any = table.rows if table else {}
    for key in table.by if table else ():
        if not isinstance(level, dict) or not level or key not in row:
            return found
        found[key] = rng.choice(sorted(level))
        level = level[found[key]]
    return found


def _wanted(programme: Programme, rate: Mapping[str, Any], most: Fraction | None, rng: Random) -> int | None:
    """A number that comes to between half of the most points and all of them; None where nothing says how many."""
    points, first, more = (_amount(programme, rate.get(key)) for key in ("points", "first", "each_more"))
    each = points if points is not None else more
    if most is None or each is None or each <= 0 or "below" in rate:
        return None
    aim = most * (5 + rng.randint(0, 5)) / 10
    steps = aim / each if first is None else max(aim - first, Fraction(0)) / each + 1
    every = _amount(programme, rate.get("every")) or Fraction(1)
    above = _amount(programme, rate.get("above")) or Fraction(0)
    return -(-(steps * every + above).numerator // (steps * every + above).denominator)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
