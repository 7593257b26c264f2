"""The artisan's own account: a link by whoever looks after them, known by digits, bound once."""

from datetime import timedelta

import pytest
from tests.services.cultivation.kept import AT, NUMBER, Kept

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, Grant, Process, Subject, User
from gongjiang.services.cultivation.account import (
    TRIES,
    Given,
    behind,
    bind_account,
    open_account,
    send_link,
    standing_of,
    take_link_back,
    unbind,
)
from gongjiang.services.cultivation.artisans import own_honours
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.services.invitations.door import LinkEnded, note_failed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GIVEN = Given(NUMBER[-6:], "gj000001", "lan-jiang-2026", "lan-jiang-2026")


def sent(found: Kept, who: str = "zhang") -> str:
    return send_link(actor=found.actor(who), at=AT, honour_id=found.honours[0].pk)[1]


def state(found: Kept) -> str:
    return standing_of(get_honour(found.actor("zhang"), found.honours[0].pk), AT).state


def opened(token: str, given: Given = GIVEN) -> User:
    return open_account(actor=nobody(), at=AT, token=token, given=given)


@pytest.mark.ledger("M-16")
def test_a_link_opens_an_account_that_sees_the_artisans_own_and_nothing_else(found: Kept) -> None:
    assert state(found) == "none"
    token = sent(found)
    assert state(found) == "sent"
    user = opened(token)
    assert (user.full_name, user.username, state(found)) == ("何焊平", "gj000001", "open")
    assert not Grant.objects.filter(user=user).exists()
    mine = own_honours(found.artisan())
    assert [one.pk for one in mine] == [found.honours[0].pk]
    with pytest.raises(NotFound):
        get_honour(found.artisan(), found.honours[1].pk)
    with pytest.raises(LinkEnded, match="使用过"):
        opened(token)
    log = "".join(Entry.objects.values_list("body", flat=True))
    assert "account.bind" in log
    assert NUMBER not in log


def test_who_looks_after_an_artisan_sends_and_takes_back_others_do_not(found: Kept) -> None:
    for who in ("wen", "lan", "zhang"):
        sent(found, who)
    with pytest.raises(NotFound):
        sent(found, "yin")
    with pytest.raises(NotFound):
        sent(found, "yuan")
    token = sent(found)
    take_link_back(actor=found.actor("wen"), at=AT, honour_id=found.honours[0].pk)
    assert state(found) == "revoked"
    with pytest.raises(LinkEnded, match="收回"):
        opened(token)


def test_wrong_digits_are_counted_and_close_the_link(found: Kept) -> None:
    token = sent(found)
    for _ in range(TRIES):
        with pytest.raises(BadInput, match="身份证号后六位不对"):
            opened(token, Given("000000", "gj1", "lan-jiang-2026", "lan-jiang-2026"))
        note_failed(actor=nobody(), at=AT, invitation=behind(token, AT).invitation, most=TRIES)
    with pytest.raises(LinkEnded):
        opened(token)
    assert state(found) == "revoked"
    assert not User.objects.filter(username="gj1").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"again": "other-2026-x"}, "两次输入的密码不一样"),
        ({"username": "王五"}, "账号只用英文字母"),
        ({"username": "wen"}, "已被使用"),
        ({"password": "12345678901", "again": "12345678901"}, "数字"),
        ({"digits": ""}, "后六位不对"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_good(found: Kept, change: dict[str, str], said: str) -> None:
    token = sent(found)
    with pytest.raises(BadInput, match=said):
        opened(token, Given(**({**vars_of(GIVEN)} | change)))
    assert opened(token, Given(f" {NUMBER[-6:].lower()} ", *list(vars_of(GIVEN).values())[1:])).pk


def vars_of(given: Given) -> dict[str, str]:
    return {name: getattr(given, name) for name in ("digits", "username", "password", "again")}


def test_an_account_one_has_is_bound_if_it_bears_ones_name_and_no_other(found: Kept) -> None:
    token = sent(found)
    with pytest.raises(BadInput, match="不是何焊平本人的"):
        bind_account(actor=found.actor("zhang"), at=AT, token=token, digits=NUMBER[-6:])
    own = User.objects.create(username="hehanping", full_name="何焊平")
    found.world.people["own"] = own
    bind_account(actor=found.actor("own"), at=AT, token=token, digits=NUMBER[-6:])
    assert Subject.objects.get(user=own).name == "何焊平"
    other = send_link(actor=found.actor("zhang"), at=AT, honour_id=found.honours[1].pk)[1]
    own.full_name = "岑铸山"
    own.save()
    with pytest.raises(BadInput, match="已经绑定"):
        bind_account(actor=found.actor("own"), at=AT, token=other, digits=NUMBER[-6:])


def test_a_forgotten_password_is_set_anew_by_a_link_unless_the_account_acts_for_a_unit(found: Kept) -> None:
    user = opened(sent(found))
    again = sent(found)
    assert state(found) == "sent"
    new = "wang-lan-2027"
    assert opened(again, Given(NUMBER[-6:], "", new, new)).pk == user.pk
    user.refresh_from_db()
    assert user.check_password(new)
    Grant.objects.create(user=user, organisation=found.world["city"], role="approver", since=AT - timedelta(days=1))
    with pytest.raises(NotAllowed, match="找单位管理员"):
        opened(sent(found), Given(NUMBER[-6:], "", new, new))


def test_the_union_parts_a_wrong_account_with_a_reason(found: Kept) -> None:
    opened(sent(found))
    asked = {"at": AT, "honour_id": found.honours[0].pk}
    with pytest.raises(NotAllowed):
        unbind(actor=found.actor("lan"), reason="绑错了", **asked)
    with pytest.raises(BadInput, match="理由"):
        unbind(actor=found.actor("zhang"), reason=" ", **asked)
    unbind(actor=found.actor("zhang"), reason="绑错了人", **asked)
    assert Subject.objects.filter(user__isnull=False).count() == 0
    assert state(found) == "used"


def test_nobody_is_sent_for_where_nothing_tells_who_they_are(found: Kept) -> None:
    case = found.honours[0].case
    assert case is not None
    case.values = {"name": "何焊平"}
    case.save(update_fields=["values"])
    with pytest.raises(Refused, match="无法核对本人"):
        sent(found)


def test_an_assessment_that_began_before_the_account_is_the_artisans_to_report_on(found: Kept) -> None:
    honour = found.honours[0]
    before = honour.case
    assert before is not None
    process = Process.objects.create(edition=before.process.edition, name="final")
    draft = Case.objects.create(
        process=process, subject=honour.subject, over=honour, applying_unit=before.applying_unit,
        nominator=before.nominator, award=before.award, number="2026-9", title=honour.name, state="draft",
        created_at=AT,
    )  # fmt: skip
    user = opened(sent(found))
    draft.refresh_from_db()
    assert draft.filer == user
