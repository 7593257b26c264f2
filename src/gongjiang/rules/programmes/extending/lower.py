"""A programme of one's own under a framework, as an office fills it in on screen: the data of its pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.extending.local_rules import LocalRule, written
from gongjiang.rules.programmes.extending.parts import version_of
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Award, Param, Role

BELOW: Final = {"province": "city", "city": "county"}
"""Which level's unions stand right under an office of this level."""


@dataclass(frozen=True)
class Wish:
    """What the form says. `params`: id → value as typed; `reasons`: id → why a value is looser than the upper's.

    `windows`: id of a time → first and last day. `recommenders`: roles of the upper's group that may recommend here.
    `snippet`: sections of a pack, read from YAML, for what the form has no words for.
    """

    id: str
    title: str
    level: str
    issued_by: str
    issued_on: date
    basis: str
    award: str
    award_label: str = ""
    doc_no: str = ""
    places: str = ""
    windows: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    recommenders: tuple[str, ...] = ()
    rules: tuple[LocalRule, ...] = ()
    snippet: Mapping[str, Any] = field(default_factory=dict)


def awards_for(upper: Pack, level: str) -> tuple[Award, ...]:
    """The awards of a framework that an office of this level runs."""
    return tuple(one for one in upper.awards if one.level in (None, level))


def open_params(upper: Pack, award: str) -> tuple[Param, ...]:
    """Params that a lower programme may move: those with a direction, for its award."""
    return tuple(one for one in upper.params if one.tighter and (not one.award or award in one.award))


def nominating_group(upper: Pack) -> tuple[Role | None, tuple[Role, ...]]:
    """The group whose organisations recommend, and its members."""
    roles = {one.id: one for one in upper.roles}
    group = next((one for one in upper.roles if one.nominates and one.any_of), None)
    return group, tuple(roles[one] for one in group.any_of if one in roles) if group else ()


def lower_data(upper: Pack, wish: Wish) -> dict[str, Any]:
    """The pack's data. Raises BadInput for what can be told before it is loaded; the loader tells the rest."""
    if not wish.basis.strip():
        raise BadInput("请写明本级依据（文件名称、文号）。", "Say on what basis.", place="本级依据")
    if wish.award not in {one.id for one in awards_for(upper, wish.level)}:
        raise BadInput("这一级不能办这个奖项。", "This level doesn't run that award.", place="奖项")
    data: dict[str, Any] = {"pack": _header(upper, wish), "awards": [_award(wish)]}
    data["params"], data["departs"] = _params(upper, wish)
    data["roles"] = _roles(upper, wish)
    data["times"] = [
        {"id": name, "window": {"from": first, "to": last}, "assumed": wish.basis}
        for name, (first, last) in wish.windows.items()
    ]
    data["rules"], data["judgements"] = _rules(upper, wish)
    data["pools"] = _pools(upper, wish)
    for section, said in wish.snippet.items():
        data[section] = _joined(data.get(section), said, section)
    return {section: one for section, one in data.items() if one}


def _header(upper: Pack, wish: Wish) -> dict[str, Any]:
    as_of = dict(upper.source.data["pack"]["as_of"])
    prefix = upper.pack.short or f"{upper.id} "
    if "cite" in as_of:
        said = as_of["cite"]
        as_of["cite"] = [f"{prefix}{one}" for one in ([said] if isinstance(said, str) else said)]
    header = {
        "id": wish.id,
        "version": "1.0.0",
        "status": "released",
        "kind": "campaign",
        "level": wish.level,
        "year": wish.issued_on.year,
        "title": wish.title.strip(),
        "extends": version_of(upper.source.data),
        "issued_by": [wish.issued_by],
        "issued_on": wish.issued_on,
        "calendar": upper.pack.calendar,
        "as_of": as_of,
    }
    return {**header, "doc_no": wish.doc_no.strip()} if wish.doc_no.strip() else header


def _award(wish: Wish) -> dict[str, Any]:
    return {"id": wish.award, **({"label": wish.award_label.strip()} if wish.award_label.strip() else {})}


def _params(upper: Pack, wish: Wish) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    made, departs = [], []
    for one in open_params(upper, wish.award):
        text = wish.params.get(one.id, "").strip()
        if not text or one.value is None:
            continue
        now, was = exact(text, place=one.shown), exact(str(one.value))
        if now == was:
            continue
        value: Any = int(now) if now.denominator == 1 else text
        made.append({"id": one.id, "value": value, "assumed": wish.basis})
        reason = wish.reasons.get(one.id, "").strip()
        if (now > was) != (one.tighter == "up"):
            if not reason:
                raise BadInput(
                    f"办法{one.clause}定为{one.value}{one.unit}，放宽为{text}{one.unit}须在下面写明理由，列为与办法不一致。",
                    "Looser than the measures: say why.",
                    place=one.shown,
                )
            departs.append({"id": f"params.{one.id}", "assumed": wish.basis, "reason": reason})
    return made, departs


def _roles(upper: Pack, wish: Wish) -> list[dict[str, Any]]:
    """Who recommends here; the organiser's own role in the group that runs the award."""
    group, members = nominating_group(upper)
    found: list[dict[str, Any]] = []
    if group is not None:
        if not set(wish.recommenders) & {one.id for one in members}:
            raise BadInput("请勾选可以推荐的单位。", "Choose who may recommend.", place="推荐单位")
        found.append({"id": group.id, "any_of": [one.id for one in members if one.id in wish.recommenders]})
        below = BELOW.get(wish.level)
        found += [
            {"id": one.id, "level": below}
            for one in members
            if one.id in wish.recommenders and below and one.level == "county" and below != one.level
        ]
    roles = {one.id: one for one in upper.roles}
    award = next(one for one in upper.awards if one.id == wish.award)
    for name in award.by:
        fitting = [each for each in roles[name].any_of if roles[each].level == wish.level] if name in roles else []
        if fitting:
            found.append({"id": name, "any_of": fitting})
    return found


def _rules(upper: Pack, wish: Wish) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    group, _ = nominating_group(upper)
    made = [written(one, n, group.id if group else "") for n, one in enumerate(wish.rules, 1)]
    return [rule for rule, _ in made], [judged for _, judged in made if judged is not None]


def _pools(upper: Pack, wish: Wish) -> list[dict[str, Any]]:
    if not wish.places.strip():
        return []
    places = exact(wish.places, place="名额")
    if places.denominator != 1 or places < 1:
        raise BadInput("名额须为正整数。", "A positive whole number.", place="名额")
    last = next((one for one in reversed(upper.stages) if _decides(one)), None)
    if last is None:
        raise BadInput("办法的程序里没有确定名单的环节，名额请写在补充片段里。", "No deciding stage.", place="名额")
    return [{"id": "local_places", "label": "名额", "on": last.id, "at_most": int(places), "assumed": wish.basis}]


def _decides(stage: Stage) -> bool:
    return stage.type in {"select", "panel"} and not stage.per


def _joined(ours: Any, said: Any, section: str) -> Any:
    """What the snippet adds to a section; the header stays the form's."""
    if section in {"pack", "uppers"}:
        raise BadInput("补充片段里不能写 pack：表头由表单生成。", "The header is the form's.", place="补充片段")
    if isinstance(ours, list) and isinstance(said, list):
        return [*ours, *said]
    return said
