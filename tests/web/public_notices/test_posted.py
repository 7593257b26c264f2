"""The desk of a posted notice: recording where it stood, correcting an entry, keeping and taking down."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.services.public_notices.stage import FRIDAY, ground, moment
from tests.services.public_notices.test_postings import picture

from gongjiang.models import NoticePosting

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 21)


def test_the_desk_of_a_posted_notice(django_assert_max_num_queries) -> None:
    here = ground(places=3, people=3)
    notice = here.post()
    path = reverse("public-notices-posted", args=[here.edition.pk, "notice", 1])
    client = here.world.client("yan", moment(MONDAY))
    assert path in client.get(reverse("public-notices-publish", args=[here.edition.pk, "notice"])).content.decode()
    with django_assert_max_num_queries(40):
        text = client.get(path).content.decode()
    for words in ("还没有登记在“媒体”的刊登情况", "未登记", "何焊平", "9月18日至9月24日", "更正", "网上保留至"):
        assert words in text

    wrong = client.post(path, {"act": "record", "medium": "媒体", "posted_on": "2026-09-18", "note": "第3版"})
    assert wrong.status_code == 409
    assert "请填网址，或上传版面" in wrong.content.decode()
    assert 'value="第3版"' in wrong.content.decode()  # what was typed stays
    photo = SimpleUploadedFile("版面.jpg", picture().read(), "image/jpeg")
    said = {"act": "record", "medium": "媒体", "other": "", "posted_on": "2026-09-18", "note": "第3版", "photo": photo}
    assert client.post(path, said).status_code == 302
    row = NoticePosting.objects.get()
    text = client.get(path).content.decode()
    assert "还没有登记" not in text
    answer = client.get(reverse("public-notices-photo", args=[row.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert here.world.client("wen", moment(MONDAY)).get(path).status_code == 404

    entry = here.entry(0)
    client = here.world.client("yan", moment(MONDAY))
    assert 'name="shown-employer"' in client.get(f"{path}?entry={entry.pk}").content.decode()
    said = {"act": "amend", "entry": entry.pk, "shown-employer": "澜江机床有限公司", "reason": "单位更名"}
    assert client.post(path, said).status_code == 302
    assert "澜江机床有限公司" in client.get(path).content.decode()
    assert here.entry(0).starts_on == MONDAY

    assert client.post(path, {"act": "remove", "posting": row.pk}).status_code == 302
    assert client.post(path, {"act": "keep", "until": "2026-9-x"}).status_code == 409
    assert client.post(path, {"act": "keep", "until": "2026-12-31"}).status_code == 302
    assert client.post(path, {"act": "down"}).status_code == 409
    assert client.post(path, {"act": "burn"}).status_code == 409
    notice.refresh_from_db()
    assert (notice.kept_until, notice.withdrawn_at) == (date(2026, 12, 31), None)
    assert notice.first_day == FRIDAY
