"""Where the pack asks why: nothing is handed in without the words, nothing typed is lost, the sheet keeps them."""

import pytest
from tests.factories import AT
from tests.services.rounds.ground import Ground, ground

from gongjiang.models import Assignment, ScoreSheet
from gongjiang.services.scoring.sheet import reopen_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKED = {
    "max: 10, gloss: 看作品": "max: 10, remark: {below: 6, above: 90%}, gloss: 看作品",
    "label: 评审总分\n": "label: 评审总分\n    remark: {above: 18}\n",
}


def panel() -> tuple[Ground, Assignment]:
    found = ground({"Q2": "1"}, changed=ASKED)
    found.add("何焊平")
    found.seat("jia")
    found.assign()
    return found, Assignment.objects.get()


def test_words_are_asked_beyond_the_lines() -> None:
    found, mine = panel()
    client = found.world.client("jia")
    at = f"/judging/{mine.pk}/"
    assert "低于6分或高于9分须写明理由" in client.get(at).content.decode()
    low = {"s-craft": "5", "s-teach": "8", "go": "submit"}
    answer = client.post(at, low)
    assert answer.status_code == 400
    assert "“手艺”低于6分或高于9分须写明理由" in answer.content.decode()
    assert 'value="5"' in answer.content.decode()
    assert not ScoreSheet.objects.filter(submitted_at__isnull=False).exists()
    assert (
        "评语：高于18分须写明理由"
        in client.post(
            at, {"s-craft": "10", "s-teach": "9", "r-craft": "作品无可挑剔", "go": "submit"}
        ).content.decode()
    )
    client.post(at, low | {"r-craft": "焊缝有气孔"})
    sheet = ScoreSheet.objects.get()
    assert (sheet.scores, sheet.remarks) == ({"craft": "5", "teach": "8"}, {"craft": "焊缝有气孔"})
    assert "焊缝有气孔" in client.get(at).content.decode()


def test_a_correction_is_a_new_version_with_the_words_of_the_old() -> None:
    found, mine = panel()
    client = found.world.client("jia")
    at = f"/judging/{mine.pk}/"
    client.post(at, {"s-craft": "5", "s-teach": "8", "r-craft": "焊缝有气孔", "go": "submit"})
    first = ScoreSheet.objects.get().digest
    reopen_sheet(
        actor=found.actor("zhang"), at=AT, programme=found.programme, stage_id="panel", assignment_id=mine.pk,
        reason="输错一项",
    )  # fmt: skip
    client.post(at, {"s-craft": "7", "go": "submit"})
    old, new = ScoreSheet.objects.order_by("version")
    assert (old.scores["craft"], new.scores["craft"], new.remarks) == ("5", "7", {"craft": "焊缝有气孔"})
    assert old.digest == first != new.digest
    assert client.post(at, {"s-craft": "9", "go": "submit"}).status_code in {302, 409}
    assert ScoreSheet.objects.count() == 2
