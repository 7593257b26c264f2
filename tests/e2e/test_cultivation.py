"""One artisan by hand from the naming to the certificate, another to the exit (changzhou-2024; issue: cultivation).

What many offices do in between (opinions, checks, the panel's scores) goes by the same services as their pages: other
walks show those by hand.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from tests.e2e.hand import Crowd, Hand, Opener
from tests.factories import PASSWORD, load_calendar, set_clock

from gongjiang.models import Certificate, Edition, Grant, Honour, Inquiry, User
from gongjiang.services.people.sealing import open_text
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.clock import acting_order, morning
from gongjiang.services.rehearsal.world import Nominee, World
from gongjiang.services.samples.cast import engage
from gongjiang.services.samples.editions import Workshop, run_until, working_days
from gongjiang.services.samples.parties import changzhou
from gongjiang.services.samples.tree import plant

pytestmark = pytest.mark.slow

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NAMING = datetime(2025, 1, 9, 2, 0, tzinfo=UTC)
REPORT = {
    "final_growth": "两年完成培训营和双导师课程，取得特级技师。",
    "final_results": "完成攻关三项，带徒四人，到企业和学校服务十二次。",
    "final_plan_done": "方案所列十项全部完成。",
}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def built_world() -> World:
    """Two are through the notice and wait for the document, on 9 January 2025."""
    load_calendar(2024, 2025, 2026)
    since = morning(date(2024, 10, 8))
    tree = plant(since)
    engage(tree, since)
    second = User.objects.create(username="fushen", full_name="付复审")
    Grant.objects.create(user=second, organisation=tree["changzhou"], role="approver", since=since)
    User.objects.update(password=make_password(PASSWORD))
    world = Workshop(tree, since).world(
        "changzhou-2024", changzhou(tree), "changzhou-2024", opened=date(2024, 11, 15), pairs=("places=2",), moved=False
    )
    run_until(world, "name", 2, working_days(world, date(2024, 11, 18), date(2024, 12, 27), 8))
    set_clock(NAMING)
    return world


@pytest.mark.ledger("M-13", "M-17", "X-06")
@pytest.mark.django_db(transaction=True)
def test_one_comes_to_the_certificate_another_to_the_exit(open_page: Opener) -> None:
    world = built_world()
    crowd = Crowd(open_page)
    name(crowd("longcheng"), world.edition.pk)
    first, second = Honour.objects.order_by("pk")
    phone = account(crowd, first)
    log(phone)
    leave(crowd, second)
    set_clock(datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    begin(crowd("longcheng"), world.edition.pk)
    report(phone)
    made = Edition.objects.get(follows="final")
    by_the_offices(world, made)
    decide(crowd, made, first.name)
    settle(crowd("longcheng"), made)
    certificate(crowd, phone, first)


def name(hand: Hand, edition: int) -> None:
    """The document of the city union; both are 培育对象 for two years."""
    hand.go(f"/editions/{edition}/stages/name/name/").fill({"number": "常工发〔2025〕1号"})
    hand.press("核对并命名").sees("命名 2 人").press("命名").told("2 人载入名册")
    assert set(Honour.objects.values_list("state", "from_date", "until")) == {
        ("trainee", date(2025, 1, 1), date(2026, 12, 31))
    }


def account(crowd: Crowd, honour: Honour) -> Hand:
    """The union sends the link; the artisan opens an account with it on the phone."""
    hand = crowd("longcheng").go(f"/artisans/{honour.pk}/").sees("培育期", "24 个月").press("发送开通链接")
    link = hand.page.locator("input[value*='/open/'], .link, code").first
    address = link.input_value() if link.evaluate("one => one.tagName") == "INPUT" else link.inner_text()
    digits = sealed_digits(honour)
    phone = crowd.visitor(**PHONE)
    phone.page.goto(address)
    phone.fill({"digits": digits, "username": "artisan1", "password": "jiangren-2025", "again": "jiangren-2025"})
    phone.press("开通并进入").sees_heading(honour.name)
    return phone


def sealed_digits(honour: Honour) -> str:
    """The last six of the number that the nomination gave, as its owner knows them."""
    assert honour.case is not None
    return open_text(honour.case.values["id_number"], "id_number")[-6:]


def log(phone: Hand) -> None:
    """A talk, told in three touches; it waits for who looks after the artisan."""
    phone.go("/mine/log/")
    phone.fill({"kind": "talk", "title": "到青枫中学讲工匠故事"})
    phone.press("记下").sees("到青枫中学讲工匠故事", "待确认")


def leave(crowd: Crowd, honour: Honour) -> None:
    """False deeds: one approver opens and proposes, another decides; the register says so the same day."""
    hand = crowd("longcheng").go(f"/inquiries/new/?honour={honour.pk}")
    hand.page.locator("main [name=ground]").first.check()
    hand.fill(
        {"situation": "提供虚假业绩材料", "basis": "市总工会党组会议", "account": "获奖证书系伪造，发证单位来函否认。"}
    )
    hand.press("立案").told("HC-")
    matter = Inquiry.objects.get()
    hand.press("告知当事人")
    lay(hand, {"notice": "核查获奖证书的真伪。", "due": "2025-01-20"}, "告知")
    set_clock(datetime(2025, 1, 22, 2, 0, tzinfo=UTC))
    hand.go(f"/inquiries/{matter.pk}/").press("提出处理意见")
    hand.dialog().locator("[name=upheld][value=yes]").check()
    hand.dialog().locator("[name=no_tie]").check()
    lay(hand, {"finding": "证书系伪造。", "document": "常工发〔2025〕6号"}, "提出")
    other = crowd("fushen").go(f"/inquiries/{matter.pk}/").press("批准")
    other.dialog().locator("[name=no_tie]").check()
    other.dialog().get_by_role("button", name="批准").click()
    other.sees("撤销荣誉，收回证书")
    crowd.visitor().go("/register/withdrawn/").sees(honour.name, "常工发〔2025〕6号")
    assert Honour.objects.get(pk=honour.pk).state == "revoked"


def lay(hand: Hand, answers: dict[str, str], button: str) -> None:
    """A dialog filled in and sent."""
    for key, value in answers.items():
        hand.dialog().locator(f"[name={key}]").fill(value)
    hand.dialog().get_by_role("button", name=button, exact=True).click()
    hand.page.wait_for_load_state()


def begin(hand: Hand, edition: int) -> None:
    """The one who still stands is due; the round opens."""
    hand.go("/todo/").sees("开始期满考核评价：1 人到期")
    hand.go(f"/editions/{edition}/processes/").press("开始期满考核评价")
    hand.page.locator("form[action$='/open/'] button").click()
    hand.told("已经开始，共 1 件")


def report(phone: Hand) -> None:
    """The artisan's own report, by phone, step by step to the end."""
    phone.go("/mine/").sees("期满考核评价").press_link("现在填写")
    for _ in range(8):
        for key, words in REPORT.items():
            box = phone.page.locator(f"main [name='{key}']")
            if box.count() and box.first.is_visible() and not box.first.input_value():
                box.first.fill(words)
        if "/material/" in phone.page.url:
            phone.press_link("下一步")
        elif phone.page.get_by_role("button", name="提交", exact=False).filter(visible=True).count():
            break
        else:
            phone.press("保存，下一步")
    phone.press("提交")
    phone.page.wait_for_load_state()


