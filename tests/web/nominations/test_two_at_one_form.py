"""Two tabs at one form, with and without script; and its history. Nothing is lost on either side."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, opened_edition, person, small_world

from gongjiang.models import Case, Edit

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    found = small_world()
    person(found, "lan2", "兰同事", ("filer", "plant"))
    return found


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply", values={"gender": "男", "post": "班长"})


def shown(client: Client, case: Case, step: str = "basic") -> dict[str, str]:
    """What a page without script sends back: every field as it stands, the version, the marks."""
    text = client.get(f"/nominations/{case.pk}/form/{step}/").content.decode()
    return fields_of(text)


def fields_of(text: str) -> dict[str, str]:
    """Inputs of the step's form."""
    form = text[text.index('<form class="panel"') :]
    form = re.sub("<template.*?</template>", "", form[: form.index("</form>")], flags=re.S)
    found = dict(re.findall(r'<input class="input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    found |= dict(re.findall(r'type="hidden" name="(version|base|cards)" value="([^"]*)"', form))
    return found | {"base": found["base"].replace("&quot;", '"')}


def test_who_touched_other_fields_is_told_and_both_stand(world: World, case: Case) -> None:
    mine, theirs = world.client("lan"), world.client("lan2")
    page = shown(mine, case)
    theirs.post(f"/nominations/{case.pk}/form/basic/", shown(theirs, case) | {"post": "车间主任"})
    answer = mine.post(f"/nominations/{case.pk}/form/basic/", page | {"native_place": "青屿县"}, follow=True)
    assert "您打开此页以后，兰同事 10:00改了“职务”。已保留其所改，没有覆盖。" in answer.content.decode()
    case.refresh_from_db()
    assert (case.values["post"], case.values["native_place"]) == ("车间主任", "青屿县")


def test_without_script_one_chooses_between_the_two(world: World, case: Case) -> None:
    mine, theirs = world.client("lan"), world.client("lan2")
    page, address = shown(mine, case), f"/nominations/{case.pk}/form/basic/"
    theirs.post(address, shown(theirs, case) | {"post": "车间主任", "education": "大专"})
    answer = mine.post(address, page | {"post": "<工段长>", "native_place": "青屿县"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="keep__post" value="mine" checked' in text
    assert '<span class="said">&lt;工段长&gt;</span>' in text
    assert "用兰同事 10:00存的" in text
    assert '<span class="said">车间主任</span>' in text
    again = fields_of(text)
    assert (again["post"], again["education"]) == ("&lt;工段长&gt;", "大专")
    case.refresh_from_db()
    assert case.values["post"] == "车间主任"
    kept = again | {"post": "<工段长>", "keep__post": "theirs", "go": "stay"}
    assert mine.post(address, kept).status_code == 302
    case.refresh_from_db()
    assert (case.values["post"], case.values["education"]) == ("车间主任", "大专")
    history = mine.get(f"/nominations/{case.pk}/history/").content.decode()
    assert "填了没有采用：" in history
    assert "&lt;工段长&gt;" in history


def test_what_only_this_person_changed_is_kept_through_a_clash(world: World, case: Case) -> None:
    mine, theirs = world.client("lan"), world.client("lan2")
    page, address = shown(mine, case), f"/nominations/{case.pk}/form/basic/"
    theirs.post(address, shown(theirs, case) | {"post": "车间主任"})
    again = fields_of(mine.post(address, page | {"post": "工段长", "native_place": "青屿县"}).content.decode())
    assert again["native_place"] == "青屿县"
    assert mine.post(address, again | {"keep__post": "mine"}).status_code == 302
    case.refresh_from_db()
    assert (case.values["post"], case.values["native_place"]) == ("工段长", "青屿县")


def test_with_script_the_choice_comes_with_the_answer(world: World, case: Case) -> None:
    mine, theirs = world.client("lan"), world.client("lan2")
    address = f"/nominations/{case.pk}/save/basic/"
    page, other = shown(mine, case), shown(theirs, case)
    said: Any = theirs.post(address, other | {"post": "车间主任", "fields": "post"}).json()
    assert set(said["base"]) == {"post"}
    assert said["base"]["post"] != json.loads(page["base"])["post"]
    quiet = mine.post(address, page | {"native_place": "青屿县", "fields": "native_place"}).json()
    assert quiet["elsewhere"].startswith("您打开此页以后，兰同事")
    clash = mine.post(address, page | {"post": "工段长", "fields": "post"})
    assert clash.status_code == 409
    assert 'name="keep__post"' in clash.json()["block"]
    assert mine.post(address, page | {"base": "[1", "fields": "post", "post": "x"}).status_code == 409


def test_history_shows_differences_and_fetches_back(world: World, case: Case) -> None:
    client = world.client("lan")
    address = f"/nominations/{case.pk}/form/basic/"
    client.post(address, shown(client, case) | {"post": "电焊班长", "mobile": "13900000000"})
    text = client.get(f"/nominations/{case.pk}/history/").content.decode()
    assert "<ins>电焊</ins>班长" in text
    assert "13900000000" not in text
    assert "139****0000" in text
    assert "<ins>139" not in client.get(f"/nominations/{case.pk}/history/?name=post").content.decode()
    edit = Edit.objects.get(case=case)
    asked = {"edit": edit.pk, "name": "post", "side": "from"}
    assert client.post(f"/nominations/{case.pk}/history/fetch/", asked).status_code == 302
    case.refresh_from_db()
    assert case.values["post"] == "班长"
    for who in ("wen", "yin"):
        assert world.client(who).get(f"/nominations/{case.pk}/history/").status_code == 404
        assert world.client(who).post(f"/nominations/{case.pk}/history/fetch/", asked).status_code == 404
    assert client.post(f"/nominations/{case.pk}/history/fetch/", asked | {"edit": "x"}).status_code == 404


def test_the_history_does_not_grow_in_queries(world: World, case: Case) -> None:
    client = world.client("lan")
    counts = []
    for n in (1, 3, 300):
        Edit.objects.filter(case=case).delete()
        Edit.objects.bulk_create(
            Edit(case=case, version=k, changes={"post": {"from": str(k), "to": str(k + 1)}}, began_at=AT, at=AT)
            for k in range(n)
        )
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/nominations/{case.pk}/history/").status_code == 200
        counts.append(len(found))
    assert len(set(counts)) == 1
    text = client.get(f"/nominations/{case.pk}/history/").content.decode()
    before = re.search(r"before=(\d+)", text)
    assert before is not None
    assert "第 299 版" not in client.get(f"/nominations/{case.pk}/history/?before={before[1]}").content.decode()
