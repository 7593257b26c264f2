"""Whatever is typed into a dialog survives a refusal (web/again.py): its questions are fields of ours, and the view
behind it doesn't keep the refusal to itself."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.source import PACKAGE

DIALOG = re.compile(r"{% dialog (?P<head>.*?) %}(?P<body>.*?){% enddialog %}", re.S)
KEEPING = re.compile(r"except (?:GongjiangError|BadInput|Refused)\b")


def dialogs() -> Iterator[tuple[str, str, str, str]]:
    """(template, text before it, keywords, content) of every dialog of the product."""
    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        if not path.name.startswith("specimen"):
            for one in DIALOG.finditer(text):
                yield path.name, text[: one.start()], one["head"], one["body"]


def views(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name, one.callback


def address_of(before: str, head: str) -> str:
    """The name of the address that a dialog posts to, where the template itself says it."""
    action = re.search(r"action=(\w+)", head)
    told = re.findall(rf"{{% url '([\w-]+)'[^%]* as {action[1]} %}}", before) if action else []
    return told[-1] if told else ""


def source_of(view: Callable[..., Any]) -> str:
    """A view and the functions of its own file that it calls."""
    inner = inspect.unwrap(view)
    own = inspect.getsource(inner)
    called = (getattr(inner, "__globals__", {}).get(name) for name in set(re.findall(r"\b(\w+)\(", own)))
    return own + "".join(
        inspect.getsource(one) for one in called if inspect.isfunction(one) and "web" in one.__module__
    )


def test_what_is_typed_into_a_dialog_can_be_brought_back() -> None:
    """Only {% field %} knows what was typed; an input written by hand would come back empty."""
    typing = re.compile(r'<(?:textarea|select)\b|<input\b(?![^>]*type="hidden")')
    assert [template for template, _, _, body in dialogs() if typing.search(body)] == []


def test_no_view_behind_a_dialog_keeps_its_refusal() -> None:
    found = dict(views(get_resolver()))
    names = {address_of(before, head) for _, before, head, body in dialogs() if "{% field" in body} - {""}
    assert len(names) > 25
    keeping = [name for name in sorted(names) if KEEPING.search(source_of(found[name]))]
    assert keeping == [], keeping


def test_on_a_page_with_a_dialog_every_form_says_where_it_posts_to() -> None:
    """Shown again after a refusal, the page stands at the address that refused: a form without an address of its own
    would be sent there."""
    nameless = re.compile(r"<form\b(?![^>]*action=)[^>]*>")
    with_dialogs = [one for one in sorted((PACKAGE / "templates").rglob("*.html")) if "specimen" not in one.name]
    texts = {one.name: one.read_text("utf-8") for one in with_dialogs}
    asking = {name: text for name, text in texts.items() if re.search("{% (?:dialog|asking) ", text)}
    assert [name for name, text in asking.items() if nameless.search(text)] == []
