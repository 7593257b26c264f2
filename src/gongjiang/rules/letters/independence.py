"""Is whoever recommends independent of the nominee: another person, from another unit where the notice asks it, no kin,
of the same trade, and nobody twice? (N-08, G-07)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.text import same_name


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one letter. `certain`: the letter does not count; else somebody has to look."""

    kind: str
    text: str
    certain: bool


def findings(
    nominee: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, outside: bool
) -> dict[str, tuple[Finding, ...]]:
    """By the row's id. Rows and nominee are values of the form in clear (name, employer, trade, id_number, mobile);
    a row may also say `kin` and `same_trade`, as the expert declared. `outside`: none from the nominee's own unit.

    Names of units are compared folded (blanks, width and brackets don't tell them apart). Of an expert named twice the
    first row counts.
    """
    seen: list[Mapping[str, Any]] = []
    found: dict[str, tuple[Finding, ...]] = {}
    for row in rows:
        told = [*_about_self(nominee, row), *_unit(nominee, row, outside), *_twice(seen, row), *_declared(nominee, row)]
        found[str(row.get("id", ""))] = tuple(told)
        seen.append(row)
    return found


def reach(addresses: Mapping[str, str], known: Iterable[tuple[str, str]]) -> dict[str, tuple[Finding, ...]]:
    """What the address says to which each expert's link was sent (by row; '' for none): never certain, for a checker to
    look into. `known`: whose the addresses are that shouldn't be the expert's, as (what it is called, address). Two
    experts at one address are told at the second.
    """
    named = [(label, address.casefold()) for label, address in known if address]
    seen: set[str] = set()
    found: dict[str, tuple[Finding, ...]] = {}
    for row, given in addresses.items():
        address = given.casefold()
        told = [label for label, other in named if address and other == address]
        texts = [f"链接发往的邮箱或手机号与{label}相同，请核对是否专家本人出具。" for label in dict.fromkeys(told)]
        if address and address in seen:
            texts.append("链接发往的邮箱或手机号与前面的推荐人相同，请核对是否各自出具。")
        seen.add(address)
        found[row] = tuple(Finding("reach", text, False) for text in texts)
    return found


def counting(
    nominee: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, outside: bool
) -> tuple[Mapping[str, Any], ...]:
    """The rows that a rule may count: those about which nothing certain was found."""
    given = tuple(rows)
    told = findings(nominee, given, outside=outside)
    return tuple(one for one in given if not any(f.certain for f in told[str(one.get("id", ""))]))


def _about_self(nominee: Mapping[str, Any], row: Mapping[str, Any]) -> list[Finding]:
    if _same(nominee, row, "id_number"):
        return [Finding("self", "推荐人就是被推荐人本人（身份证号相同）。", True)]
    if not _same(nominee, row, "name"):
        return []
    if _same(nominee, row, "mobile"):
        return [Finding("self", "推荐人就是被推荐人本人（姓名、电话相同）。", True)]
    if _both(nominee, row, "id_number"):
        return []  # a namesake: their numbers differ
    return [Finding("namesake", "推荐人与被推荐人同名，请核对是否同一人。", False)]


def _unit(nominee: Mapping[str, Any], row: Mapping[str, Any], outside: bool) -> list[Finding]:
    if not outside:
        return []
    if _same(nominee, row, "employer"):
        return [Finding("unit", f"推荐人与被推荐人同在“{row['employer']}”，须为非本单位专家。", True)]
    if _blank(row, "employer"):
        return [Finding("unit", "推荐人的单位没有填，还不能确认是不是本单位。", False)]
    one, other = (_name(of, "employer") for of in (nominee, row))
    if one and (one in other or other in one):
        text = f"“{row['employer']}”与被推荐人单位“{nominee['employer']}”名称相近，请核对是不是同一单位。"
        return [Finding("unit", text, False)]
    return []


def _twice(seen: list[Mapping[str, Any]], row: Mapping[str, Any]) -> list[Finding]:
    for one in seen:
        if _same(one, row, "id_number"):
            return [Finding("twice", "与前面的推荐人是同一人（身份证号相同），只计一次。", True)]
        named = _same(one, row, "name")
        if named and (_same(one, row, "mobile") or _same(one, row, "employer")) and not _differ(one, row, "id_number"):
            return [Finding("twice", "与前面的推荐人是同一人（姓名及单位或电话相同），只计一次。", True)]
        if named and not _differ(one, row, "id_number"):
            return [Finding("twice", "与前面的推荐人同名，请核对是否同一人。", False)]
    return []


def _declared(nominee: Mapping[str, Any], row: Mapping[str, Any]) -> list[Finding]:
    found = []
    if row.get("kin") is True:
        found.append(Finding("kin", "推荐人说明与被推荐人有亲属关系。", True))
    if row.get("same_trade") is False:
        found.append(Finding("trade", "推荐人说明与被推荐人不同行。", True))
    elif _both(nominee, row, "trade") and not _same(nominee, row, "trade"):
        text = f"推荐人专业是“{row['trade']}”，被推荐人是“{nominee['trade']}”，是否同行由审核单位认定。"
        found.append(Finding("trade", text, False))
    return found


def _name(values: Mapping[str, Any], key: str) -> str:
    return same_name(str(values.get(key) or ""))


def _blank(values: Mapping[str, Any], key: str) -> bool:
    return not _name(values, key)


def _both(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    return not _blank(one, key) and not _blank(other, key)


def _same(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    return _both(one, other, key) and _name(one, key) == _name(other, key)


def _differ(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    return _both(one, other, key) and _name(one, key) != _name(other, key)
