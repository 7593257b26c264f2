"""From what was typed to a plan: cleaned, measured, each mistake told with its line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any, Final

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import check_length, clean
from gongjiang.rules.cultivation.plans.text import Fund, Goal, Measure, Person, PlanText, Step

PARTS: Final[Mapping[str, str]] = {
    "goals": "目标",
    "measures": "措施",
    "people": "责任人",
    "steps": "节点",
    "funds": "经费",
}
"""Tables of a plan, as people call them."""

MOST: Final = 60
"""Lines of one table."""
AIM: Final = 300
LONGEST: Final = {"text": 200, "title": 60, "who": 40, "name": 20, "post": 60, "duty": 60, "purpose": 40, "source": 40}
LABELS: Final = {
    "text": "内容", "title": "节点", "who": "谁来做", "name": "姓名", "post": "单位职务", "duty": "负责什么",
    "purpose": "用途", "source": "由谁出",
}  # fmt: skip
DEAREST: Final = Decimal("99999999.99")
ALIKE: Final = 0.6

Row = Mapping[str, str]


def read_plan(typed: Mapping[str, Any], powers: Sequence[str], before: PlanText, taken: Iterable[str] = ()) -> PlanText:
    """`typed`: `aim` and for each of PARTS its rows of texts. Milestones keep the keys they have in `before`; `taken`
    are keys of other versions, never given again. Raises BadInput for the first line that can't be taken; its place is
    the table and the line."""
    aim = _short(str(typed.get("aim", "")), "总目标", AIM)
    rows = {part: _rows(typed.get(part) or (), label) for part, label in PARTS.items()}
    goals = tuple(Goal(_power(one, powers, at), _said(one, "text", at, needed=True)) for at, one in rows["goals"])
    measures = tuple(
        Measure(_said(one, "text", at, needed=True), _power(one, powers, at), _said(one, "who", at))
        for at, one in rows["measures"]
    )
    people = tuple(
        Person(_said(one, "name", at, needed=True), _said(one, "post", at), _said(one, "duty", at))
        for at, one in rows["people"]
    )
    steps = [
        Step("", _said(one, "title", at, needed=True), _power(one, powers, at), _day(one, at))
        for at, one in rows["steps"]
    ]
    funds = tuple(
        Fund(_said(one, "purpose", at, needed=True), _money(one, at), _said(one, "source", at))
        for at, one in rows["funds"]
    )
    return PlanText(aim, goals, measures, people, tuple(keyed(steps, before.steps, taken)), funds)


def keyed(steps: Sequence[Step], before: Sequence[Step], taken: Iterable[str] = ()) -> Iterator[Step]:
    """Milestones with the keys of those they were: the same title first, then the likest one left of the same power;
    a new one gets the next number, so that no key is ever given twice.

    >>> old = [Step("m1", "完成训练营"), Step("m2", "带徒两人")]
    >>> [one.key for one in keyed([Step("", "带徒三人"), Step("", "参加大赛")], old)]
    ['m2', 'm3']
    """
    free = list(before)
    found: dict[int, str] = {}
    for n, one in enumerate(steps):
        same = next((old for old in free if old.title == one.title), None)
        if same is not None:
            found[n] = same.key
            free.remove(same)
    for n, one in enumerate(steps):
        if n in found:
            continue
        near = max((old for old in free if old.power == one.power), key=lambda old: _ratio(one, old), default=None)
        if near is not None and _ratio(one, near) >= ALIKE:
            found[n] = near.key
            free.remove(near)
    last = max((_number(key) for key in (*taken, *(old.key for old in before))), default=0)
    for n, one in enumerate(steps):
        if n not in found:
            last += 1
            found[n] = f"m{last}"
        yield Step(found[n], one.title, one.power, one.due)


def _ratio(one: Step, other: Step) -> float:
    return SequenceMatcher(None, one.title, other.title, autojunk=False).ratio()


def _number(key: str) -> int:
    return int(key[1:]) if key[1:].isdecimal() else 0


def _rows(rows: Iterable[Row], label: str) -> list[tuple[str, Row]]:
    found = [one for one in rows if any(str(value).strip() for key, value in one.items() if key != "power")]
    if len(found) > MOST:
        raise BadInput(f"{label}最多 {MOST} 行，现有 {len(found)} 行。", "Too many lines.", place=label)
    return [(f"{label}第 {n} 行", one) for n, one in enumerate(found, 1)]


def _said(row: Row, key: str, place: str, *, needed: bool = False) -> str:
    text = _short(str(row.get(key, "")), LABELS[key], LONGEST[key], place)
    if needed and not text:
        raise BadInput(f"请填写{LABELS[key]}，或把这一行全部清空。", "Fill it in or clear the line.", place=place)
    return text


def _short(text: str, label: str, longest: int, place: str = "") -> str:
    kept = clean(text).strip()
    decision = check_length(kept, longest, label=label)
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too long.", place=place or label)
    if len(kept) > 4 * longest:
        raise BadInput(f"{label}太长。", "Too long.", place=place or label)
    return kept


def _power(row: Row, powers: Sequence[str], place: str) -> str:
    word = clean(str(row.get("power", ""))).strip()
    if word and word not in powers:
        raise BadInput(f"能力只能选：{'、'.join(powers)}。", "Not a power of this programme.", place=place)
    return word


def _day(row: Row, place: str) -> date | None:
    text = str(row.get("due", "")).strip()
    if not text:
        return None
    found = parse_day(text[:40], place=place)
    if not 2000 <= found.year <= 2100:
        raise BadInput("日期应在 2000 年到 2100 年之间。", "Between 2000 and 2100.", place=place)
    return found


def _money(row: Row, place: str) -> Decimal:
    text = clean(str(row.get("amount", ""))).strip().replace(",", "").replace("，", "")
    if not text:
        raise BadInput("请填写金额（元），或把这一行全部清空。", "Give the sum in yuan.", place=place)
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"金额“{text[:20]}”不是数，请填元为单位的数，如 12000。", "Not a number.", place=place) from None
    if not found.is_finite() or not 0 <= found <= DEAREST:
        raise BadInput("金额应在 0 到 99,999,999.99 元之间。", "Between 0 and 99,999,999.99.", place=place)
    if found != found.quantize(Decimal("0.01")):
        raise BadInput("金额最多写到分。", "Two decimals at most.", place=place)
    return found.quantize(Decimal("0.01"))
