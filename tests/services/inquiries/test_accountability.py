"""谁推荐谁负责: by two people the person is out, the unit's place gone, its record tells it (J-09)."""

from datetime import date

import pytest
from tests.factories import AT
from tests.services.inquiries.ground import ASKED, answered, confirmed, opened, proposed, second, told
from tests.services.public_notices.stage import Ground as OnNotice
from tests.services.public_notices.stage import ground as on_notice
from tests.services.public_notices.stage import moment
from tests.services.quotas.test_changes import at_units
from tests.services.rounds.ground import NAMES, Ground

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Case, Grant, Inquiry, NoticeEntry, PoolCount, StageRow, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.honours.naming import prepare
from gongjiang.services.inquiries.open import Asked
from gongjiang.services.inquiries.queries import record_of
from gongjiang.services.reports.invariants import pools

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def another(like: Actor, name: str = "平复核") -> Actor:
    """A second approver wherever the first is one."""
    user, _ = User.objects.get_or_create(username=name, defaults={"full_name": name})
    for one in like.grants:
        if one.role == "approver":
            Grant.objects.get_or_create(
                user=user, organisation_id=one.organisation_id, role="approver", defaults={"since": AT}
            )
    return actor_of(user, AT)


def asked(case: Case, ground: str = "forged") -> Asked:
    return Asked(
        ground, "伪造技能等级证书", "主办单位决定" * (ground == "own"), "review", "发证单位否认。", case.nominator_id
    )


def walked(first: Actor, case: Case, ground: str = "forged") -> Inquiry:
    """Opened, told, answered, proposed; not yet approved."""
    made = opened(first, asked(case, ground), AT, case_id=case.pk)
    told(first, made, AT)
    answered(first, made, AT)
    return proposed(first, made, AT)


@pytest.mark.ledger("J-09")
def test_a_forgery_costs_the_person_and_the_units_place_once_a_second_approves() -> None:
    found: Ground = at_units()
    case = found.cases[NAMES[0]]
    first = found.actor("yan")
    made = walked(first, case)
    assert Case.objects.get(pk=case.pk).state == "running"
    with pytest.raises(NotAllowed):
        confirmed(first, made, AT)
    done = confirmed(another(first), made, AT)
    assert done.done == ["撤销推荐资格", "取消责任单位名额1个", "记入青屿区的单位记录"]
    assert (Case.objects.get(pk=case.pk).state, found.row(NAMES[0], "panel").state) == ("disqualified", "struck")
    assert PoolCount.objects.values_list("used", "limit").get(pool="by_unit") == (3, 3)
    assert list(pools.violations()) == []
    (line,) = record_of(case.nominator_id)
    assert (line.about, line.situation, line.done[1]) == (NAMES[0], "伪造技能等级证书", "取消责任单位名额1个")
    assert record_of(case.applying_unit_id) == []
    after = opened(first, asked(case), AT, case_id=case.pk)  # found again: the person is out already
    told(first, after, AT)
    answered(first, after, AT)
    proposed(first, after, AT)
    assert confirmed(another(first), after, AT).done[0] == "推荐资格已不存在"


def test_nobody_is_named_while_they_are_looked_into() -> None:
    found: OnNotice = on_notice(places=2, people=2)
    found.post()
    found.settle(date(2026, 9, 25))
    made = opened(found.world.actor("yan"), asked(found.cases[0], "own"), AT, case_id=found.cases[0].pk)
    naming = prepare(found.programme, "name")
    assert [one.case.title for one in naming.named] == ["岑铸山"]
    assert naming.held == ((found.cases[0], f"正在核查（{made.number}）"),)


@pytest.mark.ledger("J-09")
def test_struck_from_a_public_notice_and_the_next_one_moves_up() -> None:
    found: OnNotice = on_notice(places=2, people=3)
    found.post()
    case, first = found.cases[0], found.world.actor("yan")
    monday = moment(date(2026, 9, 21))
    made = opened(first, asked(case, "objection_upheld"), monday, case_id=case.pk)
    told(first, made, monday)
    answered(first, made, monday)
    proposed(first, made, monday)
    done = confirmed(another(first), made, monday)
    assert done.done[0] == "撤销推荐资格"
    assert "由丁砺锋递补" in done.done[1]
    assert NoticeEntry.objects.get(case=case).state == "struck"
    assert StageRow.objects.get(case=found.cases[2], stage="notice").state == "open"


def test_a_body_held_responsible_does_not_decide_and_strangers_open_nothing() -> None:
    found: OnNotice = on_notice(places=2, people=2)
    case, first = found.cases[0], found.world.actor("yan")
    with pytest.raises(NotFound):
        opened(found.world.actor("yuan"), asked(case, "own"), AT, case_id=case.pk)
    with pytest.raises(NotFound):
        opened(found.world.actor("wen"), ASKED, AT, unit_id=found.world["county"].pk, edition_id=found.edition.pk)
    Case.objects.filter(pk=case.pk).update(nominator=found.world["city"])
    case.refresh_from_db()
    with pytest.raises((NotAllowed, Refused)):
        opened(first, asked(case, "own"), AT, case_id=case.pk)


def test_a_unit_may_be_held_to_account_by_itself() -> None:
    found: OnNotice = on_notice(places=2, people=2)
    first, county = found.world.actor("yan"), found.world["county"]
    about = {"unit_id": county.pk, "edition_id": found.edition.pk}
    made = opened(
        first, Asked("own", "未经集体研究", "主办单位决定", "found", "会议记录缺失。", county.pk), AT, **about
    )
    told(first, made, AT)
    answered(found.world.actor("wen"), made, AT)
    proposed(first, made, AT)
    done = confirmed(second(found), made, AT)
    assert done.done == ["记入青屿区的单位记录"]
    assert [one.situation for one in record_of(county.pk)] == ["未经集体研究"]
