"""What the enterprise did for its artisan: told by itself, the pay sealed; the studio; the obligation shown."""

from datetime import date
from typing import Any

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from gongjiang.models import EnterpriseYear, Entry, Studio
from gongjiang.rules.cultivation.enterprise import pay_of
from gongjiang.services.cultivation.enterprise import (
    Done,
    Workshop,
    amount_of,
    record_studio,
    record_year,
    years_visible_to,
)
from gongjiang.services.cultivation.scope import hands_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DONE = Done("有工匠培育办法", "脱产参加训练营", 12, "对中小企业开放工作室", "technical", "首席技师津贴", "18.6万")
SHOP = Workshop("何焊平创新工作室", date(2021, 5, 1), 9, "city", "攻关 12 项")


def year(found: Kept, who: str = "lan", **more: Any) -> EnterpriseYear:
    asked: dict[str, Any] = {"year": 2026, "version": 0, "done": DONE, **more}
    return record_year(actor=found.actor(who), at=AT, honour_id=found.honours[0].pk, **asked)


@pytest.mark.ledger("M-18")
def test_the_enterprise_tells_its_year_and_the_amount_is_sealed(found: Kept) -> None:
    row = year(found)
    assert "186000" not in row.pay
    assert "186000" not in "".join(Entry.objects.values_list("body", flat=True))
    honour = found.honours[0]
    for who, shown in (("lan", "186000"), ("zhang", "186000"), ("wen", "")):
        assert amount_of(row, hands_of(found.actor(who), honour)) == shown
    assert amount_of(row, hands_of(found.artisan(), found.fresh().honours[0])) == "186000"
    assert years_visible_to(found.actor("wen")).get().pay_band == "technical"
    assert not years_visible_to(found.actor("yin")).exists()
    changed = year(found, version=row.version, done=Done(system="修订办法"))
    assert (changed.system, changed.support, changed.pay) == ("修订办法", "", "")


def test_others_tell_nothing_and_two_at_once_are_told_so(found: Kept) -> None:
    for who, error in (("wen", NotAllowed), ("yin", NotFound), ("yuan", NotFound)):
        with pytest.raises(error):
            year(found, who)
    with pytest.raises(NotAllowed):
        record_year(actor=found.artisan(), at=AT, honour_id=found.honours[0].pk, year=2026, version=0, done=DONE)
    year(found)
    for version in (0, 9):
        with pytest.raises(Stale):
            year(found, "zhang", version=version)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"year": 2027}, "2025 到 2026 年"),
        ({"year": 2024}, "2025 到 2026 年"),
        ({"done": Done()}, "至少填写一项"),
        ({"done": Done(pay="1e309")}, "年收入写作"),
        ({"done": Done(pay="-5")}, "年收入写作"),
        ({"done": Done(pay_band="rich")}, "从所列的选择"),
        ({"done": Done(support_days=400)}, "0 到 366"),
        ({"done": Done(system="字" * 301)}, "不超过300字"),
    ],
)
def test_what_cannot_be_is_refused_by_field(found: Kept, more: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        year(found, **more)


def test_the_studio_is_one_and_ends_after_it_began(found: Kept) -> None:
    asked: dict[str, Any] = {"actor": found.actor("lan"), "at": AT, "honour_id": found.honours[0].pk}
    made = record_studio(**asked, version=0, shop=SHOP)
    with pytest.raises(Stale):
        record_studio(**asked, version=0, shop=SHOP)
    for shop, said in (
        (Workshop("", date(2021, 5, 1), 9), "名称"),
        (Workshop("x", date(2027, 1, 1), 9), "成立日期"),
        (Workshop("x", date(2021, 5, 1), 0), "成员人数"),
        (Workshop("x", date(2021, 5, 1), 3, ended_on=date(2020, 1, 1)), "早于成立"),
        (Workshop("x", date(2021, 5, 1), 3, level="galactic"), "级别"),
    ):
        with pytest.raises(BadInput, match=said):
            record_studio(**asked, version=made.version, shop=shop)
    ended = Workshop("何焊平创新工作室", date(2021, 5, 1), 9, "city", ended_on=date(2026, 3, 1))
    record_studio(**asked, version=made.version, shop=ended)
    assert Studio.objects.get().ended_on == date(2026, 3, 1)


@pytest.mark.parametrize(("text", "yuan"), [("18.65万", 186500), ("0", 0), (" 1，000元 ", 1000), ("0.5", 0)])
def test_amounts_as_people_write_them(text: str, yuan: int) -> None:
    assert pay_of(text) == yuan


@pytest.mark.parametrize("text", ["十八万", "1.2.3", "100000001", "1 2", "¥5", "９９", "1.23456万"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=text.strip()[0]):
        pay_of(text)
