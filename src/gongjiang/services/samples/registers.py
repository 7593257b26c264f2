"""Lists from elsewhere that rules of the samples compare with: invented people, as partial as real lists are."""

from datetime import date, datetime
from typing import Final

from gongjiang.documents.xlsx import write_list
from gongjiang.kernel import identity_number
from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, RegistryImport, User
from gongjiang.rules.registry.entry import Defaults
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.registry.about import About
from gongjiang.services.registry.open_list import open_list
from gongjiang.services.registry.read_list import preview
from gongjiang.services.registry.take import take

HEAD: Final = ("姓名", "身份证号", "出生年月", "工作单位", "授予时间")
CLERK: Final = "shenshengban"
"""Of the provincial union whose programme compares with them."""
#: register, document, number, level, state, rows of (name, number, month of birth, unit, day)
LISTS: Final = (
    (
        "national-talent-plan", "国家级人才计划入选人员名单（样例）", "样才发〔2023〕2号", "national", "stands",
        (
            ("样承匠", identity_number.sample(470, date(1978, 4, 9), "男"), "", "样例重型机械厂", "2023-05"),
            ("样守艺", "", "1981-11", "样例船坞", "2023-05"),
            ("样传薪", "", "", "样例仪表厂", "2021"),
        ),
    ),
    (
        "ministry-talent-plan", "有关部委人才计划入选人员名单（样例）", "样部发〔2024〕8号", "province", "stands",
        (
            ("样攻坚", identity_number.sample(471, date(1983, 2, 17), "男"), "", "样例车桥厂", "2024-03-01"),
            ("样焊花", "", "1986-09", "样例锅炉厂", "2024-03-01"),
        ),
    ),
    (
        "national-artisan", "已认定的大国工匠名单（样例）", "样工发〔2022〕11号", "national", "stands",
        (
            ("样铸魂", identity_number.sample(472, date(1972, 12, 3), "男"), "", "样例铸造厂", "2022"),
            ("样测微", "", "1979-05", "样例量具厂", "2022"),
        ),
    ),
    (
        "artisan-trainee", "2024年大国工匠培育对象名单（样例）", "样工发〔2024〕30号", "national", "trainee",
        (
            ("样织锦", identity_number.sample(473, date(1984, 7, 21), "女"), "", "样例织造厂", "2024-12"),
            ("样引弧", "", "1980-01", "样例焊材厂", "2024-12"),
        ),
    ),
)  # fmt: skip
PUBLISHED: Final = ("national-artisan", "artisan-trainee")
LATE: Final = "有关部委人才计划补充名单（样例）"
"""It comes after people were put forward, with a namesake of one of them."""


def bring(at: datetime) -> None:
    """The lists, each said to be whole."""
    actor = actor_of(User.objects.get(username=CLERK), at)
    for code, title, number, level, state, rows in LISTS:
        about = About(code, title, number=number, level=level, complete=True, defaults=Defaults("", level, state))
        made = _take(actor, at, about, rows)
        if code in PUBLISHED:
            open_list(actor=actor, at=at, import_id=made.pk, public=True, basis="名单已在报刊公布（样例）")


def bring_late(at: datetime) -> None:
    """A supplement with a namesake of somebody being put forward, of the same month and another unit, without a
    number: somebody has to check."""
    waiting = Case.objects.filter(process__edition__slug="jiangsu-2026", rows__stage="consult", rows__state="open")
    case = waiting.order_by("-pk").first()
    if case is None:
        return
    actor = actor_of(User.objects.get(username=CLERK), at)
    birth = str(case.values.get("birth") or "")
    about = About("ministry-talent-plan", LATE, number="样部发〔2025〕3号", defaults=Defaults("", "province", "stands"))
    _take(actor, at, about, ((case.title, "", birth, "样例齿轮厂", "2025-06"),))


def _take(actor: Actor, at: datetime, about: About, rows: tuple[tuple[str, ...], ...]) -> RegistryImport:
    data = write_list(about.title, HEAD, rows)
    made = preview(actor=actor, at=at, about=about, filename=f"{about.title}.xlsx", data=data)
    return take(actor=actor, at=at, import_id=made.pk)
