"""How many nominees, from which units."""

from pathlib import Path

from gongjiang.catalogue.packs import load_pack
from gongjiang.services.rehearsal.places import quotas

JICHUAN = str(Path(__file__).resolve().parents[2] / "packs/jichuan-2031.yaml")


def test_the_43_units_of_annex_1_have_270_places() -> None:
    found = quotas(load_pack("national-2024"))
    assert len([one for one in found.names if one not in found.inside]) == 43
    assert sum(found.places["master"].values()) == 270
    assert (found.of("master", "新疆"), found.of("master", "新疆生产建设兵团")) == (6, 3)
    assert found.inside == {"新疆生产建设兵团": "新疆"}
    assert found.apart == {"工业和信息化部", "全国工商联"}


def test_places_by_table_and_by_number() -> None:
    pack = load_pack(JICHUAN)
    found = quotas(pack, {"unit_crews": 2})
    assert (found.of("star", "晴岚区"), found.of("star", "机械工会")) == (10, 4)
    assert (found.of("crew", "晴岚区"), found.of("crew", "某单位")) == (2, 2)
    changzhou = load_pack("changzhou-2024")
    assert quotas(changzhou, {"unit_limited": True, "unit_most": 4}).of("trainee", "任何单位") == 4
    assert quotas(changzhou, {"unit_limited": False, "unit_most": 4}).of("trainee", "任何单位") is None
    assert quotas(load_pack("nanning-2026")).of("craftsman", "任何单位") is None
