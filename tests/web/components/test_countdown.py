"""How long there is left, in the server's words."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from gongjiang.web.components.countdown import countdown_of

END = timezone.make_aware(datetime(2026, 7, 1))


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(days=6, hours=14), "还有 6 天，6月30日 24:00 截止"),
        (timedelta(days=1, seconds=1), "还有 1 天，6月30日 24:00 截止"),
        (timedelta(days=1), "还有 24 小时 0 分，6月30日 24:00 截止"),
        (timedelta(hours=5, minutes=12), "还有 5 小时 12 分，6月30日 24:00 截止"),
        (timedelta(minutes=3, seconds=59), "还有 3 分，6月30日 24:00 截止"),
        (timedelta(seconds=30), "还有不到 1 分，6月30日 24:00 截止"),
        (timedelta(milliseconds=1), "还有不到 1 分，6月30日 24:00 截止"),
        (timedelta(0), "已于 6月30日 24:00 截止"),
        (timedelta(days=-3), "已于 6月30日 24:00 截止"),
    ],
)
def test_words_by_what_is_left(before: timedelta, said: str) -> None:
    assert countdown_of(END - before, END)["said"] == said


def test_an_end_within_a_day_says_its_hour() -> None:
    end = timezone.make_aware(datetime(2026, 6, 30, 18))
    assert countdown_of(end - timedelta(hours=2), end)["said"] == "还有 2 小时 0 分，6月30日 18:00 截止"
