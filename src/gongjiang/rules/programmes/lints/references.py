"""Every id that is named must be defined: roles, stages, clauses, questions, forms, tables, nodes, tiers …

Ids inside conditions are checked where conditions are parsed.
"""

from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft, walk
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path, did_you_mean

CHINESE: Final = {
    "role": "角色", "stage": "环节", "clause": "条款", "question": "问题", "param": "参数", "table": "表",
    "codes": "代码表", "field": "字段", "group": "明细", "form": "表单", "attachment": "附件材料", "opinion": "意见表",
    "time": "时间", "score": "计分项", "tier": "档次", "award": "奖项", "subject": "对象", "kind": "对象",
    "judgement": "认定", "rule": "规则", "pool": "口径", "route": "申报方式", "rule or stage": "规则或环节",
    "list": "名单", "effect": "后果", "recusal": "回避情形",
}  # fmt: skip

EFFECTS: Final = (
    "confer", "renew", "end", "suspend", "revoke", "bar", "retry", "pay", "stop", "reclaim", "prefer", "enter",
    "reduce_quota", "cancel", "backfill", "explain", "keep",
)  # fmt: skip

RECUSAL: Final = (
    "same_employer", "same_group", "same_branch", "kin", "mentor", "co_honoured", "co_author", "recommended",
    "own_unit",
)  # fmt: skip
"""Grounds of recusal; rules/scoring/conflicts.py knows what each means."""

PLACES: Final[dict[str, tuple[str, ...]]] = {
    "role": (
        "judgements.*.by", "roles.*.any_of", "awards.*.by", "awards.*.tiers.*.by", "exceptions.*.approval.by",
        "opinions.*.by", "opinions.*.parties.*.by", "forms.*.by", "stages.*.by", "stages.*.to", "stages.*.with",
        "stages.*.jury", "stages.*.routes.*.by", "stages.*.routes.*.to", "stages.*.objections.by",
        "accountability.*.by", "obligations.*.approval.by", "cycle.special.by", "cycle.*.special.by",
        "scoring.*.judged.by", "scoring.*.of.*.judged.by", "scoring.*.of.*.of.*.judged.by",
        "scoring.*.of.*.of.*.of.*.judged.by",
    ),
    "stage": (
        "judgements.*.before", "rules.*.gate", "exceptions.*.approval.at", "opinions.*.stage",
        "opinions.*.parties.*.at", "attachments.*.at", "stages.*.from", "stages.*.after",
    ),
    "list": ("pools.*.on", "forms.*.list", "stages.*.rank.*.order"),
    "clause": ("pack.based_on.*.cite", "pack.repeals.*.cite", "notice.corrections.*.clause", "forms.*.blocks.*.clause",
        "papers.*.blocks.*.clause", "papers.*.blocks.*.powers.*.clause",
    ),
    "param": ("questions.*.param",),
    "judgement": ("params.*.judged", "tables.*.judged", "codes.*.judged"),
    "table": ("pools.*.table", "allocations.*.table", "papers.*.blocks.*.table"),
    "time": ("pack.as_of.time", "stages.*.time", "stages.*.due", "stages.*.period", "stages.*.retention"),
    "form": ("attachments.*.form", "stages.*.forms", "stages.*.fills", "stages.*.routes.*.forms"),
    "opinion": ("stages.*.sheets", "forms.*.blocks.*.sheet"),
    "award": (
        "rules.*.award", "pools.*.award", "stages.*.award", "forms.*.award", "attachments.*.award",
        "judgements.*.award", "allocations.*.award",
        "benefits.*.award", "obligations.*.award", "certificates.*.award", "opinions.*.award", "scoring.*.award",
        "cultivation.*.award",
    ),
    "tier": ("stages.*.gives", "stages.*.bands.rows.*.gives", "benefits.*.tier"),
    "subject": ("awards.*.subject", "groups.*.subject", "subjects.*.like"),
    "kind": ("fields.*.subject",),
    "codes": (
        "fields.*.codes", "groups.*.columns.*.codes", "judgements.*.answer.codes", "questions.*.answer.codes",
        "forms.*.blocks.*.codes.*",
    ),
    "attachment": ("cultivation.*.handed_in",),
    "group": ("fields.*.group",),
    "pool": ("pools.*.in", "pools.*.of"),
    "score": ("stages.*.scoring", "stages.*.rank.*.score", "stages.*.bands.score", "rules.*.check.score"),
    "rule": ("stages.*.rank.*.rule",),
    "rule or stage": ("exceptions.*.waives",),
    "recusal": ("stages.*.recusal",),
    "effect": ("stages.*.objections.outcomes.*.effects", "accountability.*.effects"),
}  # fmt: skip


@lint("unknown", "凡提到的编号都要有定义")
def unknown_ids(draft: Draft) -> Iterator[Finding]:
    """Ids at the places above, and every `cite` and `ask` wherever it stands."""
    for kind, patterns in PLACES.items():
        known = _known(draft, kind)
        for pattern in patterns:
            for path, word in draft.words(pattern):
                if word not in known:
                    yield _unknown(kind, word, path, known)
    for path, value in walk(draft.data):
        if path[:1] == ("tests",) or not path:
            continue
        kind = {"cite": "clause", "ask": "question"}.get(str(path[-1]), "")
        if not kind and len(path) > 1 and isinstance(path[-1], int) and path[-2] == "cite":
            kind = "clause"
        if kind and isinstance(value, str) and value not in draft.names.ids[kind]:
            yield _unknown(kind, value, path, draft.names.ids[kind])


@lint("unknown.param", "$名称须是已定义的参数")
def unknown_params(draft: Draft) -> Iterator[Finding]:
    """`$x` anywhere, conditions too."""
    known = draft.names.ids["param"]
    for path, value in walk(draft.data):
        if isinstance(value, str) and value.startswith("$") and value[1:] not in known:
            yield _unknown("param", value[1:], path, known)


@lint("unknown.table", "查表须有其表")
def unknown_tables(draft: Draft) -> Iterator[Finding]:
    """`{lookup: table}` anywhere, in scoring and conditions."""
    known = draft.names.ids["table"]
    for path, value in walk(draft.data):
        if path and path[-1] == "lookup" and isinstance(value, str) and value not in known:
            yield _unknown("table", value, path, known)


def _known(draft: Draft, kind: str) -> dict[str, str]:
    ids = draft.names.ids
    if kind == "list":
        return {**ids["stage"], "edition": "本届全部", "register": "名录"}
    if kind == "rule or stage":
        return {**ids["rule"], **ids["stage"]}
    if kind in {"effect", "recusal"}:
        return dict.fromkeys(EFFECTS if kind == "effect" else RECUSAL, "")
    if kind == "kind":  # a field may also be about the case itself
        return {**ids["subject"], "case": "本次申报"}
    if kind == "pool":  # a share may also be of a whole list
        return {**ids["pool"], **ids["stage"], "edition": "", "register": ""}
    if kind == "tier" and not ids["tier"]:
        return {str(one): "" for _, one in draft.find("pack.id")}
    if kind == "award" and not ids["award"]:
        return {str(one): "" for _, one in draft.find("pack.id")}
    return dict(ids[kind])


def _unknown(kind: str, word: str, path: Path, known: object) -> Finding:
    names = known if isinstance(known, dict) else {}
    hint, english = did_you_mean(word, names)
    code = "unknown." + kind.replace(" ", "_")
    return Finding(path, f"{CHINESE[kind]}“{word}”没有定义。{hint}", f"No {kind} '{word}'.{english}", code)
