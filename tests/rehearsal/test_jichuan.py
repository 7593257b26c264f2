"""An invented pack: two awards, one for teams, two tiers, a share of a share, two tracks that join."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.models import Case, Honour, Judgement, StageRow
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.writing import write_all
from gongjiang.services.reports.invariants import check_invariants

PACK = Path(__file__).resolve().parent.parent / "packs/jichuan-2031.yaml"


@pytest.mark.django_db
def test_two_awards_two_tiers_two_tracks(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    world = rehearse(find(str(PACK)), seed=3)
    summary = summarise(world, seed=3)
    outs = {one["id"]: (one["in"], one["out"]) for one in summary["stages"]}
    assert outs["send"] == (42, 42)
    assert outs["craft"] == (20, 15)
    assert outs["contest"] == (12, 9)
    assert outs["longlist"] == (24, 24)
    assert outs["final"] == (24, 18)
    assert outs["crew_review"] == (10, 4)
    assert outs["bureaus"][0] == outs["bureaus"][1] == 34
    assert Counter(Honour.objects.values_list("award", "tier")) == {
        ("star", "gold"): 6,
        ("star", "star"): 12,
        ("star", "nominee"): 5,
        ("crew", "crew"): 4,
    }
    kept = Case.objects.filter(award="star", standing="nominee").count()
    assert kept + 18 + Case.objects.filter(award="star", state="disqualified").count() == 24
    crews = Case.objects.filter(award="crew")
    assert all(one.values["leader"]["skill_level"] in {"技师", "高级技师", "特级技师", "首席技师"} for one in crews)
    assert not StageRow.objects.filter(case__in=crews, stage="final").exclude(state="passed_by").exists()
    assert Judgement.objects.filter(question="pass_line", superseded=False).count() == 1
    assert [one.invariant.name for one in check_invariants() if not one.ok] == []
    made = write_all(world, summary, tmp_path)
    assert {"lists/10-final.xlsx", "notices/notice-1.html", "summary.json"} & set(made)
    assert "身份证" not in (tmp_path / "notices/notice-1.html").read_text("utf-8")
