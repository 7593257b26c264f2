"""Pages made ahead: right on every day, new as soon as something changed, handed out without the database."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import set_clock
from tests.services.public_notices.stage import FRIDAY, ground, moment

from gongjiang.models import Edition, Notice, SampleClock
from gongjiang.services.public_notices import shelf
from gongjiang.services.public_notices.catch_up import Keeper
from gongjiang.services.public_notices.decide import confirm, decide
from gongjiang.services.public_notices.handle import verify
from gongjiang.services.public_notices.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONDAY = date(2026, 9, 21)


@pytest.fixture(autouse=True)
def public_root(tmp_path: Path, settings: Any) -> Path:
    settings.PUBLIC_ROOT = tmp_path / "public"
    return tmp_path / "public"


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """What is done within happens as after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def text(notice: Notice, day: date, **how: bool) -> str:
    found = standing(notice.slug, moment(day), **how)
    return found.content.decode() if found is not None else ""


def keep_up(keeper: Keeper, day: date) -> int:
    """The background work of a moment; how many pieces it was."""
    many = 0
    while (job := keeper.next_job(moment(day, 10, 1))) is not None:
        job()
        many += 1
    return many


def test_each_day_has_its_page_and_none_asks_the_database(commits: Any, django_assert_num_queries: Any) -> None:
    with commits():
        notice = ground().post()
    lefts = {18: "5", 19: "5", 20: "5", 21: "4", 22: "3", 23: "2", 24: "1"}
    with django_assert_num_queries(0):
        for day, left in lefts.items():
            assert f"还剩<b>{left}</b>个工作日" in text(notice, date(2026, 9, day))
            assert 'data-type="large"' in text(notice, date(2026, 9, day), large=True)
        for over in (date(2026, 9, 25), date(2026, 10, 31), date(2028, 9, 30)):
            assert "，已期满" in text(notice, over)
            assert "提交异议" not in text(notice, over)
        assert text(notice, FRIDAY - timedelta(days=1)) == ""
        word = standing(notice.slug, moment(MONDAY), word=True)
    assert word is not None
    assert (word.content[:2], word.title) == (b"PK", notice.title)


def test_a_web_server_of_another_account_can_read_them(commits: Any, public_root: Path) -> None:
    here = ground(people=1)
    public_root.parent.chmod(0o711)
    before = os.umask(0o077)
    try:
        with commits():
            here.post()
    finally:
        os.umask(before)
    made = [one for one in public_root.rglob("*") if ".locks" not in one.parts]
    assert len(made) > 20
    assert {one.stat().st_mode & 0o777 for one in made if one.is_dir()} == {0o755}
    assert {one.stat().st_mode & 0o777 for one in made if one.is_file()} == {0o644}


