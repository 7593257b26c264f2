"""The invented notice qinglan-2031 with a register to compare with and one place a person: two units, two filers."""

from datetime import date
from typing import Any

from django.test import TestCase
from tests.factories import AT, person
from tests.services.rounds.ground import Ground, ground

from gongjiang.kernel import identity_number
from gongjiang.models import Case
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.submit import submit

NUMBER = identity_number.sample(7, date(1980, 6, 5), "男")
OTHER_NUMBER = identity_number.sample(8, date(1980, 6, 5), "男")
RULE = (
    "{id: no_plan, name: 未入选人才计划, gate: panel, ask: Q3, check: {rows: registry, where: {field: programme, "
    "in: [national-talent-plan, ministry-talent-plan]}, count_at_most: 0}}"
)
ONCE = "{id: once, label: 一人只推荐一次, on: edition, per: case.subject, at_most: 1, ask: Q3}"
FILERS = {"plant": "lan", "dyeing": "yin", "far_plant": "fang"}


def listed(*, once: bool = True) -> Ground:
    """The edition, open; `once`: it lets a person in only once."""
    changed = {
        "rules:\n": f"rules:\n  - {RULE}\n",
        "[name, gender]": "[name, gender], [id_number, birth]",
    }
    if once:
        changed["pools:\n"] = f"pools:\n  - {ONCE}\n"
    found = ground(changed=changed)
    person(found.world, "fang", "方远厂", ("filer", "far_plant"))
    return found


def drafted(ground: Ground, unit: str = "plant", number: str = NUMBER, name: str = "何焊平", **values: Any) -> Case:
    """A nomination filled in by a unit's filer."""
    actor = ground.actor(FILERS[unit])
    case = start_case(
        actor=actor,
        at=AT,
        programme=ground.programme,
        award="main",
        route="单位推荐",
        unit=ground.world[unit],
        title=name,
    )
    said = {
        "name": name, "gender": "男", "id_number": number, "birth": "1980-06", "years_in_trade": "12",
        "shop": f"{unit}一车间", "employer": ground.world[unit].name, "trade": "焊工",
        "deeds": "二十年如一日。", **values,
    }  # fmt: skip
    return save_values(actor=actor, at=AT, case_id=case.pk, changes=said).case


def handed_in(ground: Ground, unit: str = "plant", **values: Any) -> Case:
    """The same, submitted, its messages sent."""
    case = drafted(ground, unit, **values)
    return again(ground, unit, case)


def again(ground: Ground, unit: str, case: Case) -> Case:
    """Submitted (again), its messages sent even if it is refused."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return submit(actor=ground.actor(FILERS[unit]), at=AT, case_id=case.pk).case


def outcome(ground: Ground, case: Case, rule: str = "no_plan") -> RuleOutcome:
    """What a rule says of a case now."""
    fresh = Case.objects.select_related("nominator", "applying_unit", "subject").get(pk=case.pk)
    found = outcomes(ground.programme, facts_of_one(ground.programme, fresh))
    return next(one for one in found if one.rule == rule)
