"""Two packs side by side: exactly what was edited is told, in words, with the clauses of each side."""

from pathlib import Path

import pytest

from gongjiang.catalogue.packs import catalogue, load_pack
from gongjiang.rules.programmes.diff.compare import Change, Difference, compare
from gongjiang.rules.programmes.diff.report import as_data, report
from gongjiang.rules.programmes.load import load
from gongjiang.rules.programmes.pack import Pack

PACKS = Path(__file__).resolve().parents[3] / "packs"
QINGLAN = (PACKS / "qinglan-2031.yaml").read_text("utf-8")


def read(text: str) -> Pack:
    return load(text, "small.yaml", catalogue())


def edited(*edits: tuple[str, str]) -> Difference:
    text = QINGLAN
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return compare(read(QINGLAN), read(text))


def told(found: Difference) -> list[tuple[str, str, str, tuple[tuple[str, str, str], ...]]]:
    return [
        (part.label, one.kind, one.label, tuple((d.label, d.before, d.after) for d in one.details))
        for part in found.parts
        for one in part.changes
    ]


@pytest.mark.parametrize("name", ["nanning-2026", "national-2024", "changzhou-2024", str(PACKS / "jichuan-2031.yaml")])
def test_a_pack_is_the_same_as_itself(name: str) -> None:
    pack = load_pack(name)
    found = compare(pack, pack)
    assert found.same
    assert found.parts == ()
    assert report(found).endswith("两个项目包内容相同。")


def test_comments_and_layout_are_no_difference() -> None:
    assert compare(read(QINGLAN), read(f"# 另一行说明\n{QINGLAN}\n\n")).same


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "{field: years_in_trade, at_least: 20}",
            "{field: years_in_trade, at_least: 25}",
            ("条件", "changed", "一线满二十年优先",
             (("要求", "从事本项（专业）工作年限≥20年", "从事本项（专业）工作年限≥25年"),)),
        ),
        (
            "name: 一线满二十年优先, force: prefer, effect: tie_break,",
            "name: 一线满二十年优先, force: soft, gate: panel,",
            ("条件", "changed", "一线满二十年优先",
             (("效力", "优先", "一般应"), ("把关环节", "", "专家评审"), ("作用", "同等条件下优先", ""))),
        ),
        ("default: 3}", "default: 5}", ("问题", "changed", "名单取几名", (("暂定", "3", "5"),))),
        ("on: recommend, per: case.nominator, at_most: 4", "on: recommend, per: case.nominator, at_most: 6",
         ("口径", "changed", "各推荐单位名额", (("至多", "4", "6"),))),
        ("at_least: 30%, force: soft", "at_least: 30%", ("口径", "changed", "女职工", (("效力", "一般应", "必须"),))),
        ("label: 手艺, judged: {by: jury}, max: 10", "label: 手艺, judged: {by: jury}, max: 12",
         ("计分", "changed", "手艺", (("上限", "10", "12"),))),
        ("[years_in_trade, shop], [employer, trade]]", "[years_in_trade], [employer, trade]]",
         ("表格", "changed", "青岚巧匠推荐表", (("栏目", "车间", ""),))),
        ("[[name, gender], [years_in_trade, shop]", "[[gender, name], [years_in_trade, shop]",
         ("表格", "changed", "青岚巧匠推荐表",
          (("栏目次序", "姓名、性别、从事本项（专业）工作年限、车间、工作单位、工种、主要事迹",
            "性别、姓名、从事本项（专业）工作年限、车间、工作单位、工种、主要事迹"),))),
        ("max: 800", "max: 500",
         ("表格", "changed", "青岚巧匠推荐表", (("栏目·主要事迹", "上限800", "上限500"),))),
        ("length: {at_least: 5, unit: working_day}", "length: {at_least: 7, unit: working_day}",
         ("时间", "changed", "公示期", (("期间", "至少5个工作日", "至少7个工作日"),))),
        ("meeting: 评定会议, ask: Q3", "meeting: 评定会议, after: panel, ask: Q3",
         ("环节", "changed", "评定", (("须先办完", "", "专家评审"),))),
        ("shows: [name, employer, trade]", "shows: [name, trade]",
         ("环节", "changed", "公示", (("公示栏目", "工作单位", ""),))),
        ("{id: council, label: 评定会, level: city}", "{id: council, label: 评定会, level: province}",
         ("角色", "changed", "评定会", (("层级", "市级", "省级"),))),
    ],
)  # fmt: skip
def test_an_edit_is_told_and_nothing_else(
    old: str, new: str, expected: tuple[str, str, str, tuple[tuple[str, str, str], ...]]
) -> None:
    found = told(edited((old, new)))
    if expected[0] == "问题":  # the param that the question gives follows it, and the lists that use the param
        assert expected in found
        assert (
            "参数",
            "changed",
            "名额",
            (("数值", "由主办单位答复（暂定3名）", "由主办单位答复（暂定5名）"),),
        ) in found
        assert {one[0] for one in found} == {"参数", "问题", "环节"}
    else:
        assert found == [expected]