def test_the_platform_hands_out_the_same_file(commits: Any, django_assert_num_queries: Any) -> None:
    """Today is past the notice's days here: the clock is the real one."""
    with commits():
        notice = ground().post()
    made = shelf.shelf(notice.slug, moved=False)
    path = f"/notices/{notice.slug}/"
    client = Client()
    with django_assert_num_queries(0):
        answer = client.get(path)
        word = client.get(f"{path}notice.docx")
        again = client.get(path, headers={"if-none-match": answer["ETag"]})
    assert answer.content == (made / "over" / "index.html").read_bytes()
    assert (answer["Cache-Control"], again.status_code) == ("no-cache", 304)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert word["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    with django_assert_num_queries(0):
        large = Client()
        large.cookies["type"] = "large"
        assert b'data-type="large"' in large.get(path).content


def test_made_is_what_would_be_drawn(commits: Any) -> None:
    here = ground()
    with commits():
        notice = here.post()
    made = text(notice, MONDAY)
    shelf.remove(shelf.shelf(notice.slug, moved=False))
    drawn = here.world.client(None, moment(MONDAY)).get(f"/notices/{notice.slug}/").content.decode()
    assert drawn == made != ""


def test_struck_and_moved_up_show_at_once(commits: Any) -> None:
    here = ground(places=3, people=4)
    with commits():
        notice = here.post()
    assert "何焊平" in text(notice, MONDAY)
    matter = here.admitted(0, MONDAY)
    with commits():
        verify(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=matter, finding="属实")
        decide(
            actor=here.world.actor("zhang"),
            at=moment(MONDAY),
            objection_id=matter,
            outcome="upheld",
            answer="已核实",
            basis="会议",
        )
        assert "何焊平" in text(notice, MONDAY)
        confirm(actor=here.world.actor("yan"), at=moment(MONDAY), objection_id=matter)
    assert "何焊平" not in text(notice, MONDAY)
    assert "1 人已不在其列" in text(notice, MONDAY)
    fresh = Notice.objects.latest("id")
    assert fresh != notice
    assert "温测微" in text(fresh, MONDAY)
    assert text(fresh, FRIDAY) == ""


def test_what_was_missed_is_made_good_in_the_background() -> None:
    """A change whose pages were never made, as after a crash: seen by the log, once."""
    here = ground()
    keeper = Keeper()
    notice = here.post()
    assert text(notice, MONDAY) == ""
    assert keep_up(keeper, FRIDAY) == 1
    assert "何焊平" in text(notice, MONDAY)
    assert keep_up(keeper, FRIDAY) == 0
    assert keep_up(keeper, MONDAY) == 1  # another day: looked at, nothing to draw but the days that came nearer
    here.admitted(0, MONDAY)
    Edition.objects.update(state="draft")
    assert keep_up(keeper, MONDAY) == 1
    assert text(notice, MONDAY) == ""


def test_after_its_days_it_is_gone_for_good(commits: Any) -> None:
    here = ground()
    with commits():
        notice = here.post()
    Notice.objects.update(kept_until=date(2026, 10, 31))
    keeper = Keeper()
    keep_up(keeper, FRIDAY)
    assert "已期满" in text(notice, date(2026, 10, 31))
    assert text(notice, date(2026, 11, 1)) == ""
    assert Client().get(f"/notices/{notice.slug}/").status_code == 410  # 21 November is past; drawn by the platform
    keep_up(keeper, date(2026, 11, 1))
    assert shelf.is_gone(notice.slug)
    answer = Client().get(f"/notices/{notice.slug}/")
    assert answer.status_code == 410
    assert "保留期已满" in answer.content.decode()
    assert Client().get(f"/notices/{notice.slug}/notice.docx").status_code == 410
    shelf.write(shelf.root() / "gone.html", b"as an older version drew it")
    shelf.note_seen(shelf.seen() | {"look": "older"})
    keep_up(keeper, date(2026, 11, 1))
    assert "保留期已满" in (shelf.root() / "gone.html").read_text("utf-8")


def test_a_moved_clock_has_pages_of_its_own(commits: Any) -> None:
    here = ground()
    set_clock(moment(MONDAY))
    with commits():
        notice = here.post(MONDAY)
    assert shelf.shelf(notice.slug, moved=True).is_dir()
    assert not shelf.shelf(notice.slug, moved=False).exists()
    assert "还剩<b>5</b>个工作日" in Client().get(f"/notices/{notice.slug}/").content.decode()
    SampleClock.objects.update(offset_seconds=SampleClock.objects.get().offset_seconds + 3 * 86400)
    assert "还剩<b>3</b>个工作日" in Client().get(f"/notices/{notice.slug}/").content.decode()


def test_a_disk_that_takes_nothing_leaves_no_old_page(commits: Any, public_root: Path) -> None:
    here = ground()
    public_root.write_text("in the way")
    with commits():
        notice = here.post()
    keeper = Keeper()
    assert keep_up(keeper, FRIDAY) == 1  # and then it rests
    public_root.unlink()
    assert keep_up(keeper, FRIDAY) == 0
    assert keep_up(keeper, FRIDAY + timedelta(days=1)) == 1
    assert "何焊平" in text(notice, FRIDAY)
