"""The unit's desk in a browser: order, sending upward, papers, the summary sheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.factories import AT, case_at, programme_at
from tests.services.formality import national
from tests.services.formality.ground import Ground, ground

from gongjiang.documents.xlsx import write_list
from gongjiang.models import Case
from gongjiang.services.nominations.summary import header_of, summary_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ground:
    return ground()


def address(here: Ground, rest: str = "") -> str:
    return f"/editions/{here.edition.pk}/unit/{here.world['county'].pk}/{rest}"


def test_the_desk_shows_the_unit_s_people_and_sends_them_up(here: Ground) -> None:
    ready, waiting = here.to("report_up"), here.filed("岑铸山")
    client = here.world.client("wen")
    page = client.get(address(here)).content.decode()
    for told in (
        "青屿区总工会",
        "何焊平",
        "岑铸山",
        "逐级上报",
        "可以上报",
        "可上报 1 人",
        "优先与注重",
        "书面材料一式三份",
    ):
        assert told in page, told
    assert "导入汇总表" not in page  # Nanning's notice has no summary sheet
    said = {"stage": "report_up", "case": [ready.pk], "point": ["书面材料一式三份"]}
    refused = client.post(address(here, "report/"), said)
    assert refused.status_code == 400
    assert "还没有逐项核对：电子版" in refused.content.decode()
    done = client.post(address(here, "report/"), {**said, "point": ["书面材料一式三份", "电子版"]}, follow=True)
    assert "已上报 1 人：何焊平" in done.content.decode()
    assert here.states(ready)["initial"] == "open"
    mixed = client.post(
        address(here, "report/"), {**said, "case": [waiting.pk], "point": ["书面材料一式三份", "电子版"]}
    )
    assert mixed.status_code == 409
    assert "岑铸山" in mixed.content.decode()
    assert "有 1 人没有上报，其余已办好。" in mixed.content.decode()


def test_the_order_is_saved_by_number_or_by_dragging(here: Ground) -> None:
    first, second = here.filed(), here.filed("岑铸山")
    client = here.world.client("wen")
    client.post(address(here, "rank/"), {f"place-{first.pk}": "2", f"place-{second.pk}": "1"})
    assert list(Case.objects.order_by("rank_in_unit")) == [second, first]
    client.post(address(here, "rank/"), {"order": f"{first.pk},{second.pk}"})
    assert list(Case.objects.order_by("rank_in_unit")) == [first, second]
    assert client.post(address(here, "rank/"), {"order": "999"}).status_code == 400


def test_strangers_find_no_desk(here: Ground) -> None:
    here.filed()
    for who in ("lan", "yuan", "ke", "zhang", "xi"):
        for rest in ("", "rank/", "report/", "import/", "summary.xlsx"):
            client = here.world.client(who)
            answer = (
                client.post(address(here, rest)) if rest in {"rank/", "report/"} else client.get(address(here, rest))
            )
            assert answer.status_code == 404, (who, rest)
    assert Client().get(address(here))["Location"].startswith("/login/")


def test_papers_leave_as_attachments_for_who_sees_the_case(here: Ground) -> None:
    case = here.filed()
    client = here.world.client("wen")
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/nominations/{case.pk}/print/application.{kind}")
        assert answer.content.startswith(head)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store"
    for wrong in ("application.html", "nothing.pdf"):
        assert client.get(f"/nominations/{case.pk}/print/{wrong}").status_code == 404
    for who in ("yuan", "yin", "xi"):
        assert here.world.client(who).get(f"/nominations/{case.pk}/print/application.pdf").status_code == 404


@pytest.mark.once
def test_the_desk_takes_as_many_queries_for_300_as_for_one(here: Ground) -> None:
    client, counts = here.world.client("wen"), []
    for more in (1, 2, 297):
        for n in range(more):
            case_at(here.world, here.edition, "report_up" if n % 2 else "qualify", f"何样{n}")
        client.get(address(here))
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(here)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.ledger("N-09", "N-15")
def test_the_summary_sheet_comes_in_by_the_page_and_goes_out_again() -> None:
    world, edition = national.national_world()
    programme, client = programme_at(edition), world.client("su", national.AT)
    base = f"/editions/{edition.pk}/unit/{world['jiangsu'].pk}/"
    assert "各推荐单位名额（江苏）" in client.get(base).content.decode()
    header = header_of(programme, summary_form(programme))
    good = {"姓名": "何焊平", "性别": "女", "身份证号": national.number(1), "出生年月": "1980.6"}
    bad = {"姓名": "岑铸山", "性别": "妇", "身份证号": national.number(2)}
    data = write_list("汇总表", header, [[row.get(name) for name in header] for row in (good, bad)])
    assert "下载填报表" in client.get(f"{base}import/").content.decode()
    sent = client.post(f"{base}import/", {"file": SimpleUploadedFile("汇总表.xlsx", data)})
    look = sent["Location"]
    page = client.get(look).content.decode()
    assert "新建 1 人</b>，<b>更新 0 人</b>，无变化 0 人，1 行须先改正。" in page
    assert "第4行 C列（性别）" in page
    assert "只能选：男、女" in page
    assert not Case.objects.exists()
    marked = load_workbook(io.BytesIO(client.get(f"{look}marked.xlsx").content))
    assert marked.worksheets[0]["C4"].fill.fgColor.rgb == "FFFFC7CE"
    assert marked["错误"]["B2"].value == "C4"
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    stale = client.post(f"{look}take/", {"seen": "another"})
    assert stale.status_code == 409
    assert "请再看一遍后导入" in stale.content.decode()
    told = client.post(f"{look}take/", {"seen": seen}, follow=True).content.decode()
    assert "新建 1 人，更新 0 人，无变化 0 人；1 处须改正" in told
    for who in ("qu", "lao"):
        for rest in ("", "take/", "drop/", "marked.xlsx"):
            way = world.client(who, national.AT)
            answer = way.post(look + rest) if rest in {"take/", "drop/"} else way.get(look + rest)
            assert answer.status_code == 404, (who, rest)
    client.post(f"{look}drop/")
    assert client.get(look).status_code == 404
    empty = load_workbook(io.BytesIO(client.get(f"{base}workbook.xlsx").content))
    assert empty["填写"]["B4"].value == "何焊平"
    assert [one.title for one in Case.objects.all()] == ["何焊平"]
    out = client.get(f"{base}summary.xlsx")
    assert "attachment" in out["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(out.content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0] == header
    assert rows[1][1] == "何焊平"
    refused = client.post(f"{base}import/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
    assert refused.status_code == 422
    assert "文件没有导入。" in refused.content.decode()
    assert "请选择一个不超过 20 MB 的" in client.post(f"{base}import/").content.decode()


def test_a_full_quota_is_said_beside_the_names() -> None:
    world, edition = national.national_world()
    for n in range(4):
        case = case_at(
            world, edition, "recommend", f"何样{n}", unit="works", route="单位工会提出", filer="tian", at=national.AT
        )
        Case.objects.filter(pk=case.pk).update(nominator=world["xizang"])
        case.parties.filter(role="province_union").update(organisation=world["xizang"])
    page = world.client("qu", national.AT).get(f"/editions/{edition.pk}/unit/").content.decode()
    assert "在办 4 人，超出剩余名额 1 人，请排好次序。" in page
    assert AT != national.AT
