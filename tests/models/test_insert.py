"""Rows put in many to a statement, and a row for each key of a query: as single saves would leave them."""

import pytest
from tests.factories import AT

from gongjiang.models import Message, User
from gongjiang.models.insert import MOST, insert_for_each, insert_rows


@pytest.mark.django_db
def test_rows_come_in_whole_and_in_order_over_several_statements() -> None:
    count = 2 * MOST + 3
    rows = ((f"r{n:04d}", f"样例{n}") for n in range(count))
    insert_rows(User, ("username", "full_name"), rows, {"password": "", "is_active": False})
    found = list(User.objects.order_by("pk").values_list("username", "full_name", "is_active"))
    assert found == [(f"r{n:04d}", f"样例{n}", False) for n in range(count)]
    insert_rows(User, ("username",), (), {"password": ""})
    assert User.objects.count() == count


@pytest.mark.django_db
def test_a_row_for_each_key_of_a_query() -> None:
    for name in ("甲", "乙", "丙"):
        User.objects.create(username=name, full_name=name)
    keys = User.objects.exclude(username="乙").order_by("pk").values_list("pk")
    insert_for_each(Message, "user_id", keys, {"text": "100% 样例", "at": AT})
    told = Message.objects.order_by("pk").values_list("user__username", "text", "at", "read_at")
    assert list(told) == [("甲", "100% 样例", AT, None), ("丙", "100% 样例", AT, None)]
