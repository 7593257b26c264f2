"""Experts' pages: declaration first, only one's own, what was typed is kept, works without script."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import Ground, ground

from gongjiang.models import Assignment, Expert, File, Judgement, ScoreSheet

pytestmark = pytest.mark.django_db


def panel(number: int = 3, *, declared: bool = True) -> Ground:
    found = ground()
    for n in range(number):
        found.add(f"何焊{n}", values={"deeds": "多年钻研，解决难题。" * 12})
    found.seat("jia", "yi", declared=declared)
    found.assign()
    return found


def own(found: Ground, username: str = "jia") -> list[Assignment]:
    return list(Assignment.objects.filter(expert__user=found.world.people[username]).order_by("position"))


def test_the_declaration_comes_first() -> None:
    found = panel(declared=False)
    client = found.world.client("jia")
    seat = Expert.objects.get(user=found.world.people["jia"])
    shown = client.get("/judging/").content.decode()
    assert "申明与保密" in shown
    assert "何焊0" not in client.get(f"/judging/panels/{seat.pk}/declare/").content.decode()
    assert client.get(f"/judging/panels/{seat.pk}/").url == f"/judging/panels/{seat.pk}/declare/"
    assert client.get(f"/judging/{own(found)[0].pk}/").url == "/judging/"
    answer = client.post(f"/judging/panels/{seat.pk}/declare/", {"kin": "何焊1、周某"})
    assert answer.status_code == 400
    assert "何焊1、周某" in answer.content.decode()
    client.post(f"/judging/panels/{seat.pk}/declare/", {"kin": "何焊1、周某", "confidential": "on"})
    page = client.get(f"/judging/panels/{seat.pk}/").content.decode()
    assert "与人选有亲属关系" in page


def test_a_sheet_without_script() -> None:
    found = panel()
    client = found.world.client("jia")
    first, second = own(found)[:2]
    page = client.get(f"/judging/{first.pk}/").content.decode()
    assert 'name="s-craft"' in page
    assert "多年钻研" in page
    answer = client.post(f"/judging/{first.pk}/", {"s-craft": "9", "s-teach": "7.5", "remark": "扎实", "go": "next"})
    assert answer.url == f"/judging/{second.pk}/"
    assert ScoreSheet.objects.get(assignment=first).scores == {"craft": "9", "teach": "7.5"}
    answer = client.post(f"/judging/{first.pk}/", {"s-craft": "9", "s-teach": "11", "go": "next"})
    assert answer.status_code == 400
    assert "不能高于10分" in answer.content.decode()
    assert 'value="11"' in answer.content.decode()
    client.post(f"/judging/{first.pk}/", {"s-craft": "9", "s-teach": "7", "go": "submit"})
    assert "已提交。" in client.get(f"/judging/{first.pk}/").content.decode()


def test_autosave_keeps_what_is_good_and_names_what_is_not() -> None:
    found = panel()
    client = found.world.client("jia")
    first = own(found)[0]
    answer = client.post(f"/judging/{first.pk}/save/", {"s-craft": "8"})
    assert answer.status_code == 200
    answer = client.post(f"/judging/{first.pk}/save/", {"s-teach": "7.3", "remark": "好"})
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"] == {"s-teach": "须为0.5的整数倍。"}
    sheet = ScoreSheet.objects.get(assignment=first)
    assert (sheet.scores, sheet.remark) == ({"craft": "8"}, "好")


def test_others_sheets_do_not_exist() -> None:
    found = panel()
    theirs = own(found, "yi")[0]
    for username in ("jia", "yan", "zhang", "lan", "jiang"):
        client = found.world.client(username)
        assert client.get(f"/judging/{theirs.pk}/").status_code == 404
        assert client.post(f"/judging/{theirs.pk}/", {"s-craft": "1"}).status_code == 404
        assert client.get(f"/judging/panels/{theirs.expert_id}/").status_code == 404


def test_no_page_tells_another_experts_scores() -> None:
    found = panel(1)
    submitted = own(found, "yi")[0]
    found.world.client("yi").post(
        f"/judging/{submitted.pk}/", {"s-craft": "3", "s-teach": "4.5", "remark": "只有我知道", "go": "submit"}
    )
    mine = own(found)[0]
    for address in (f"/judging/{mine.pk}/", f"/judging/panels/{mine.expert_id}/", "/judging/"):
        assert "只有我知道" not in found.world.client("jia").get(address).content.decode()


def test_stepping_aside_closes_the_case() -> None:
    found = panel()
    client = found.world.client("jia")
    first = own(found)[0]
    assert "写明理由" in client.post(f"/judging/{first.pk}/aside/", {"why": "conflict"}).content.decode()
    client.post(f"/judging/{first.pk}/aside/", {"why": "conflict", "reason": "曾同班组"})
    first.refresh_from_db()
    assert (first.state, first.reason) == ("recused", "曾同班组")
    assert "多年钻研" not in client.get(f"/judging/{first.pk}/").content.decode()


def test_all_finished_sheets_at_once() -> None:
    found = panel()
    client = found.world.client("jia")
    rows = own(found)
    for one in rows[:2]:
        client.post(f"/judging/{one.pk}/", {"s-craft": "9", "s-teach": "8", "go": "save"})
    client.post(f"/judging/{rows[2].pk}/", {"s-craft": "9", "go": "save"})
    client.post(f"/judging/panels/{rows[0].expert_id}/submit/")
    assert ScoreSheet.objects.filter(submitted_at__isnull=False).count() == 2


def test_questions_of_the_panel_are_answered_once() -> None:
    found = panel(1)
    Judgement.objects.all().delete()
    mine = own(found)[0]
    found.world.client("jia").post(f"/judging/{mine.pk}/", {"answer-solid": "yes", "go": "save"})
    assert Judgement.objects.get(question="solid").by == found.world.people["jia"]
    assert (
        'name="answer-solid"'
        not in found.world.client("yi").get(f"/judging/{own(found, 'yi')[0].pk}/").content.decode()
    )


@pytest.mark.once
def test_files_lie_in_the_order_of_the_sheet_and_say_what_they_are_for() -> None:
    found = panel(1)
    mine = own(found)[0]
    for n, leaf in enumerate(("teach", "craft", "")):
        row = _file(mine.case_id, n)
        row.indicator = leaf
        row.save()
    page = found.world.client("jia").get(f"/judging/{mine.pk}/").content.decode()
    titles = [page.index(f"　材料{n}<small>") for n in (2, 1, 0)]
    assert titles == sorted(titles)


def test_the_office_runs_the_panel() -> None:
    found = panel(2)
    client = found.world.client("zhang")
    address = f"/editions/{found.edition.pk}/stages/panel/panel/"
    assert "贾评审" in client.get(address).content.decode()
    assert "没有这个账号" in client.post(f"{address}act/", {"do": "invite", "username": "nobody"}).content.decode()
    client.post(f"{address}act/", {"do": "invite", "username": "KE", "employer": "远山研究院"})
    assert Expert.objects.filter(user=found.world.people["ke"]).exists()
    client.post(f"{address}act/", {"do": "assign", "seed": "青岚-3", "per_case": "3"})
    assert Assignment.objects.filter(expert__user=found.world.people["ke"]).count() == 2
    mine = own(found)[0]
    found.world.client("jia").post(f"/judging/{mine.pk}/", {"s-craft": "9", "s-teach": "8", "go": "submit"})
    assert "重新打开" in client.get(f"{address}?expert={mine.expert_id}").content.decode()
    client.post(f"{address}act/", {"do": "reopen", "assignment": mine.pk, "reason": "输错一项"})
    assert ScoreSheet.objects.filter(assignment=mine).count() == 2
    client.post(f"{address}act/", {"do": "void", "assignment": mine.pk, "reason": "事后查明系亲属"})
    mine.refresh_from_db()
    assert mine.state == "void"
    assert found.world.client("jia").get(address).status_code == 404


@pytest.mark.once
def test_sheets_and_queues_take_the_same_queries_for_1_3_and_300() -> None:
    found = ground()
    found.seat("jia", "yi")
    client = found.world.client("jia")
    counts: dict[str, list[int]] = {"queue": [], "sheet": []}
    for number in (1, 3, 300):
        for n in range(len(found.cases), number):
            found.add(f"何焊{n}")
        found.assign(f"s-{number}")
        first = own(found)[0]
        File.objects.bulk_create(_file(first.case_id, n) for n in range(File.objects.count(), min(number, 30)))
        for kind, address in (("queue", f"/judging/panels/{first.expert_id}/"), ("sheet", f"/judging/{first.pk}/")):
            client.get(address)
            with CaptureQueriesContext(connection) as context:
                assert client.get(address).status_code == 200
            counts[kind].append(len(context))
    assert {len(set(one)) for one in counts.values()} == {1}, counts


def _file(case_id: int, n: int) -> File:
    given: dict[str, Any] = {"attachment": "deeds", "title": f"材料{n}", "name": f"{n}.pdf", "kind": "pdf", "size": 9}
    return File(case_id=case_id, digest="0" * 64, stored=f"x-{n}", pages=2, uploaded_at=AT, position=n, **given)
