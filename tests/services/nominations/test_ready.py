"""Before midnight: what each of many still lacks, all handed in at one moment, each with its own result."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case
from gongjiang.services.nominations.ready import MOST, drafts_of, editions_filling, submit_many
from gongjiang.services.nominations.save import save_values

pytestmark = [pytest.mark.django_db, pytest.mark.once]

END = timezone.make_aware(datetime(2026, 7, 1))
LAST = END - timedelta(milliseconds=1)


@pytest.fixture
def here() -> Ground:
    return ground()


def lacks(here: Ground, who: str = "lan", at: datetime = AT) -> dict[str, tuple[str, ...]]:
    return {one.case.title: one.against for one in drafts_of(here.actor(who), at, here.programme)}


@pytest.mark.ledger("G-11")
def test_what_is_missing_stands_at_a_glance_and_what_can_go_goes_at_the_last_moment(here: Ground) -> None:
    full, bare, blank = here.draft(), here.draft("岑铸山"), here.draft("袁标尺")
    here.attach(full)
    here.attach(blank)
    save_values(actor=here.actor("lan"), at=AT, case_id=blank.pk, changes={"mobile": ""})
    found = lacks(here)
    assert found["何焊平"] == ()
    assert found["袁标尺"] == ("“联系电话”未填。",)
    assert found["岑铸山"]
    assert any(one.endswith("至少1份，现有0份。") for one in found["岑铸山"])
    assert lacks(here, "yin") == lacks(here, "zhang") == {}
    late = "申报已于2026年6月30日 24:00截止。如有特殊情况，请主办单位办理延期。"
    assert lacks(here, at=END)["何焊平"] == (late,)
    missed = submit_many(actor=here.actor("lan"), at=END, programme=here.programme, cases=[full.pk])
    assert (missed.done, len(missed.failed), "24:00截止" in missed.failed[0][1]) == ((), 1, True)
    chosen = [full.pk, bare.pk, blank.pk, full.pk, 999_999]
    done = submit_many(actor=here.actor("lan"), at=LAST, programme=here.programme, cases=chosen)
    assert [one.case.title for one in done.done] == ["何焊平"]
    assert [pk for pk, _ in done.failed] == [bare.pk, blank.pk, 999_999]
    assert set(lacks(here)) == {"岑铸山", "袁标尺"}
    assert Case.objects.get(pk=full.pk).submitted_at == LAST


def test_bounds(here: Ground) -> None:
    for cases, match in (([], "请先勾选"), (list(range(MOST + 1)), f"一次最多提交 {MOST} 件")):
        with pytest.raises(BadInput, match=match):
            submit_many(actor=here.actor("lan"), at=AT, programme=here.programme, cases=cases)


def test_the_page_asks_the_same_for_any_number(here: Ground) -> None:
    counts = []
    client = here.world.client("lan")
    for names in (("何焊平",), ("岑铸山", "袁标尺", "标远岸")):
        for name in names:
            here.draft(name)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/nominations/ready/{here.edition.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert [(one.pk, n) for one, n in editions_filling(here.actor("lan"))] == [(here.edition.pk, 4)]
    shown = page.content.decode()
    for told in ('共 <b class="num">4</b> 件在填', "岑铸山", "去补齐"):
        assert told in shown, told
    listed = client.get("/nominations/").content.decode()
    assert f'href="/nominations/ready/{here.edition.pk}/"' in listed
    answer = client.post(f"/nominations/ready/{here.edition.pk}/", {"case": [""]})
    assert (answer.status_code, "请先勾选要提交的" in answer.content.decode()) == (400, True)
