"""What an outsider gets: the token in the last mail, or in the last body that a text-message system took."""

import re

from django.core import mail
from tests.factories import AT

from gongjiang.models import Delivery
from gongjiang.services.messages.deliver import next_delivery
from gongjiang.services.messages.outside import words_of

DOOR = re.compile(r"http://127\.0\.0\.1:\d+/(?:letter|opinion)/([\w-]+)/")


def send_all() -> None:
    """Everything that waits to be sent, as the worker does it."""
    while (job := next_delivery(AT)) is not None:
        job()


def mailed_token() -> str:
    """Sends what waits; the token in the newest mail."""
    send_all()
    found = DOOR.search(str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def waiting_token() -> str:
    """The token that still waits to be sent, for tests of what ends before it goes."""
    found = DOOR.search(words_of(Delivery.objects.filter(message=None).exclude(outside="").latest("pk")).link)
    assert found is not None
    return found[1]
