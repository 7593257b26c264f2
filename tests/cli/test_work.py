"""The worker that does things in the background: the watch over it hears when a long piece of work gets on."""

import multiprocessing
from datetime import UTC, datetime, timedelta

from gongjiang.cli.commands.work import Watched
from gongjiang.cli.jobs import IN_A_ROW, Job, Source, Turns


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


def test_a_flood_of_one_kind_holds_nothing_else_up() -> None:
    done: list[str] = []
    waiting = {"preview": 100, "reminder": 100, "package": 2}

    def source(kind: str) -> Source:
        def next_piece(_: datetime) -> Job | None:
            if not waiting[kind]:
                return None
            waiting[kind] -= 1
            return lambda: done.append(kind)

        return next_piece

    turns = Turns([source(kind) for kind in waiting])
    while (job := turns.next_job(datetime.now(UTC))) is not None:
        job()
    turns_taken = [one for n, one in enumerate(done, 1) if n % (IN_A_ROW + 1) == 0]
    assert turns_taken[:6] == ["preview", "reminder", "package", "preview", "reminder", "package"]
    assert {one: done.count(one) for one in waiting} == {"preview": 100, "reminder": 100, "package": 2}
    assert set(done[:IN_A_ROW]) == {"preview"}


def test_alone_a_source_goes_on_without_a_pause() -> None:
    left = list(range(IN_A_ROW * 2 + 1))

    def next_piece(_: datetime) -> Job | None:
        return left.pop if left else None

    turns = Turns([lambda _: None, next_piece])
    while (job := turns.next_job(datetime.now(UTC))) is not None:
        job()
    assert left == []
