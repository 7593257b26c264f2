"""The section `cultivation`: what holds for an award, how it is handed down, how it is told."""

from typing import Any

import pytest
from tests.rules.programmes.extending.test_extending import lower

from gongjiang.catalogue.packs import catalogue, load_pack
from gongjiang.rules.programmes.diff.items import sections_of
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.extending.compare import changes
from gongjiang.rules.programmes.extending.parts import Laid
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.names import names_of
from gongjiang.rules.programmes.schema.cultivation import MENTORS, POWERS, Cultivation, cultivation_for

FIVE_2025 = ["引领力", "成就力", "创新力", "专注力", "传承力"]
FIVE_2024 = ["引领力", "实践力", "创新力", "攻关力", "传承力"]


def test_the_entry_of_an_award_comes_before_the_one_for_all() -> None:
    common = Cultivation(id="all", handed_in="plan")
    own = Cultivation(id="own", award="national")
    assert cultivation_for((common, own), "national").id == "own"
    assert cultivation_for((own, common), "municipal").id == "all"
    assert cultivation_for((own,), "municipal").powers == POWERS
    assert cultivation_for((), "x").mentors == MENTORS


@pytest.mark.ledger("M-07", "M-09")
@pytest.mark.parametrize(
    ("pack", "powers", "handed_in", "measures"),
    [
        ("measures-2025", FIVE_2025, "", 7),
        ("jiangsu-2026", FIVE_2025, "", 7),
        ("national-2024", FIVE_2024, "plan", 0),
        ("changzhou-2024", FIVE_2024, "", 0),
        ("nanning-2026", FIVE_2025, "", 0),
    ],
)
def test_own_packs_say_their_powers(pack: str, powers: list[str], handed_in: str, measures: int) -> None:
    found = cultivation_for(load_pack(pack).cultivation, "any")
    assert [one.label for one in found.powers] == powers
    assert [one.label for one in found.mentors] == ["专业导师", "技能导师"]
    assert found.handed_in == handed_in
    assert len(found.template.measures) == measures


def told(ours: dict[str, Any]) -> dict[str, str]:
    """What a lower pack's words over the entry of measures-2025 are held to be."""
    source = load_pack("measures-2025").source
    draft = Draft(source, names_of(source.data, catalogue()))
    laid = Laid("cultivation", "plan", source.data["cultivation"][0], ours, ("cultivation", 0))
    return {one.key: one.how for one in changes(laid, draft, draft)}


def test_a_level_below_adds_and_writes_its_own_template_but_leaves_nothing_out() -> None:
    above = load_pack("measures-2025").source.data["cultivation"][0]
    more = [*above["mentors"], {"id": "health", "label": "健康导师"}]
    assert told({"id": "plan", "template": {"aim": "带好徒弟"}, "mentors": more}) == {
        "template": "arranged",
        "mentors": "added",
    }
    assert told({"mentors": above["mentors"][:1]}) == {"mentors": "departs"}
    assert told({"powers": [{"id": "own", "label": "自定"}]}) == {"powers": "departs"}
    assert told({"handed_in": "plan"}) == {"handed_in": "added"}


def test_a_pack_of_its_own_adds_the_section() -> None:
    pack = lower({"cultivation": [{"id": "plan", "assumed": "x", "template": {"aim": "带好徒弟"}}]})
    assert pack.cultivation[0].template.aim == "带好徒弟"
    assert pack.cultivation[0].origin == ""


def test_it_is_told_line_by_line() -> None:
    item = sections_of(Speaker(load_pack("measures-2025")))["cultivation"][0]
    assert ("到各类学校任兼职导师、辅导员", "能力传承力") in item.properties["措施"]
    assert ("完成工匠人才培训营", "") in item.properties["节点"]
    assert item.properties["导师"] == (("专业导师", ""), ("技能导师", ""))
