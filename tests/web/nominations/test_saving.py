"""Autosave, stale tabs, smuggled fields, other people's addresses, pages that don't grow."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Case, Edition, File

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply", values={"gender": "男", "birth": "1982-03"})


def save(client: Any, case: Case, step: str, fields: str, **typed: Any) -> Any:
    """What autosave.js sends."""
    typed = {"version": case.version, **typed}
    return client.post(f"/nominations/{case.pk}/save/{step}/", typed | {"fields": fields})


def test_autosave_says_version_errors_rules(world: World, case: Case) -> None:
    client = world.client("lan")
    answer = save(client, case, "supplement", "works_in_city", works_in_city="yes")
    said = answer.json()
    assert answer.status_code == 200
    assert said["version"] == case.version + 1
    assert said["errors"] == {}
    rule = next(one for one in said["rules"] if one["title"] == "南宁市区域内在岗")
    assert (rule["outcome"], rule["clause"]) == ("met", "通知 四(二)")
    case.refresh_from_db()
    assert case.values["works_in_city"] == "yes"


def test_autosave_tells_what_is_wrong_and_keeps_it(world: World, case: Case) -> None:
    client = world.client("lan")
    said = save(client, case, "basic", "id_number gender", id_number="110105801231002", gender="女").json()
    assert said["errors"]["id_number"].startswith("这是15位旧身份证号")
    case.refresh_from_db()
    assert case.values["gender"] == "女"
    assert case.values["id_number"]
    said = save(client, case, "basic", "gender", gender="甲").json()
    assert "只能选：男、女" in said["errors"]["gender"]
    case.refresh_from_db()
    assert case.values["gender"] == "女"


def test_only_what_changed_is_touched(world: World, case: Case) -> None:
    client = world.client("lan")
    save(client, case, "basic", "name", name="何焊平", gender="女")
    case.refresh_from_db()
    assert case.values["gender"] == "男"


def test_questions_that_don_t_apply_are_named(world: World, case: Case) -> None:
    client = world.client("lan")
    said = save(client, case, "choices", "patents", patents="no").json()
    assert said["hidden"] == ["patents_invention", "patents_utility", "patents_design"]
    case.refresh_from_db()
    said = save(client, case, "choices", "patents", patents="yes").json()
    assert said["hidden"] == []


def test_a_stale_tab_is_told_and_loses_nothing(world: World, case: Case) -> None:
    client = world.client("lan")
    save(client, case, "basic", "name", name="何焊平甲")
    stale = save(client, case, "basic", "name", name="何焊平乙")
    assert stale.status_code == 409
    assert "此页已过期" in stale.json()["text"]
    typed = {"version": case.version, "name": "何焊平乙", "post": "班长"}
    answer = client.post(f"/nominations/{case.pk}/form/basic/", typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "何焊平甲" in text  # what is stored
    assert 'value="何焊平乙"' in text  # what was typed
    assert 'value="班长"' in text
    case.refresh_from_db()
    assert case.values["name"] == "何焊平甲"
    assert f'name="version" value="{case.version}"' in text  # saved once more, it goes through
    assert client.post(f"/nominations/{case.pk}/form/basic/", typed | {"version": case.version}).status_code == 302


def test_a_wrong_choice_keeps_what_was_typed_in_its_field(world: World, case: Case) -> None:
    client = world.client("lan")
    answer = client.post(
        f"/nominations/{case.pk}/form/basic/", {"version": case.version, "gender": "甲", "name": "何焊平乙"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "只能选：男、女" in text
    assert 'value="何焊平乙"' in text


SMUGGLED = {
    "state": "named", "status": "approved", "standing": "gold", "nominator": "1", "values": "{}",
    "subject.user": "1", "leader.name": "甲", "resume": "x", "photo": "x", "remove_row": "name-0",
}  # fmt: skip


def test_smuggled_fields_change_nothing(world: World, case: Case) -> None:
    client = world.client("lan")
    before = Case.objects.values().get(pk=case.pk)
    said = save(client, case, "basic", " ".join(SMUGGLED), **SMUGGLED)
    assert (said.status_code, said.json()["version"]) == (200, case.version)
    answer = client.post(f"/nominations/{case.pk}/form/brief/", {"version": case.version, **SMUGGLED})
    assert answer.status_code == 302
    after = Case.objects.values().get(pk=case.pk)
    assert {k: v for k, v in after.items() if k != "version"} == {k: v for k, v in before.items() if k != "version"}


def test_markup_stays_text(world: World, case: Case) -> None:
    client = world.client("lan")
    save(client, case, "deeds", "deeds", deeds="{{ settings }}<script>alert(1)</script>\u202e倒")
    text = client.get(f"/nominations/{case.pk}/form/deeds/").content.decode()
    assert "{{ settings }}&lt;script&gt;alert(1)&lt;/script&gt;倒" in text


def addresses(case: Case, file: File) -> list[tuple[str, str]]:
    """Every address of filing and of files, with its verb."""
    base = f"/nominations/{case.pk}"
    return [
        ("get", f"{base}/form/"), ("get", f"{base}/form/basic/"), ("post", f"{base}/form/basic/"),
        ("post", f"{base}/save/basic/"), ("get", f"{base}/live/basic/"), ("post", f"{base}/known/"),
        ("post", f"{base}/reason/"), ("post", f"{base}/submit/"), ("post", f"{base}/withdraw/"),
        ("post", f"{base}/files/"), ("post", f"{base}/files/{file.pk}/remove/"), ("get", f"/files/{file.pk}/"),
        ("get", f"/files/{file.pk}/view/"), ("get", f"/files/{file.pk}/inline/"),
        ("get", f"/files/{file.pk}/pages/1.jpg"),
    ]  # fmt: skip


def filed(case: Case, n: int = 1) -> File:
    """Rows of files, their bytes nowhere."""
    rows = [
        File(case=case, attachment="certificates", title=f"证书{k}", name="证书.pdf", kind="pdf", size=9, pages=1,
             digest="0" * 64, stored=f"{case.pk}/{k}.pdf", uploaded_at=AT)
        for k in range(n)
    ]  # fmt: skip
    return File.objects.bulk_create(rows)[0]


@pytest.mark.parametrize("name", ["yin", "yuan", "wen", "ke", "jia", "guan", "xi"])
def test_a_draft_of_another_unit_does_not_exist(world: World, case: Case, name: str) -> None:
    file = filed(case)
    before = Case.objects.values().get(pk=case.pk)
    client = world.client(name)
    for verb, address in addresses(case, file):
        answer = getattr(client, verb)(address, {"version": case.version, "name": "别人"})
        assert answer.status_code == 404, address
    assert Case.objects.values().get(pk=case.pk) == before
    file.refresh_from_db()
    assert file.removed_at is None


def test_who_is_not_signed_in_is_led_to_the_login(world: World, case: Case) -> None:
    client = world.client(None)
    for verb, address in [*addresses(case, filed(case)), ("get", "/nominations/new/")]:
        answer = getattr(client, verb)(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/"), address


def test_who_may_read_a_sent_nomination_may_not_change_it(world: World, case: Case) -> None:
    sent = case_at(world, case.process.edition, "qualify", "岑铸山")
    client = world.client("wen")
    assert client.get(f"/nominations/{sent.pk}/form/basic/").status_code == 200
    answer = client.post(f"/nominations/{sent.pk}/form/basic/", {"version": sent.version, "name": "别人"})
    assert answer.status_code in (403, 409)
    sent.refresh_from_db()
    assert sent.title == "岑铸山"


def queries(world: World, case: Case, address: str) -> int:
    """How many queries a page takes."""
    client = world.client("lan")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.once
@pytest.mark.parametrize("step", ["material", "confirm", "basic"])
def test_pages_do_not_grow_with_their_files(world: World, case: Case, step: str) -> None:
    address = f"/nominations/{case.pk}/form/{step}/"
    counts = []
    for n in (1, 3, 300):
        File.objects.all().delete()
        filed(case, n)
        counts.append(queries(world, case, address))
    assert len(set(counts)) == 1, counts


@pytest.mark.once
def test_the_start_page_does_not_grow_with_editions(world: World, case: Case) -> None:
    once = queries(world, case, f"/nominations/new/?edition={case.process.edition_id}")
    for n in range(3):
        other = opened_edition(world, slug=f"more-{n}")
        assert other.state == Edition.State.OPEN
    assert queries(world, case, "/nominations/new/") - once <= 3 * 4
