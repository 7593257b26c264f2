"""What a condition refuses to be: every wrong word is named, with the nearest known one and its place."""

from typing import Any

import pytest
from tests.rules.programmes.small_world import condition

from gongjiang.rules.programmes.conditions import BadCondition, operand_words, operator_words


def test_all_words_of_the_format_are_found_in_the_folders() -> None:
    assert set(operand_words()) == {
        "field", "rows", "judged", "document", "opinion", "score", "rule", "param", "all", "any", "not", "n_of",
    }  # fmt: skip
    assert set(operator_words()) == {
        "is", "is_not", "in", "not_in", "at_least", "at_most", "above", "below", "filled", "same_as", "differs_from",
        "within", "not_before", "later_than",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code", "path", "words"),
    [
        ({"feild": "years", "is": 5}, "condition.unknown_word", ("feild",), ("feild", "field")),
        ({"field": "yeers", "at_least": 5}, "condition.unknown_field", ("field",), ("yeers", "years")),
        ({"field": "years", "at_leest": 5}, "condition.unknown_word", ("at_leest",), ("at_least",)),
        ({"field": "years"}, "condition.operator", (), ("at_least",)),
        ({"field": "years", "above": 1, "below": 3}, "condition.operator", (), ("above", "below")),
        ({"field": "years", "at_least": "$min_year"}, "condition.unknown_param", ("at_least",), ("min_years",)),
        ({"field": "years", "at_least": "五"}, "condition.value", ("at_least",), ("数字",)),
        ({"field": "years", "at_least": "NaN"}, "condition.value", ("at_least",), ("NaN",)),
        ({"field": "gender", "at_least": "女"}, "condition.order", ("at_least",), ("性别",)),
        ({"field": "gender", "is": "女性"}, "condition.unknown_code", ("is",), ("女性",)),
        ({"field": "skills", "is": "uniqe"}, "condition.unknown_code", ("is",), ("unique",)),
        ({"field": "member", "is": "maybe"}, "condition.value", ("is",), ("是",)),
        ({"field": "years", "within": {"years": 3}}, "condition.order", ("within",), ("日期",)),
        ({"field": "years", "not_before": "hired"}, "condition.order", ("not_before",), ("生产现场工作年限", "日期")),
        ({"field": "hired", "later_than": "hird"}, "condition.unknown_field", ("later_than",), ("hird", "hired")),
        ({"field": "hired", "within": {"months": 3}}, "condition.shape", ("within",), ("years",)),
        ({"field": "gender", "in": "女"}, "condition.value", ("in",), ("一列",)),
        ({"field": "gender", "in": []}, "condition.value", ("in",), ("一列",)),
        ({"field": "craft", "filled": "maybe"}, "condition.value", ("filled",), ("filled",)),
        ({"field": "experts", "filled": True}, "condition.rows", ("field",), ("rows",)),
        ({"field": "case.rout", "is": "自荐"}, "condition.unknown_case_fact", ("field",), ("route",)),
        ({"field": "case.route", "is": "自见"}, "condition.unknown_code", ("is",), ("自见",)),
        ({"field": "a.b.c", "is": 1}, "condition.path", ("field",), ("两步",)),
        ({"field": "members.level", "is": "技师"}, "condition.path", ("field",), ("rows",)),
        ({"field": "ladder.level", "is": "技师"}, "condition.unknown_relation", ("field",), ("leader",)),
        ({"rows": "expert", "count_at_least": 1}, "condition.unknown_row_group", ("rows",), ("experts",)),
        ({"rows": "experts"}, "condition.shape", (), ("count_at_least",)),
        (
            {"rows": "experts", "where": {"field": "levle", "is": "技师"}, "count_at_least": 1},
            "condition.unknown_column",
            ("where", "field"),
            ("level",),
        ),
        ({"judged": "charakter"}, "condition.unknown_judgement", ("judged",), ("character",)),
        ({"judged": "method"}, "condition.operator", (), ("is",)),
        ({"judged": "recognised"}, "condition.judged_row", ("judged",), ("contests",)),
        ({"document": "consnet"}, "condition.unknown_attachment", ("document",), ("consent",)),
        ({"opinion": "sheet", "is": "同意"}, "condition.path", ("opinion",), ("意见表",)),
        ({"opinion": "sheet.employr", "is": "同意"}, "condition.unknown_party", ("opinion",), ("employer",)),
        ({"score": "totl", "above": 1}, "condition.unknown_score", ("score",), ("total",)),
        ({"rule": "r_year"}, "condition.unknown_rule", ("rule",), ("r_years",)),
        ({"param": "apar", "is": True}, "condition.unknown_param", ("param",), ("apart",)),
        ({"field": "years", "at_least": {"lookup": "br"}}, "condition.unknown_table", ("at_least", "lookup"), ("br",)),
        ({"all": []}, "condition.shape", ("all",), ("不能为空",)),
        ({"n_of": 1}, "condition.shape", (), ("of",)),
        (
            {"all": [{"not": {"field": "agee", "is": 1}}]},
            "condition.unknown_field",
            ("all", 0, "not", "field"),
            ("age",),
        ),
        ({"field": "years", "is": 1, "rows": "experts"}, "condition.shape", (), ("field",)),
        ([], "condition.shape", (), ("键",)),
    ],
    ids=lambda one: str(one)[:50],
)
def test_refused(raw: Any, code: str, path: tuple[Any, ...], words: tuple[str, ...]) -> None:
    with pytest.raises(BadCondition) as caught:
        condition(raw)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert all(word in caught.value.text for word in words), caught.value.text
    assert caught.value.english
