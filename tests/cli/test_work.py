"""The worker that does things in the background: the watch over it hears when a long piece of work gets on."""

import multiprocessing
from datetime import UTC, datetime, timedelta

from gongjiang.cli.commands.work import Watched


def test_a_word_that_it_gets_on_puts_the_end_off_and_gives_the_time() -> None:
    watched = Watched(multiprocessing.get_context("fork").Value("d", 0.0))
    assert not watched.overdue(now=1e9)  # nothing in hand
    watched.begin(now=100.0)
    assert not watched.overdue(now=280.0)
    assert watched.overdue(now=280.1)
    told = watched.going()
    assert abs(datetime.now(UTC) - told) < timedelta(seconds=5)
    watched.heard(now=280.0)
    assert not watched.overdue(now=460.0)
    watched.end()
    assert not watched.overdue(now=1e9)
