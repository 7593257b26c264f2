"""Words to somebody without an account, sent by the platform itself: by mail, or by a system that sends text messages.
What is to be sent may hold a one-time link: it waits sealed, and is kept no longer than it waits."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from gongjiang.kernel.errors import Refused
from gongjiang.kernel.sealing import open_, seal
from gongjiang.models import Delivery
from gongjiang.rules.messages.contact import MAIL as BY_MAIL
from gongjiang.rules.messages.contact import PHONE as BY_PHONE
from gongjiang.services.messages.targets import MAIL, Target, hooks, sealing_keys

_CONTEXT = "delivery.outside"


@dataclass(frozen=True)
class Words:
    """`address`: a mail address or a mobile number; `name`: whose. `kind`: what a text-message system may tell apart.
    `text`: what is said, without the link."""

    address: str
    name: str
    kind: str
    subject: str
    text: str
    link: str


def mail_reaches() -> bool:
    """Does mail leave this installation? Shown on the server's screen only, it reaches nobody."""
    return settings.MAIL_ON and not settings.EMAIL_BACKEND.endswith("ShownMail")


def ways() -> frozenset[str]:
    """How people without an account can be reached here: mail, phone, both or not at all."""
    found = {BY_MAIL} if mail_reaches() else set()
    return frozenset(found | ({BY_PHONE} if _texting() is not None else set()))


def send_outside(*, at: datetime, way: str, words: Words, label: str, asker_id: int | None, about: str) -> Delivery:
    """Queue words to somebody, inside the transaction of whoever says them. `label`: what lists and a failure call it.
    Refused where this way isn't set up."""
    hook = _texting() if way == BY_PHONE else None
    if way not in ways():
        raise Refused("本平台没有开通这种发送方式。", "This way is not set up.")
    return Delivery.objects.create(
        target=hook.name if hook is not None else MAIL,
        label=label[:120],
        asker_id=asker_id,
        about=about,
        outside=seal(sealing_keys(), json.dumps(asdict(words), ensure_ascii=False), _CONTEXT),
        due_at=at,
    )


def words_of(row: Delivery) -> Words:
    """What waits to be sent, in clear: for sending, never for a page."""
    return Words(**json.loads(open_(sealing_keys(), row.outside, _CONTEXT)))


def call_off(*, at: datetime, delivery_ids: Iterable[int]) -> None:
    """What hasn't gone yet isn't wanted any more."""
    waiting = Delivery.objects.filter(pk__in=list(delivery_ids), message=None, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.DEAD, done_at=at, outside="", answer="已收回，没有发")


def _texting() -> Target | None:
    """The first system that passes links on."""
    return next((one for one in hooks().values() if one.links), None)
