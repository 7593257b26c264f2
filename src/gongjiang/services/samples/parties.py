"""Who holds which role in the sample editions."""

from collections.abc import Sequence

from gongjiang.models import Organisation
from gongjiang.services.rehearsal.parties import PROVINCES, Parties, Unit
from gongjiang.services.samples.tree import (
    CENTRAL,
    CHANGZHOU,
    CHANGZHOU_FIRMS,
    COUNTY_OFFICES,
    ELSEWHERE,
    FIRMS,
    INDUSTRIES,
    JIANGSU,
    JIANGSU_FIRMS,
    RECEIVERS,
    SUPERVISING,
)

Tree = dict[str, Organisation]


def nanning(tree: Tree) -> Parties:
    """南宁工匠: the organiser's bodies, seven receiving unions with their departments and enterprises."""
    whole = {
        "other_recommender": "media",
        "expert_panel": "jury",
        "city_union": "city",
        "miit": "miit",
        "sci": "sci",
        "hrss": "hrss",
        "leading_group": "group",
        "office": "office",
    }
    parties = Parties(tree["city"], {role: [tree[key]] for role, key in whole.items()})
    for key, _, role, level in RECEIVERS:
        _nominates(parties, tree, key, role, FIRMS)
        for office_role, office, _ in COUNTY_OFFICES if level == "county" else SUPERVISING:
            parties.holders.setdefault(office_role, []).append(tree[f"{key}_{office}"])
    return parties


def national(tree: Tree) -> Parties:
    """大国工匠: the 43 units of annex 1; those with enterprises below them nominate in the samples."""
    parties = Parties(
        tree["acftu"],
        {
            "labour_dept": [tree["labour"]],
            "expert_panel": [tree["national_jury"]],
            "secretariat": [tree["secretariat"]],
            "acftu": [tree["acftu"]],
            "province_union": [tree[one] for one in PROVINCES],
            "national_industry_union": [tree[one] for one in INDUSTRIES],
            "central_body": [tree[one] for one in CENTRAL],
            "upper_union": [tree["city"], *(tree[f"{unit}_upper"] for unit, _, _ in ELSEWHERE)],
        },
    )
    roles = {**dict.fromkeys(PROVINCES, "province_union"), **dict.fromkeys(INDUSTRIES, "national_industry_union")}
    parties.units.append(
        Unit(tree["广西"], "province_union", {"upper_union": tree["city"]}, [tree["rail"], tree["tools"]])
    )
    for unit, _, _ in ELSEWHERE:
        role = roles.get(unit, "central_body")
        parties.units.append(Unit(tree[unit], role, {"upper_union": tree[f"{unit}_upper"]}, [tree[f"{unit}_firm"]]))
    return parties


def jiangsu(tree: Tree) -> Parties:
    """江苏推荐大国工匠: two cities and an industry union with their enterprises; offices within one of these."""
    parties = Parties(
        tree["江苏"],
        {
            "province_union": [tree["江苏"]],
            "acftu": [tree["acftu"]],
            "upper_discipline": [tree[f"{key}_discipline"] for key, _, _ in JIANGSU],
            "corp_group": [tree["yunhu_group"]],
            "group_union": [tree["yunhu_group_union"]],
        },
    )
    for key, _, level in JIANGSU:
        _nominates(parties, tree, key, f"{level}_union", JIANGSU_FIRMS)
    return parties


def changzhou(tree: Tree) -> Parties:
    """龙城工匠: the city's bodies, a district, the zone and an industry union with their enterprises."""
    whole = {
        "labour_dept": "cz_labour",
        "expert_panel": "cz_jury",
        "party_group": "cz_party",
        "city_union": "changzhou",
    }
    parties = Parties(tree["changzhou"], {role: [tree[key]] for role, key in whole.items()})
    for key, _, role, _ in CHANGZHOU:
        _nominates(parties, tree, key, role, CHANGZHOU_FIRMS)
    return parties


def _nominates(parties: Parties, tree: Tree, key: str, role: str, firms: Sequence[tuple[str, str, str]]) -> None:
    """A unit that nominates, with the enterprises under it. `firms`: key, name, key of the unit above."""
    parties.units.append(Unit(tree[key], role, {}, [tree[firm] for firm, _, under in firms if under == key]))
    parties.holders.setdefault(role, []).append(tree[key])
