"""nanning-2026 from the filer's login to the public register, by hand: every step is somebody pressing something.

One world, one edition of two places, walked from end to end. 何焊平 is nominated by the enterprise and 岑铸山 comes by
个人自主申报; three more come by the same services as the pages, to save time.
"""

from typing import Any

import pytest
from tests.e2e import county, deciding, panel, publicity
from tests.e2e.conftest import Complaints
from tests.e2e.filing import Nominee, begin, fill_steps, upload
from tests.e2e.hand import Crowd, Opener
from tests.e2e.reported import reported
from tests.e2e.world import built_world

pytestmark = pytest.mark.slow
HE = Nominee("何焊平", 1, "澜江重工有限公司")
CEN = Nominee("岑铸山", 2, "青屿印染厂", trade="铸造工", post="铸造班班长")
OTHERS = [
    Nominee("丁砺锋", 3, "澜江重工有限公司", trade="磨工", post="磨工班班长"),
    Nominee("于绣春", 4, "澜江重工有限公司", gender="女", trade="数控工", post="数控班组长"),
    Nominee("王榫安", 5, "澜江重工有限公司", trade="车工", post="车工班班长"),
]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing is slow by design; here some twenty people sign in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.ledger("G-07", "G-08", "G-10", "G-11", "G-12", "G-14", "X-02")
@pytest.mark.django_db(transaction=True)
def test_from_an_empty_nomination_to_the_public_register(open_page: Opener, complaints: Complaints) -> None:
    world, edition = built_world()
    crowd = Crowd(open_page)
    nominate(crowd, complaints)
    apply_oneself(crowd)
    county.return_and_mend(crowd, HE)
    for who in (HE, CEN):
        county.pass_and_report(crowd, complaints, who)
    county.report(crowd, HE, CEN)
    for who in OTHERS:
        reported(world, edition, who)
    deciding.first_review(crowd)
    for step in (panel.invite, panel.declare, panel.assign, panel.score, panel.meet):
        step(crowd)
    deciding.city_union(crowd)
    deciding.leading_group(crowd)
    publicity.sign(crowd)
    crowd("yan").clock_to("2026-09-18T09:00")
    publicity.publish(crowd, "9月18日", "9月24日", "岑铸山、何焊平")
    phone = publicity.read_on_a_phone(crowd)
    publicity.dismiss(crowd, phone)
    publicity.uphold(crowd, phone)
    publicity.settle(crowd)
    publicity.name_them(crowd)
    publicity.read_register(crowd)


def nominate(crowd: Crowd, complaints: Complaints) -> None:
    """The enterprise files; what is missing is told with its place; once submitted it is the union's."""
    lan = crowd("lan")
    begin(lan, "单位推荐", HE.name)
    lan.page.goto(lan.page.url.replace("/basic/", "/confirm/"))
    lan.press("提交给青屿区总工会")
    lan.sees("没有办成。", "“性别”未填。", "“被推荐人同意书”至少1份，现有0份。")
    complaints.forgive("409")
    lan.page.goto(lan.page.url.replace("/submit/", "/form/basic/"))
    fill_steps(lan, HE)
    upload(lan, HE, "photo", "certificates", "video", "consent")
    lan.sees("各栏都已填好。")
    lan.press("提交给青屿区总工会")
    lan.told("何焊平的申报已提交，编号 2026-")
    lan.agree("推荐对象所在单位意见", "经公示无异议，同意推荐。")


def apply_oneself(crowd: Crowd) -> None:
    """岑铸山 files for himself, and his employer says its opinion before he submits."""
    cen = crowd("cen")
    begin(cen, "个人自主申报", CEN.name)
    fill_steps(cen, CEN)
    upload(cen, CEN, "photo", "certificates", "video")
    cen.press("提交给青屿区总工会")
    cen.told("岑铸山的申报已提交，编号 2026-")
    crowd("yin").open(CEN.name, show="waiting").agree("推荐对象所在单位意见", "同意其申报。")
