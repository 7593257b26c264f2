"""The expert panel: invited, declared, assigned, scored by keyboard, closed by its meeting."""

from playwright.sync_api import expect
from tests.e2e.deciding import close, judge_all, marks, open_list
from tests.e2e.hand import Crowd, Hand

EXPERTS = {
    "jia": ("贾评审", "某焊接研究所"),
    "yuanyi": ("苑一评", "某职业技术学院"),
    "qiuer": ("裘二评", "某工程设计院"),
    "fansan": ("樊三评", "某技师学院"),
}
#: What every expert gives for each of the five powers (of 20): the order of the list is theirs.
SCORES = {"何焊平": "19", "岑铸山": "18", "丁砺锋": "17", "于绣春": "15"}
TOTALS = {name: str(5 * int(one)) for name, one in SCORES.items()}

#: What the meeting finds of everybody: five powers, and three of the six conditions.
JUDGED = {
    "引领力、实践力": "yes",
    "一技之长": "yes",
    "领先水平": "yes",
    "带领团队": "no",
    "传统技艺": "no",
    "攻克难关": "yes",
}


def invite(crowd: Crowd) -> None:
    """The office asks four experts to the panel, by account."""
    zhang = open_list(crowd("zhang").act_for("选树工作领导小组办公室"), "专家评审")
    for username, (name, employer) in EXPERTS.items():
        zhang.fill({"username": username, "employer": employer})
        zhang.press("邀请")
        zhang.told(f"已邀请{name}。")


def declare(crowd: Crowd) -> None:
    """Conflicts and confidentiality first; no name is seen before. 裘二评 names his own apprentice."""
    for username in EXPERTS:
        hand = crowd(username).sees("“专家评审”回避与保密声明")
        hand.press_link("去声明")
        hand.sees("提交前不显示任何人选")
        assert not any(name in hand.text("main") for name in SCORES)
        if username == "qiuer":
            hand.fill({"mentor_of": "于绣春"})
        hand.page.get_by_label("我已阅读并遵守以上纪律").check()
        hand.press("确认，打开人选")
        hand.sees_heading("专家评审")


def assign(crowd: Crowd) -> None:
    """Three experts each, by lot, never against a conflict."""
    zhang = open_list(crowd("zhang").act_for("选树工作领导小组办公室"), "专家评审")
    zhang.fill({"seed": "20260706", "per_case": "3"})
    zhang.press("分派（补足）")
    zhang.sees("每人都有 3 位专家。")


def score(crowd: Crowd) -> None:
    """Every expert works down the queue by keyboard alone: a number, tab, the next; enter keeps and goes on."""
    for username in EXPERTS:
        hand = crowd(username).go("/todo/")
        hand.press_link("开始评分")
        hand.sees("3 未评")
        hand.press_link("继续评分")
        hand.ready()
        for _ in range(3):
            score_one(hand)
        hand.press_link("我的人选")
        hand.sees("3 草稿")
        hand.press("提交评完的…")
        hand.dialog().get_by_role("button", name="提交，不能再改").click()
        hand.sees("3 已提交")


def tab_to(hand: Hand, selector: str) -> None:
    """Tab on until such a thing has the focus."""
    for _ in range(60):
        hand.page.keyboard.press("Tab")
        if hand.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def score_one(hand: Hand) -> None:
    """The sheet that is open: tab to the first power, five numbers, enter."""
    here, name = hand.page.url, hand.text("h1")
    keys = hand.page.keyboard
    for _ in range(5):
        tab_to(hand, "[data-score]")
        keys.type(SCORES[name])
    expect(hand.page.locator("[data-total]")).to_have_text(TOTALS[name])
    keys.press("Enter")
    expect(hand.page).not_to_have_url(here)
    hand.ready()


def meet(crowd: Crowd) -> None:
    """The meeting judges what rules ask of it, and keeps three of four; the fourth waits in order."""
    yan = open_list(crowd("yan").act_for("选树工作领导小组办公室"), "专家评审")
    assert {one: yan.row(one).locator(".value").first.inner_text() for one in TOTALS} == TOTALS
    yan.sees("4 人共 24 项，由会议一并认定")
    judge_all(yan, JUDGED, "专家评审会")
    yan.told("已记录 24 项认定。")
    assert marks(yan) == {"何焊平": "列入", "岑铸山": "列入", "丁砺锋": "列入", "于绣春": "备选"}
    close(yan, "专家评审", 3, "贾评审、苑一评、裘二评、樊三评", "按得分列入前三名，于绣春备选。", votes=4)
    yan.sees("备选", "于绣春")
