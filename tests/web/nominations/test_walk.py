"""From nothing to a submitted nomination, by pages alone, without script."""

import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories import AT, World, opened_edition, prepared_edition, programme_at, small_world
from tests.rules.evidence import samples
from tests.rules.nominations.test_form_plan_check import GOOD

from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Edit, Edition, Grant
from gongjiang.services.nominations.filling import filling_of
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role

pytestmark = pytest.mark.django_db
JICHUAN = Path(__file__).resolve().parents[2] / "packs" / "jichuan-2031.yaml"


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def begun(client: Client, world: World, edition: Edition, **said: Any) -> Case:
    """A draft, by the start page; a choice of receiver answered as it is offered first."""
    typed = {"edition": edition.pk, "way": "单位推荐", "unit": world["plant"].pk, "title": "何焊平", **said}
    answer = client.post("/nominations/new/", typed)
    if answer.status_code == 200:
        answer = client.post("/nominations/new/", typed | {"receiver": world["county"].pk})
    assert answer.status_code == 302
    return Case.objects.latest("pk")


def post(client: Client, case: Case, step: str, **typed: Any) -> HttpResponse:
    """Save a step as a form without script does."""
    case.refresh_from_db()
    answer: Any = client.post(f"/nominations/{case.pk}/form/{step}/", {"version": case.version, **typed})
    return answer


def attach(client: Client, case: Case, attachment: str, name: str, content: bytes, **said: str) -> HttpResponse:
    """Upload by the material page."""
    sent = SimpleUploadedFile(name, content)
    answer: Any = client.post(
        f"/nominations/{case.pk}/files/", {"attachment": attachment, "file": sent, "title": "", **said}
    )
    return answer


def filled(client: Client, case: Case) -> None:
    """Every step of a good form."""
    plain = {name: value for name, value in GOOD.items() if isinstance(value, str)}
    basic = {name: plain[name] for name in ("name", "gender", "birth", "id_number", "mobile", "employer")}
    assert post(client, case, "basic", **basic)["Location"].endswith("/form/choices/")
    chosen = {"skill_standing": "china_lead", "craft_speciality": ["unique"], "craft_speciality__unique": "单面焊"}
    post(client, case, "choices", **chosen, patents="yes", patents_invention="5")
    chosen |= {"patents": "no", "patents_invention": "5"}  # its question is put away, what was typed stands in it still
    assert post(client, case, "choices", **chosen)["Location"].endswith("/form/resume/")
    row = {"from": "2004-02", "to-now": "1", "org": "澜江重工", "post": "电焊工", "in_trade": "yes", "region": "南宁市"}
    assert post(client, case, "resume", **{f"resume-0-{key}": value for key, value in row.items()}).status_code == 302
    assert post(client, case, "deeds", deeds="带徒").status_code == 302
    answers = {name: plain[name] for name in ("works_in_city", "on_frontline", "union_member")}
    assert post(client, case, "supplement", **answers).status_code == 302
    assert post(client, case, "brief", brief="带徒").status_code == 302
    for attachment, name, content in (
        ("photo", "照片.jpg", samples.picture("JPEG")),
        ("certificates", "证书.pdf", samples.pdf()),
        ("video", "绝活.mp4", samples.film(60)),
        ("consent", "同意书.pdf", samples.pdf()),
    ):
        assert attach(client, case, attachment, name, content).status_code == 302


