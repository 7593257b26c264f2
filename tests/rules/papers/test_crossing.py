"""Two prints of one form held against each other: which is older, what differs, what to do."""

from gongjiang.rules.papers.crossing import Print, crossing
from gongjiang.rules.papers.staleness import Mark


def made(version: int, place: int, mark: str, **boxes: str) -> Print:
    """Boxes by label; an empty one was left for a pen."""
    marks = tuple(Mark(label, text, text == "") for label, text in boxes.items())
    return Print(version, place, mark, marks)


OLD = made(2, 1, "11aa22bb33", 职务="工人", 单位意见="")
NEW = made(3, 2, "44cc55dd66", 职务="班长", 单位意见="同意")
SIGNED = made(3, 3, "77ee88ff99", 职务="工人", 单位意见="同意")


def test_the_paper_is_older() -> None:
    assert crossing("申请表", OLD, NEW) == (
        "申请表：纸质件是第2版 11aa22bb，上传的盖章件是第3版 44cc55dd，“职务”不同。"
        "请补交第3版 44cc55dd的盖章原件；纸质件才对的，请重新打印、盖章，两样都换。"
    )


def test_the_scan_is_older() -> None:
    assert crossing("申请表", NEW, OLD) == (
        "申请表：纸质件是第3版 44cc55dd，上传的盖章件是第2版 11aa22bb，“职务”不同。请把收到的这张纸质件扫描后重新上传。"
    )


def test_the_same_print_and_what_was_left_for_a_pen_are_no_difference() -> None:
    assert crossing("申请表", OLD, OLD) == ""
    assert crossing("申请表", OLD, SIGNED) == ""
    assert crossing("申请表", SIGNED, OLD) == ""


def test_many_boxes_are_counted_and_of_one_version_the_later_print_is_newer() -> None:
    first = made(3, 1, "a" * 8, **{f"栏{n}": "甲" for n in range(6)})
    second = made(3, 2, "b" * 8, **{f"栏{n}": "乙" for n in range(6)})
    told = crossing("表", first, second)
    assert "“栏0”、“栏1”、“栏2”、“栏3”等 6 处不同。请补交第3版 bbbbbbbb的盖章原件" in told
