"""A small invented vocabulary and facts for the tests of conditions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions import Condition, parse
from gongjiang.rules.programmes.evaluate import ReadyRule
from gongjiang.rules.programmes.explain import Verdict
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.vocabulary import (
    AttachmentSpec,
    CodeList,
    FieldSpec,
    JudgementSpec,
    ParamSpec,
    Table,
    Vocabulary,
)

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SKILLS = {"unique": "绝技高招", "other": "其他"}


def fields(*specs: FieldSpec) -> dict[str, FieldSpec]:
    """Specs by id."""
    return {one.id: one for one in specs}


WORDS = Vocabulary(
    fields=fields(
        FieldSpec("years", "生产现场工作年限", "number", "年"),
        FieldSpec("age", "年龄", "int", "周岁", derived="full_years_since_birth"),
        FieldSpec("birth", "出生年月", "month"),
        FieldSpec("gender", "性别", "code", codes="gender"),
        FieldSpec("level", "技能等级", "code", codes="level"),
        FieldSpec("owner", "单位性质", "code", codes="owner"),
        FieldSpec("trade", "工种"),
        FieldSpec("employer", "工作单位"),
        FieldSpec("craft", "传统技艺"),
        FieldSpec("member", "工会会员", "yes_no"),
        FieldSpec("heir", "是否传承人", "yes_no", detail=True),
        FieldSpec("trainee", "培育对象", "yes_no", blank="none"),
        FieldSpec("patents", "专利", "int", "项", blank="none"),
        FieldSpec("skills", "工艺专长", "checks", options=SKILLS, multi=True),
        FieldSpec("standing", "技术水平", "checks", options={"world": "国际领先", "china": "国内领先"}),
        FieldSpec("hired", "入职日期", "date"),
        FieldSpec("experts", "推荐专家", "rows", group="experts"),
    ),
    kinds={"person": fields(FieldSpec("level", "技能等级", "code", codes="level"))},
    groups={
        "experts": fields(
            FieldSpec("employer", "工作单位"),
            FieldSpec("trade", "专业"),
            FieldSpec("level", "技能等级", "code", codes="level"),
        ),
        "contests": fields(
            FieldSpec("contest", "赛事", "code", codes="contest"),
            FieldSpec("rank", "名次", "int"),
            FieldSpec("year", "年份", "year"),
            FieldSpec("patented", "是否转化", "yes_no", detail=True),
        ),
    },
    group_labels={"experts": "推荐专家", "contests": "竞赛名次"},
    relations={"leader": ("person", False), "members": ("person", True)},
    codes={
        "gender": CodeList(("男", "女")),
        "level": CodeList(("初级工", "高级工", "技师", "高级技师"), ordered=True),
        "owner": CodeList(
            ("公有制", "非公有制", "民营企业", "外资企业"), parents={"民营企业": "非公有制", "外资企业": "非公有制"}
        ),
        "contest": CodeList(("世界技能大赛", "市级大赛", "厂内比武"), open=True),
    },
    tables={
        "bar": Table(("contest",), {"世界技能大赛": 10, "市级大赛": 3}, "名次要求"),
        "by_owner": Table(("owner", "case.route"), {"非公有制": {"自荐": 3, "推荐": 5}}, "年限表"),
    },
    judgements={
        "character": JudgementSpec("character", "政治素质是否过硬", ("office",)),
        "mastery": JudgementSpec("mastery", "技能是否领先", ("jury",)),
        "recognised": JudgementSpec("recognised", "赛事是否认可", ("office",), "row", "contests"),
        "admitted": JudgementSpec("admitted", "是否批准推荐", ("office",), "unit"),
        "method": JudgementSpec(
            "method", "用竞赛还是评审", ("office",), "each", each="trade",
            answer=FieldSpec("answer", type="code", options={"竞赛": "竞赛", "评审": "评审"}),
        ),
        "line": JudgementSpec("line", "合格线", ("council",), "edition", answer=FieldSpec("answer", type="number")),
    },
    params={
        "min_years": ParamSpec("min_years", "年限下限", "年", 5),
        "pass_line": ParamSpec("pass_line", "合格线", "分", judged="line"),
        "open": ParamSpec("open", "未答参数"),
        "apart": ParamSpec("apart", "单列", value=True, type="yes_no"),
        "trades": ParamSpec("trades", "设置的工种", value=["焊工", "车工"]),
    },
    roles={"office": "办公室", "jury": "专家", "council": "评审会", "recommender": "推荐单位"},
    rules={"r_years": "年限", "r_member": "会员"},
    attachments={"consent": AttachmentSpec("consent", "同意书"), "letters": AttachmentSpec("letters", "推荐函", 3)},
    opinions={"sheet": {"employer": "所在单位意见"}},
    scores={"total": "综合评审"},
    case_codes={"route": {"自荐": "自荐", "推荐": "推荐"}},
)  # fmt: skip

AS_OF = date(2031, 9, 30)


def facts(subject: Mapping[str, Any] | None = None, *, submitted: bool = True, **more: Any) -> Facts:
    """Facts with the small vocabulary; rows as lists of mappings."""
    rows = {group: rows_of(group, found) for group, found in more.pop("rows", {}).items()}
    more.setdefault("as_of", AS_OF)
    return Facts(WORDS, subject or {}, rows=rows, submitted=submitted, **more)


def condition(raw: Mapping[str, Any]) -> Condition:
    """Read in the small vocabulary."""
    return parse(raw, WORDS)


def verdict(raw: Mapping[str, Any], known: Facts) -> Verdict:
    """A condition on facts."""
    return condition(raw).evaluate(known)


def truth_of(raw: Mapping[str, Any], known: Facts) -> Truth:
    """Its truth alone."""
    return verdict(raw, known).truth


def rule(raw: Mapping[str, Any], id: str = "r", **more: Any) -> ReadyRule:
    """A rule with this check."""
    when = more.pop("when", None)
    return ReadyRule(id, condition(raw), when=condition(when) if when else None, **{"gate": "check", **more})
