"""What goes out, as whoever administers the system sees it: counts, what failed, sending it once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Delivery, Webhook
from gongjiang.services.audit.append import append
from gongjiang.services.messages.targets import ENVIRONMENT, MAIL

PAGE = 50
#: States of deliveries, those that need somebody first.
STATES: dict[str, str] = {"dead": "未发出", "waiting": "待发", "running": "正在发", "sent": "已发"}


@dataclass(frozen=True)
class Outbox:
    """Deliveries by state, and a page of them (newest first, one more than shown); labels of targets."""

    counts: dict[str, int]
    rows: list[Delivery]
    labels: dict[str, str]
    mail: str


def require_admin(actor: Actor) -> None:
    """NotFound unless this person administers the system."""
    if not (actor.is_platform or actor.has("system_admin")):
        raise NotFound()


def outbox(actor: Actor, state: str = "", before: int = 0) -> Outbox:
    """What went, waits and failed. Four queries."""
    require_admin(actor)
    counted = Delivery.objects.order_by().values("state").annotate(n=Count("id"))
    rows = Delivery.objects.select_related("user", "message__organisation").order_by("-id")
    if state in Delivery.State.values:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    labels = {f"hook:{pk}": label for pk, label in Webhook.objects.values_list("pk", "label")}
    labels |= {MAIL: "邮件", ENVIRONMENT: "环境变量所设地址"}
    return Outbox({one["state"]: one["n"] for one in counted}, list(rows[: PAGE + 1]), labels, mail_words())


def mail_words() -> str:
    """How mail goes out here, in words."""
    if not settings.MAIL_ON:
        return "没有开通邮件"
    shown = settings.EMAIL_BACKEND.endswith("ShownMail")
    return "邮件只显示在服务器的屏幕上，不发出" if shown else f"邮件经 {settings.EMAIL_HOST or '本机'} 发出"


@transaction.atomic
def resend(*, actor: Actor, at: datetime, real_at: datetime, delivery_ids: Collection[int] | None = None) -> int:
    """Put dead deliveries (None: all of them) back into the queue with their tries from the start. How
    many. `real_at`: the wall clock, by which the queue runs. One-time links aside: their words are kept no longer, who
    asked for one sends it anew."""
    require_admin(actor)
    rows = Delivery.objects.filter(state=Delivery.State.DEAD, message__isnull=False)
    if delivery_ids is not None:
        rows = rows.filter(pk__in=list(delivery_ids)[:500])
    number = rows.update(state=Delivery.State.WAITING, tries=0, due_at=real_at, done_at=None)
    if number:
        append(actor=actor, at=at, action="outbox.resend", kind="outbox", key=0, data={"count": number})
    return number
