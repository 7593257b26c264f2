"""The content security policy forbids what is inline; so do we, before the browser does."""

import re

from tests.house.source import PACKAGE

INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"=\s*[\"']?\s*javascript:", re.I),
    "from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", re.I),
    "unescaped": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def test_nothing_inline() -> None:
    found = []
    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.S)
        for kind, pattern in INLINE.items():
            for hit in pattern.finditer(text):
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path.relative_to(PACKAGE)}:{line} {kind}")
    assert found == []
