"""jiangsu-2026 by hand: the enterprise step by step, the city union, the province, the hand-over, the result.

何焊平 is 56: the enterprise says why, the city union accepts. Days out of order are refused where they are typed.
"""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.e2e.conftest import Complaints
from tests.e2e.deciding import judge_all, marks, open_list
from tests.e2e.filing import attach
from tests.e2e.hand import Crowd, Hand, Opener
from tests.e2e.jiangsu_world import NAME, NOW, OTHER, built_world

from gongjiang.models import Case, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.rehearsal.material import paper

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.ledger("J-02", "J-06", "J-07", "J-15", "J-17")
@pytest.mark.django_db(transaction=True)
def test_from_the_enterprise_to_the_hand_over(open_page: Opener, complaints: Complaints) -> None:
    built_world()
    crowd = Crowd(open_page)
    hand_in(crowd)
    for step in (ask_opinions, meet, post, consent, sign, vet):
        step(crowd, complaints)
    recommend(crowd)
    province(crowd)


def hand_in(crowd: Crowd) -> None:
    """The union says why somebody of 56, and hands in; the procedure may be filled in later."""
    union = crowd("shiqigong").go("/todo/").press_link(f"填完并提交{NAME}的申报")
    union.sees("提交后填", within="#steps")
    why = union.page.locator("#rules details.ask").first
    why.locator("summary").click()
    why.locator("textarea").fill("带班攻关的关键工序暂无人接替。")
    why.get_by_role("button", name="记录理由").click()
    union.told("理由已记录，由审核单位认可。")
    union.go(re.sub(r"/form/.*", "/form/confirm/", union.page.url))
    for box in union.page.get_by_label("我已阅读并确认").all():  # the reason came after what was declared before
        box.check()
    union.press("提交").told(f"{NAME}的申报已提交")


def fill_step(union: Hand, dates: Mapping[str, str], attachment: str = "", title: str = "") -> Hand:
    """What this step asks: its days, its paper; back on the nominee page."""
    union.go(nominee(union)).follow("填写、传材料", within="body")
    union.fill(dates).press("保存，下一步")
    if attachment:
        union.go(re.sub(r"/form/.*", "/form/material/", union.page.url))
        attach(union, f"#f-{attachment}", f"{title}.pdf", paper(title), title)
    return union.go(nominee(union))


def nominee(union: Hand) -> str:
    """The nominee page of the case whose form is open, or that page itself."""
    return re.sub(r"/nomin\w+/(\d+)/.*", r"/nominees/\1/", union.page.url)


def ask_opinions(crowd: Crowd, complaints: Complaints) -> None:
    """The enterprise's own discipline office agrees; without its paper and its day the step can't be done."""
    union = crowd("shiqigong")
    union.press("征求纪检监察等部门意见：办结")
    union.sees("没有办成。", "企业纪检监察部门意见：还没有意见")
    complaints.forgive("409")
    crowd("yejijian").open(NAME).agree("企业纪检监察部门意见", "未发现违纪违法情形。")
    fill_step(union, {"asked_on": "2026-06-20"}, "opinion_proof", "征求意见复函")
    union.press("征求纪检监察等部门意见：办结").told("已办理")


def meet(crowd: Crowd, complaints: Complaints) -> None:
    """A meeting before the opinions is told by its two days, and mended."""
    union = crowd("shiqigong")
    crowd("fangdangwei").open(NAME).agree("本级党委会议研究意见", "党委会议研究同意。")
    fill_step(union, {"committee_on": "2026-06-19"}, "committee_proof", "会议纪要")
    union.press("本级党委会议研究：办结")
    union.sees("本级党委会议研究日期须不早于征求意见办结日期（2026年6月20日）；申报2026年6月19日 → 不符合")
    complaints.forgive("409")
    fill_step(union, {"committee_on": "2026-06-22"})
    union.press("本级党委会议研究：办结").told("已办理")


def post(crowd: Crowd, complaints: Complaints) -> None:
    """Four days are too few, five are enough."""
    union = crowd("shiqigong")
    days = {"posted_from": "2026-06-23", "posted_to": "2026-06-26", "posting_clear": "yes"}
    fill_step(union, days, "posting_proof", "公示原文和结果")
    union.press("企业公示：办结").sees("企业公示不少于5天须同时符合3项；已符合2项，不符合1项（公示天数）")
    complaints.forgive("409")
    fill_step(union, {"posted_to": "2026-06-27"})
    union.press("企业公示：办结").told("已办理")


