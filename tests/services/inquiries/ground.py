"""People who were named, and two approvers who decide on one of them. Everybody is invented."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import AT as SINCE
from tests.services.honours.certificates.named import AT, Named

from gongjiang.kernel.actor import Actor
from gongjiang.models import Grant, Inquiry, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.inquiries.decide import confirm, propose
from gongjiang.services.inquiries.hear import notify, state_view
from gongjiang.services.inquiries.open import Asked, open_inquiry
from gongjiang.services.inquiries.prospect import prospect_of

LATER = AT + timedelta(days=1)
DUE = date(2026, 10, 20)
ASKED = Asked("own", "提供虚假业绩材料", "市总工会办公会议决定", "report", "获奖证书系伪造，发证单位来函否认。")


def second(found: Named | Any, key: str = "city", role: str = "approver", name: str = "平复核") -> Actor:
    """Another approver of the conferring body."""
    user, _ = User.objects.get_or_create(username=f"{key}-{name}", defaults={"full_name": name})
    Grant.objects.get_or_create(user=user, organisation=world_of(found)[key], role=role, defaults={"since": SINCE})
    return actor_of(user, AT)


def world_of(found: Any) -> Any:
    return found.here.world if hasattr(found, "here") else found.world


def opened(actor: Actor, asked: Asked = ASKED, at: datetime = AT, **about: int | None) -> Inquiry:
    return open_inquiry(actor=actor, at=at, prospect=prospect_of(actor, **about), asked=asked)


def told(actor: Actor, inquiry: Inquiry, at: datetime = AT) -> Inquiry:
    return notify(actor=actor, at=at, inquiry_id=inquiry.pk, notice="就获奖证书的真实性进行核查。", due=DUE)


def answered(actor: Actor, inquiry: Inquiry, at: datetime = LATER, **more: Any) -> Inquiry:
    return state_view(actor=actor, at=at, inquiry_id=inquiry.pk, statement="证书由他人代办，本人不知情。", **more)


def proposed(actor: Actor, inquiry: Inquiry, at: datetime = LATER, **more: Any) -> Inquiry:
    asked = {"upheld": True, "finding": "经函询查实证书系伪造。", "document": "望工发〔2026〕12号", "no_tie": True}
    return propose(actor=actor, at=at, inquiry_id=inquiry.pk, **(asked | more))


def confirmed(actor: Actor, inquiry: Inquiry, at: datetime = LATER) -> Inquiry:
    return confirm(actor=actor, at=at, inquiry_id=inquiry.pk, no_tie=True)
