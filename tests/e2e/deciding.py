"""Lists closed by meetings: the first review, the panel's, the city union's, the leading group's."""

from tests.e2e.hand import Crowd, Hand


def open_list(hand: Hand, stage: str, heading: str = "") -> Hand:
    """A list's page by way of 待办, where its line says this."""
    hand.go("/todo/")
    hand.page.locator("main li.todo").filter(has_text=stage).get_by_role("link").first.click()
    return hand.sees_heading(heading or stage)


def judge_all(hand: Hand, answers: dict[str, str], basis: str) -> None:
    """What the meeting judged, in the grid under the list: one answer a question, the same for everybody."""
    for question, answer in answers.items():
        boxes = hand.page.locator(f"#judging select[aria-label*='{question}']")
        boxes.first.wait_for()
        for box in boxes.all():
            box.select_option(answer)
    hand.page.locator("#judging [name=basis]").fill(basis)
    hand.press("记录认定")


def choose(hand: Hand, marks: dict[str, str]) -> None:
    """列入, 备选 or 不列 by name."""
    for name, mark in marks.items():
        hand.page.get_by_label(f"{name}的决定").select_option(label=mark)


def marks(hand: Hand) -> dict[str, str]:
    """What the page proposes or somebody chose, by name."""
    found = {}
    rows = hand.page.locator("table.choose tbody tr")
    rows.first.wait_for()
    for row in rows.all():
        chosen = row.locator(".pick select").evaluate("one => one.selectedOptions[0].textContent")
        found[row.locator(".name a").inner_text()] = chosen
    return found


def close(hand: Hand, stage: str, people: int, present: str, record: str, votes: int = 2) -> None:
    """The meeting's record, the last look, the list."""
    hand.fill({"m-present": present, "m-for": str(votes), "m-against": "0", "m-abstained": "0", "m-record": record})
    hand.press("核对名单")
    hand.sees("还没有确定。", f"列入 {people} / {people} 人")
    hand.press(f"确定名单（{people} 人）")
    hand.told(f"“{stage}”的名单已经确定，共 {people} 人。")


def first_review(crowd: Crowd) -> None:
    """The office keeps four of five (two places, 1:2), in July; a tie at the cut is for the meeting."""
    yan = crowd("yan").act_for("选树工作领导小组办公室").clock_to("2026-07-06T09:00")
    open_list(yan, "初审").sees("名额线上有并列。第1名5个并列，余4个名额，由会议确定")
    judge_all(yan, {"破格推荐": "no"}, "领导小组办公室评议")
    yan.told("已记录 5 项认定。")
    choose(yan, {"何焊平": "列入", "岑铸山": "列入", "丁砺锋": "列入", "于绣春": "列入", "王榫安": "不列"})
    close(yan, "初审", 4, "章有序、严审定", "逐人评议，王榫安材料较弱，不列入建议名单。")


def city_union(crowd: Crowd) -> None:
    """Three of three (1:1.3 of two places, up), in the order of the panel."""
    yan = open_list(crowd("yan").act_for("望澜市总工会"), "市总工会评定")
    assert marks(yan) == {"何焊平": "列入", "岑铸山": "列入", "丁砺锋": "列入"}
    close(yan, "市总工会评定", 3, "章有序、严审定", "同意专家评审意见。")


def leading_group(crowd: Crowd) -> None:
    """Three (1:1.1, up): two places and one to move up."""
    yan = open_list(crowd("yan").act_for("选树工作领导小组"), "领导小组审定")
    assert marks(yan) == {"何焊平": "列入", "岑铸山": "列入", "丁砺锋": "列入"}
    close(yan, "领导小组审定", 3, "章有序、严审定", "审定三名，公示前二名。")
