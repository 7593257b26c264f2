"""Conditions that an office adds on screen without writing a pack: a short list, each a sentence with one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact

SKILLS: Final = ("高级工", "技师", "高级技师", "特级技师", "首席技师")
LEVELS: Final = ("县级", "市级", "省部级", "国家级")


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` with its value's kind (number, skill, level, text or none) and how it becomes a check."""

    label: str
    takes: str
    check: Callable[[Any], Mapping[str, Any]]


KINDS: Final[Mapping[str, Kind]] = {
    "age": Kind("年龄不超过（周岁）", "number", lambda n: {"field": "age", "at_most": n}),
    "years_in_trade": Kind("从事本专业不少于（年）", "number", lambda n: {"field": "years_in_trade", "at_least": n}),
    "skill": Kind("技能等级不低于", "skill", lambda word: {"field": "skill_level", "at_least": word}),
    "union": Kind("是工会会员", "none", lambda _: {"field": "union_member", "is": True}),
    "not_leader": Kind("不担任单位领导职务", "none", lambda _: {"field": "is_unit_leader", "is": False}),
    "contest": Kind(
        "技能竞赛名次在前（名）",
        "number",
        lambda n: {"rows": "contests", "where": {"field": "rank", "at_most": n}, "count_at_least": 1},
    ),
    "honour": Kind(
        "有不低于此级别的荣誉",
        "level",
        lambda word: {"rows": "honours", "where": {"field": "level", "at_least": word}, "count_at_least": 1},
    ),
    "judged": Kind("由推荐单位认定（写明认定什么）", "text", lambda name: {"judged": name}),
}


@dataclass(frozen=True, slots=True)
class LocalRule:
    """One line of the form. `basis`: where this level orders it, in words."""

    name: str
    kind: str
    value: str
    force: str
    basis: str


def read_value(rule: LocalRule) -> Any:
    """The value as its kind takes it. Raises BadInput."""
    kind = KINDS.get(rule.kind)
    if kind is None:
        raise BadInput("请选择条件的种类。", "Choose a kind of condition.", place=rule.name)
    text = rule.value.strip()
    if kind.takes == "none":
        return None
    if kind.takes == "number":
        number = exact(text, place=rule.name)
        if number.denominator != 1:
            raise BadInput("请填整数。", "A whole number.", place=rule.name)
        return int(number)
    allowed = {"skill": SKILLS, "level": LEVELS}.get(kind.takes)
    if allowed and text not in allowed:
        raise BadInput(f"只能写：{'、'.join(allowed)}。", f"One of {', '.join(allowed)}.", place=rule.name)
    if not text:
        raise BadInput("还没有写明认定什么。", "Say what is judged.", place=rule.name)
    return text


def written(rule: LocalRule, number: int, by: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The rule as a pack writes it, and the judgement it needs, if any. `by`: the role that judges."""
    if not rule.name.strip() or not rule.basis.strip():
        raise BadInput("条件的名称和本级依据都要写。", "A condition needs a name and a basis.", place=rule.name)
    name, value = f"local_{number}", read_value(rule)
    judged = None
    if rule.kind == "judged":
        judged = {"id": name, "about": "case", "question": value, "by": by, "assumed": rule.basis.strip()}
        value = name
    check = dict(KINDS[rule.kind].check(value))
    made = {"id": name, "name": rule.name.strip(), "force": rule.force, "assumed": rule.basis.strip(), "check": check}
    return made, judged
