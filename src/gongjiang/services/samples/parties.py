"""Who holds which role in the sample editions."""

from gongjiang.models import Organisation
from gongjiang.services.rehearsal.parties import PROVINCES, Parties, Unit
from gongjiang.services.samples.tree import (
    CENTRAL,
    COUNTY_OFFICES,
    ELSEWHERE,
    FIRMS,
    INDUSTRIES,
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
        employers = [tree[firm] for firm, _, under in FIRMS if under == key]
        parties.units.append(Unit(tree[key], role, {}, employers))
        parties.holders.setdefault(role, []).append(tree[key])
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
