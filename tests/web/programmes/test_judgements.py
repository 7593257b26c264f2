"""What is judged for a whole edition: by whom, until when, in words."""

from pathlib import Path

import pytest
from tests.factories import AT, World, load_calendar, opened_edition, prepared_edition, programme_at, small_world

from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, Judgement, StageList
from gongjiang.services.formality.judge_edition import asked_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition
from gongjiang.services.reports.todo.desk import desk_of

pytestmark = pytest.mark.django_db
PACK = Path(__file__).resolve().parents[2] / "packs" / "jichuan-2031.yaml"
HOLDERS = {
    "host_unit": "plant",
    "district_union": "county",
    "industry_union": "industry",
    "office": "city",
    "jury": "panel",
    "council": "group",
    "police": "sci",
    "market": "miit",
    "city_government": "city",
}


@pytest.fixture
def world() -> World:
    load_calendar()
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    """A pack whose pass line is set during the run, by its council: here the leading group."""
    edition = prepared_edition(world, str(PACK), slug="jichuan")
    for one in programme_at(edition).questions:
        answer_question(actor=platform(), at=AT, edition=edition, question=one.id, answer=one.default, basis="样例")
        edition.refresh_from_db()
    for role, key in HOLDERS.items():
        bind_role(actor=platform(), at=AT, edition=edition, role=role, organisations=[world[key]])
    open_edition(actor=platform(), at=AT, edition=edition)
    edition.refresh_from_db()
    return edition


def waiting(world: World) -> list[str]:
    return [one.title for one in desk_of(world.actor("yan"), AT).items if one.kind == "judge"]


def test_the_council_sets_the_pass_line(world: World, edition: Edition) -> None:
    address = f"/editions/{edition.pk}/judgements/"
    yan = world.client("yan")
    assert waiting(world) == ["认定：终评合格线定多少分"]
    page = yan.get(address).content.decode()
    for told in ("终评合格线定多少分", "待认定", "还有 <b>1</b> 项未认定", "记录认定"):
        assert told in page, told
    wrong = yan.post(address, {"of": "pass_line|", "answer": "六十", "basis": "委员会会议"})
    assert wrong.status_code == 400
    assert 'value="六十"' in wrong.content.decode()
    assert "请写明依据" in yan.post(address, {"of": "pass_line|", "answer": "60", "basis": " "}).content.decode()
    done = yan.post(address, {"of": "pass_line|", "answer": "60", "basis": "6月24日委员会会议"}, follow=True)
    assert "认定已记录" in done.content.decode()
    assert "6月24日委员会会议" in done.content.decode()
    (given,) = Judgement.objects.filter(question="pass_line", superseded=False)
    assert (given.about, given.key, given.answer) == ("edition", "", "60")
    assert waiting(world) == []


def test_others_read_it_and_may_not_answer(world: World, edition: Edition) -> None:
    address = f"/editions/{edition.pk}/judgements/"
    page = world.client("wen").get(address).content.decode()
    assert "不由您认定" in page
    assert "记录认定" not in page
    refused = world.client("wen").post(address, {"of": "pass_line|", "answer": "60", "basis": "x"})
    assert refused.status_code == 403
    assert not Judgement.objects.filter(question="pass_line").exists()
    assert world.client("yan").post(address, {"of": "no_such|", "answer": "1", "basis": "x"}).status_code == 404
    assert world.client(None).get(address).status_code == 302


def test_it_can_t_change_once_its_list_is_closed(world: World, edition: Edition) -> None:
    address = f"/editions/{edition.pk}/judgements/"
    yan = world.client("yan")
    yan.post(address, {"of": "pass_line|", "answer": "60", "basis": "委员会会议"})
    StageList.objects.create(process=programme_at(edition).process, stage="final", closed_at=AT, digest="0" * 64)
    assert "名单已据此确定，不能再改" in yan.get(address).content.decode()
    assert yan.post(address, {"of": "pass_line|", "answer": "1", "basis": "委员会会议"}).status_code == 409
    assert Judgement.objects.get(question="pass_line", superseded=False).answer == "60"


def test_an_edition_without_such_questions_says_so(world: World) -> None:
    plain = opened_edition(world)
    assert asked_of(world.actor("yan"), programme_at(plain)) == []
    page = world.client("yan").get(f"/editions/{plain.pk}/judgements/").content.decode()
    assert "本届没有这类认定" in page
    assert "/judgements/" not in world.client("yan").get(f"/editions/{plain.pk}/").content.decode()
