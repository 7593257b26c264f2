"""The world in which a browser walks nanning-2026: organisations, accounts with passwords, an edition of two places.

Only these are made by services; everything else happens on pages. The pack is the printed one but for its number of
places, so that its funnel (1:2, 1:1.5, 1:1.3, 1:1.1, rounded up) is 4, 3, 3, 3 and 2 people are announced.
"""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from tests.factories import AT, PASSWORD, ROLES, World, load_calendar, person, set_clock, small_world

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, User
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition

PLACES = "{id: places, label: 选树名额, value: 25,"
#: More accounts than the small world has: every part of the way has its own.
MORE = {
    "cen": ("岑铸山", [("filer", "dyeing")]),
    "yuanyi": ("苑一评", [("expert", "panel")]),
    "qiuer": ("裘二评", [("expert", "panel")]),
    "fansan": ("樊三评", [("expert", "panel")]),
    "shi": ("施工信", [("officer", "miit")]),
    "ku": ("库科技", [("officer", "sci")]),
    "ren": ("任人社", [("officer", "hrss")]),
    "mu": ("穆工信", [("department", "county_miit")]),
}


def built_world() -> tuple[World, Edition]:
    """Everybody, able to sign in with PASSWORD, and the edition, open since 27 May 2026. It is 24 June."""
    world = small_world()
    for username, (name, held) in MORE.items():
        person(world, username, name, *held)
    User.objects.update(password=make_password(PASSWORD))
    load_calendar()
    set_clock(AT)
    return world, opened(world)


def opened(world: World) -> Edition:
    """The edition of two places, questions answered by their defaults, parties bound."""
    at, text = AT - timedelta(days=28), find("nanning-2026")
    assert text.text.count(PLACES) == 1
    edition = prepare_edition(
        actor=platform(),
        at=at,
        organiser=world["city"],
        source=text.text.replace(PLACES, PLACES.replace("25", "2")),
        filename=text.file,
        notice_text=text.notice or "",
        slug="nanning-2026",
    )
    for one in programme_of(main_process(edition)).questions:
        answer_question(actor=platform(), at=at, edition=edition, question=one.id, answer=one.default, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[one] for one in keys])
    return open_edition(actor=platform(), at=at, edition=edition)
