"""When a value becomes known, as the place of a stage in the pack; what is read earlier can only be unknown."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.problems import Path


class Moment(NamedTuple):
    """At which stage (its place in the order) something is settled, and what that is, for people."""

    place: int
    stage: str
    what: str


def judged_at(name: str, draft: Draft) -> Moment | None:
    """When a judgement is made: by `before`, else at the first stage whose `by` shares a role with its own."""
    one = next((one for _, one in draft.items("judgements.*") if one.get("id") == name), None)
    if one is None:
        return None
    before = one.get("before")
    if isinstance(before, str):
        return Moment(draft.stage_order.get(before, 0), before, f"认定“{name}”")
    roles = draft.roles(one.get("by"))
    for place, (_, stage) in enumerate(draft.stages):
        if roles & (draft.roles(stage.get("by")) | draft.roles(stage.get("jury"))):
            return Moment(place, str(stage.get("id")), f"认定“{name}”")
    return None


def opinion_at(name: Any, draft: Draft) -> Moment | None:
    """When the box of an opinion sheet (`sheet.party`) is filled: its party's `at`, else the sheet's stage."""
    sheet, _, party = str(name).partition(".")
    found = next((one for _, one in draft.items("opinions.*") if one.get("id") == sheet), {})
    inside = found.get("parties")
    box = next((one for one in _mappings(inside) if one.get("id") == party), {})
    stage = box.get("at") or found.get("stage")
    place = draft.stage_order.get(str(stage))
    return None if place is None else Moment(place, str(stage), f"意见“{name}”")


def scored_at(name: str, draft: Draft) -> Moment | None:
    """When a scoring node is settled: at the panel that scores its tree, if any leaf of it is judged."""
    for _, root in draft.items("scoring.*"):
        nodes = list(_nodes(root))
        if not any(one.get("id") == name for one in nodes) or not any("judged" in one for one in nodes):
            continue
        for place, (_, stage) in enumerate(draft.stages):
            if stage.get("scoring") == root.get("id"):
                return Moment(place, str(stage.get("id")), f"得分“{name}”")
    return None


def needs(path: Path, draft: Draft, seen: frozenset[str] = frozenset()) -> Iterator[tuple[Path, Moment]]:
    """Everything that the conditions under a path read and that is only settled during the run."""
    judged_params = {str(one.get("id")): one.get("judged") for _, one in draft.items("params.*") if one.get("judged")}
    for at, node, _ in draft.parts(path):
        for moment in _direct(node, draft):
            yield at, moment
        for value in node.values():
            word = value[1:] if isinstance(value, str) and value.startswith("$") else value
            name = judged_params.get(word) if isinstance(word, str) and (value != word or "param" in node) else None
            found = judged_at(str(name), draft) if name else None
            if found:
                yield at, found
        rule = node.get("rule")
        if isinstance(rule, str) and rule not in seen:
            for inner, one in draft.items("rules.*"):
                if one.get("id") == rule:
                    yield from ((at, moment) for _, moment in needs(inner, draft, seen | {rule}))


def _direct(node: Mapping[str, Any], draft: Draft) -> Iterator[Moment]:
    for key, when in (("judged", judged_at), ("opinion", opinion_at), ("score", scored_at)):
        name = node.get(key)
        found = when(name, draft) if isinstance(name, str) else None
        if found:
            yield found


def _nodes(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield root
    for one in _mappings(root.get("of")):
        yield from _nodes(one)


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def gate_of(rule: Mapping[str, Any], draft: Draft) -> tuple[int, str] | None:
    """The place and id of the stage at which a rule must hold: `gate`, else the first check, else the first after
    apply."""
    said = word_list(rule.get("gate"))
    if said:
        place = draft.stage_order.get(said[0])
        return None if place is None else (place, said[0])
    kinds = [str(one.get("type")) for _, one in draft.stages]
    place = kinds.index("check") if "check" in kinds else next((i for i, k in enumerate(kinds) if k != "apply"), -1)
    return None if place < 0 else (place, str(draft.stages[place][1].get("id")))
