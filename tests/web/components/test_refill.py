"""A refused dialog: open again, what was typed in it, the error at the question that it is about."""

import pytest
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from gongjiang.kernel.decision import Reason
from gongjiang.kernel.errors import BadInput, GongjiangError, Refused
from gongjiang.web.again import Refusal, page_again, texts_typed, told_here

BOTH = (
    '{% dialog id="pay" title="结清" opener="结清" action="/pay/" %}'
    '{% field "text" "amount" "实际支出（元）" value="5" %}'
    '{% field "date" "on" "日期" value="2026-01-01" %}{% field "checks" "kinds" "种类" options=kinds %}'
    '{% field "check" "sure" "已核对" %}{% field "file" "receipt" "凭证" %}{% enddialog %}'
    '{% dialog id="undo" title="冲销" opener="冲销" action="/undo/" %}'
    '{% field "text" "reason" "退回的理由" %}{% enddialog %}'
)
TYPED = "amount=%3Cb%3E9&on=%E6%98%8E%E5%A4%A9&kinds=b&sure=on&version=3"


def shown(dialog: str, typed: str, error: GongjiangError) -> tuple[Refusal, str]:
    request = RequestFactory().get("/list/")
    refusal = Refusal(dialog, QueryDict(typed), error)
    request.refusal = refusal  # type: ignore[attr-defined]
    page = engines["django"].from_string(BOTH).render({"kinds": [("a", "甲"), ("b", "乙")]}, request)
    return refusal, " ".join(page.split())


def test_typed_words_stand_in_the_dialog_and_the_error_at_its_question() -> None:
    refusal, page = shown("pay", TYPED, BadInput("不是金额。", "No sum.", place="实际支出"))
    pay, undo = page.split('id="undo"')
    assert refusal.shown
    assert 'id="pay" data-dialog open>' in pay
    assert 'value="&lt;b&gt;9"' in pay
    assert 'type="text" id="f-on" name="on" value="明天"' in pay, "a box for days would not show it"
    assert 'value="b" checked' in pay
    assert 'value="a" checked' not in pay
    assert 'name="sure" value="on" checked' in pay
    assert "文件没有传上，请重新选择" in pay
    assert pay.count("不是金额。") == 1
    assert '<div class="field bad"><label class="label" for="f-amount"' in pay
    assert "open" not in undo.split(">")[0]
    assert "不是金额" not in undo


def test_what_is_wrong_with_none_of_several_questions_stands_above_them_with_its_clauses() -> None:
    _, page = shown("pay", TYPED, Refused("预算不够。", reasons=[Reason("还剩3元。", clause="第五条")]))
    assert 'role="alert"' in page
    assert "预算不够。<br>还剩3元。（第五条）" in page
    assert "field bad" not in page


@pytest.mark.parametrize("place", ["理由", "", "别处"])
def test_a_dialog_with_one_question_knows_where_the_error_belongs(place: str) -> None:
    _, page = shown("undo", "reason=%20", BadInput("请写明理由。", place=place))
    assert '<div class="field bad"><label class="label" for="f-reason">退回的理由' in page
    assert page.count("请写明理由。") == 1


def test_only_a_dialogs_own_post_is_told_by_its_page() -> None:
    asked = RequestFactory()
    plain, dialog = (
        asked.post("/x/", {"reason": "撤"}),
        asked.post("/x/", {"dialog": "undo", "page": "//evil.example/"}),
    )
    assert told_here(plain) == (GongjiangError,)
    assert told_here(dialog) == ()
    assert page_again(plain, BadInput("不行。")) is None
    assert page_again(dialog, BadInput("不行。")) is None, "only pages of ours"
    assert page_again(asked.post("/x/", {"dialog": "undo", "page": "/nowhere/"}), BadInput("不行。")) is None


def test_words_are_given_back_where_no_form_can_be_but_never_keys_or_passwords() -> None:
    posted = {"reason": " 写错了人 ", "password": "暗语暗语", "version": "12", "sheet": "opinion", "note": "n" * 31}
    assert texts_typed(RequestFactory().post("/x/", posted)) == ["写错了人", "n" * 31]
