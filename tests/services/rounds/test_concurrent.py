"""Two approvers close the same list at the same moment: one wins, the other is told (TRUST, bad input)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, scored

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import Refused
from gongjiang.models import Entry, Meeting, StageList, StageRow
from gongjiang.services.rounds.close import close_list

POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_one_wins() -> None:
    found = scored(POINTS)
    programme = found.programme
    choices = [found.pks(*NAMES[:2]), found.pks(NAMES[0])]

    def close(kept: list[int]) -> str:
        try:
            close_list(
                actor=platform(),
                at=AT,
                programme=programme,
                stage_id="panel",
                kept=kept,
                meeting=MEETING,
                reasons={"pool:women": "会议同意"},
            )
        except Refused as refusal:
            return refusal.text
        finally:
            connection.close()
        return "closed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(close, choices))
    assert told[0] == "closed"
    assert "已经确定，不能再改" in told[1]
    held = StageList.objects.get(stage="panel")
    assert held.kept == StageRow.objects.filter(stage="panel", state="done").count()
    assert Meeting.objects.count() == 1
    assert Entry.objects.filter(action="list.close").count() == 1
