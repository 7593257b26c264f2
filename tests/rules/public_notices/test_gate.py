"""Nothing personal passes the gate, and nothing harmless is held up."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import identity_number, phone
from gongjiang.rules.public_notices.gate import Finding, Personal, decide, scan_cells, scan_text
from gongjiang.rules.public_notices.pages import scan_html

ON = date(2026, 9, 18)
NUMBER = identity_number.sample(7, date(1980, 6, 1), "男")
MOBILE = phone.sample(1234)


def whats(text: str, *, people: bool = False, heading: str = "") -> list[Personal]:
    return [one.what for one in scan_text(text, "此处", on=ON, people=people, heading=heading)]


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"身份证号{NUMBER}。",
        f"id{NUMBER}",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}—{NUMBER[14:]}",
        f"{NUMBER[:9]}\u200b{NUMBER[9:]}",
        NUMBER.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"),
        "110105800601001",
        "USA110180060101",
        identity_number.sample(3, date(1980, 6, 1), "女").lower(),
    ],
)
def test_identity_numbers_are_found_however_they_are_written(text: str) -> None:
    assert Personal.IDENTITY in whats(text)


NEAR = st.text(max_size=8) | st.text(alphabet="019 -", max_size=8)


@given(st.integers(0, 499), st.dates(date(1940, 1, 1), date(2010, 1, 1)), NEAR, NEAR)
def test_every_number_is_found_in_any_company(seq: int, birth: date, before: str, after: str) -> None:
    number = identity_number.sample(seq, birth, "男")
    found = scan_text(f"{before}　{number}\n{after}", "此处", on=ON)
    masked = identity_number.mask(number)
    assert Finding("此处", Personal.IDENTITY, masked) in found
    assert all(number not in one.masked for one in found)


@pytest.mark.parametrize(
    "text", [MOBILE, f"+86 {MOBILE}", f"电话{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}", f"tel{MOBILE}", "13800000000。"]
)
def test_mobile_numbers_are_found(text: str) -> None:
    assert whats(text) == [Personal.MOBILE]


@pytest.mark.parametrize(
    "text",
    [
        "生于1980年6月1日",
        "出生日期：1980-06-01",
        "1980.6.1出生",
        "何焊平，男，１９８０年 6 月 1 日生，出生于本市",
        "born 1980/6/1",
        "出生年月 19800601",
    ],
)
def test_full_birth_dates_are_found(text: str) -> None:
    assert whats(text) == [Personal.BIRTH]


def test_a_full_date_among_people_is_a_birth_date_if_long_past_or_headed_so() -> None:
    assert whats("1980-06-01", people=True) == [Personal.BIRTH]
    assert whats("2012-09-18", people=True) == [Personal.BIRTH]
    assert whats("2012-09-19", people=True) == []
    assert whats("2020-09-19", people=True, heading="出生年月") == [Personal.BIRTH]
    assert whats("1980-06-01") == []


@pytest.mark.parametrize(
    "text",
    [
        "公示时间：2026年9月18日至2026年9月24日",
        "2026-09-18 2026-09-24 2026-10-10",
        "出生年月：1980年6月",
        "1980.6",
        "南工发〔2021〕9号，1998年3月5日成立",
        "监督电话：0771-5550000",
        "990***********0015",
        "100****1234",
        "91450100MA5K000000",
        "813201000000000000",
        "订单号 20260918000123",
        "邮编530000，共 1,234,567.89 元",
        "sha256 3f786850e387550fdab836ed7e6dc881de23001b",
        "25 38 33 28 25 100 75 65 55 50",
    ],
)
def test_what_a_notice_may_say(text: str) -> None:
    assert whats(text) == []


@pytest.mark.ledger("X-01")
def test_cells_are_named_by_row_and_column() -> None:
    rows = [
        ["何焊平", "1980.6", ""],
        ["岑铸山", datetime(1979, 3, 5), f"联系 {MOBILE}"],
        ["温和礼", "1981.7", 10000000042.0, None, NUMBER],
    ]
    found = scan_cells(["姓名", "出生年月", "备注"], rows, "公示名单", on=ON)
    assert [(one.place, one.what, one.masked) for one in found] == [
        ("公示名单第3行“出生年月”列", Personal.BIRTH, "1979年**月**日"),
        ("公示名单第3行“备注”列", Personal.MOBILE, "100****1234"),
        ("公示名单第4行“备注”列", Personal.MOBILE, "100****0042"),
        ("公示名单第4行第5列", Personal.IDENTITY, identity_number.mask(NUMBER)),
    ]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        (f"<p>\n何焊平</p>\n<p>{NUMBER}</p>", 3),
        (f"<p>{NUMBER[:6]}<b>{NUMBER[6:14]}</b><wbr>{NUMBER[14:]}</p>", 1),
        (f"<td><span>1</span><span>{NUMBER}</span></td>", 1),
        (f"<!-- {NUMBER} -->", 1),
        (f"<a href='/p/{NUMBER}'>何焊平</a>", 1),
        (f"<img alt='{NUMBER}'>", 1),
        (f"<script>var x = '{NUMBER}'</script>", 1),
        ("<p>" + "".join(f"&#{ord(char)};" for char in NUMBER) + "</p>", 1),
        (f"<p>{NUMBER}", 1),
    ],
)
def test_pages_hide_nothing(html: str, line: int) -> None:
    found = scan_html(html, "公示页", on=ON)
    assert Finding(f"公示页第{line}行", Personal.IDENTITY, identity_number.mask(NUMBER)) in found


def test_cells_of_a_page_do_not_run_together_and_hold_people() -> None:
    row = "<tr><td>100</td><td>0000</td><td>0042</td><td>1980-06-01</td></tr>"
    assert [one.what for one in scan_html(f"<table>{row}</table>", "", on=ON)] == [Personal.BIRTH]
    assert scan_html("<p>成立于1980年6月1日</p>", "", on=ON) == ()


def test_any_finding_refuses_the_page_with_its_place() -> None:
    refused = decide(scan_text(f"{MOBILE} {MOBILE}", "第2行", on=ON))
    assert not refused.allowed
    assert [reason.text for reason in refused.reasons] == [
        "第2行出现手机号（100****1234），不得公开。请删去，或只留公布字段后再发布。"
    ]
    assert decide([]).allowed
