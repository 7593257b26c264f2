"""national-2024 by hand: the summary sheet of a province comes in, its list goes up within its quota, experts score
fifteen indicators by single keys, two are named 培育对象."""

from typing import Any

import pytest
from tests.e2e.conftest import Complaints
from tests.e2e.deciding import choose, judge_all, marks
from tests.e2e.filing import attach
from tests.e2e.hand import Crowd, Hand, Opener
from tests.e2e.national_panel import THREE, announce_and_name, decide, score, seat_panel
from tests.e2e.national_world import NAMES, built_world, complete, workbook

from gongjiang.services.rehearsal.material import paper, portrait

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.ledger("N-05", "N-10", "N-11", "N-12", "N-15")
@pytest.mark.django_db(transaction=True)
def test_from_the_summary_sheet_to_the_register(open_page: Opener, complaints: Complaints) -> None:
    world, _ = built_world()
    crowd = Crowd(open_page)
    bring_in(crowd)
    finish_one(crowd)
    for name in NAMES[1:]:
        complete(world, name)
    check_all(crowd("xue"), "上级工会审核转报", NAMES)
    decide_in_province(crowd, complaints)
    report_up(crowd)
    check_all(crowd("quan"), "形式审查", THREE)
    for step in (seat_panel, score, decide, announce_and_name):
        step(crowd)


def bring_in(crowd: Crowd) -> None:
    """A wrong cell is told by its place and the others come; the mended sheet brings the rest, nobody twice."""
    qu = crowd("qu")
    qu.press_link("推荐").follow("导入")
    qu.sees("表头共 32 栏")
    send_sheet(qu, workbook(wrong=True))
    qu.sees("新建 3 人，更新 0 人，无变化 0 人，1 行须先改正", "第3行 H列（身份证号）", "应为18位，现为17位")
    qu.press("导入没有问题的行").told("新建 3 人")
    qu.press_link("推荐").follow("导入")
    send_sheet(qu, workbook())
    qu.sees("新建 1 人，更新 0 人，无变化 3 人。")
    qu.press("导入没有问题的行").told("新建 1 人")


def send_sheet(hand: Hand, content: bytes) -> None:
    """The file of the summary sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    hand.page.locator("main [type=file]").set_input_files({"name": "汇总表.xlsx", "mimeType": kind, "buffer": content})
    hand.press("上传并查看")


def finish_one(crowd: Crowd) -> None:
    """What the sheet doesn't hold: the files, and the statement ticked and sent with one press."""
    qu = crowd("qu")
    qu.press_link("推荐").follow(NAMES[0]).press_link("继续填写")
    qu.press_link("证明材料")
    attach(qu, "#f-lead_1", "勇挑重担.pdf", paper("工作重要性的证明"), "工作重要性的证明")
    for n in range(1, 4):
        attach(qu, "#f-expert_letters", f"推荐{n}.pdf", paper(f"专家推荐证明{n}"), f"专家推荐证明{n}")
    attach(qu, "#f-plan", "培育方案.pdf", paper("工匠培育方案"), "工匠培育方案")
    attach(qu, "#f-photo", "照片.jpg", portrait(3))
    qu.press_link("下一步，确认")
    qu.page.get_by_label("我已阅读并确认").check()
    qu.press("提交给样例雪岭市总工会")
    qu.told(f"{NAMES[0]}的申报已提交，编号 2024-")


def check_all(hand: Hand, stage: str, names: list[str]) -> None:
    """One after the other at a check, every point ticked."""
    for name in names:
        hand.open(name)
        hand.check_points()
        hand.press(f"{stage}：通过")
        hand.told(f"已办理：{name}")


def decide_in_province(crowd: Crowd, complaints: Complaints) -> None:
    """The province judges, signs, ranks; four are one more than its places, three are closed."""
    bai = crowd("bai")
    in_province(bai)
    judge_all(bai, {"政治素质": "yes", "工匠精神": "yes", "同行高级专家": "yes"}, "推荐单位研究确定")
    bai.told("已记录 12 项认定。")
    for n, name in enumerate(NAMES, 1):
        bai.page.get_by_label(f"{name}的次序").fill(str(n))
    bai.press("保存次序").told("推荐次序已保存。")
    assert marks(bai) == {**dict.fromkeys(THREE, "列入"), NAMES[3]: "不列"}
    choose(bai, {NAMES[3]: "列入"})
    bai.fill({"m-present": "柏省审、曲高原", "m-record": "研究确定推荐人选。"}).press("核对名单")
    bai.sees("名单还不能确定。", "各推荐单位名额（西藏）已满3个名额，不能再列入。")
    complaints.forgive("409")
    choose(bai, {NAMES[3]: "不列"})
    bai.press("核对名单").sees("列入 3 人，备选 0 人，不列 1 人")
    bai.press("确定名单（3 人）").told("“推荐单位研究确定推荐人选”的名单已经确定，共 3 人。")


def report_up(crowd: Crowd) -> None:
    """The unit's opinion signed for each, then the three sent up together."""
    bai = crowd("bai")
    for name in THREE:
        bai.open(name).agree("推荐单位意见", "同意推荐。")
    bai.press_link("推荐").sees_heading("推荐人选").ready()
    for box in bai.page.locator("[name=point]").all():
        box.check()
    bai.press("上报").told("已上报 3 人")


def in_province(hand: Hand) -> Hand:
    """The province's own list."""
    hand.go("/todo/")
    hand.page.locator("main li.todo").filter(has_text="推荐单位研究确定").get_by_role("link").first.click()
    return hand.follow("西藏").sees_heading("推荐单位研究确定")