def test_a_stage_more_is_a_new_item_and_another_order() -> None:
    seen = "  - {id: seen, type: check, label: 现场察看, by: office, ask: Q3}\n  - {id: panel, type: panel,"
    found = edited(("  - {id: panel, type: panel,", seen))
    assert told(found) == [
        ("环节", "changed", "环节", (
            ("环节次序", "申报 → 推荐单位研究 → 专家评审 → 评定 → 公示 → 命名",
             "申报 → 推荐单位研究 → 现场察看 → 专家评审 → 评定 → 公示 → 命名"),)),
        ("环节", "added", "现场察看", ()),
    ]  # fmt: skip
    assert found.parts[0].changes[1].gist == "种类：审核；由：选树办公室"
    assert found.parts[0].same == 6


def test_a_renumbered_question_is_the_same_question() -> None:
    text = QINGLAN.replace("Q3", "Q9")
    found = compare(read(QINGLAN), read(text))
    assert {one.kind for part in found.parts for one in part.changes} == {"cited"}
    assert "意思相同，只是依据、编号或写法不同：" in report(found)


@pytest.mark.parametrize("other", ["changzhou-2024", "national-2024"])
def test_the_other_way_round_what_was_new_is_gone(other: str) -> None:
    left, right = load_pack("nanning-2026"), load_pack(other)
    there, back = compare(left, right), compare(right, left)
    for part, again in zip(there.parts, back.parts, strict=True):
        assert part.section == again.section
        assert (part.count("added"), part.count("removed")) == (again.count("removed"), again.count("added"))
        assert (part.same, part.count("cited")) == (again.same, again.count("cited"))


def test_two_cities_rule_by_rule_with_the_clauses_of_each() -> None:
    found = compare(load_pack("nanning-2026"), load_pack("changzhou-2024"))
    changes = {(part.section, one.label): one for part in found.parts for one in part.changes}

    def both(section: str, label: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        one: Change = changes[section, label]
        return one.kind, one.before, one.after

    assert both("rules", "一线生产现场工作经历") == ("added", (), ("二.条件",))
    assert both("rules", "从事本项（专业）工作年限") == ("removed", ("四(三)年限",), ())
    assert both("rules", "“工匠五力”潜质") in (("added", (), ("二.五力",)), ("changed", ("四(三)五力",), ("二.五力",)))
    places = changes["params", "培育名额"]
    assert [(one.before, one.after) for one in places.details if one.label == "数值"] == [("25名", "100名")]
    assert changes["exceptions", "特别优秀的可以破格推荐"].kind == "removed"
    assert changes["scoring", "攻关力·协同配合"].kind == "added"
    deeds = changes["params", "主要事迹字数上限"]
    assert deeds.details[-1].after == "500字"
    assert "附件1" in deeds.after


def test_data_for_programs_holds_both_sides() -> None:
    data = as_data(edited(("at_most: 4", "at_most: 6")))
    assert (data["same"], data["left"]["id"], data["right"]["id"]) == (False, "qinglan-2031", "qinglan-2031")
    assert data["left"]["hash"] != data["right"]["hash"]
    [part] = data["parts"]
    assert part["changes"][0]["details"] == ({"label": "至多", "before": "4", "after": "6"},)


def test_the_report_reads_line_by_line() -> None:
    women = next(line for line in QINGLAN.splitlines(keepends=True) if "id: women" in line)
    text = report(edited(("at_most: 4", "at_most: 6"), (women, "")))
    assert text.splitlines() == [
        "甲：2031年“青岚巧匠”选树（qinglan-2031 1.0.0）",
        "乙：2031年“青岚巧匠”选树（qinglan-2031 1.0.0）",
        "",
        "【口径】取消1，改动1，相同2",
        "～ 各推荐单位名额",
        "    至多：4 → 6",
        "－ 女职工",
        "    效力：一般应；名单：专家评审；在口径内：评审名单；范围：性别为女；至少：30%",
    ]


def test_conditions_come_first_long_texts_last() -> None:
    found = [part.section for part in compare(load_pack("national-2024"), load_pack("changzhou-2024")).parts]
    assert found[:3] == ["pack", "awards", "rules"]
    assert found[-2:] == ["notice", "tests"]
