"""After the lists: four bureaus sign, the notice, objections, a substitute, the naming document, the register."""

from tests.e2e.conftest import PHONE
from tests.e2e.deciding import open_list
from tests.e2e.hand import Crowd, Hand

THREE = ["何焊平", "岑铸山", "丁砺锋"]
BUREAUS = {"shi": "市工信局", "ku": "市科技局", "ren": "市人社局", "zhang": "市总工会"}
TITLE = "关于2026年“南宁工匠”选树活动拟命名人选的公示"
FALSE_TEXT = "何焊平没有在一线工作满十年。"
TRUE_TEXT = "岑铸山申报的两项技术成果是班组其他人完成的，车间记录可查。"


def sign(crowd: Crowd) -> None:
    """The four bureaus sign for each of the three, one after the other."""
    crowd("zhang").act_for("望澜市总工会")
    for username, box in BUREAUS.items():
        for name in THREE:
            crowd(username).open(name).agree(box, "同意。")


def publish(crowd: Crowd, first: str, last: str, names: str) -> None:
    """The leading group looks at the notice as it will stand, then at what it does, then posts it."""
    yan = open_list(crowd("yan").act_for("选树工作领导小组"), "公示")
    yan.sees(f"公示时间为2026年{first}至{last}（公示当日不计），共5个工作日。", *names.split("、"))
    yan.press("核对并发布")
    yan.sees(f"将公示{len(names.split('、'))}人", f"到{last} 24:00 期满", "公示发布后立即对外可见")
    yan.press("发布公示")
    yan.told(f"{last} 24:00 公示期满。")


def read_on_a_phone(crowd: Crowd) -> Hand:
    """Anybody reads it from the front page; nothing personal stands there."""
    phone = crowd.visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    phone.go("/").press_link("正在公示")
    phone.sees_heading(TITLE)
    assert phone.texts("table.names .nm") == ["岑铸山", "何焊平"]
    phone.sees("以姓氏笔画为序", "还剩 5 个工作日")
    words = phone.text("body")
    assert not any(one in words for one in ("990", "身份证", "100", "1982", "丁砺锋"))
    assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    return phone


def object_to(phone: Hand, about: str, text: str, **who: str) -> tuple[str, str]:
    """An objection by the page; its receipt number and code."""
    phone.go("/").press_link("正在公示").press_link("提交异议")
    option = phone.page.locator("select[name=entry] option").filter(has_text=about).get_attribute("value")
    phone.fill({"entry": option or "", "text": text, "signed": "anonymous", **who})
    phone.press("提交")
    phone.sees_heading("异议已收到")
    number, code = phone.texts("dl.receipt dd")
    return number, code


def follow(phone: Hand, receipt: tuple[str, str], *words: str) -> None:
    """How it stands, by number and code."""
    phone.go("/objections/").fill({"receipt": receipt[0], "code": receipt[1]})
    phone.press("查看进展")
    phone.sees(*words)


def admit(crowd: Crowd, receipt: str, finding: str) -> None:
    """The office's officer takes it on and writes down what was found."""
    zhang = open_objection(crowd("zhang"), receipt)
    zhang.press("受理")
    zhang.told("已受理，请核实。")
    zhang.fill({"finding": finding})
    zhang.press("记录核实情况")
    zhang.told("核实情况已记录。")


def open_objection(hand: Hand, receipt: str) -> Hand:
    """A matter by way of 待办 and the queue."""
    hand.act_for("选树工作领导小组办公室")
    hand.page.locator("main li.todo").filter(has_text="办理异议").get_by_role("link").first.click()
    hand.follow(receipt)
    return hand.sees_heading(receipt)


def decide(hand: Hand, outcome: str, answer: str) -> None:
    """属实 or 失实, with the answer that the objector reads."""
    hand.press("作出处理")
    hand.dialog().get_by_role("radio", name=outcome).check()
    hand.dialog().locator("[name=answer]").fill(answer)
    hand.dialog().locator("[name=basis]").fill("领导小组专题会议")
    hand.dialog().get_by_role("button", name="办结").click()
    hand.told("已办结。" if outcome == "失实" else "须由另一位审批人员批准后生效。")


def dismiss(crowd: Crowd, phone: Hand) -> None:
    """失实: explained, and the name stays."""
    receipt = object_to(phone, "何焊平", FALSE_TEXT, signed="named", name="某群众", contact="样例信箱")
    follow(phone, receipt, "已经收到，正在研究是否受理。")
    admit(crowd, receipt[0], "查社保和车间记录，一线工作二十一年。")
    decide(crowd("zhang"), "失实", "经核实反映的情况不属实，参评资格保留。")
    follow(phone, receipt, "经核实反映的情况失实", "参评资格保留")


def uphold(crowd: Crowd, phone: Hand) -> None:
    """属实: proposed by the officer, approved by another; the next moves up, with a notice and five days of his own."""
    crowd("yan").clock_to("2026-09-21T09:00")
    receipt = object_to(phone, "岑铸山", TRUE_TEXT)
    admit(crowd, receipt[0], "车间记录证实成果另有其人。")
    decide(crowd("zhang"), "属实", "经核实反映的情况属实，已取消参评资格。")
    open_objection(crowd("yan"), receipt[0]).press("批准取消资格").told("丁砺锋")
    follow(phone, receipt, "经核实反映的情况属实", "已取消参评资格")
    phone.go("/notices/").press_link(TITLE)
    assert phone.texts("table.names .nm") == ["何焊平"]
    phone.sees("名单有变动，1 人已不在其列。")
    phone.go("/notices/").press_link("递补人选的公示")
    assert phone.texts("table.names .nm") == ["丁砺锋"]
    phone.sees("2026年9月21日至9月29日")


def settle(crowd: Crowd) -> None:
    """The clock goes to the end of the one, then of the other; each goes on when its days are over."""
    for day, name in (("9月25日", "何焊平"), ("9月30日", "丁砺锋")):
        yan = crowd("yan").act_for("选树工作领导小组")
        yan.press("到下一个截止日").told(f"演示时钟已拨到2026年{day} 09:00。")
        open_list(yan, "公示").sees(f"{name}的公示期已满。")
        yan.press("办结公示").told("1 人公示期满，已转入下一步。")


def name_them(crowd: Crowd) -> None:
    """The four bureaus' document, by the city union: looked at, then in force, and the register is public."""
    yan = crowd("yan").act_for("望澜市总工会").clock_to("2026-09-30T10:00")
    open_list(yan, "联合下文命名")
    assert yan.texts("table td.name") == ["何焊平", "丁砺锋"]
    yan.fill({"number": "望工发〔2026〕9号"})
    yan.press("核对并命名")
    yan.sees("望工发〔2026〕9号", "命名2人", "载入名册后立即对外公开。")
    yan.press("命名").told("2 人")


def read_register(crowd: Crowd) -> None:
    """Anybody finds the two, and not the one who was struck, nor a number of anybody's."""
    visitor = crowd.visitor().go("/").press_link("工匠名册")
    visitor.sees("共 2 项荣誉")
    assert sorted(visitor.texts("table.names .nm")) == ["丁砺锋", "何焊平"]
    visitor.press_link("何焊平").sees_heading("何焊平")
    visitor.sees("南宁工匠", "澜江重工有限公司", "2026年9月30日", "望工发〔2026〕9号")
    assert "990" not in visitor.text("body")
