"""The county union: returns with a reason, judges, passes, gathers the departments' opinions, sends up."""

from tests.e2e.conftest import Complaints
from tests.e2e.filing import Nominee
from tests.e2e.hand import Crowd


def return_and_mend(crowd: Crowd, who: Nominee) -> None:
    """温和礼 sends it back with a reason; the filer reads it in 待办, mends and hands it in again."""
    wen = crowd("wen").open(who.name)
    wen.press("退回补正…")
    wen.dialog().locator("[name=reason]").fill("请补写“个人所获荣誉”，没有的写“无”。")
    wen.dialog().get_by_role("button", name="退回补正").click()
    wen.told(f"已办理：{who.name}")
    lan = crowd("lan").go("/todo/")
    lan.sees(f"补正{who.name}的申报", "请补写“个人所获荣誉”")
    lan.press_link("去补正")
    lan.go(lan.page.url.replace("/confirm/", "/basic/"))
    lan.fill({"main_honours": "望澜市技术能手（样例）"})
    lan.press("保存，下一步")
    lan.go(lan.page.url.replace("/choices/", "/confirm/"))
    lan.press("提交给青屿区总工会")
    lan.told(f"{who.name}的申报已提交")


def pass_and_report(crowd: Crowd, complaints: Complaints, who: Nominee) -> None:
    """Every point checked, character judged, the union's opinion given, passed; two departments by their own
    accounts, two on their behalf from the stamped sheet."""
    wen = crowd("wen").open(who.name)
    wen.check_points()
    wen.press("资格审核确认：通过")
    wen.sees("没有办成。", "政治素质与职业操守")
    complaints.forgive("/move/")
    judging = wen.page.locator("#judge .judge-row").filter(has_text="政治素质、职业操守与廉洁自律")
    judging.get_by_role("textbox").fill("民主测评")
    judging.get_by_role("button", name="是", exact=True).click()
    wen.told("已记录 1 项认定")
    wen.agree("县（市、区）、开发区总工会", "经审核，同意推荐。")
    wen.check_points()
    wen.press("资格审核确认：通过")
    wen.told(f"已办理：{who.name}")
    for username, box in (("ke", "科技部门意见"), ("mu", "工信部门意见")):
        crowd(username).open(who.name).agree(box, "同意。")
    wen.open(who.name, show="waiting")
    for box in ("纪检监察部门意见", "人社部门意见"):
        wen.agree(box, "见盖章原件。")
    wen.sees("温和礼据盖章件代录", "6 / 6 同意")


def report(crowd: Crowd, *nominees: Nominee) -> None:
    """All at once from the unit's own page, each point of the list ticked."""
    wen = crowd("wen")
    wen.press_link("推荐")
    wen.sees("上报前核对", f"可上报 {len(nominees)} 人，共 {len(nominees)} 人等候")
    for box in wen.page.locator("[name=point]").all():
        box.check()
    wen.press("上报")
    wen.told(f"已上报 {len(nominees)} 人")
