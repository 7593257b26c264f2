"""Queues and the nominee page in a browser without script: what is shown to whom, what a click does, and how many
queries it takes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, case_at
from tests.services.formality.ground import Ground, ground

from gongjiang.models import Case, File, Finding, Judgement, Opinion

pytestmark = pytest.mark.django_db

POINTS = ["年限与在岗情况属实", "证书原件核对后退回", "会员身份", "一线岗位", "材料一式三份"]


@pytest.fixture
def here() -> Ground:
    return ground()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, case: Case, what: str, **said: object):
    return client.post(f"/nominees/{case.pk}/{what}/", said)


def decide(client: Client, case: Case, action: str, stage: str = "qualify", **said: object):
    case.refresh_from_db()
    return post(client, case, "move", stage=stage, action=action, version=case.version, **said)


def test_a_case_is_judged_checked_and_passed_from_the_page(here: Ground) -> None:
    case, second = here.filed(), here.filed("岑铸山")
    client = here.world.client("wen")
    page = read(client, f"/nominees/{case.pk}/")
    for told in ("何焊平", "对外显示：审核中", "第 1 件，共 2 件", "由人认定", "代录…", "990***********0017", *POINTS):
        assert told in page, told
    assert "990000198203120017" not in page
    assert "10000001000" not in page
    answer = post(client, case, "judge", **{"answer-character": "yes", "basis-character": "查阅档案"})
    assert answer.status_code == 302
    assert Judgement.objects.get(case_id=case.pk).basis == "查阅档案"
    refused = decide(client, case, "pass", point=POINTS[:2], note="材料齐全")
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "审核要点还没有逐项核对：会员身份、一线岗位、材料一式三份。" in page
    assert "材料齐全</textarea>" in page  # nothing typed is lost
    assert page.count(' form="decide" checked') == 2
    done = decide(client, case, "pass", point=POINTS, note="材料齐全", next=f"/nominees/{second.pk}/")
    assert done["Location"] == f"/nominees/{second.pk}/"
    assert here.states(case)["dept_opinion"] == "open"
    assert Finding.objects.filter(case=case, ok=True).count() == 5
    assert case.rows.get(stage="qualify").note == "材料齐全"
    page = read(client, f"/nominees/{case.pk}/")
    assert "已作认定 1 项" in page
    assert "资格审核确认：通过" in page


def test_sending_back_names_the_step_and_what_to_mend(here: Ground) -> None:
    case = here.filed()
    client = here.world.client("wen")
    refused = decide(client, case, "return", mend=POINTS[:1], reason="")
    assert refused.status_code == 400
    assert "须写明理由" in refused.content.decode()
    decide(client, case, "return", mend=POINTS[:1], reason="请补社保记录", back_to="apply")
    page = read(here.world.client("lan"), f"/nominees/{case.pk}/")
    assert "退回时要求补正" in page
    assert "请补社保记录（须补正：年限与在岗情况属实）" in page
    assert "继续填写" in page


def test_a_stale_page_and_a_foreign_case(here: Ground) -> None:
    case = here.filed()
    client = here.world.client("wen")
    stale = post(client, case, "move", stage="qualify", action="reject", version=case.version - 1, reason="不实")
    assert stale.status_code == 409
    assert "此页已过期" in stale.content.decode()
    assert "不实</textarea>" in stale.content.decode()
    for who in ("yuan", "yin", "xi", "jia", "guan"):
        stranger = here.world.client(who)
        assert stranger.get(f"/nominees/{case.pk}/").status_code == 404, who
        for what in ("move", "judge", "opinion", "reason", "exception"):
            assert post(stranger, case, what).status_code == 404, (who, what)
    assert Client().get(f"/nominees/{case.pk}/")["Location"].startswith("/login/")
    assert here.states(case)["qualify"] == "open"


def test_a_replayed_click_is_once(here: Ground) -> None:
    case = here.filed()
    here.judge(case)
    client = here.world.client("wen")
    for _ in range(2):
        assert decide(client, case, "pass", point=POINTS, key="abc").status_code in (302, 409)
    assert Finding.objects.filter(case=case).count() == 5


def test_a_department_signs_its_own_box_from_the_bar(here: Ground) -> None:
    case = here.to("dept_opinion")
    client = here.world.client("ke")
    page = read(client, f"/nominees/{case.pk}/")
    assert "签署科技部门意见" in page
    assert "代录…" not in page
    assert "退回补正…" not in page
    refused = post(client, case, "opinion", sheet="county_sheet", party="sci", verdict="不同意", text="")
    assert refused.status_code == 400
    assert "不同意须写明理由" in refused.content.decode()
    assert post(client, case, "opinion", sheet="county_sheet", party="miit", verdict="同意").status_code == 403
    post(client, case, "opinion", sheet="county_sheet", party="sci", verdict="同意", text="同意推荐")
    assert Opinion.objects.get(case=case, party="sci").verdict == "同意"
    union = read(here.world.client("wen"), f"/nominees/{case.pk}/")
    assert "同意推荐" in union
    assert "据盖章件代录" not in union
    assert union.count("代录…") == 4  # the employer and the three that are silent


def test_an_exception_is_offered_only_to_who_may_grant_it(here: Ground) -> None:
    case = here.to("initial")
    here.judge(case, "exceptional", who="zhang")
    assert "批准破格" in read(here.world.client("yan"), f"/nominees/{case.pk}/")
    assert "批准破格" not in read(here.world.client("zhang"), f"/nominees/{case.pk}/")
    post(here.world.client("yan"), case, "exception", exception="exceptional", record="全国首创工艺")
    case.refresh_from_db()
    assert case.exception == "exceptional"


def test_what_was_typed_is_shown_as_text(here: Ground) -> None:
    case = here.filed(main_honours="<script>alert(1)</script>{{ 7|add:7 }}")
    page = read(here.world.client("wen"), f"/nominees/{case.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page
    assert "<script>alert" not in page


def many(here: Ground, number: int, stage: str = "qualify") -> list[Case]:
    return [case_at(here.world, here.edition, stage, f"何样{n}") for n in range(number)]


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is cached for the process is warm
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.once
def test_the_queue_takes_as_many_queries_for_300_as_for_one(here: Ground) -> None:
    client, address = here.world.client("wen"), f"/editions/{here.edition.pk}/queue/qualify/"
    counts = []
    for more in (1, 2, 297):
        many(here, more)
        counts.append(queries(client, address))
    assert counts[0] == counts[1] == counts[2]
    page = read(client, address)
    assert page.count("何样") == 50
    last = Case.objects.order_by("id")[49].pk
    assert f"?after={last}" in page
    assert read(client, f"{address}?after={last}").count("何样") == 50


@pytest.mark.once
def test_the_nominee_page_takes_as_many_queries_for_300_files_as_for_one(here: Ground) -> None:
    case = here.filed()
    client, address = here.world.client("wen"), f"/nominees/{case.pk}/"
    counts = []
    for more in (1, 2, 297):
        number = File.objects.count()
        File.objects.bulk_create(
            File(
                case=case,
                attachment="certificates",
                title=f"证书{n}",
                name=f"{n}.pdf",
                kind="pdf",
                size=1000,
                pages=2,
                digest="0" * 64,
                stored=f"f{n}.pdf",
                uploaded_at=AT,
            )
            for n in range(number, number + more)
        )
        Finding.objects.bulk_create(
            Finding(case=case, stage="qualify", point=f"要点{n}", ok=False, at=AT) for n in range(number, number + more)
        )
        many(here, more)
        counts.append(queries(client, address))
    assert counts[0] == counts[1] == counts[2]
