"""Naming and the register in the browser's eyes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.services.public_notices.stage import Ground, ground, moment

from gongjiang.models import Honour

pytestmark = pytest.mark.django_db
AFTER = date(2026, 9, 28)


def named(here: Ground, step: str = "name", who: str = "yan", **said: str):
    path = reverse("honours-confer", args=[here.edition.pk, "name"])
    client = here.world.client(who, moment(AFTER))
    return client.post(
        path, {"number": "望工发〔2026〕9号", "title": "", "issued_on": "", "step": step, **said}, follow=True
    )


def ready(people: int = 3) -> Ground:
    here = ground(places=people, people=people)
    here.post()
    here.settle(date(2026, 9, 25))
    return here


def test_the_last_look_then_the_naming() -> None:
    here = ready()
    look = named(here, "check").content.decode()
    assert "命名 <b>3</b> 人" in look
    assert not Honour.objects.exists()
    done = named(here)
    assert "3 人载入名册" in done.content.decode()
    assert Honour.objects.count() == 3


def test_what_is_missing_is_said_and_nothing_lost() -> None:
    here = ready()
    answer = named(here, number="", title="我拟的标题")
    assert answer.status_code == 409
    assert "请填写文号" in answer.content.decode()
    assert "我拟的标题" in answer.content.decode()
    assert named(here, issued_on="2026-13-01").status_code == 409
    assert not Honour.objects.exists()


def test_officers_look_and_approvers_name() -> None:
    here = ready()
    path = reverse("honours-confer", args=[here.edition.pk, "name"])
    assert "由本单位审批人员下文" in here.world.client("zhang", moment(AFTER)).get(path).content.decode()
    assert named(here, who="zhang").status_code == 409
    assert here.world.client("wen", moment(AFTER)).get(path).status_code == 404


def test_the_register_finds_shows_and_hides() -> None:
    here = ready()
    named(here)
    client = here.world.client(None, moment(AFTER))
    honour = Honour.objects.get(name="岑铸山")
    text = client.get("/register/", {"text": "铸山"}).content.decode()
    assert "岑铸山" in text
    assert "何焊平" not in text
    page = client.get(reverse("honours-detail", args=[honour.pk])).content.decode()
    assert "望工发〔2026〕9号" in page
    assert "澜江重工有限公司" in page
    Honour.objects.filter(pk=honour.pk).update(state="revoked")
    assert client.get(reverse("honours-detail", args=[honour.pk])).status_code == 404
    assert client.get("/register/", {"after": "x", "year": "'"}).status_code == 200


def test_the_register_has_constant_queries() -> None:
    here = ready(6)
    named(here)
    client = here.world.client(None, moment(AFTER))

    def count(**asked: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/register/", asked).status_code == 200
        return len(seen)

    count()
    assert count() == count(text="何焊平")
