"""What an honour counts as: level, year, province, state, who the person is; and under which figures it is kept.

Every figure belongs to a scope: an organisation (what it organises, whatever lies under it, and whom it nominated) or
an edition. Within a scope one honour counts once, however many ways lead to it (measures-2025 第二条; ledger M-01).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

PROVINCES: Final = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
)  # fmt: skip
"""Regions at the level of a province, as they are called for short; 新疆 holds the corps (兵团) as well."""

AGES: Final = ((35, "35岁及以下"), (45, "36—45岁"), (55, "46—55岁"))
OLDER: Final = "56岁及以上"
FACETS: Final = ("province", "gender", "age", "ownership", "programme")
HONOURS: Final = "honours"
LISTED: Final = "registers"
"""People of imported registers: counted beside honours, never twice."""
ACTIVITY: Final = "activity"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one honour counts as. `path`: the organiser's place in the tree; blank words: not known."""

    level: str
    year: int
    state: str
    province: str = ""
    gender: str = ""
    age: str = ""
    ownership: str = ""
    programme: str = ""
    path: str = ""
    nominator: int | None = None
    edition: int | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """Under whose figures it is.

        >>> sorted(Mark("city", 2026, "stands", path="/1/7/", nominator=9, edition=3).scopes)
        ['e3', 'o1', 'o7', 'o9']
        """
        own = {edition_scope(self.edition)} if self.edition is not None else set()
        return self.organisations | own

    @property
    def organisations(self) -> frozenset[str]:
        """The scopes of these that are organisations."""
        found = {organisation_scope(int(one)) for one in self.path.split("/") if one}
        if self.nominator is not None:
            found.add(organisation_scope(self.nominator))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: of a scope, a level, a year and a state, how many have this value of a facet."""

    scope: str
    of: str
    level: str
    year: int
    state: str
    facet: str
    value: str

    @property
    def key(self) -> str:
        """One word that no other cell has."""
        return "|".join((self.scope, self.of, self.level, str(self.year), self.state, self.facet, self.value))


def cell_of(key: str) -> Cell:
    """The cell that a key names.

    >>> cell_of("o7|honours|city|2026|stands|gender|女").value
    '女'
    """
    scope, of, level, year, state, facet, value = key.split("|", 6)
    return Cell(scope, of, level, int(year), state, facet, value)


def organisation_scope(organisation_id: int) -> str:
    """The figures of an organisation."""
    return f"o{organisation_id}"


def edition_scope(edition_id: int) -> str:
    """The figures of an edition."""
    return f"e{edition_id}"


def honour_cells(mark: Mark, of: str = HONOURS) -> Iterator[Cell]:
    """Every cell in which an honour (or, of LISTED, somebody of a register) counts one."""
    values = (mark.province, mark.gender, mark.age, mark.ownership, mark.programme)
    for scope in mark.scopes:
        for facet, value in zip(FACETS, values, strict=True):
            yield Cell(scope, of, mark.level, mark.year, mark.state, facet, value)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register about somebody at a level. `date`: a day, a month, a year, or nothing; `path`: of whoever
    brought the list in."""

    id: int
    level: str
    state: str
    date: str = ""
    path: str = ""
    province: str = ""
    birth: str = ""
    programme: str = ""


def listed_mark(rows: Iterable[Row]) -> tuple[int, Mark]:
    """Which of the rows about one person at one level tells who they are now, and what they count as: the latest; under
    the lowest of the organisations that list them, so that every union over it counts them too.

    >>> old, new = Row(1, "city", "trainee", "2024", "/1/7/"), Row(2, "city", "stands", "2026-05", "/1/")
    >>> key, mark = listed_mark([new, old])
    >>> key, mark.year, mark.state, mark.path
    (2, 2026, 'stands', '/1/7/')
    """
    found = sorted(rows, key=lambda one: (one.date, one.id))
    last = found[-1]
    year = int(last.date[:4]) if last.date[:4].isdecimal() else 0
    month = last.date[5:7]
    on = date(year, int(month), 1) if year and month.isdecimal() else None
    return last.id, Mark(
        level=last.level,
        year=year,
        state=last.state,
        province=_last(one.province for one in found),
        age=age_band(_last(one.birth for one in found), on) if on is not None else "",
        programme=last.programme,
        path=max((one.path for one in found), key=lambda path: (path.count("/"), path)),
    )


def _last(words: Iterable[str]) -> str:
    """The last of them that says anything."""
    return next((one for one in reversed(list(words)) if one), "")


def activity_cells(mark: Mark, year: int, kind: str, state: str) -> Iterator[Cell]:
    """Every cell in which an entry of the honour's log counts one: of organisations. By edition there would be more
    cells than people; who looks at single editions counts their entries live."""
    for scope in mark.organisations:
        yield Cell(scope, ACTIVITY, mark.level, year, state, "kind", kind)
        yield Cell(scope, ACTIVITY, mark.level, year, state, "province", mark.province)


def age_band(born: str, on: date) -> str:
    """The band of an age in whole years on a day; of a birth month ('1980-06') that is over.

    >>> age_band("1990-06", date(2025, 6, 30)), age_band("1990-07", date(2026, 6, 30)), age_band("", date(2025, 1, 1))
    ('35岁及以下', '35岁及以下', '')
    """
    year, _, rest = born.partition("-")
    month = rest[:2]
    if not (len(year) == 4 and (year + month).isdecimal() and month and 1 <= int(month) <= 12):
        return ""
    age = on.year - int(year) - (on.month < int(month))
    if age < 0:
        return ""
    return next((label for most, label in AGES if age <= most), OLDER)


def province_of(names: Iterable[str]) -> str:
    """The province that the first of these names begins with; blank for none (an industry, a ministry).

    >>> province_of(["澜江重工有限公司", "江苏省总工会"]), province_of(["新疆生产建设兵团"]), province_of(["铁路"])
    ('江苏', '新疆', '')
    """
    for name in names:
        for one in PROVINCES:
            if name.startswith(one):
                return one
    return ""