def test_from_the_start_page_to_submission(world: World, edition: Edition) -> None:
    client = world.client("lan")
    case = begun(client, world, edition)
    filled(client, case)
    case.refresh_from_db()
    assert case.values["craft_speciality"] == {"unique": "单面焊"}
    assert case.values["skill_standing"] == {"china_lead": ""}
    assert case.values["resume"][0]["to"] == ""
    assert case.values["fill_date"] == "2026-06-24"
    assert GOOD["id_number"] not in str(case.values)
    programme = programme_of(case.process)
    assert case.values["patents_invention"] == "5", "there again if the answer is yes again"
    assert "patents_invention" not in filling_of(programme, case).values
    page = client.get(f"/nominations/{case.pk}/form/confirm/")
    assert "各栏都已填好" in page.content.decode()
    answer = client.post(
        f"/nominations/{case.pk}/submit/", {"version": case.version, "request_key": f"submit-{case.pk}"}
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "running"
    assert {one.stage: one.state for one in case.rows.all()} == {"apply": "done", "qualify": "open"}
    assert "patents_invention" not in case.values
    left_out = Edit.objects.filter(case=case).latest("pk")
    assert left_out.changes == {"patents_invention": {"from": "5", "to": ""}}
    assert left_out.source == "提交时按所填的条件不再要填"
    assert "只能查看" in client.get(f"/nominations/{case.pk}/form/basic/").content.decode()
    refused = post(client, case, "basic", name="别人")
    assert refused.status_code in (403, 409)
    case.refresh_from_db()
    assert case.title == "何焊平"


def test_what_forbids_submission_is_told_with_its_way_there(world: World, edition: Edition) -> None:
    client = world.client("lan")
    case = begun(client, world, edition)
    answer = client.post(f"/nominations/{case.pk}/submit/", {"version": case.version})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "“身份证号”未填。" in text
    assert f"/nominations/{case.pk}/form/basic/?check=1#f-id_number" in text
    page = client.get(f"/nominations/{case.pk}/form/basic/?check=1").content.decode()
    assert "“身份证号”未填。" in page


def test_rows_come_and_go_without_script(world: World, edition: Edition) -> None:
    client = world.client("lan")
    case = begun(client, world, edition)
    row = {"resume-0-org": "甲厂", "resume-1-org": "乙厂"}
    answer = post(client, case, "resume", **row, add_row="resume")
    assert answer["Location"].endswith("?more=resume#f-resume")
    assert client.get(answer["Location"]).content.decode().count('name="resume-2-org"') == 1
    answer = post(client, case, "resume", **row, remove_row="resume-0")
    case.refresh_from_db()
    assert [(one["id"], one["org"]) for one in case.values["resume"]] == [("r2", "乙厂")]


def test_masked_numbers_come_back_as_they_were(world: World, edition: Edition) -> None:
    client = world.client("lan")
    case = begun(client, world, edition)
    post(client, case, "basic", id_number=GOOD["id_number"], mobile=GOOD["mobile"])
    page = client.get(f"/nominations/{case.pk}/form/basic/").content.decode()
    assert GOOD["id_number"] not in page
    assert "990***********" in page
    case.refresh_from_db()
    before = case.values["id_number"]
    post(client, case, "basic", id_number="990" + "*" * 11 + GOOD["id_number"][-4:], name="何焊平")
    case.refresh_from_db()
    assert case.values["id_number"] == before


def test_a_wrong_number_is_seen_as_it_was_typed(world: World, edition: Edition) -> None:
    """This once: opened again it is masked; nobody can mend what they can't read."""
    client = world.client("lan")
    case = begun(client, world, edition)
    wrong = GOOD["id_number"][:-1] + ("1" if GOOD["id_number"][-1] != "1" else "2")
    shown = client.get(f"/nominations/{case.pk}/form/basic/").content.decode()
    base = unescape(re.findall(r'name="base" value="([^"]*)"', shown)[0])
    answer = post(client, case, "basic", base=base, id_number=wrong, mobile=GOOD["mobile"], name="何　焊平")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{wrong}"' in page
    assert "身份证号校验不通过" in page
    assert GOOD["mobile"] not in page
    case.refresh_from_db()
    assert (case.title, case.values["name"]) == ("何焊平", "何焊平")
    assert wrong not in client.get(f"/nominations/{case.pk}/form/basic/").content.decode()
    base = unescape(re.findall(r'name="base" value="([^"]*)"', page)[0])
    again = post(client, case, "basic", base=base, id_number=wrong)
    assert again.status_code == 302, "said once; it may be mended later"


def test_withdrawing_needs_a_reason(world: World, edition: Edition) -> None:
    client = world.client("lan")
    case = begun(client, world, edition)
    answer = client.post(f"/nominations/{case.pk}/withdraw/", {"version": case.version, "reason": " "})
    assert answer.status_code == 400
    assert "须写明理由" in answer.content.decode()
    assert client.post(f"/nominations/{case.pk}/withdraw/", {"version": case.version, "reason": "本人放弃"})
    case.refresh_from_db()
    assert case.state == "withdrawn"


def jichuan(world: World) -> Edition:
    """The invented pack, opened, with its one applying unit and one receiving union."""
    edition = prepared_edition(world, str(JICHUAN), slug="jichuan")
    early = AT - timedelta(days=120)
    for one in programme_at(edition).questions:
        answer_question(actor=platform(), at=early, edition=edition, question=one.id, answer=one.default)
        edition.refresh_from_db()
    for role in programme_at(edition).pack.roles:
        if role.level not in (None, "person"):
            held = {"employer": "plant", "county": "county", "industry": "industry"}.get(role.level, "city")
            bind_role(actor=platform(), at=early, edition=edition, role=role.id, organisations=[world[held]])
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.OPEN, opened_at=early)
    edition.refresh_from_db()
    return edition


