"""A place at the notice filled from two lists back: the list between keeps as many as the notice (national-2024)."""

import pytest
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, scored

from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Entry, StageRow
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.substitute import move_up
from gongjiang.services.quotas.guard import release_seats
from gongjiang.services.rounds.close import close_list

POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8", "温测微": "7", "马驭程": "6", "石守窑": "5"}


@pytest.mark.django_db
def test_the_panels_alternate_passes_the_list_between() -> None:
    found = scored(POINTS)
    given = {"actor": platform(), "at": AT, "programme": found.programme, "meeting": MEETING}
    reasons = {"pool:women": "会议同意"}
    kept, waiting = found.pks(*NAMES[:3]), found.pks(*NAMES[3:6])
    close_list(**given, stage_id="panel", kept=kept, alternates=waiting, reasons=reasons)
    close_list(**given, stage_id="approve", kept=kept)
    publish(actor=platform(), at=AT, programme=found.programme, stage_id="notice")
    struck = found.cases["岑铸山"]
    StageRow.objects.filter(case=struck).update(state="struck")
    Case.objects.filter(pk=struck.pk).update(state="disqualified")
    release_seats(case=struck)
    stage = found.programme.stage("notice")
    assert isinstance(stage, Publish)
    moved = move_up(actor=platform(), at=AT, programme=found.programme, stage=stage, struck=struck)
    assert moved.case == found.cases["温测微"]
    assert moved.notice is not None
    assert moved.sentence == "由温测微递补（列入专家评审、评定名单），另行公示。"
    assert Entry.objects.filter(action="list.promote", case_id=moved.case.pk).count() == 1
