"""The national notice of 2024 in a small world: two provinces, their unions and plants. Everybody is invented."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from tests.again import again
from tests.factories import World, load_calendar, person

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.kernel.identity_number import sample
from gongjiang.kernel.phone import sample as phone
from gongjiang.models import Edition
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition

AT = timezone.make_aware(datetime(2024, 3, 5, 10, 0))
BEFORE = timezone.make_aware(datetime(2024, 2, 8, 10, 0))
PLACES = {
    "acftu": ("样例全国总工会", "样例全总", "national", "union", None),
    "panel": ("样例专家评审委员会", "样例评审会", "national", "body", "acftu"),
    "jiangsu": ("样例江苏省总工会", "江苏", "province", "union", "acftu"),
    "xizang": ("样例西藏总工会", "西藏", "province", "union", "acftu"),
    "county": ("样例澄川市总工会", "澄川", "county", "union", "jiangsu"),
    "far": ("样例雪岭市总工会", "雪岭", "county", "union", "xizang"),
    "works": ("澄川机床有限公司", "澄川机床", "employer", "enterprise", "county"),
}
ROLES = {
    "unit_union": ["works"],
    "upper_union": ["county", "far"],
    "province_union": ["jiangsu", "xizang"],
    "national_industry_union": [],
    "central_body": [],
    "labour_dept": ["acftu"],
    "expert_panel": ["panel"],
    "secretariat": ["acftu"],
    "acftu": ["acftu"],
}
FORM: dict[str, Any] = {
    "gender": "女",
    "birth": "1980-06",
    "ethnicity": "汉",
    "education": "大专",
    "political_status": "中共党员",
    "employer": "澄川机床有限公司",
    "post": "装调班班长",
    "industry": "制造业",
    "trade": "数控装调维修工",
    "professional_title": "高级工程师",
    "skill_level": "高级技师",
    "work_start": "2007-07",
    "years_on_site": "10",
    "ownership": "非公有制",
    "staff_kind": "一线产业工人",
    "is_migrant_worker": "yes",
    "main_honours": "全国劳动模范",
    "skill_awards": "中华技能大奖",
    "experts": [
        {"name": "白引弧", "employer": "样例船坞", "post": "首席技师"},
        {"name": "余定位", "employer": "样例车桥", "post": "高级技师"},
        {"name": "蔚精铣", "employer": "样例航模", "post": "特级技师"},
    ],
    "reason": "二十年守在装调线上，带出三十名徒弟。",
    "reason_short": "让每一台机床都听话的人",
    "employer_address": "澄川市工业一路1号",
    "postcode": "010000",
    "contact": "许汇总",
    "real_economy": "yes",
    "not_classified": "yes",
}


def national_world() -> tuple[World, Edition]:
    """Organisations, people and the open edition; the clock stands in its window."""
    return again("national_world", _national_world)


def _national_world() -> tuple[World, Edition]:
    load_calendar(2024)
    world = World()
    for key, (name, short, level, kind, above) in PLACES.items():
        world.organisations[key] = add_organisation(
            actor=platform(),
            at=BEFORE,
            name=name,
            short_name=short,
            level=level,
            kind=kind,
            parent=world.organisations.get(above or ""),
        )
    person(world, "su", "苏省办", ("officer", "jiangsu"))
    person(world, "ji", "季审批", ("approver", "jiangsu"))
    person(world, "qu", "曲高原", ("officer", "xizang"))
    person(world, "cheng", "程市办", ("officer", "county"))
    person(world, "tian", "田填报", ("filer", "works"))
    person(world, "lao", "劳动部", ("officer", "acftu"))
    for user in world.people.values():
        user.grants.update(since=BEFORE)
    text = find("national-2024")
    edition = prepare_edition(
        actor=platform(),
        at=BEFORE,
        organiser=world["acftu"],
        source=text.text,
        filename=text.file,
        notice_text=text.notice or "",
        slug="national-2024-1",
    )
    for one in programme_of(main_process(edition)).questions:
        answer = True if one.default is None else one.default
        answer_question(actor=platform(), at=BEFORE, edition=edition, question=one.id, answer=answer, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        if keys:
            bind_role(actor=platform(), at=BEFORE, edition=edition, role=role, organisations=[world[k] for k in keys])
    open_edition(actor=platform(), at=BEFORE, edition=edition)
    edition.refresh_from_db()
    return world, edition


def number(seq: int) -> str:
    """An invented woman's identity number, born in June 1980."""
    return sample(seq, date(1980, 6, 12), "女")


def nominee(name: str, seq: int, **changes: Any) -> dict[str, Any]:
    """Every field of one nominee; the numbers by `seq`."""
    said = {"name": name, "id_number": number(seq), "mobile": phone(2000 + seq), "contact_phone": phone(9000)}
    return {**FORM, **said, **changes}
