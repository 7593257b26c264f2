"""Composition and ratios by stage: for who oversees an edition, small numbers withheld, a fixed number of queries."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import Ground, ground

from gongjiang.models import Case, StageRow

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIGURES = """composition:
  - {id: women, label: 女职工, where: {field: gender, is: 女}}
  - {id: shops, label: 车间, count: {distinct: shop}}
scoring:
  - id: total"""


def edition(women: int, men: int, women_kept: int, men_kept: int) -> Ground:
    """People at the panel, so many of each kept by it."""
    found = ground(changed={"scoring:\n  - id: total": FIGURES})
    for sex, number, kept in (("女", women, women_kept), ("男", men, men_kept)):
        for n in range(number):
            case = found.add(f"何焊{sex}{n}", values={"gender": sex, "shop": "一车间"})
            Case.objects.filter(pk=case.pk).update(submitted_at=AT)
            if n < kept:
                StageRow.objects.filter(case=case, stage="panel").update(state="done")
    return found


def test_the_page_and_its_workbook() -> None:
    found = edition(10, 20, 0, 14)
    address = f"/editions/{found.edition.pk}/composition/"
    client = found.world.client("yan")
    page = client.get(address).content.decode()
    for words in ("女职工", "33.3%", "70%", "通过率低于其他人的五分之四", "只供了解情况"):
        assert words in page, words
    for stranger in ("lan", "jiang"):
        assert found.world.client(stranger).get(address).status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(client.get(address.rstrip("/") + ".xlsx").content))
    rows = [tuple(cell.value for cell in row) for row in book["构成"].iter_rows(min_row=3)]
    assert ("女职工", "女职工", "提交申报", "10", "33.3%") in rows
    assert ("女职工", "女职工", "专家评审", "0", "0%") in rows


def test_fewer_than_five_are_nowhere() -> None:
    found = edition(3, 12, 0, 6)
    client = found.world.client("yan")
    address = f"/editions/{found.edition.pk}/composition/"
    page = client.get(address).content.decode()
    assert "不足5人等，不列" in page
    assert "20%" not in page
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    few = len(caught)
    for n in range(3):
        Case.objects.filter(pk=found.add(f"岑铸{n}").pk).update(submitted_at=AT)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    assert len(caught) == few
