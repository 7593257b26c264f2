"""A result derived by hand: for who runs the panel; for nominees where the pack says so, theirs alone."""

import re

import pytest
from django.urls import reverse
from tests.factories import AT
from tests.services.rounds.ground import MEETING, Ground, ground

from gongjiang.models import StageList, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.once]
POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "7"}


def panel(changed: dict[str, str] | None = None) -> Ground:
    found = ground(changed=changed)
    for name in POINTS:
        found.add(name)
    found.seat("jia", "yi")
    found.assign()
    return found


def text_of(found: Ground, username: str, name: str) -> tuple[int, str]:
    url = reverse("explanation", args=[found.edition.pk, "panel", found.cases[name].pk])
    answer = found.world.client(username).get(url)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def test_the_office_derives_anybodys_result() -> None:
    found = panel()
    assert text_of(found, "zhang", "岑铸山")[0] == 409  # sheets are out
    found.score(POINTS)
    status, page = text_of(found, "zhang", "岑铸山")
    assert status == 200
    for words in ("(8.5 + 8.5) ÷ 2", "8.5 + 8.5", "17", "第 2", "专家甲", "专家乙", "取 5 人"):
        assert words in page, words
    assert "jia专家" not in page
    for stranger in ("jia", "lan", "jiang"):
        assert text_of(found, stranger, "岑铸山")[0] == 404


@pytest.mark.parametrize("allowed", [False, True])
def test_a_nominee_asks_where_the_edition_allows(allowed: bool) -> None:
    words = {"jury: jury, scoring: total": "jury: jury, explain: true, scoring: total"} if allowed else None
    found = panel(words)
    found.score(POINTS)
    me = found.world.people["jiang"]
    Subject.objects.filter(cases=found.cases["何焊平"]).update(user=me)
    assert text_of(found, "jiang", "何焊平")[0] == 404  # not before the list is decided
    StageList.objects.create(process=found.programme.process, stage="panel", closed_at=AT, size=5, digest="0" * 64)
    status, page = text_of(found, "jiang", "何焊平")
    assert status == (200 if allowed else 404)
    if allowed:
        assert "(9 + 9) ÷ 2" in page
        assert not [name for name in ("岑铸山", "丁砺锋", "jia专家", MEETING.chair) if name in page]
    assert text_of(found, "jiang", "岑铸山")[0] == 404


def test_a_calibrated_total_is_derived_judge_by_judge() -> None:
    found = panel({"aggregate: mean": "aggregate: additive"})
    found.score(POINTS)
    status, page = text_of(found, "zhang", "岑铸山")
    assert status == 200
    assert "按各位专家的宽严校准" in page
    assert re.search(r"专家[甲乙]：[\d.]+ \+ \(17 − [\d.]+\) ÷ 1 = [\d.]+，分量", page)
    total = re.search(r"<li>\([^<]+ = ([\d.]+)</li>", page)
    assert total is not None
    assert f"<b>{total[1]}</b>" in page
