"""Where messages go besides the inbox: mail, and the addresses of other systems, on record or by the environment."""

from dataclasses import dataclass

from django.conf import settings

from gongjiang.kernel.sealing import Keyring, open_, seal
from gongjiang.models import Channels, Webhook
from gongjiang.rules.messages.signature import key_of

MAIL = "mail"
ENVIRONMENT = "hook:env"
_CONTEXT = "webhook.secret"


@dataclass(frozen=True)
class Target:
    """A webhook that is told. `wants`: reminders only, or all; `links`: one-time links too."""

    name: str
    label: str
    url: str
    wants: str
    key: bytes
    links: bool = False


def hooks() -> dict[str, Target]:
    """All addresses that stand, by target."""
    found = {}
    if settings.WEBHOOK_URL and settings.WEBHOOK_SECRET:
        key = key_of(settings.WEBHOOK_SECRET)
        found[ENVIRONMENT] = Target(
            ENVIRONMENT, "环境变量", settings.WEBHOOK_URL, Channels.Wants.REMINDERS, key, settings.WEBHOOK_LINKS
        )
    for one in Webhook.objects.filter(ended_at=None).order_by("id"):
        key = key_of(opened_secret(one))
        found[f"hook:{one.pk}"] = Target(f"hook:{one.pk}", one.label, one.url, one.wants, key, one.links)
    return found


def sealed_secret(secret: str) -> str:
    """A secret as it is stored."""
    return seal(sealing_keys(), secret, _CONTEXT)


def opened_secret(hook: Webhook) -> str:
    """A stored secret in clear: to sign with, and to show once to whoever made it."""
    return open_(sealing_keys(), hook.secret, _CONTEXT)


def sealing_keys() -> Keyring:
    """The keys of this installation."""
    keys = {name: bytes.fromhex(key) for name, key in settings.SECRETS["sealing"].items()}
    return Keyring(keys, settings.SECRETS["current"])
