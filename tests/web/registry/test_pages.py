"""The registers on screen: brought in, looked at, settled, taken back; the same number of queries for any number."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, small_world
from tests.services.registry.test_lists import HEAD, NUMBER, ROWS, brought

from gongjiang.documents.xlsx import write_list
from gongjiang.kernel import identity_number
from gongjiang.models import PersonQuestion, RegistryImport
from gongjiang.services.registry.decide import decide

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def posted(rows: Any = ROWS, **said: str) -> dict[str, Any]:
    upload = SimpleUploadedFile("名单.xlsx", write_list("名单", HEAD, rows))
    return {"code": "national-talent-plan", "title": "入选人员名单", "state": "stands", "file": upload, **said}


def test_a_list_from_the_file_to_the_register(world: World) -> None:
    client = world.client("zhang")
    assert "导入名单" in client.get("/registry/").content.decode()
    shown = client.post(
        "/registry/import/", posted((*ROWS, ("路工", "12345", "", "", ""))), follow=True
    ).content.decode()
    assert "这是预览，还没有导入。" in shown
    assert "第6行 B列（身份证号）" in shown
    assert identity_number.mask(NUMBER) in shown
    assert NUMBER not in shown
    made = RegistryImport.objects.get()
    done = client.post(f"/registry/imports/{made.pk}/take/", follow=True).content.decode()
    assert "已导入“国家级人才计划” 3 行。" in done
    page = client.get("/registry/").content.decode()
    assert "入选人员名单" in page
    assert "不齐全：查不到的按“未知”处理" in page
    refused = client.post(f"/registry/imports/{made.pk}/withdraw/", {"reason": ""})
    assert refused.status_code == 400
    assert "请写明撤销的理由" in refused.content.decode()
    gone = client.post(f"/registry/imports/{made.pk}/withdraw/", {"reason": "版本不对"}, follow=True).content.decode()
    assert "已撤销“入选人员名单”" in gone


def test_what_is_wrong_with_the_description_is_told_by_the_field(world: World) -> None:
    answer = world.client("zhang").post("/registry/import/", posted(code="", new_code="国家"))
    assert answer.status_code == 400
    assert "请选择名册，或为新名册写一个代号" in answer.content.decode()
    assert 'value="入选人员名单"' in answer.content.decode()


@pytest.mark.ledger("X-01")
def test_a_question_is_settled_and_undone_on_screen(world: World) -> None:
    brought(world)
    brought(world, (("温测微", "", "1985-07", "澜江重工有限公司", ""),), code="ministry-talent-plan")
    client = world.client("zhang")
    page = client.get("/registry/people/").content.decode()
    assert "“国家级人才计划”名册第5行（入选人员名单）" in page
    question = PersonQuestion.objects.get()
    address = f"/registry/questions/{question.pk}"
    assert client.post(f"{address}/decide/", {"same": "yes", "reason": ""}).status_code == 400
    client.post(f"{address}/decide/", {"same": "yes", "reason": "两份文件的附件照片一致"})
    question.refresh_from_db()
    assert (question.state, question.other.registry_entries.count()) == ("same", 2)
    assert "同一人" in client.get("/registry/people/?settled=1").content.decode()
    client.post(f"{address}/undo/", {"reason": "照片看错"})
    question.refresh_from_db()
    assert (question.state, question.other.registry_entries.count(), question.one.registry_entries.count()) == (
        "open",
        1,
        1,
    )


def test_a_row_put_to_somebody_by_its_data_alone_can_be_set_apart(world: World) -> None:
    brought(world)
    made = brought(world, (ROWS[1],), code="ministry-talent-plan")
    entry = made.entries.get()
    assert entry.outcome == "known"
    client = world.client("zhang")
    client.post(f"/registry/rows/{entry.pk}/part/", {"reason": "单位里有两个同名的人"})
    entry.refresh_from_db()
    assert entry.subject.registry_entries.count() == 1
    assert PersonQuestion.objects.get().state == "other"


def test_others_find_nothing_here(world: World) -> None:
    made = brought(world)
    for who in ("lan", "wen", "jia", "guan"):
        client = world.client(who)
        for address in ("", "import/", "template.xlsx", "people/", f"imports/{made.pk}/"):
            assert client.get(f"/registry/{address}").status_code == 404, (who, address)
        assert client.post(f"/registry/imports/{made.pk}/withdraw/", {"reason": "x"}).status_code == 404


def test_the_template_comes_back_in(world: World) -> None:
    book = world.client("zhang").get("/registry/template.xlsx")
    upload = SimpleUploadedFile("表.xlsx", book.content)
    answer = world.client("zhang").post("/registry/import/", {**posted(), "file": upload})
    assert "表头下面没有内容" in answer.content.decode()


@pytest.mark.ledger("C-01")
def test_a_persons_way_through_the_levels(world: World) -> None:
    brought(world, (("何焊平", NUMBER, "", "", "2019"),), code="nanning-artisan", level="city")
    made = brought(world, (("何焊平", NUMBER, "", "", "2023"),), code="national-artisan", level="national")
    subject = made.entries.get().subject
    page = world.client("zhang").get(f"/people/{subject.pk}/").content.decode()
    assert page.index("2023") < page.index("2019")
    assert identity_number.mask(NUMBER) in page
    assert world.client("wen").get(f"/people/{subject.pk}/").status_code == 404


def test_as_many_queries_for_many_as_for_one(world: World) -> None:
    client = world.client("zhang")
    names = [f"样{chr(0x4E00 + n)}" for n in range(70)]

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        return len(found)

    small = brought(world, ((names[0], "", "1980-01", "甲厂", ""),))
    brought(world, ((names[0], "", "1980-01", "乙厂", ""),), code="ministry-talent-plan")
    addresses = ("/registry/", "/registry/people/", f"/registry/imports/{small.pk}/")
    before = [cost(one) for one in addresses[:2]] + [cost(f"/registry/imports/{small.pk}/")]
    big = brought(world, [(one, "", "1980-01", "丙厂", "") for one in names], code="national-artisan")
    brought(world, [(one, "", "1980-01", "丁厂", "") for one in names], code="artisan-trainee")
    assert PersonQuestion.objects.count() > 60
    after = [cost(one) for one in addresses[:2]] + [cost(f"/registry/imports/{big.pk}/")]
    assert after == before
    decide(actor=world.actor("zhang"), at=AT, question_id=PersonQuestion.objects.first().pk, same=False, reason="不同")
    assert cost("/registry/people/?settled=1") <= max(after)
