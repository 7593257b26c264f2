"""The tables of a report beyond people and what they do: plans, mentors, training, contact, money, courtesy.

Each cell is a figure: so many things of a list, or the sum of their amounts (measures-2025 第十条至第二十条; ledger
M-19, M-23, N-14).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongjiang.rules.reports.figures import COLUMNS, Figure

BY_LEVEL: Final = "级别"


@dataclass(frozen=True, slots=True)
class Column:
    """`of`: what its list is of; `money`: the figure is the sum of what its list is worth, in 分."""

    label: str
    of: str = "honours"
    money: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`head`: what its rows are; `adds`: can the figures of several units be added up?"""

    title: str
    head: str
    columns: Mapping[str, Column]
    adds: bool = True


TABLES: Final[Mapping[str, Table]] = {
    "p": Table("工匠人才队伍情况", BY_LEVEL, {key: Column(label) for key, label in COLUMNS.items()}),
    "x": Table("培育方案执行情况", BY_LEVEL, {
        "agreed": Column("已商定方案"), "making": Column("编制中"), "none": Column("未编制"),
        "due": Column("到期节点", "milestones"), "reached": Column("其中已完成", "milestones"),
        "late": Column("其中逾期", "milestones"),
    }),
    "m": Table("导师和带徒情况", BY_LEVEL, {
        "mentored": Column("有导师"), "both": Column("双导师齐备"), "apprentices": Column("在带徒弟", "apprentices"),
        "taken": Column("本期新带", "apprentices"), "passed": Column("本期出师", "apprentices"),
    }),
    "d": Table("各类导师", "类别", {"mentors": Column("在任导师", "mentors"), "people": Column("指导的工匠")}),
    "k": Table("培育活动情况", "种类", {"entries": Column("次数", "entries"), "people": Column("参加人数")}),
    "e": Table("训练营和课程情况", "种类", {
        "events": Column("举办", "events"), "people": Column("签到人数"), "times": Column("签到人次", "presence"),
    }),
    "l": Table("测评和考核情况", BY_LEVEL, {
        "tested": Column("入学测评"), "evaluated": Column("期末评价"), "tasks": Column("验收实践任务", "tasks"),
        "confirmed": Column("考核合格"),
    }),
    "c": Table("常态化联系情况", BY_LEVEL, {
        "contacted": Column("已联系"), "times": Column("联系次数", "contacts"), "without": Column("本期未联系"),
        "concerns": Column("诉求", "concerns"), "answered": Column("其中已答复", "concerns"),
        "midterm": Column("期中检查"),
    }),
    "t": Table("专项资金情况（元）", BY_LEVEL, {
        "approved": Column("批准预算", "budgets", money=True),
        "beyond": Column("准予超出", "allowed", money=True), "spent": Column("本期支出", "spending", money=True),
        "committed": Column("已安排未支出", "spending", money=True),
    }),
    "f": Table("专项资金按用途（元）", "级别和用途", {
        "approved": Column("批准预算", "budgets", money=True),
        "beyond": Column("准予超出", "allowed", money=True), "spent": Column("本期支出", "spending", money=True),
        "committed": Column("已安排未支出", "spending", money=True),
    }),
    "g": Table("待遇落实情况", BY_LEVEL, {
        "people": Column("享受人数"), "times": Column("给予次数", "grants"),
        "amount": Column("发放金额（元）", "grants", money=True),
        "bonus": Column("一次性奖励（元）", "bestowals", money=True),
    }),
    "w": Table("礼遇政策和宣传", BY_LEVEL, {
        "policies": Column("现行礼遇政策", "policies"), "pieces": Column("本期宣传报道", "pieces"),
    }),
    "u": Table("各单位情况", "单位", {"trainee": Column("培育对象"), "stands": Column("已认定")}, adds=False),
}  # fmt: skip
"""In the order in which a report shows them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the list of a figure. `amount`: in 分, of columns of money; an item named twice counts once."""

    table: str
    row: str
    column: str
    id: int
    amount: int = 0


def column_of(figure: str) -> Column | None:
    """The column that a figure's id names; None for no figure.

    >>> column_of("t.province.spent").money, column_of("x.province.agreed").of, column_of("q.w.e")
    (True, 'honours', None)
    """
    table, _, column = [*figure.split("."), "", ""][:3]
    return TABLES[table].columns.get(column) if table in TABLES else None


def row_name(label: str) -> str:
    """A row's name as part of a figure's id, which dots divide and a path holds.

    >>> row_name("专业.导师/甲")
    '专业·导师·甲'
    """
    return label.replace(".", "·").replace("/", "·")[:40]


def gathered(items: Iterable[Item]) -> list[Figure]:
    """Figures with their lists, in the order of ids; every cell of a row that has anything, also the empty ones."""
    cells: dict[tuple[str, str, str], dict[int, int]] = {}
    rows: dict[tuple[str, str], None] = {}
    for one in items:
        rows[one.table, one.row] = None
        cells.setdefault((one.table, one.row, one.column), {})[one.id] = one.amount
    found = []
    for table, row in sorted(rows, key=lambda one: (list(TABLES).index(one[0]), one[1])):
        for column, said in TABLES[table].columns.items():
            listed = sorted(cells.get((table, row, column), {}).items())
            amounts = tuple(n for _, n in listed) if said.money else ()
            found.append(Figure(f"{table}.{row}.{column}", said.of, tuple(pk for pk, _ in listed), amounts))
    return found


def summed(reports: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The figures of several reports added up; not those of units, which differ from report to report.

    >>> summed([{"p.city.stands": 2, "u.7.stands": 2}, {"p.city.stands": 3}])
    {'p.city.stands': 5}
    """
    found: dict[str, int] = {}
    for one in reports:
        for key, n in one.items():
            if TABLES[key.split(".")[0]].adds:
                found[key] = found.get(key, 0) + n
    return found


def in_rows(keys: Iterable[str], levels: Sequence[str]) -> dict[str, list[str]]:
    """By table, in the tables' order, the names of its rows; those of levels from the top.

    >>> in_rows(["p.city.new", "p.province.new", "k.talk.people"], ["province", "city"])
    {'p': ['province', 'city'], 'k': ['talk']}
    """
    found: dict[str, dict[str, None]] = {}
    for key in keys:
        table, row, _ = key.split(".")
        found.setdefault(table, {})[row] = None

    def order(row: str) -> int:
        level = row.partition("-")[0]
        return levels.index(level) if level in levels else len(levels)

    return {table: sorted(found[table], key=order) for table in TABLES if table in found}
