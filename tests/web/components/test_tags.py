"""The tags as page authors use them."""

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory


def rendered(source: str, **context: Any) -> str:
    request = RequestFactory().get("/list/", {"q": "焊"})
    return " ".join(engines["django"].from_string(source).render(context, request).split())


def test_state_has_word_and_shape() -> None:
    assert rendered('{% state "in_progress" "初审中" %}') == '<span class="tag" data-s="in_progress">初审中</span>'


def test_unknown_state_is_an_error() -> None:
    with pytest.raises(KeyError):
        rendered('{% state "lost" %}')


def test_button_is_a_link_with_href_and_takes_attributes() -> None:
    assert (
        rendered('{% button "催办" href="/x/" small=True hx_post="/y/" %}')
        == '<a class="btn sm" href="/x/" hx-post="/y/">催办</a>'
    )
    assert (
        rendered('{% button "存" name="go" value="1" disabled=False %}')
        == '<button class="btn" name="go" type="submit" value="1">存</button>'
    )


def test_button_refuses_inline_script() -> None:
    with pytest.raises(ValueError, match="onclick is refused"):
        rendered('{% button "x" onclick="alert(1)" %}')


def test_words_of_people_are_escaped() -> None:
    page = rendered("{% rule_row title 'met' sentence=title %}{% notice %}{{ title }}{% endnotice %}", title="<b>x")
    assert "<b>x" not in page.replace("<b>&lt;b&gt;x", "")
    assert page.count("&lt;b&gt;x") == 3


def test_panel_holds_its_content() -> None:
    page = rendered('{% panel title="名额" link="/q/" link_label="依据" body=False %}<p>六名</p>{% endpanel %}')
    assert page == (
        '<section class="panel"> <header><h2>名额</h2><a class="push" href="/q/">依据</a></header> '
        "<div><p>六名</p></div> </section>"
    )


def test_dialog_is_a_form_of_its_own_that_works_without_script() -> None:
    page = rendered(
        '{% dialog id="back" title="退回" opener="退回…" action="/b/" %}'
        '{% field "textarea" "why" "理由" %}{% enddialog %}'
    )
    assert '<details class="ask" id="back" data-dialog><summary class="btn "' in page
    assert '<form method="post" action="/b/">' in page
    assert "csrfmiddlewaretoken" in page
    assert 'id="f-why" name="why"' in page


@pytest.mark.parametrize(
    ("level", "kind"), [("warning", "warn"), ("success", "ok"), ("extra error", "error"), ("debug", "info")]
)
def test_notice_knows_the_levels_of_messages(level: str, kind: str) -> None:
    assert f'<div class="note {kind}"' in rendered("{% notice kind=level %}x{% endnotice %}", level=level)


class Apply(forms.Form):
    name = forms.CharField(label="姓名", max_length=30)
    level = forms.ChoiceField(label="等级", choices=[("1", "高级工"), ("2", "技师")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="属实")


def test_bound_fields_show_errors_and_values() -> None:
    form = Apply({"name": "", "level": "2"})
    page = rendered("{% bound form.name %}{% bound form.level %}{% bound form.agree %}", form=form)
    assert 'aria-invalid="true"' in page
    assert 'data-count="30"' in page
    assert '<input type="radio" name="level" value="2" checked required>' in page
    assert 'type="checkbox" id="id_agree" name="agree" required' in page


def test_seats_carry_names_and_words() -> None:
    page = rendered(
        "{% seats used=used drafts=drafts total=4 alternates=alts %}",
        used=["何焊平"],
        drafts=["苏晴染"],
        alts=["罗千钧"],
    )
    assert 'aria-label="4 个名额：1 个已用，1 个草稿占用，2 个剩余"' in page
    assert page.count('class="seat free"') == 2
    assert "备选 1 名" in page


def test_pages_keep_the_filter() -> None:
    page = rendered("{% pages page %}", page=Paginator(range(45), 20).page(2))
    assert "共 45 条，第 2 / 3 页" in page
    assert 'href="?q=%E7%84%8A&amp;page=3"' in page


def test_steps_count_on_a_phone() -> None:
    page = rendered(
        "{% steps items %}",
        items=[{"label": "甲", "url": "#", "done": True}, {"label": "乙", "url": "#", "current": True}],
    )
    assert "第 2 步，共 2 步" in page
    assert 'aria-current="step"' in page


def test_map_says_what_is_not_in_the_edition() -> None:
    page = rendered('{% tilemap values "人数" late=late %}', values={"gx": 3, "qh": 0}, late=["gx"])
    assert page.count('class="tile none') == 32
    assert 'class="tile p-gx late" data-d="3"' in page
    assert 'class="tile p-qh" data-d="0"' in page


def test_strip_of_the_pile_in_words() -> None:
    page = rendered("{% queue_strip states %}", states=["done", "recuse", "now", "", ""])
    assert "<b>3 / 5</b>" in page
    assert 'aria-label="5 件：已评 1，回避 1，正在评第 3 件，未评 2"' in page
