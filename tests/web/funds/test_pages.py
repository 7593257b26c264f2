"""Pages of benefits and money, as an officer, an approver, an enterprise and the artisan see them."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.services.cultivation.kept import Kept

from gongjiang.models import BenefitGrant, Budget, BudgetVersion, ServiceOffer, Spending

pytestmark = [pytest.mark.django_db]
PLAN = {"year": "2026", "purpose": "benefits", "amount": "2,000", "basis": "年度安排"}


def planned(here: Kept) -> Budget:
    """A plan put forward on the page by one and approved by the other."""
    said = {**PLAN, "organisation": str(here.world["city"].pk)}
    assert here.world.client("zhang").post("/funds/budgets/new/", said).status_code == 302
    row = BudgetVersion.objects.get(state="proposed")
    here.world.client("yan").post(f"/funds/plans/{row.pk}/", {"verdict": "agree"})
    return Budget.objects.get()


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.ledger("M-14")
def test_a_budget_is_planned_approved_spent_and_exported(here: Kept) -> None:
    budget = planned(here)
    assert budget.approved == 200_000
    page = f"/funds/budgets/{budget.pk}/"
    officer = here.world.client("zhang")
    item = {"label": "场地", "amount": "2000.01", "how": "spent", "on": "2026-06-20"}
    refused = officer.post(page, item)
    assert refused.status_code == 409
    beyond = here.world.client("yan").post(f"{page}beyond/", {"amount": "多一些", "reason": "病房加固"})
    assert (beyond.status_code, "病房加固" in text(beyond), "多一些" in text(beyond)) == (409, True, True)
    assert "本项预算还可使用 2,000 元，这里要用 2,000.01 元" in text(refused)
    assert 'value="2000.01"' in text(refused)
    assert officer.post(page, {**item, "amount": "500", "how": "committed"}).status_code == 302
    row = Spending.objects.get()
    officer.post(f"{page}items/{row.pk}/settle/", {"version": "1", "amount": "480.50", "on": "2026-06-21"})
    assert "480.50" in text(officer.get(page))
    assert "1,519.50" in text(officer.get("/funds/"))
    found = CalamineWorkbook.from_filelike(io.BytesIO(officer.get("/funds/sheet/?year=2026").content))
    sums = found.get_sheet_by_name("预算执行").to_python()
    assert sums[-1][:8] == ["合计", "", "", 2000, 0, 480.5, 0, 1519.5]
    assert found.get_sheet_by_name("支出明细").to_python()[2][2:7] == ["场地", "", "", 480.5, "已支出"]


def test_whoever_planned_it_sees_that_another_decides(here: Kept) -> None:
    here.world.client("yan").post("/funds/budgets/new/", {**PLAN, "organisation": str(here.world["city"].pk)})
    row = BudgetVersion.objects.get()
    page = f"/funds/budgets/{row.budget_id}/"
    assert "待本单位另一位审批人批准" in text(here.world.client("yan").get(page))
    answer = here.world.client("yan").post(f"/funds/plans/{row.pk}/", {"verdict": "agree"}, follow=True)
    assert "编制的人不能批准自己的预算" in text(answer)
    assert 'value="agree"' in text(here.world.client("cai").get(page))


def test_a_form_that_is_wrong_loses_nothing(here: Kept) -> None:
    answer = here.world.client("zhang").post(
        "/funds/budgets/new/", {**PLAN, "organisation": str(here.world["city"].pk), "amount": "两千"}
    )
    assert answer.status_code == 409
    assert "金额请写成数字" in text(answer)
    assert 'value="两千"' in text(answer)
    assert "年度安排" in text(answer)
    assert not Budget.objects.exists()


@pytest.mark.ledger("M-15")
def test_benefits_are_listed_first_then_given_then_seen_by_the_artisan(here: Kept) -> None:
    budget = planned(here)
    officer = here.world.client("zhang")
    board = text(officer.get("/funds/benefits/?benefit=allowance"))
    assert "2026年1月至2026年6月，共 6 期" in board
    said = {
        "step": "look", "benefit": "allowance", "honour": [one.pk for one in here.honours[:2]], "on": "2026-06-20",
        "through": "2026-01-31", "budget": str(budget.pk),
    }  # fmt: skip
    listed = officer.post("/funds/benefits/", said)
    assert listed.status_code == 200
    assert "<b>2</b> 项，共 <b>1,300</b> 元" in text(listed)
    assert not BenefitGrant.objects.exists()
    back = text(officer.post("/funds/benefits/", {**said, "step": "edit", "note": "六月发"}))
    assert 'value="六月发"' in back
    assert back.count(" checked") == 2
    seal = listed.context["plan"].seal
    assert officer.post("/funds/benefits/", {**said, "step": "give", "seal": "other"}).status_code == 409
    done = officer.post("/funds/benefits/", {**said, "step": "give", "seal": seal}, follow=True)
    assert "已登记：每月津贴，2 人 2 项。" in text(done)
    assert list(BenefitGrant.objects.values_list("amount", "period")) == [(Decimal(650), "2026-01")] * 2
    here.user(0)
    own = text(here.world.client("artisan0").get("/mine/"))
    assert "每月津贴 2026年1月" in own
    assert "650 元" in own
    row = BenefitGrant.objects.first()
    assert row is not None
    officer.post(f"/funds/benefits/given/{row.pk}/back/", {"version": "1", "reason": "记错"})
    assert "撤回：记错" in text(officer.get("/funds/benefits/given/?state=undone"))
    sheet = officer.get("/funds/benefits/sheet/?year=2026").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [(one[0], one[6], one[9]) for one in rows[2:]] == [("何焊平", 650, "已撤回"), ("岑铸山", 650, "已给予")]


def test_all_that_the_filter_shows_at_once(here: Kept) -> None:
    said = {"step": "look", "benefit": "check", "all": "1", "on": "2026-06-20", "amount": "700"}
    listed = here.world.client("zhang").post("/funds/benefits/", said)
    assert [one.name for one in listed.context["plan"].lines] == ["何焊平", "岑铸山", "丁砺锋"]
    assert "<b>3</b> 项，共 <b>2,100</b> 元" in text(listed)


def test_nobody_ticked_and_a_wrong_sum_come_back_with_what_was_typed(here: Kept) -> None:
    officer = here.world.client("zhang")
    said = {"step": "look", "benefit": "allowance", "on": "2026-06-20", "note": "六月"}
    answer = officer.post("/funds/benefits/", said)
    assert (answer.status_code, 'value="六月"' in text(answer)) == (409, True)
    answer = officer.post("/funds/benefits/", {**said, "honour": here.honours[0].pk, "amount": "5"})
    assert "标准就是 650.00 元" in text(answer)


def test_a_service_is_offered_booked_from_the_own_page_and_given(here: Kept) -> None:
    officer = here.world.client("zhang")
    said = {
        "service": f"{here.edition.pk}/check", "place": "职工疗养院", "first": "2026-06-24", "last": "2026-06-30",
        "seats": "2",
    }  # fmt: skip
    assert officer.post("/funds/offers/", said).status_code == 302
    one = ServiceOffer.objects.get()
    here.user(0)
    artisan = here.world.client("artisan0")
    assert "健康体检可以预约" in text(artisan.get("/mine/"))
    booking = {"honour": here.honours[0].pk, "from": "mine", "on": "2026-06-24"}
    assert "已预约：健康体检，6月24日。" in text(artisan.post(f"/funds/offers/{one.pk}/book/", booking, follow=True))
    assert "已约：健康体检" in text(artisan.get("/mine/"))
    row = BenefitGrant.objects.get()
    page = f"/funds/offers/{one.pk}/"
    assert officer.post(page, {"row": row.pk}).status_code == 302
    assert BenefitGrant.objects.get().state == "given"
    officer.post(f"{page}close/", {"version": str(ServiceOffer.objects.get().version)})
    assert ServiceOffer.objects.get().closed


@pytest.mark.parametrize("username", ["yuan", "jia", "ke"])
def test_strangers_find_nothing(here: Kept, username: str) -> None:
    budget = planned(here)
    client = here.world.client(username)
    assert client.get(f"/funds/budgets/{budget.pk}/").status_code == 404
    assert client.get(f"/funds/benefits/?edition={here.edition.pk}").status_code == 404
    assert "何焊平" not in text(client.get("/funds/benefits/given/"))


@pytest.mark.parametrize("page", ["benefits/?benefit=allowance", "benefits/?benefit=own:visit", "benefits/given/?"])
def test_pages_ask_as_much_for_many_as_for_one(here: Kept, page: str) -> None:
    officer = here.world.client("zhang")
    counts = []
    for text_ in ("", "何焊平", ""):
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/funds/{page}&text={text_}").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_hostile_addresses_are_answered(here: Kept) -> None:
    officer = here.world.client("zhang")
    for page in (
        "/funds/?year=99999999999999", "/funds/sheet/?year=-1", "/funds/benefits/?benefit=%27&page=999999999999",
        "/funds/benefits/?edition=9999999999999999999", "/funds/benefits/sheet/?year=99999",
        "/funds/benefits/given/?after=x",
        "/funds/benefits/given/?text=%27%22%3Cscript%3E", "/funds/offers/?after=99999999999999999",
    ):  # fmt: skip
        assert officer.get(page).status_code in {200, 404}
