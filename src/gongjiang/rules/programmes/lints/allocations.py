"""How places come about: one way an allocation, tiers that can be read, weights that make a whole, known units."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean

WAYS: Final = ("tiers", "total", "fixed")
ENDS: Final = (("at_least", "above"), ("at_most", "below"))


@lint("allocation.way", "名额分配须写明怎么分")
def way(draft: Draft) -> Iterator[Finding]:
    """Tiers, or a total to share, or fixed numbers; or only the factors that people weigh. Tiers need a factor."""
    for path, one in draft.items("allocations.*"):
        name = one.get("id")
        if "tiers" in one and "total" in one:
            text = "写了 tiers（分档）又写 total（按权重分）：请分成两项。"
            yield Finding(path, f"名额分配“{name}”{text}", f"Allocation '{name}': tiers or total, not both.")
        if not any(key in one for key in (*WAYS, "factors")):
            text = "没有写怎么分：请写 tiers、total、fixed，或只写 factors。"
            yield Finding(path, f"名额分配“{name}”{text}", f"Allocation '{name}': no way to give places.")
        elif ("tiers" in one or "total" in one) and not one.get("factors"):
            text = "没有写依据什么因素（factors）。"
            yield Finding(path, f"名额分配“{name}”{text}", f"Allocation '{name}' needs a factor.")
        if one.get("feeds") and not one.get("table"):
            yield Finding(
                (*path, "feeds"),
                f"名额分配“{name}”写了 feeds，须写明生成哪张表（table）。",
                f"Allocation '{name}' feeds no table.",
            )


@lint("allocation.number", "名额分配的数须读得懂")
def numbers(draft: Draft) -> Iterator[Finding]:
    """Places are whole numbers; one end above the other; least not above most."""
    for path, one in draft.items("allocations.*"):
        for pattern in ("tiers.*.places", "additions.*.places", "fixed.*", "total", "least", "most"):
            for at, value in draft.find(".".join(map(str, (*path, pattern)))):
                number = draft.number(value)
                bad = number is None or number < 0 or number.denominator != 1
                if bad and not draft.later(value):
                    yield Finding(at, f"名额“{value}”须是不为负的整数。", f"'{value}' is not a whole number of places.")
        for at, tier in draft.items(f"allocations.{path[-1]}.tiers.*"):
            yield from _ends(at, tier, draft)
        least, most = draft.number(one.get("least")), draft.number(one.get("most"))
        if least is not None and most is not None and least > most:
            yield Finding((*path, "least"), "每家的下限高于上限。", "least is above most.")


def _ends(path: tuple[Any, ...], tier: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    ends: list[Fraction | None] = []
    for pair in ENDS:
        given = [key for key in pair if key in tier]
        if len(given) > 1:
            yield Finding(path, f"一档里 {given[0]} 和 {given[1]} 只能写一个。", "One end is told twice.")
        for key in given:
            if draft.number(tier[key]) is None and not draft.later(tier[key]):
                yield Finding((*path, key), f"分档的界“{tier[key]}”须是数。", f"'{tier[key]}' is not a number.")
        ends.append(draft.number(tier[given[0]]) if given else None)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        yield Finding(path, "一档的下界高于上界。", "A tier's lower end is above its upper end.")


@lint("allocation.weights", "权重合计须为100%")
def weights(draft: Draft) -> Iterator[Finding]:
    """Weights add up to the whole, and only figures have one."""
    for path, one in draft.items("allocations.*"):
        factors = [(at, each) for at, each in draft.items(f"allocations.{path[-1]}.factors.*")]
        found = [draft.number(each["weight"]) for _, each in factors if "weight" in each]
        for at, each in factors:
            if each.get("type") == "text" and ("weight" in each or "tiers" in one or "total" in one):
                yield Finding(at, "文字情况不能参与计算（type: text）。", "A text can't be computed with.")
        if found and None not in found:
            whole = sum((each for each in found if each is not None), Fraction(0))
            if len(found) == len(factors) and whole != 1:
                yield Finding(
                    (*path, "factors"),
                    f"名额分配“{one.get('id')}”的权重合计{decimal_text(whole * 100)}%，须为100%。",
                    f"Weights of '{one.get('id')}' add up to {decimal_text(whole * 100)}%.",
                )


@lint("allocation.units", "名额分配所提的单位须在表里")
def units(draft: Draft) -> Iterator[Finding]:
    """Units of an allocation with a table that has rows are rows of it, or lie inside one; none is told twice."""
    told: dict[tuple[str, str], str] = {}
    for path, one in draft.items("allocations.*"):
        table, name = str(one.get("table")), str(one.get("id"))
        known = _names(draft, table)
        places = [("units",), ("fixed",), *(("additions", n, key) for n in range(99) for key in ("units", "among"))]
        for inside in places if known else []:
            for unit in _words(one, inside):
                if unit not in known:
                    hint, english = did_you_mean(unit, known)
                    yield Finding(
                        (*path, *inside), f"名额表“{table}”里没有“{unit}”。{hint}", f"No unit '{unit}'.{english}"
                    )
        for unit in {*_words(one, ("units",)), *_words(one, ("fixed",))}:
            other = told.setdefault((table, unit), name)
            if other != name:
                yield Finding(path, f"“{unit}”已在名额分配“{other}”里。", f"'{unit}' stands in '{other}' already.")


def _words(one: Any, path: tuple[Any, ...]) -> list[str]:
    for key in path:
        if isinstance(one, dict):
            one = one.get(key)
        elif isinstance(one, list) and isinstance(key, int) and key < len(one):
            one = one[key]
        else:
            return []
    return list(map(str, one)) if isinstance(one, dict) else word_list(one)


def _names(draft: Draft, table: str) -> dict[str, str]:
    """Rows of a table of places, and the units inside them."""
    found: dict[str, str] = {}
    for path, row in draft.find(f"tables.{table}.rows.*"):
        inner = {**row.get("includes", {}), **row.get("split", {})} if isinstance(row, dict) else {}
        found |= {str(name): "" for name in (path[-1], *inner)}
    return found
