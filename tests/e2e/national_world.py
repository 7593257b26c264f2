"""The world in which a browser walks national-2024: 西藏 with its three places, two named, all with passwords."""

from io import BytesIO
from typing import Any

from django.contrib.auth.hashers import make_password
from openpyxl import Workbook
from tests.factories import PASSWORD, World, load_calendar, person, set_clock
from tests.services.formality.national import AT, BEFORE, PLACES, ROLES, number
from tests.services.nominations.summary.sheet import ANNEX, ROW

from gongjiang.catalogue.packs import find
from gongjiang.kernel import phone
from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Edition, User
from gongjiang.services.evidence.upload import upload
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.rehearsal.material import paper, portrait

NAMES = ["何焊平", "岑铸山", "丁砺锋", "于绣春"]
PEOPLE = {
    "qu": ("曲高原", [("officer", "xizang")]),
    "bai": ("柏省审", [("approver", "xizang")]),
    "xue": ("薛雪岭", [("officer", "far")]),
    "quan": ("全审定", [("officer", "acftu"), ("approver", "acftu")]),
    "luo": ("骆大师", [("expert", "panel")]),
    "jing": ("景行家", [("expert", "panel")]),
    "sha": ("沙精工", [("expert", "panel")]),
}


def built_world() -> tuple[World, Edition]:
    """Everybody, and the edition: at most two of the three that 西藏 may send. It is 5 March 2024."""
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
    for username, (name, held) in PEOPLE.items():
        person(world, username, name, *held)
    for user in world.people.values():
        user.grants.update(since=BEFORE)
    User.objects.update(password=make_password(PASSWORD))
    set_clock(AT)
    return world, opened(world)


def opened(world: World) -> Edition:
    """national-2024, all defaults but the number of places."""
    text = find("national-2024")
    edition = prepare_edition(
        actor=platform(),
        at=BEFORE,
        organiser=world["acftu"],
        source=text.text,
        filename=text.file,
        notice_text=text.notice or "",
        slug="national-2024",
    )
    for one in programme_of(main_process(edition)).questions:
        answer = {"Q2": 2}.get(one.id, True if one.default is None else one.default)
        answer_question(actor=platform(), at=BEFORE, edition=edition, question=one.id, answer=answer, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        if keys:
            bind_role(actor=platform(), at=BEFORE, edition=edition, role=role, organisations=[world[k] for k in keys])
    return open_edition(actor=platform(), at=BEFORE, edition=edition)


def workbook(wrong: bool = False) -> bytes:
    """Annex 2 with four people in its 32 columns; `wrong`: the second one's number has a digit too few."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(ANNEX)
    for n, name in enumerate(NAMES, 1):
        told = number(n)[:-1] if wrong and n == 2 else number(n)
        mine = {"序号": str(n), "姓名": name, "身份证号": told, "推荐对象联系电话": phone.sample(2000 + n)}
        here = {
            "工作单位": "雪岭机电有限公司",
            "推荐单位": "西藏",
            "同行高级专家 3 姓名单位职务": "蔚精铣，样例航模，特级技师",
        }
        row = {**ROW, **here, **mine}
        sheet.append([row[one] for one in ANNEX])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def complete(world: World, name: str) -> None:
    """The rest of an imported draft by services: statement, files, submission."""
    case = Case.objects.get(title=name)
    given: dict[str, Any] = {"actor": world.actor("qu", AT), "at": AT, "case_id": case.pk}
    save_values(**given, changes={"real_economy": "yes", "not_classified": "yes"})
    for attachment, count in (("support", 1), ("expert_letters", 3), ("plan", 1)):
        for n in range(count):
            upload(
                **given, attachment=attachment, name=f"{n}.pdf", content=BytesIO(paper(attachment)), title=f"材料{n}"
            )
    upload(**given, attachment="photo", name="照片.jpg", content=BytesIO(portrait(case.pk % 12)), title="")
    submit(**given)
