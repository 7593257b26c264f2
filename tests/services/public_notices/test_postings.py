"""Where a notice stood, with what shows it; how long it is kept on the web."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.services.public_notices.stage import FRIDAY, Ground, ground, moment

from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound, Refused
from gongjiang.models import Notice, NoticePosting
from gongjiang.services.audit.verify import verify
from gongjiang.services.nominations.gates import Passage, posted
from gongjiang.services.nominations.transition import move_of
from gongjiang.services.public_notices.known import known_of
from gongjiang.services.public_notices.postings import lacking, media_of, open_photo, record_posting, remove_posting
from gongjiang.services.public_notices.retention import keep_until, take_down

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONDAY = date(2026, 9, 21)
LINK = "https://example.cn/2026/09/18/3.html"


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    out.seek(0)
    return out


def record(here: Ground, notice: Notice, who: str = "yan", **said: Any) -> NoticePosting:
    asked: dict[str, Any] = {"medium": "媒体", "posted_on": FRIDAY, "link": LINK, **said}
    return record_posting(actor=here.world.actor(who), at=moment(MONDAY), notice_id=notice.pk, **asked)


@pytest.mark.ledger("N-12")
def test_a_notice_that_must_be_proved_waits_for_its_media() -> None:
    here = ground(people=1)
    notice = here.post()
    stage = here.programme.stage("notice").model_copy(update={"media_proof": True, "media": ("工人日报", "中工网")})
    case = here.cases[0]
    passage = Passage(
        here.programme, case, here.row(0), stage, move_of(stage, "settle"), known_of(here.programme, [case])[case.pk],
        moment(MONDAY),
    )  # fmt: skip
    record(here, notice, medium="中工网")
    assert [one.text for one in posted.gate(passage).reasons] == ["还没有登记在“工人日报”的刊登情况。"]
    paper = record(here, notice, medium="工人日报", note="第3版", link="", photo=("版面.jpg", picture()))
    assert posted.gate(passage).allowed
    assert lacking(stage, media_of(stage, notice)) == ()
    remove_posting(actor=here.world.actor("yan"), at=moment(MONDAY), posting_id=paper.pk)
    assert not posted.gate(passage).allowed
    assert [one.name for one in media_of(stage, notice)] == ["工人日报", "中工网"]
    assert NoticePosting.objects.count() == 2
    assert verify().ok


def test_the_picture_is_for_those_who_publish_or_handle() -> None:
    here = ground(people=1)
    made = record(here, here.post(), link="", photo=("公告栏.jpg", picture()))
    for name in ("yan", "zhang"):
        _, content = open_photo(here.world.actor(name), made.pk)
        assert content.read()[:2] == b"\xff\xd8"
        content.close()
    for name in ("wen", "lan", "jia"):
        with pytest.raises(NotFound):
            open_photo(here.world.actor(name), made.pk)


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"medium": " "}, "媒体"),
    ({"posted_on": date(2026, 9, 17)}, "刊登日期"),
    ({"posted_on": date(2026, 9, 22)}, "刊登日期"),
    ({"posted_on": None}, "刊登日期"),
    ({"link": "javascript:alert(1)"}, "http"),
    ({"link": "https://a:b@example.cn/"}, "http"),
    ({"link": ""}, "照片"),
    ({"photo": ("版面.jpg", BytesIO(b"%PDF-1.7"))}, "照片"),
)


def test_what_shows_nothing_is_refused() -> None:
    here = ground(people=1)
    notice = here.post()
    for said, words in WRONG:
        with pytest.raises(BadInput, match=words):
            record(here, notice, **said)
    for name in ("zhang", "wen", "lan"):
        with pytest.raises(NotAllowed):
            record(here, notice, who=name)
    assert not NoticePosting.objects.exists()


def test_kept_and_taken_down() -> None:
    here = ground(places=2, people=2)
    notice = here.post()
    actor = here.world.actor("yan")

    def keep(until: date | None, day: date = MONDAY) -> date | None:
        return keep_until(actor=actor, at=moment(day), notice_id=notice.pk, until=until).kept_until

    with pytest.raises(BadInput, match="9月24日"):
        keep(date(2026, 9, 23))
    assert keep(date(2026, 12, 31)) == date(2026, 12, 31)
    assert keep(None) is None
    with pytest.raises(Refused, match="期满后才能撤下"):
        take_down(actor=actor, at=moment(date(2026, 9, 24)), notice_id=notice.pk)
    with pytest.raises(GongjiangError):
        take_down(actor=here.world.actor("zhang"), at=moment(date(2026, 9, 25)), notice_id=notice.pk)
    assert take_down(actor=actor, at=moment(date(2026, 9, 25)), notice_id=notice.pk).withdrawn_at is not None
    assert here.world.client(None, moment(date(2026, 9, 26))).get(f"/notices/{notice.slug}/").status_code == 410
