"""Changzhou's joint review both ways: settled in a meeting, or by points; and its index of evidence in print."""

from datetime import date
from typing import Any

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.documents import layout as lo
from gongjiang.models import Case, File, Honour
from gongjiang.services.nominations.printing import papers_of, sheet_of
from gongjiang.services.rehearsal.plan import rule_to_break
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("C-04", "C-06", "C-08")
def test_a_meeting_settles_the_list_unless_points_are_asked_for(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    world = rehearse(find("changzhou-2024"), seed=2, nominees=5, pairs=["places=3"])
    outs = {one["id"]: (one["in"], one["out"]) for one in summarise(world, seed=2)["stages"]}
    assert (outs["joint"], outs["joint_scored"], outs["approve"], outs["name"]) == ((5, 3), (0, 0), (3, 3), (3, 3))
    assert world.troubles.found == []
    assert rule_to_break(world.programme) is None  # what is left out by an answer is not broken for show
    told = set(Honour.objects.values_list("state", "first_title", "title", "from_date", "until"))
    assert told == {("stands", "龙城工匠培育对象", "龙城工匠", date(2025, 1, 1), None)}  # passed at the end of the term
    assert [(one.label, one.people, one.tiers) for one in world.follows] == [("期满考核评价", 3, {"合格": 3})]

    case = Case.objects.filter(state="named").order_by("pk").first()
    assert case is not None
    assert papers_of(world.programme, case) == [
        ("application", "龙城工匠培育对象推荐申请表"), ("evidence_index", "支撑材料目录"),
    ]  # fmt: skip
    File.objects.filter(case=case, attachment="support").delete()
    pieces = (("tackle_2", "工作室命名文件"), ("lead_1", "班组证明"), ("tackle_2", "联盟章程"))
    for position, (indicator, title) in enumerate(pieces):
        File.objects.create(
            case=case,
            attachment="support",
            indicator=indicator,
            title=title,
            name="样例.pdf",
            kind="pdf",
            size=1,
            digest="0" * 64,
            stored=f"sample-{position}.pdf",
            position=position,
            uploaded_at=world.clock.tick(),
        )
    grids = [block for block in sheet_of(world.programme, case, "evidence_index").blocks if isinstance(block, lo.Grid)]
    assert [grid.label for grid in grids] == ["引领力", "实践力", "创新力", "攻关力", "传承力"]
    filled = {cell.label: cell.text for grid in grids for row in grid.rows for cell in row if cell.text}
    assert filled == {"勇挑重担": "1.班组证明", "协同配合": "1.工作室命名文件\n2.联盟章程"}
    text = next(
        block for block in sheet_of(world.programme, case, "application").blocks if isinstance(block, lo.TextBlock)
    )
    assert (text.label, text.sign) == ("主要事迹(500字内)", "申请人签字：")


@pytest.mark.ledger("C-08")
def test_points_where_the_office_answers_so(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    world = rehearse(
        find("changzhou-2024"), seed=2, nominees=4, pairs=["places=2", "joint_review=score", "thresholds=eligibility"]
    )
    outs = {one["id"]: (one["in"], one["out"]) for one in summarise(world, seed=2)["stages"]}
    broken = rule_to_break(world.programme)
    assert broken is not None
    assert broken.id == "performance_threshold"
    assert (outs["joint"], outs["joint_scored"], outs["name"]) == ((0, 0), (4, 2), (2, 2))
