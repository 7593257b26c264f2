"""Effects of decisions: a closed list of words. A new one is a new module here and touches no other.

Words that a pack may use but that this version doesn't carry out yet are named in LATER: an edition whose
outcomes use one of them is refused before it opens, never run with the word silently ignored.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from gongjiang.rules.honours.effects.base import CASE, HONOUR, Effect, Step

__all__ = ["CASE", "HONOUR", "LATER", "Effect", "Step", "effects", "label_of", "steps_of", "unfit"]

LATER: Final[Mapping[str, str]] = {
    "confer": "授予",
    "renew": "续期",
    "end": "期满",
    "suspend": "暂停",
    "bar": "限期不得申报",
    "retry": "复核补考",
    "pay": "发放",
    "reclaim": "追回",
    "prefer": "优先推荐",
    "enter": "直接进入",
}


@cache
def effects() -> Mapping[str, Effect]:
    """Effects that are carried out, by id."""
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__) if info.name != "base"]
    return {module.EFFECT.id: module.EFFECT for module in modules}


def label_of(name: str) -> str:
    """An effect as people call it."""
    found = effects().get(name)
    return found.label if found else LATER.get(name, name)


def steps_of(names: Iterable[str]) -> tuple[Step, ...]:
    """What is to be done, in the order of Step whatever the order of the words."""
    wanted = {step for name in names if name in effects() for step in effects()[name].steps}
    return tuple(step for step in Step if step in wanted)


def unfit(names: Iterable[str], over: str = CASE) -> tuple[str, ...]:
    """What speaks against running an outcome with these effects, in words; empty if nothing does. `over`: what it is
    done to, a nomination or an honour."""
    given = list(names)
    known = {name: one for name, one in effects().items() if over in one.over}
    problems = [_unknown(one, over, known) for one in given if one not in known]
    for one in (known[name] for name in given if name in known):
        problems += [
            f"后果“{one.label}”与“{known[other].label}”矛盾，不能同时写"
            for other in sorted(one.against & set(given) & set(known))
            if one.id < other
        ]
        problems += [
            f"后果“{one.label}”须与“{label_of(other)}”同写" for other in sorted(one.needs) if other not in given
        ]
    return tuple(problems)


def _unknown(name: str, over: str, known: Mapping[str, Effect]) -> str:
    if name in effects():
        when = "只用于还没有命名的申报" if over == HONOUR else "只用于已经命名的荣誉（退出、追责）"
        return f"后果“{effects()[name].label}”（{name}）{when}"
    fit = "、".join(sorted(known))
    return f"后果“{LATER.get(name, name)}”（{name}）本版本还不能自动执行，请改用已支持的后果：{fit}"
