"""Pages of what an assessment left to be done: a claim settled step by step, an explanation given."""

import re
from typing import Any

import pytest
from tests.services.assessment.ground import honours
from tests.services.assessment.test_effects import DAY, A, claimed, ended
from tests.services.public_notices.stage import moment

from gongjiang.models import Claim, Explanation
from gongjiang.services.reports.todo.desk import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(response: Any) -> str:
    return response.content.decode()


def waiting(found: Any, who: str) -> list[tuple[str, str]]:
    desk = desk_of(found.here.world.actor(who), moment(DAY, 15))
    return [(one.kind, one.title) for one in desk.items if one.kind in {"claim", "explanation"}]


def test_a_claim_from_the_decision_to_its_end() -> None:
    found, outcome = claimed("unspent")
    claim, honour = Claim.objects.get(), honours(found)[0]
    yan = found.here.world.client("yan", moment(DAY, 15))
    assert waiting(found, "yan") == [("claim", "追回何焊平已领取的款项")]
    assert f"/claims/{claim.pk}/" in said(yan.get(f"/editions/{outcome.edition_id}/settle/"))
    assert "数额待核定（已发放 5,000.50 元）" in said(yan.get(f"/artisans/{honour.pk}/"))
    here = f"/claims/{claim.pk}/"
    page = said(yan.get(here))
    assert ("核定应退数额" in page, "登记收回" in page) == (True, False)
    form = {"step": "fix", "version": "1", "amount": "一千二", "on": "2027-09-28", "reason": "使用清单"}
    wrong = yan.post(here, form)
    assert wrong.status_code == 409
    assert 'value="一千二"' in said(wrong)
    assert "使用清单" in said(wrong)
    assert yan.post(here, {**form, "step": "give"}).status_code == 409
    assert "已核定应退数额" in said(yan.post(here, {**form, "amount": "1,200"}, follow=True))
    stale = yan.post(here, {**form, "step": "receive", "amount": "100"})
    assert (stale.status_code, "刚刚改过" in said(stale)) == (409, True)
    yan.post(here, {**form, "step": "receive", "version": "2", "amount": "1200", "reason": "银行回单01"})
    page = said(yan.get(here))
    assert ("已办结" in page, "银行回单01" in page, "1,200 元" in page) == (True, True, True)
    assert waiting(found, "yan") == []
    lan = found.here.world.client("lan", moment(DAY, 15))  # the enterprise reads what is claimed, settles nothing
    assert "<form" not in said(lan.get(here)).partition("<main")[2].partition("</main")[0]
    assert lan.post(here, {**form, "version": "3"}).status_code == 409
    for who in ("yuan", "jia"):
        other = found.here.world.client(who, moment(DAY, 15))
        assert (other.get(here).status_code, other.post(here, form).status_code) == (404, 404)


def test_an_explanation_from_the_desk_to_the_record() -> None:
    found, outcome = ended("[{explain: {by: unit, within: {days: 10}}}]")
    owed = Explanation.objects.get()
    assert waiting(found, "lan") == [("explanation", f"就{A}的年度考核说明情况")]
    here = f"/explanations/{owed.pk}/"
    lan = found.here.world.client("lan", moment(DAY, 15))
    assert "填写说明" in said(lan.get(here))
    empty = lan.post(here, {"text": " "})
    assert (empty.status_code, "请写明情况" in said(empty)) == (409, True)
    long_ = lan.post(here, {"text": "长" * 3001})
    assert (long_.status_code, "长" * 3001 in said(long_)) == (409, True)
    told = said(lan.post(here, {"text": "设备大修，<b>推迟</b>。"}, follow=True))
    assert "设备大修，&lt;b&gt;推迟&lt;/b&gt;。" in told
    assert lan.post(here, {"text": "再说一次"}).status_code == 409
    assert waiting(found, "lan") == []
    yan = found.here.world.client("yan", moment(DAY, 15))
    assert "设备大修" in said(yan.get(here))
    assert here in said(yan.get(f"/editions/{outcome.edition_id}/settle/"))
    assert yan.post(here, {"text": "代答"}).status_code == 409
    assert found.here.world.client("yuan", moment(DAY, 15)).get(here).status_code == 404


def test_what_stays_for_people_says_so() -> None:
    found, outcome = ended("[{pay: bonus}]", tier="good")
    yan = found.here.world.client("yan", moment(DAY, 15))
    page = said(yan.get(f"/editions/{outcome.edition_id}/settle/"))
    assert "由人工办理" in page
    assert "发放（一次性奖励费）" in page


def test_who_failed_has_no_green_mark() -> None:
    found, _ = ended("[end]")
    yan = found.here.world.client("yan", moment(DAY, 15))
    page = said(yan.get(f"/artisans/{honours(found)[0].pk}/"))
    assert re.findall(r'data-s="(\w+)">档一<', page) == ["struck"]
