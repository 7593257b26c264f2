"""Rows moved and sorted, conditions unticked, questions that an answer brings up, faults told: all without script."""

from typing import Any

import pytest
from django.test import Client
from tests.factories import World, case_at, opened_edition, small_world
from tests.web.nominations.test_two_at_one_form import shown

from gongjiang.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROWS = [
    {"id": "r1", "from": "2004-08", "to": "", "org": "澜江重工"},
    {"id": "r2", "from": "1994-09", "to": "2001-06", "org": "青屿中学"},
    {"id": "r3", "from": "2001-09", "to": "2004-07", "org": "青屿技校"},
]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    values = {"gender": "男", "birth": "1982-03", "resume": ROWS, "patents": "no"}
    return case_at(world, opened_edition(world), "apply", values=values)


@pytest.fixture
def client(world: World) -> Client:
    return world.client("lan")


def post(client: Client, case: Case, step: str, **said: Any) -> Any:
    """A page as it was shown, with these changes."""
    return client.post(f"/nominations/{case.pk}/form/{step}/", shown(client, case, step) | said)


def orgs(case: Case) -> list[tuple[str, str]]:
    """Rows as they are stored."""
    case.refresh_from_db()
    return [(one["id"], one["org"]) for one in case.values["resume"]]


def test_rows_move_and_sort_and_keep_who_they_are(client: Client, case: Case) -> None:
    said = {"resume-0-to-now": "1"}
    answer = post(client, case, "resume", move_row="resume-0-down", **said)
    assert answer["Location"].endswith("#f-resume")
    assert orgs(case) == [("r2", "青屿中学"), ("r1", "澜江重工"), ("r3", "青屿技校")]
    post(client, case, "resume", move_row="resume-0-up")  # the first can't go up
    assert orgs(case)[0] == ("r2", "青屿中学")
    page = client.get(f"/nominations/{case.pk}/form/resume/").content.decode()
    assert "第3行早于第2行，请按时间先后排。" in page
    assert 'name="sort_rows" value="resume"' in page
    assert 'value="1994.9"' in page
    post(client, case, "resume", sort_rows="resume")
    assert orgs(case) == [("r2", "青屿中学"), ("r3", "青屿技校"), ("r1", "澜江重工")]
    page = client.get(f"/nominations/{case.pk}/form/resume/").content.decode()
    assert "按时间先后排" not in page
    assert "简历缺2001年7月至2001年8月，请补一行或说明。" in page


def test_months_are_read_as_people_write_them(client: Client, case: Case) -> None:
    post(client, case, "basic", birth="１９８２年３月", work_start="2004.8", **{"case.fill_date": "2026年6月8日"})
    post(client, case, "resume", **{"resume-0-from": "2004年8月", "resume-0-to": "至今"})
    case.refresh_from_db()
    assert (case.values["birth"], case.values["work_start"]) == ("1982-03", "2004-08")
    assert case.values["fill_date"] == "2026-06-08"
    assert (case.values["resume"][0]["from"], case.values["resume"][0]["to"]) == ("2004-08", "")


def test_a_condition_that_is_unticked_is_emptied(client: Client, case: Case) -> None:
    on = {"choices": "具有工艺专长", "craft_speciality": "unique", "craft_speciality__unique": "单面焊"}
    post(client, case, "choices", **on)
    case.refresh_from_db()
    assert case.values["craft_speciality"] == {"unique": "单面焊"}
    post(client, case, "choices", craft_speciality="unique", craft_speciality__unique="单面焊")
    case.refresh_from_db()
    assert not case.values["craft_speciality"]


def test_an_answer_brings_up_questions(client: Client, case: Case) -> None:
    cards = {"choices": ["突破技术难题"], "patents": "yes"}
    answer = post(client, case, "choices", **cards)
    assert "/form/choices/#f-patents_invention" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert "已保存。按您的回答，还要填：" in page
    assert post(client, case, "choices", **cards)["Location"].endswith("/form/resume/")


def test_what_was_just_typed_wrong_is_told_once_and_kept(client: Client, case: Case) -> None:
    answer = post(client, case, "basic", birth="去年")
    assert answer["Location"].endswith("/form/basic/#f-birth")
    page = client.get(answer["Location"]).content.decode()
    assert "已保存。有 1 处要改，见红框处" in page
    assert "年月看不懂，请写成 1980.6、1980-06 或 1980年6月。" in page
    assert 'value="去年"' in page
    assert post(client, case, "basic", birth="去年", native_place="青屿")["Location"].endswith("/form/choices/")


def test_counts_stand_beside_texts_with_their_rule(client: Client, case: Case) -> None:
    page = client.get(f"/nominations/{case.pk}/form/deeds/").content.decode()
    assert "字数怎么算" in page
    assert "<b>0</b> / 2000 字" in page
