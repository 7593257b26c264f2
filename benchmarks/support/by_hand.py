"""The rules of packs as somebody would write them in polars for just these people: the baseline of the benchmark.

Handed-in nominations; null is unknown; a rule that doesn't apply counts as met. Each function takes the table of
people, the long tables of rows and the day that counts, and gives a Boolean column for each rule.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import polars as pl

from benchmarks.support.hand_rows import ages, at_least, claimed, counted, filled, months

Tables = Mapping[str, pl.DataFrame]


def nanning(people: pl.DataFrame, rows: Tables, as_of: date) -> pl.DataFrame:
    """nanning-2026, 19 rules."""
    size = people.height
    trade_low, trade_high = months(rows["resume"], size, pl.col("in_trade"), as_of)
    in_city = pl.col("region").cast(pl.String).str.contains("南宁市", literal=True)
    city_low, city_high = months(rows["resume"], size, in_city, as_of)
    kind, level = pl.col("kind"), pl.col("level")
    contest, rank = pl.col("contest"), pl.col("rank")
    skilled = pl.col("skill_level").to_physical() >= 5
    trade = people["trade"].gather(rows["experts"]["person"]).alias("own_trade")
    experts = rows["experts"].with_columns(trade)
    bars = {
        "世界技能大赛": 10,
        "国家一类大赛": 10,
        "全国产业系统技能大赛": 5,
        "广西职工职业技能大赛": 3,
        "南宁职工职业技能大赛": 1,
    }
    prefer = {"市级技能大赛": 3, "南宁职工职业技能大赛": 3, "自治区级技能大赛": 5, "广西职工职业技能大赛": 5,
              "全国大赛": 10, "国家一类大赛": 10, "全国产业系统技能大赛": 10}  # fmt: skip
    honours, contests = rows["honours"], rows["contests"]
    found = people.with_columns(
        trade_low=trade_low, trade_high=trade_high, city_low=city_low, city_high=city_high,
        heirs=counted(
            honours, size, kind.is_in(["工艺美术大师", "非遗代表性传承人"]) & level.is_in(["国家级", "市级"])
        ),
        titles=counted(
            honours, size,
            (kind == "中华技能大奖") | ((kind == "技术能手") & level.is_in(["国家级", "省部级"])),
        ),
        science=counted(honours, size, (kind == "科学技术奖") & level.is_in(["国家级", "省部级", "市级"])),
        chief=counted(honours, size, (kind == "首席技师") & (level.to_physical() >= 2)),
        won=counted(contests, size, _placed(contest, rank, bars)),
        placed=counted(contests, size, _placed(contest, rank, prefer)),
        peers=counted(experts, size, skilled & (pl.col("trade") == pl.col("own_trade")), 2),
    )  # fmt: skip
    route = pl.col("case.route")
    six = pl.any_horizontal(
        filled("craft_speciality") & pl.col("judged.speciality"),
        filled("skill_standing") & pl.col("judged.mastery"),
        filled("teaching_ways") & pl.col("judged.leadership"),
        filled("craft") & pl.col("judged.heritage"), claimed("heir"), pl.col("heirs"),
        filled("breakthroughs") & pl.col("judged.breakthrough"),
        pl.col("titles"), pl.col("won"), pl.col("science"),
    )  # fmt: skip
    by_expert = (route == "专业人士推荐").fill_null(False)
    return found.select(
        in_city=pl.col("works_in_city"),
        years_trade=at_least("trade_low", "trade_high", 120),
        years_city=at_least("city_low", "city_high", 60),
        frontline=pl.col("on_frontline"),
        union_member=pl.col("union_member"),
        character=pl.col("judged.character"),
        powers=pl.col("judged.powers"),
        one_of_six=six,
        expert_peers=~by_expert | pl.col("peers"),
        letters_true=~by_expert | (pl.col("opinions.letter_check.verify") == "同意"),
        consent_unit=~(route == "个人自主申报").fill_null(False) | (pl.col("opinions.application.employer") == "同意"),
        consent_person=~route.is_in(["单位推荐", "专业人士推荐"]).fill_null(False) | (pl.col("documents.consent") >= 1),
        chief_technician=pl.col("chief"),
        contest_place=pl.col("placed"),
        studio_leader=claimed("studio_lead"),
        city_trainee=claimed("was_trainee"),
        focus_sector=pl.col("guide_category").is_in(FOCUS),
        grassroots=pl.col("staff_kind") == "一线产业工人",
        in_guide=(pl.col("guide_category") != "目录外") & filled("guide_trade"),
    )


def _placed(contest: pl.Expr, rank: pl.Expr, bars: Mapping[str, int]) -> pl.Expr:
    """Among these contests, and a place no lower than its bar."""
    bar = contest.cast(pl.String).replace_strict(bars, default=0, return_dtype=pl.Int64)
    return contest.is_in(list(bars)) & (rank <= pl.when(contest.is_not_null()).then(bar))


def jiangsu(people: pl.DataFrame, rows: Tables, as_of: date) -> pl.DataFrame:
    """jiangsu-2026, 43 rules."""
    size, registry = people.height, rows["registry"]
    site_low, site_high = months(rows["resume"], size, pl.col("on_site"), as_of)
    youngest, oldest = ages(pl.col("birth"), as_of)
    programme, state = pl.col("programme"), pl.col("state")
    masters = programme.is_in(["national-artisan", "artisan-trainee"])
    found = people.with_columns(
        site_low=site_low, site_high=site_high, age_low=youngest, age_high=oldest,
        plans=counted(registry, size, programme.is_in(["national-talent-plan", "ministry-talent-plan"])),
        stands=counted(registry, size, masters & (state == "stands")),
        days=(pl.col("posted_to") - pl.col("posted_from")).dt.total_days() + 1,
    )  # fmt: skip
    agreed = {one: pl.col(f"opinions.{one}") == "同意" for one in OPINIONS}
    proof = {one: pl.when(pl.col(f"documents.{one}") >= 1).then(True) for one in PROOFS}  # more may come later
    own = (pl.col("authority") == "本企业") & agreed["procedure.own_discipline"]
    upper = (pl.col("authority") == "上级单位") & agreed["procedure.upper_discipline"]
    focus = pl.col("national_employer").is_in(KEY_EMPLOYERS)
    group = ~(pl.col("corp_group") == "无")
    always = pl.lit(True)
    return found.select(
        politics=pl.col("judged.politics"),
        years_national=at_least("site_low", "site_high", 84),
        in_post=pl.col("on_frontline"),
        potential_national=pl.col("judged.potential") == "marked",
        new_productive=claimed("new_productive"),
        manufacturing=pl.col("industry") == "制造业",
        focus_national=pl.col("national_employer") != "其他单位",
        top_innovator=claimed("top_innovator"),
        urgently_needed=claimed("urgently_needed"),
        digital_skills=claimed("digital_skills"),
        youth=~at_least("age_low", "age_high", 46),
        women=pl.col("gender") == "女",
        clean=pl.col("judged.clean"),
        frontline=pl.col("judged.long_frontline"),
        powers=pl.all_horizontal([pl.col(f"judged.{one}") for one in POWERS]),
        sector=always,
        sector_focus=pl.col("judged.target_sector"),
        enterprise=always,
        enterprise_focus=focus | claimed("in_major_project"),
        digital=claimed("digital_field"),
        private=pl.col("enterprise_ownership") == "民营企业",
        age=~at_least("age_low", "age_high", 56),
        not_leader=~pl.col("is_unit_leader"),
        not_institution=~pl.col("institution_staff"),
        no_talent_plan=~pl.col("in_talent_plan") & pl.col("judged.plan_clear"),
        not_master=pl.col("judged.not_recognised"),
        plan_registry=~pl.col("plans"),
        master_registry=~pl.col("stands"),
        not_trainee=always,
        group_named=filled("corp_group"),
        asked_opinions=(own | upper) & proof["opinion_proof"],
        asked_personnel=always,
        committee=agreed["procedure.party_committee"] & proof["committee_proof"],
        posted=(pl.col("days") >= 5) & pl.col("posting_clear") & proof["posting_proof"],
        group_consent=~group | (agreed["procedure.corp_group"] & proof["group_proof"]),
        committee_in_order=pl.col("committee_on") >= pl.col("asked_on"),
        posting_in_order=pl.col("posted_from") >= pl.col("committee_on"),
        consent_in_order=~group | (pl.col("consented_on") >= pl.col("posted_to")),
        declassified=claimed("not_classified"),
        support=claimed("will_support"),
        enterprise_opinion=agreed["recommendation.enterprise"],
        recommender_opinion=agreed["recommendation.recommender"],
        arrived=pl.col("judged.mailed") & pl.col("judged.paper_arrived"),
    )


FOCUS: Final = (
    "制造业", "采矿业", "电力、热力、燃气及水生产和供应业", "信息传输、软件和信息技术服务业", "建筑业", "交通运输业",
    "医疗类", "现代服务业",
)  # fmt: skip
KEY_EMPLOYERS: Final = ("世界500强企业", "链主企业", "头部企业", "承担国家重大专项企业", "专精特新“小巨人”企业")
POWERS: Final = ("lead", "achieve", "innovate", "focus", "inherit")
OPINIONS: Final = (
    "procedure.own_discipline", "procedure.upper_discipline", "procedure.party_committee", "procedure.corp_group",
    "recommendation.enterprise", "recommendation.recommender",
)  # fmt: skip
PROOFS: Final = ("opinion_proof", "committee_proof", "posting_proof", "group_proof")
BY_HAND: Final[Mapping[str, Callable[[pl.DataFrame, Tables, date], pl.DataFrame]]] = {
    "nanning-2026": nanning,
    "jiangsu-2026": jiangsu,
}
