"""A summary sheet of many invented people in the 32 columns of the national annex 2, some cells wrong on purpose."""

import io
import random
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from benchmarks.support.people_on_paper import FAMILIES, GIVEN, words
from gongjiang.kernel.identity_number import check_digit

SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")
WRONG = ("身份证号", "出生年月", "性别", "推荐理由", "一句话推荐理由", "推荐对象联系电话", "是否农民工")


def row(number: int) -> dict[str, str]:
    """Person `number`, all 32 cells filled and right."""
    mind = random.Random(number)
    born = date(1965 + number % 30, 1 + number % 12, 1 + number % 28)
    gender = "男" if number % 4 else "女"
    first = f"990000{born:%Y%m%d}{2 * (number // 420 % 500) + (gender == '男'):03d}"
    unit = f"样例{words(random.Random(number // 5), 6)}有限公司"
    expert = [
        f"样专{mind.choice(FAMILIES)}{mind.choice(GIVEN)}，样例{mind.randrange(400)}厂，首席技师" for _ in range(3)
    ]
    given = f"{GIVEN[number // 10 % 10]}{GIVEN[number // 100 % 10]}{str(number).translate(SPOKEN)}"
    return {
        "序号": str(number + 1),
        "姓名": f"{FAMILIES[number % 10]}{given}",
        "性别": gender,
        "出生年月": f"{born.year}.{born.month}",
        "民族": mind.choice(("汉", "壮", "回", "苗")),
        "学历": mind.choice(("大专", "大学本科", "中专", "研究生")),
        "政治面貌": mind.choice(("中共党员", "群众", "共青团员")),
        "身份证号": first + check_digit(first),
        "工作单位": unit,
        "职务": f"{words(mind, 4)}班长",
        "行业": "制造业",
        "工种": f"{words(mind, 3)}工",
        "职称": mind.choice(("高级工程师", "工程师", "无")),
        "技术等级": mind.choice(("高级技师", "技师", "特级技师")),
        "何时参加工作": f"{born.year + 20}.7",
        "生产现场工作年限": str(mind.randrange(5, 35)),
        "单位性质": mind.choice(("非公有制", "国有企业")),
        "人员结构": "一线产业工人",
        "是否农民工": mind.choice("是否"),
        "主要荣誉": f"样例省{words(mind, 4)}奖章\n样例市{words(mind, 5)}能手",
        "技术技能（工匠）奖项": f"样例{words(mind, 3)}工匠",
        "同行高级专家 1 姓名单位职务": expert[0],
        "同行高级专家 2 姓名单位职务": expert[1],
        "同行高级专家 3 姓名单位职务": expert[2],
        "推荐理由": words(mind, 280),
        "一句话推荐理由": words(mind, 20),
        "单位地址": f"样例省样例市{words(mind, 3)}路{mind.randrange(1, 200)}号",
        "邮编": "000000",
        "推荐对象联系电话": f"100{number:08d}",
        "推荐单位": "样例省",
        "推荐单位联系人": "顾联络",
        "联系人电话": "10000000027",
    }


def spoil(cells: dict[str, str], heading: str) -> None:
    """One cell made wrong in a way that its column forbids."""
    made = {
        "身份证号": cells["身份证号"][:-1] + ("0" if cells["身份证号"][-1] != "0" else "1"),
        "出生年月": "八零年",
        "性别": "妇",
        "推荐理由": "好" * 301,
        "一句话推荐理由": "好" * 31,
        "推荐对象联系电话": "1000",
        "是否农民工": "也许",
    }
    cells[heading] = made[heading]


def sheet(size: int, wrong: int, header: Sequence[str]) -> tuple[bytes, set[tuple[int, str]]]:
    """The workbook, and its wrong cells as (row of Excel, heading), spread over the rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet("汇总表")
    text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True})
    for at, heading in enumerate(header):
        page.write_string(0, at, heading, text)
    bad: set[tuple[int, str]] = set()
    every = max(1, size // wrong) if wrong else size + 1
    for number in range(size):
        cells = row(number)
        if number % every == every // 2 and len(bad) < wrong:
            heading = WRONG[len(bad) % len(WRONG)]
            spoil(cells, heading)
            bad.add((number + 2, heading))
        for at, heading in enumerate(header):
            page.write_string(number + 1, at, cells[heading], text)
    book.close()
    return out.getvalue(), bad
