"""A rule must not be asked before it can be answered."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.moments import gate_of, judged_at, needs


@lint("gate.too_early", "规则的把关环节不得早于所据认定作出的环节")
def gated_too_early(draft: Draft) -> Iterator[Finding]:
    """Hard and soft rules whose gate lies before a judgement, opinion or score that they read."""
    for path, rule in draft.items("rules.*"):
        gate = gate_of(rule, draft)
        if str(rule.get("force", "hard")) not in {"hard", "soft"} or gate is None:
            continue
        for at, moment in needs(path, draft):
            if moment.place > gate[0]:
                yield Finding(
                    (*path, "gate") if "gate" in rule else at,
                    f"规则“{rule.get('id')}”在环节“{gate[1]}”把关，而{moment.what}到环节“{moment.stage}”才有："
                    f"请把 gate 改到“{moment.stage}”或以后。",
                    f"Rule '{rule.get('id')}' gates at '{gate[1]}', before '{moment.stage}' settles what it reads.",
                )


@lint("gate.stage_when", "环节的适用条件须在此前已能判断")
def stage_when(draft: Draft) -> Iterator[Finding]:
    """`when` of a stage that reads what only a later stage settles."""
    for place, (path, stage) in enumerate(draft.stages):
        for at, moment in needs((*path, "when"), draft):
            if moment.place > place:
                yield Finding(
                    at,
                    f"环节“{stage.get('id')}”是否适用取决于{moment.what}，而它到环节“{moment.stage}”才有。",
                    f"Whether stage '{stage.get('id')}' applies is only settled at '{moment.stage}'.",
                )


@lint("gate.pool", "口径须在名单定下时能数清")
def pool_members(draft: Draft) -> Iterator[Finding]:
    """`where` of a pool that reads what is settled only after the list it counts is closed."""
    for path, pool in draft.pools:
        place = draft.stage_order.get(str(pool.get("on")))
        for at, moment in needs((*path, "where"), draft):
            if place is not None and moment.place > place:
                yield Finding(
                    at,
                    f"口径“{pool.get('id')}”在环节“{pool.get('on')}”就要数，而{moment.what}到“{moment.stage}”才有。",
                    f"Pool '{pool.get('id')}' is counted at '{pool.get('on')}', before '{moment.stage}' settles it.",
                )


@lint("judgement.nobody", "每项认定都要有人在某个环节作出")
def nobody(draft: Draft) -> Iterator[Finding]:
    """A judgement without `before` whose `by` takes part in no stage would never be made."""
    for path, one in draft.items("judgements.*"):
        if draft.stages and "before" not in one and judged_at(str(one.get("id")), draft) is None:
            yield Finding(
                path,
                f"认定“{one.get('id')}”没有环节能作出：by 所列的人不经办任何环节，请改 by 或写 before。",
                f"No stage is run by those who make the judgement '{one.get('id')}': change by, or write before.",
            )


@lint("exception.too_late", "破格须在所免规则把关之前批准")
def waived_too_late(draft: Draft) -> Iterator[Finding]:
    """An exception granted only after the rule that it waives has already refused."""
    rules = {str(one.get("id")): one for _, one in draft.items("rules.*")}
    for path, one in draft.items("exceptions.*"):
        approval = one.get("approval")
        at = draft.stage_order.get(str(approval.get("at"))) if isinstance(approval, dict) else None
        for name in word_list(one.get("waives")):
            gate = gate_of(rules[name], draft) if name in rules else None
            if at is not None and gate is not None and at > gate[0]:
                yield Finding(
                    (*path, "approval"),
                    f"破格“{one.get('id')}”要到后面的环节才批准，而所免的规则“{name}”在“{gate[1]}”就把关。",
                    f"Exception '{one.get('id')}' is granted after rule '{name}' gates at '{gate[1]}'.",
                )