def test_a_crew_of_the_invented_pack_can_be_filled_in_and_sent(world: World) -> None:
    edition = jichuan(world)
    Grant.objects.update(since=AT - timedelta(days=120))
    client = world.client("lan", at=timezone.make_aware(datetime(2026, 3, 10, 9)))
    case = begun(client, world, edition, way="班组", award="crew", title="平焊班组")
    crew = {"name": "平焊班组", "employer": "澜江重工有限公司", "leader.name": "何焊平", "leader.skill_level": "技师"}
    assert post(client, case, "basic", **crew, headcount="6", **{"host.name": "澜江重工有限公司"}).status_code == 302
    members = {
        f"members-{n}-{key}": value
        for n, name in enumerate(("岑铸山", "邬量衡", "苗绣岚", "罗千钧"))
        for key, value in {"name": name, "trade": "焊工", "skill_level": "高级工"}.items()
    }
    assert post(client, case, "members", **members).status_code == 302
    assert attach(client, case, "crew_file", "材料.pdf", samples.pdf()).status_code == 302
    case.refresh_from_db()
    assert case.values["leader"]["name"] == "何焊平"
    assert [one["name"] for one in case.values["members"]] == ["岑铸山", "邬量衡", "苗绣岚", "罗千钧"]
    rules = client.get(f"/nominations/{case.pk}/live/basic/").content.decode()
    assert "班组长为技师以上" in rules
    answer = client.post(f"/nominations/{case.pk}/submit/", {"version": case.version})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "running"
    assert case.subject is not None
    assert case.subject.kind == "team"


def test_a_statement_is_ticked_and_sent_with_one_button(world: World) -> None:
    edition = prepared_edition(world, "national-2024", slug="national")
    early = AT - timedelta(days=900)
    for one in programme_at(edition).questions:
        answer_question(actor=platform(), at=early, edition=edition, question=one.id, answer=one.default)
        edition.refresh_from_db()
    held = {"employer": "plant", "county": "county", "industry": "industry"}
    for role in programme_at(edition).pack.roles:
        if role.level not in (None, "person"):
            organisation = world[held.get(role.level, "city")]
            bind_role(actor=platform(), at=early, edition=edition, role=role.id, organisations=[organisation])
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.OPEN, opened_at=early)
    Grant.objects.update(since=early)
    client = world.client("lan", at=timezone.make_aware(datetime(2024, 3, 5, 9)))
    case = begun(client, world, edition, way="单位工会提出")
    plain = {name: str(GOOD[name]) for name in ("name", "gender", "birth", "id_number", "mobile", "employer")}
    post(client, case, "basic", **plain, years_on_site="12", **{"case.contact": "温和礼"})
    post(client, case, "reason", reason="带徒")
    experts = {
        f"experts-{n}-{key}": value
        for n, name in enumerate(("丁砺锋", "庄衡准", "卜细磨"))
        for key, value in {"name": name, "employer": "远岸衡器厂"}.items()
    }
    post(client, case, "supplement", reason_short="带徒", **experts)
    assert attach(client, case, "support", "证书.pdf", samples.pdf(), indicator="lead_1").status_code == 302
    for n in range(3):
        attach(client, case, "expert_letters", f"推荐{n}.pdf", samples.pdf())
    attach(client, case, "plan", "培育方案.pdf", samples.pdf())
    attach(client, case, "photo", "照片.jpg", samples.picture("JPEG"))
    case.refresh_from_db()
    assert case.values["contact"] == "温和礼"
    address = f"/nominations/{case.pk}/submit/"
    refused = client.post(address, {"version": case.version})
    assert refused.status_code == 409
    assert "请阅读并确认声明" in refused.content.decode()
    answer = client.post(address, {"version": case.version, "not_classified": "yes"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.values["not_classified"]) == ("running", "yes")
