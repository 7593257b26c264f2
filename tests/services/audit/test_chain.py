"""The audit chain: appended with what it tells, and broken by any touch (ledger X-02, TRUST 11)."""

import pytest
from django.db import transaction
from tests.factories import AT

from gongjiang.kernel.actor import platform
from gongjiang.models import Entry, Head
from gongjiang.services.audit.append import append
from gongjiang.services.audit.verify import verify


def _write(count: int = 5) -> None:
    for n in range(count):
        with transaction.atomic():
            append(actor=platform(), at=AT, action="test.note", kind="note", key=n, data={"n": n})


@pytest.mark.ledger("X-02")
@pytest.mark.django_db
def test_a_whole_chain_is_found_whole() -> None:
    _write()
    assert (verify().entries, verify().problems) == (5, ())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda: Entry.objects.filter(seq=3).update(body=Entry.objects.get(seq=3).body.replace("2", "9")), "第 3 条"),
        (lambda: Entry.objects.filter(seq=3).update(action="test.other"), "第 3 条的列"),
        (lambda: Entry.objects.filter(seq=3).delete(), "第 3 条缺失"),
        (lambda: Entry.objects.filter(seq=5).delete(), "截断"),
        (lambda: Head.objects.update(seq=4), "链尾"),
    ],
)
def test_any_touch_is_found(harm, told: str) -> None:
    _write()
    harm()
    assert any(told in one for one in verify().problems), verify().problems


@pytest.mark.django_db
def test_two_entries_swapped_are_found() -> None:
    _write()
    second, third = Entry.objects.get(seq=2), Entry.objects.get(seq=3)
    Entry.objects.filter(pk=second.pk).update(seq=99)
    Entry.objects.filter(pk=third.pk).update(seq=2)
    Entry.objects.filter(pk=second.pk).update(seq=3)
    assert not verify().ok


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_its_transaction() -> None:
    _write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(actor=platform(), at=AT, action="test.note", kind="note", key=2)
        raise ZeroDivisionError
    assert (verify().entries, verify().ok) == (1, True)
