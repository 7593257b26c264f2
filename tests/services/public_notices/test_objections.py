"""Objections: the last second, who signs, a thousand of them; two officers to refuse."""

from datetime import date, timedelta

import pytest
from tests.services.public_notices.stage import DEEDS, FRIDAY, MONDAY, ground, moment, ruled

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Objection
from gongjiang.services.public_notices.decide import decide
from gongjiang.services.public_notices.handle import admit, confirm_refusal, propose_refusal, verify
from gongjiang.services.public_notices.object import AN_HOUR, opened_from, opened_text
from gongjiang.services.public_notices.pages import follow

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 9, 24)


def test_the_last_second_is_in_time_and_midnight_is_not() -> None:
    here = ground()
    here.post()
    assert here.object(0, moment(THURSDAY, 23, 59, 59, 999_999)).number == "YY-260924-001"
    with pytest.raises(Refused, match="2026年9月24日 24:00截止"):
        here.object(0, moment(THURSDAY + timedelta(days=1), 0), DEEDS + "又一件。")
    with pytest.raises(Refused, match="还没有开始"):
        here.object(0, moment(FRIDAY - timedelta(days=1)))


def test_a_receipt_and_its_code_follow_the_matter() -> None:
    here = ground()
    here.post()
    receipt = here.object(0, moment(MONDAY))
    assert follow(receipt.number.lower(), receipt.code.lower()).state == "received"
    stored = Objection.objects.get()
    assert receipt.code not in (stored.secret, stored.text)
    assert DEEDS not in stored.text
    assert opened_text(stored) == DEEDS
    for number, code in ((receipt.number, "AAAA-AAAA"), ("YY-260921-999", receipt.code)):
        with pytest.raises(NotFound, match="核对"):
            follow(number, code)


def test_signed_objections_keep_who_said_it_sealed() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000")
    stored = Objection.objects.get()
    assert "舒实名" not in stored.from_sealed
    assert opened_from(stored) == {"name": "舒实名", "contact": "0000-000", "unit": ""}
    with pytest.raises(BadInput, match="单位名称"):
        here.object(0, moment(MONDAY), DEEDS + "二", signed="unit", name="舒实名", contact="0000-000")
    here.object(1, moment(MONDAY), signed="anonymous", name="不该留下")
    assert Objection.objects.get(signed="anonymous").from_sealed == ""


def test_anonymous_only_where_the_edition_takes_them() -> None:
    here = ground(answers={"Q14": False})
    here.post()
    with pytest.raises(BadInput, match="只受理署名"):
        here.object(0, moment(MONDAY))
    assert here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000").code


@pytest.mark.parametrize(
    ("text", "message"),
    [("他不行", "至少 10 个字"), ("情" * 2001, "超1字"), ("   \u200b  ", "至少 10 个字")],
)
def test_text_within_bounds(text: str, message: str) -> None:
    here = ground()
    here.post()
    with pytest.raises(BadInput, match=message):
        here.object(0, moment(MONDAY), text)
    assert here.object(0, moment(MONDAY), "情" * 2000).number


def test_a_thousand_equal_anonymous_objections_are_one_matter() -> None:
    here = ground()
    here.post()
    first = here.object(0, moment(MONDAY))
    for _ in range(50):
        again = here.object(0, moment(MONDAY))
        assert (again.number, again.code, again.merged) == (first.number, first.code, True)
    assert Objection.objects.get().times == 51


def test_a_flood_of_different_ones_is_bounded_and_shuts_nobody_out() -> None:
    here = ground()
    here.post()
    for n in range(AN_HOUR):
        here.object(0, moment(MONDAY), f"{DEEDS}第{n}次反映。")
    with pytest.raises(Refused, match="署名提交"):
        here.object(0, moment(MONDAY), DEEDS)
    assert here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000").number
    assert here.object(1, moment(MONDAY)).number
    assert here.object(0, moment(MONDAY, 11, 0, 1)).number


def test_the_field_that_people_do_not_see() -> None:
    here = ground()
    here.post()
    with pytest.raises(BadInput, match="网址"):
        here.object(0, moment(MONDAY), website="http://example.invalid")


def test_refusing_needs_a_reason_and_two_officers() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    pk = Objection.objects.get().pk
    one, other = here.world.actor("zhang"), here.world.actor("yan")
    with pytest.raises(BadInput, match="理由"):
        propose_refusal(actor=one, at=moment(MONDAY), objection_id=pk, reason="  ")
    with pytest.raises(Refused, match="还没有人提出"):
        confirm_refusal(actor=other, at=moment(MONDAY), objection_id=pk)
    propose_refusal(actor=one, at=moment(MONDAY), objection_id=pk, reason="没有具体事实，无从核实")
    assert Objection.objects.get().state == "received"
    with pytest.raises(NotAllowed, match="另一位"):
        confirm_refusal(actor=one, at=moment(MONDAY), objection_id=pk)
    confirm_refusal(actor=other, at=moment(MONDAY), objection_id=pk)
    stored = Objection.objects.get()
    assert (stored.state, stored.refused_by.username, stored.refusal_confirmed_by.username) == (
        "refused",
        "zhang",
        "yan",
    )


def test_a_proposed_refusal_falls_away_when_admitted() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    pk = Objection.objects.get().pk
    propose_refusal(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=pk, reason="没有事实")
    admit(actor=here.world.actor("yan"), at=moment(MONDAY), objection_id=pk)
    stored = Objection.objects.get()
    assert (stored.state, stored.refusal, stored.refused_by) == ("admitted", "", None)


def test_handled_by_its_office_only_and_in_its_order() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    for name in ("wen", "jiang", "ji", "lan"):
        with pytest.raises(NotAllowed):
            verify(actor=here.world.actor(name), at=moment(MONDAY), objection_id=pk, finding="查过。")
    with pytest.raises(Refused, match="核实情况"):
        decide(actor=here.world.actor("yan"), at=moment(MONDAY), objection_id=pk, outcome="upheld", answer="属实。")
    with pytest.raises(NotAllowed, match="审批"):
        ruled(here, pk, who="zhang")
    assert here.row(0).state == "open"
    with pytest.raises(BadInput, match="只能选：属实、失实"):
        ruled(here, pk, outcome="maybe")
    ruled(here, pk, outcome="dismissed", who="zhang")
    with pytest.raises(Refused, match="已办结"):
        ruled(here, pk)


def test_a_stale_page_is_told_so() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    with pytest.raises(Stale):
        verify(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=pk, finding="查过。", version=1)
