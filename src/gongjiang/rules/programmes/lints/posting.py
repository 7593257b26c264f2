"""A naming document comes from one body, whoever nominated; a notice, too, unless each unit posts its own."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint

UNIT = "case.nominator"
EACH_THEIR_OWN = frozenset({"person", "employer"})
"""Levels whose roles are filled case by case."""


@lint("stage.one_body", "公示和命名须由一个单位办理")
def one_body(draft: Draft) -> Iterator[Finding]:
    """`by` of a publish or name stage that every case would fill otherwise: nominating units, employers, persons."""
    roles = {str(one.get("id")): one for _, one in draft.items("roles.*")}
    personal = {name for name, one in roles.items() if str(one.get("level")) in EACH_THEIR_OWN}
    own = set(personal)
    for name, one in roles.items():
        if one.get("nominates") is True:
            own |= draft.roles(name)
    for path, stage in draft.stages:
        by = draft.roles(stage.get("by")) & roles.keys()
        plain = {one for one in by if not roles[one].get("any_of")}
        each = stage.get("type") == "publish" and word_list(stage.get("per")) == [UNIT]
        if str(stage.get("type")) in {"publish", "name"} and plain and plain <= (personal if each else own):
            yield Finding(
                (*path, "by"),
                f"环节“{stage.get('id')}”由“{'、'.join(word_list(stage.get('by')))}”各自办理："
                f"请改由一个单位统一办理；由各推荐单位分别公示的，在公示环节写 per: {UNIT}。",
                f"Stage '{stage.get('id')}' would be done by each for itself: name one body, or per: {UNIT}.",
            )


@lint("stage.notice_per", "公示只能按推荐单位分开")
def whose_own(draft: Draft) -> Iterator[Finding]:
    """`per` of a publish stage: a notice may be each nominating unit's own, and nothing else."""
    for path, stage in draft.stages:
        if stage.get("type") == "publish" and word_list(stage.get("per")) not in ([], [UNIT]):
            yield Finding(
                (*path, "per"),
                f"环节“{stage.get('id')}”的 per 只能写 {UNIT}（各推荐单位分别公示本单位的人选）。",
                f"'per' of stage '{stage.get('id')}': a notice has only {UNIT}.",
            )


@lint("stage.media_proof", "刊登须有记录的，须写明媒体")
def media_named(draft: Draft) -> Iterator[Finding]:
    """`media_proof` asks for a record in each of `media`: without any it would ask for nothing."""
    for path, stage in draft.stages:
        if stage.get("media_proof") is True and not word_list(stage.get("media")):
            yield Finding(
                (*path, "media_proof"),
                f"环节“{stage.get('id')}”要求登记刊登情况，却没有写明在哪些媒体（media）。",
                f"Stage '{stage.get('id')}' asks for proof of posting but names no media.",
            )
