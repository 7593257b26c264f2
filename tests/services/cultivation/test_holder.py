"""An account for whom only an imported register names: by whoever brought in the list, known by the number on it."""

from datetime import date
from typing import Any

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.identity_number import sample
from gongjiang.models import Entry, Invitation, Register, RegistryEntry, RegistryImport, Subject, User
from gongjiang.services.cultivation.account import (
    Given,
    behind,
    open_account,
    send_link,
    standing_of,
    take_link_back,
    unbind,
)
from gongjiang.services.cultivation.artisans import holds_honour, own_honours, own_listed
from gongjiang.services.cultivation.holder import listed_holder
from gongjiang.services.people.sealing import seal_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NUMBER = sample(7, date(1972, 3, 1), "女")
GIVEN = Given(NUMBER[-6:], "shenjing", "lan-jiang-2026", "lan-jiang-2026")


def listed(found: Kept, number: str = NUMBER, organisation: str = "city", name: str = "沈精工") -> Subject:
    """A row of a list that an organisation brought in, and the person's record."""
    register, _ = Register.objects.get_or_create(code="example-artisan", defaults={"label": "例省工匠"})
    source = RegistryImport.objects.create(
        register=register, organisation=found.world[organisation], title="例省工匠名单", filename="a.xlsx", digest="d",
        state="taken", at=AT, taken_at=AT,
    )  # fmt: skip
    subject = Subject.objects.create(name=name, created_at=AT)
    RegistryEntry.objects.create(
        source=source, row=2, subject=subject, name=name, number=seal_text(number, "id_number") if number else "",
        award="例省工匠", honour_state="stands", date="2021", outcome="new", key=f"{name}{organisation}", standing=True,
    )  # fmt: skip
    return subject


def sent(found: Kept, subject: Subject, who: str = "zhang") -> str:
    return send_link(actor=found.actor(who), at=AT, subject_id=subject.pk)[1]


def opened(token: str, given: Given = GIVEN) -> User:
    return open_account(actor=nobody(), at=AT, token=token, given=given)


@pytest.mark.ledger("M-16")
def test_the_keeper_of_the_list_sends_a_link_and_the_artisan_sees_what_it_says(found: Kept) -> None:
    subject = listed(found)
    token = sent(found, subject)
    assert behind(token, AT).asked == "身份证号后六位"
    with pytest.raises(BadInput, match="后六位不对"):
        opened(token, Given("123456", "shenjing", "lan-jiang-2026", "lan-jiang-2026"))
    user = opened(token)
    subject.refresh_from_db()
    assert (subject.user, user.full_name) == (user, "沈精工")
    found.world.people["shen"] = user
    me = found.actor("shen")
    assert holds_honour(me)
    assert own_honours(me) == []
    assert [(one.award, one.date) for one in own_listed(me)] == [("例省工匠", "2021")]
    holder = listed_holder(found.actor("zhang"), subject.pk)
    assert holder is not None
    assert standing_of(holder, AT).state == "open"
    log = "".join(Entry.objects.values_list("body", flat=True))
    assert "account.bind" in log
    assert NUMBER not in log


def test_only_who_brought_the_list_in_and_only_with_a_number(found: Kept) -> None:
    subject = listed(found)
    for who in ("wen", "lan", "jia"):
        with pytest.raises(NotFound):
            sent(found, subject, who)
    with pytest.raises(Refused, match="没有身份证号"):
        sent(found, listed(found, number="", name="马驭程"))
    first = sent(found, subject)
    sent(found, subject)
    assert list(Invitation.objects.order_by("id").values_list("revoked_at", flat=True)) == [AT, None]
    take_link_back(actor=found.actor("zhang"), at=AT, subject_id=subject.pk)
    assert not Invitation.objects.filter(revoked_at=None).exists()
    assert Invitation.objects.count() == 2
    assert first


def test_a_list_opens_nothing_of_who_is_nominated_or_honoured_here(found: Kept) -> None:
    subject = found.honours[0].subject
    listed(found)
    RegistryEntry.objects.update(subject=subject)
    with pytest.raises(NotFound):
        sent(found, subject)


def test_what_one_opened_the_other_does_not_take_over(found: Kept) -> None:
    subject = listed(found)
    opened(sent(found, subject))
    assert sent(found, subject)  # the password forgotten: the same keeper once more
    with pytest.raises(Refused, match="由别的单位开通"):
        sent(found, subject, "yan")
    step: dict[str, Any] = {"at": AT, "subject_id": subject.pk}
    with pytest.raises(BadInput, match="理由"):
        unbind(actor=found.actor("zhang"), reason=" ", **step)
    unbind(actor=found.actor("zhang"), reason="绑错了人", **step)
    subject.refresh_from_db()
    assert subject.user is None
