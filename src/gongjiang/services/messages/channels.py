"""Each person's choice: what they want by mail or telephone besides the inbox, and when they are left alone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Channels, User
from gongjiang.services.audit.append import append
from gongjiang.services.messages.targets import hooks

_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
#: What may be wanted of a channel, by its Chinese name.
WANTS: list[tuple[str, str]] = [(str(value), str(label)) for value, label in Channels.Wants.choices]


@dataclass(frozen=True)
class Choice:
    """What stands: the address, the wishes, the quiet hours, and which channels this installation has."""

    address: str
    mail: str
    phone: str
    quiet_from: time | None
    quiet_until: time | None
    mail_on: bool
    phone_labels: tuple[str, ...]


def choice_of(actor: Actor) -> Choice:
    """One's own choice. NotFound for who hasn't signed in."""
    user = User.objects.select_related("channels").filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound()
    row: Channels = getattr(user, "channels", None) or Channels(user=user)
    labels = tuple(one.label for one in hooks().values())
    return Choice(user.email, row.mail, row.phone, row.quiet_from, row.quiet_until, settings.MAIL_ON, labels)


@transaction.atomic
def choose(
    *, actor: Actor, at: datetime, address: str, mail: str, phone: str, quiet_from: str, quiet_until: str
) -> None:
    """Set one's own choice. Raises BadInput naming the field."""
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound()
    address = address.strip()
    for wish, place in ((mail, "邮件"), (phone, "手机")):
        if wish not in Channels.Wants.values:
            raise BadInput("请在列出的几种里选。", "Choose one of those listed.", place=place)
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise BadInput("邮箱地址写法不对，如 name@example.org。", "Not a mail address.", place="邮箱") from None
    elif mail != Channels.Wants.NONE:
        raise BadInput("要收邮件，请填邮箱地址。", "Give a mail address.", place="邮箱")
    begins, ends = _time(quiet_from, "免打扰自"), _time(quiet_until, "免打扰至")
    if (begins is None) != (ends is None):
        raise BadInput("免打扰时段须填起止两个时间，或都不填。", "Both times, or neither.", place="免打扰至")
    user.email = address
    user.save(update_fields=["email"])
    Channels.objects.update_or_create(
        user=user, defaults={"mail": mail, "phone": phone, "quiet_from": begins, "quiet_until": ends}
    )
    append(actor=actor, at=at, action="user.channels", kind="user", key=user.pk, data={"mail": mail, "phone": phone})


def _time(text: str, place: str) -> time | None:
    if not text.strip():
        return None
    fits = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if fits is None or int(fits[1]) > 23 or int(fits[2]) > 59:
        raise BadInput("时间须写作 22:00。", "A time reads 22:00.", place=place)
    return time(int(fits[1]), int(fits[2]))
