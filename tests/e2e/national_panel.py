"""The second half of national-2024: fifteen indicators by single keys, the secretariat, the notice, the register."""

from playwright.sync_api import expect
from tests.e2e.deciding import close, judge_all, open_list
from tests.e2e.hand import Crowd
from tests.e2e.national_world import NAMES

THREE = NAMES[:3]
EXPERTS = {"luo": "骆大师", "jing": "景行家", "sha": "沙精工"}
#: What every expert presses for each indicator; T is ten.
DIGITS = {"何焊平": "t", "岑铸山": "9", "丁砺锋": "8"}
TOTALS = {"何焊平": "150", "岑铸山": "135", "丁砺锋": "120"}


def seat_panel(crowd: Crowd) -> None:
    """Three experts invited, declared, and three sheets each dealt out."""
    quan = open_list(crowd("quan"), "专家评审")
    for username in EXPERTS:
        quan.fill({"username": username, "employer": "样例研究院"})
        quan.press("邀请").told(f"已邀请{EXPERTS[username]}。")
    for username in EXPERTS:
        expert = crowd(username).press_link("去声明")
        expert.page.get_by_label("我已阅读并遵守以上纪律").check()
        expert.press("确认，打开人选").sees_heading("专家评审")
    open_list(quan, "专家评审").fill({"seed": "20240401", "per_case": "3"})
    quan.press("分派（补足）").sees("每人都有 3 位专家。")


def score(crowd: Crowd) -> None:
    """Fifteen indicators by fifteen keys; the focus goes on by itself."""
    for username in EXPERTS:
        hand = crowd(username).go("/todo/").press_link("开始评分").press_link("继续评分")
        for _ in THREE:
            hand.ready()
            here, digit = hand.page.url, DIGITS[hand.text("h1")]
            expect(hand.page.locator("[data-digits] input:focus")).to_have_count(
                1
            )  # its first empty line has the focus
            for _ in range(15):
                hand.page.keyboard.press(digit)
            total = 15 * (10 if digit == "t" else int(digit))
            expect(hand.page.locator("[data-total]")).to_have_text(str(total))
            hand.press("保存，下一件")
            expect(hand.page).not_to_have_url(here)
        hand.press_link("我的人选").press("提交评完的…")
        hand.dialog().get_by_role("button", name="提交，不能再改").click()
        hand.sees("3 已提交")


def decide(crowd: Crowd) -> None:
    """The panel's meeting proposes two, the secretariat decides on them."""
    quan = open_list(crowd("quan"), "专家评审")
    assert {one: quan.row(one).locator(".value").first.inner_text() for one in THREE} == TOTALS
    judge_all(quan, {"工匠五力": "yes"}, "专家评审会议")
    quan.told("已记录 3 项认定。")
    close(quan, "专家评审", 2, "骆大师、景行家、沙精工", "按得分提出建议名单。", votes=3)
    close(open_list(quan, "书记处审定"), "书记处审定", 2, "全审定", "同意。", votes=1)


def announce_and_name(crowd: Crowd) -> None:
    """Five working days over 清明, then the document; what is conferred is 培育对象 and no more."""
    quan = crowd("quan").clock_to("2024-04-01T09:00")
    open_list(quan, "全国公示").sees("公示时间为2024年4月1日至4月9日（公示当日不计），共5个工作日。")
    quan.press("核对并发布").press("发布公示").told("4月9日 24:00 公示期满。")
    quan.clock_to("2024-04-10T09:00")
    open_list(quan, "公示期满", "全国公示").press("办结公示").told("2 人公示期满，已转入下一步。")
    open_list(quan, "发文公布入选对象").fill({"number": "样例总工办〔2024〕9号"})
    quan.press("核对并命名").press("命名").told("2 人")
    visitor = crowd.visitor().go("/register/")
    assert sorted(visitor.texts("table.names .nm")) == ["何焊平", "岑铸山"]
    visitor.follow("何焊平").sees("大国工匠培育对象", "培育", "2024年4月10日", "样例总工办〔2024〕9号")
