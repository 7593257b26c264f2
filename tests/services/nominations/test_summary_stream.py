"""A whole edition's summary sheet: the same cells as a unit's, sent while it is read, in clear only for who runs it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.factories import programme_at
from tests.services.formality.national import AT, national_world, nominee

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Entry
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.summary import export_summary
from gongjiang.services.nominations.summary_stream import stream_summary

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("N-15", "X-03")
def test_a_streamed_sheet_has_the_same_cells_in_as_many_queries() -> None:
    world, edition = national_world()
    programme, su = programme_at(edition), world.actor("su", AT)
    counts = []
    for seq in range(1, 4):
        case = start_case(
            actor=su, at=AT, programme=programme, award="master", route="单位工会提出", unit=world["jiangsu"],
            receiver=world["county"], title="何焊平",
        )  # fmt: skip
        save_values(actor=su, at=AT, case_id=case.pk, changes=nominee("何焊平", seq, reason="<好>\n=1"))
        Case.objects.update(submitted_at=AT, state="running")
        with CaptureQueriesContext(connection) as queries:
            data = b"".join(stream_summary(actor=world.actor("lao", AT), at=AT, programme=programme))
        counts.append(len(queries))
    cases = list(Case.objects.select_related("nominator").order_by("id"))
    official = load_workbook(io.BytesIO(export_summary(programme, cases))).worksheets[0]
    streamed = load_workbook(io.BytesIO(data)).worksheets[0]
    assert list(streamed.values) == list(official.values)
    assert counts[1] == counts[2]
    assert Entry.objects.filter(action="summary.export").count() == 3
    for who in ("su", "tian"):
        with pytest.raises(NotFound):
            stream_summary(actor=world.actor(who, AT), at=AT, programme=programme)