def consent(crowd: Crowd, _: Complaints) -> None:
    """The group agrees after the notice."""
    crowd("sujituan").act_for("云湖控股集团").open(NAME).agree("集团公司意见", "同意。")
    union = fill_step(crowd("shiqigong"), {"consented_on": "2026-06-29"}, "group_proof", "集团同意函")
    union.press("集团公司同意：办结").told("已办理")


def sign(crowd: Crowd, _: Complaints) -> None:
    """The enterprise and the group's union sign the form; with the last of them it goes to the city union."""
    crowd("bailaozong").open(NAME).agree("所在企业意见", "同意推荐。")
    crowd("sujituan").act_for("云湖控股集团工会").open(NAME).agree("所在集团工会意见", "同意推荐。")


def vet(crowd: Crowd, complaints: Complaints) -> None:
    """Each power beside what annex 1 asks; the reason for the age is accepted by somebody else than who wrote it."""
    city = crowd("gushigong").open(NAME)
    city.sees("附件1引领力", "原文误植：坚决做到“两个拥护”", within="#judge")
    city.sees("理由：带班攻关的关键工序暂无人接替。", within="#rules")
    judge_rest(("potential", "lead"))
    for words, answer in (("发展潜力", "marked"), ("充分具备“引领力”", "")):
        row = city.page.locator("#judge .judge-row").filter(has_text=words).first
        if answer:
            row.locator("select").select_option(answer)
        row.get_by_role("button", name="记录" if answer else "是", exact=True).click()
        city.told("已记录 1 项认定")
    city.check_points().press("推荐单位审核把关：通过").sees("年龄一般不超过55岁")
    complaints.forgive("409")
    city.page.get_by_role("button", name="认可理由").click()
    city.told("理由")
    city.check_points().press("推荐单位审核把关：通过").told(f"已办理：{NAME}")


def judge_rest(by_hand: tuple[str, ...]) -> None:
    """The other judgements of the city union, by the same service."""
    case = Case.objects.get(title=NAME)
    actor = actor_of(User.objects.get(username="gushigong"), NOW)
    for one in programme_of(case.process).pack.judgements:
        if one.by == ("recommender",) and one.id not in by_hand:
            judge_case(actor=actor, at=NOW, case_id=case.pk, question=one.id, answer="yes", basis="逐项核对")


def settle(hand: Hand, stage: str, present: str) -> None:
    """The list of both, with its meeting."""
    hand.fill({"m-present": present, "m-for": "2", "m-against": "0", "m-abstained": "0", "m-record": "集体研究同意。"})
    hand.press("核对名单").sees("列入 2 人，备选 0 人，不列 0 人").press("确定名单（2 人）")
    hand.told(f"“{stage}”的名单已经确定，共 2 人。")


def recommend(crowd: Crowd) -> None:
    """Two of two to three, in the city union's order, signed and sent up."""
    city = open_list(crowd("lushizhu"), "推荐单位集体研究确定").follow("云湖市总工会")
    assert set(marks(city)) == {NAME, OTHER}
    settle(city, "推荐单位集体研究确定", "陆市主、顾市工")
    for name in (NAME, OTHER):
        crowd("gushigong").open(name).agree("推荐单位意见", "同意推荐。")
    send = crowd("gushigong")
    send.press_link("推荐").sees_heading("推荐人选").ready()
    for box in send.page.locator("[name=point]").all():
        box.check()
    send.press("上报").told("已上报 2 人")


def province(crowd: Crowd) -> None:
    """The papers have come; the province decides, hands over, and records what the national union decided."""
    shen = crowd("qianshengshen")
    open_list(shen, "省总工会集体研究确定")
    judge_all(shen, {"纸质盖章版": "yes", "是否已收齐": "yes"}, "签收登记")
    settle(shen, "省总工会集体研究确定", "钱省审、沈省办")
    for stage, label in (("报全国总工会", "上报"), ("登记全国总工会遴选结果", "上级已同意")):
        shen.go("/todo/").press_link(f"“{stage}”2 件").sees_heading(stage)
        for box in shen.page.locator("[name=case]").all():
            box.check()
        shen.press(label).told("已办理 2 人")
    shen.press_link("全部人选").follow(NAME)
    shen.sees("入选后的义务", "确需变更的，依次由推荐单位、江苏省总工会批准")
