"""What follows from a tier of a process: its effects, or another try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.rules.assessment.due import Value, moved
from gongjiang.rules.programmes.schema.process import Effect, Outcome, Span

LABELS = {
    "confer": "认定，颁发证书", "renew": "续期", "end": "期满终止", "suspend": "暂停", "revoke": "撤销、收回证书",
    "bar": "限期不得申报", "retry": "再考核一次", "prefer": "优先推荐", "enter": "直接进入上一级评选",
    "pay": "发放", "stop": "终止待遇", "reclaim": "追回", "explain": "说明情况", "keep": "保持不变",
    "reduce_quota": "核减下届名额", "cancel": "取消资格", "backfill": "依次递补",
}  # fmt: skip
"""Effects as people call them."""


@dataclass(frozen=True, slots=True)
class Following:
    """What follows for one case: the tier it ends at (another one after the last try), effects in order, from which
    day it is tried again."""

    tier: str
    label: str
    effects: tuple[Effect, ...]
    again_on: date | None = None


def follow(
    tiers: Sequence[Outcome], tier: str, tries: int, decided_on: date, value: Value = lambda one: one
) -> Following:
    """What follows from a tier. `tries`: how often it was tried again already; a tier that has been tried again as
    often as it may be becomes the one that it names for that (`else`).

    Raises KeyError for a tier that the process doesn't have.
    """
    known = {one.id: one for one in tiers}
    here = known[tier]
    again = next((one for one in here.effects if one.word == "retry"), None)
    if again is None:
        return Following(here.id, here.shown, here.effects)
    times = int(value(again.args.get("times", 1)))
    if tries >= times:
        last = known[str(again.args["else"])]
        return Following(last.id, last.shown, last.effects)
    day = moved(Span.model_validate(again.args["after"]), decided_on, value)
    return Following(here.id, here.shown, here.effects, day)


PAID_BACK = {"unspent": "未使用的部分", "all": "已发放的全部"}
"""What of what was paid is claimed back (`reclaim`)."""

EXPLAINING = {"person": "本人", "unit": "所在单位", "nominator": "推荐单位"}
"""Who owes an explanation (`explain: {by: …}`)."""


def said(effect: Effect, labels: Mapping[str, str] | None = None) -> str:
    """An effect in words, with what it is about and its length: 限期不得申报（4年）. `labels`: what the pack calls its
    benefits, by id."""
    about = []
    if effect.word in {"pay", "stop"}:
        about = [(labels or {}).get(one, one) for one in effect.named() if one != "all"]
    elif effect.word == "reclaim":
        about = [PAID_BACK[one] for one in effect.named("of") if one in PAID_BACK]
    elif effect.word == "explain":
        about = [EXPLAINING.get(str(effect.args.get("by", "person")), "本人")]
    within = effect.args.get("within")
    length = "".join(
        f"{given[key]}{unit}"
        for given in (effect.args, within if isinstance(within, Mapping) else {})
        for key, unit in (("years", "年"), ("months", "个月"), ("days", "天"))
        if given.get(key) is not None
    )
    label = LABELS.get(effect.word, effect.word)
    told = "，".join((*about, *([f"{length}内" if within else length] if length else ())))
    return f"{label}（{told}）" if told else label