def by_the_offices(world: World, made: Edition) -> None:
    """Opinions, the check, the panel: by services."""
    programme = programme_of(main_process(made))
    case = programme.process.cases.get()
    assert case.submitted_at is not None
    unit = next(one for one in world.parties.units if one.organisation.pk == case.nominator_id)
    here = replace(world, edition=made, programme=programme, planned=[], stages={})
    here.nominees = {case.pk: Nominee(case.award, case.route, unit, case.applying_unit, 0.9, name=case.title)}
    here.clock.go(datetime(2026, 11, 2, 6, 0, tzinfo=UTC))
    for stage in acting_order(programme):
        if stage.type in {"opinion", "check"}:
            acts()[stage.type].act(here, stage)
    mark = programme.stage("mark")
    acts()["panel"].act(here, mark)
    set_clock(here.clock.now)


def decide(crowd: Crowd, made: Edition, who: str) -> None:
    """The party group's meeting gives the tier."""
    hand = crowd("dangzu").go(f"/editions/{made.pk}/stages/decide/")
    hand.page.get_by_label(f"{who}的档次").select_option(label="合格")
    hand.fill(
        {"m-present": "党立言、委员乙", "m-for": "2", "m-against": "0", "m-abstained": "0", "m-record": "同意合格。"}
    )
    hand.press("核对名单").sees(f"{who} 合格").press("确定名单（1 人）").told("名单已经确定")


def settle(hand: Hand, made: Edition) -> None:
    """The city union's document: named an artisan, on the register the same moment."""
    hand.go(f"/editions/{made.pk}/settle/").sees("认定，颁发证书")
    hand.fill({"number": "常工发〔2026〕88号"}).press("办结").told("已按决定办结")
    hand.sees("认定为“龙城工匠”")


def certificate(crowd: Crowd, phone: Hand, honour: Honour) -> None:
    """Issued, in the artisan's hand, and valid for anybody who checks."""
    standing = Honour.objects.get(pk=honour.pk)
    assert (standing.state, standing.title) == ("stands", "龙城工匠")
    hand = crowd("longcheng").go(f"/naming/{standing.confirmed_id}/certificates/").press("制发证书")
    hand.page.wait_for_load_state()
    row = Certificate.objects.get(honour=standing)
    phone.go("/certificates/").sees("龙城工匠", row.number)
    crowd.visitor().go(f"/check/{row.code}/").sees(honour.name, "有效")
