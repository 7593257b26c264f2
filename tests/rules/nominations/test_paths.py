"""Answers by path, and rows that keep their ids."""

from gongjiang.rules.nominations.paths import answer_at, keep_row_ids, nested


def test_answers_of_relations_and_of_the_case() -> None:
    values = {"name": "平焊班组", "leader": {"name": "何焊平"}, "contact": "温和礼"}
    assert answer_at(values, "name") == "平焊班组"
    assert answer_at(values, "leader.name") == "何焊平"
    assert answer_at(values, "case.contact") == "温和礼"
    assert answer_at(values, "host.name") is None


def test_a_relation_comes_whole_with_what_it_held_besides() -> None:
    values = {"leader": {"name": "何焊平", "skill_level": "技师"}}
    changes = nested({"leader.name": "岑铸山", "leader.trade": "铸造", "case.contact": "温和礼", "name": "甲"}, values)
    assert changes == {
        "leader": {"name": "岑铸山", "skill_level": "技师", "trade": "铸造"},
        "contact": "温和礼",
        "name": "甲",
    }


def test_a_row_keeps_its_id_when_the_one_before_it_goes() -> None:
    old = [{"id": "r1", "org": "甲"}, {"id": "r2", "org": "乙"}]
    assert keep_row_ids(old, [{"org": "乙"}]) == [{"org": "乙", "id": "r2"}]


def test_an_edited_row_keeps_its_id_a_new_one_gets_none() -> None:
    old = [{"id": "r1", "org": "甲"}, {"id": "r2", "org": "乙"}]
    assert [one["id"] for one in keep_row_ids(old, [{"org": "甲改"}, {"org": "乙"}])] == ["r1", "r2"]
    assert [one["id"] for one in keep_row_ids(old, [{"org": "甲"}, {"org": "乙"}, {"org": "丙"}])] == ["r1", "r2", ""]


def test_swapped_rows_keep_their_own_ids() -> None:
    old = [{"id": "r1", "org": "甲"}, {"id": "r2", "org": "乙"}]
    assert keep_row_ids(old, [{"org": "乙"}, {"org": "甲"}]) == [{"org": "乙", "id": "r2"}, {"org": "甲", "id": "r1"}]
