"""字数 in the browser is 字数 on the server: the vectors of the kernel, counted by static/js/text-count.js."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongjiang.kernel.text import count_text

VECTORS = json.loads((Path(__file__).parents[1] / "kernel" / "text_vectors.json").read_text("utf-8"))
COUNT = """async texts => {
    const { countText } = await import('/static/js/text-count.js');
    return texts.map(countText);
}"""


@pytest.mark.ledger("X-08")
def test_the_browser_counts_as_the_server(page: Page) -> None:
    page.goto("/static/icons/check.svg")  # any page of ours: the script is then of its own origin
    texts = [one["text"] for one in VECTORS]
    assert len(texts) > 30
    assert page.evaluate(COUNT, texts) == [one["count"] for one in VECTORS] == [count_text(one) for one in texts]


def test_code_points_at_the_edges_of_the_tables_count_alike(page: Page) -> None:
    page.goto("/static/icons/check.svg")
    edges = page.evaluate(
        """async () => {
            const { WIDE, SPACES, SILENT } = await import('/static/js/text-count.js');
            return [...WIDE, ...SPACES, ...SILENT].flatMap(([low, high]) => [low - 1, low, high, high + 1]);
        }"""
    )
    points = sorted({one for one in edges if 0 <= one <= 0x10FFFF and not 0xD800 <= one <= 0xDFFF})
    texts = [f"工{chr(one)}a{chr(one)}b匠" for one in points]
    assert len(texts) > 100
    assert page.evaluate(COUNT, texts) == [count_text(one) for one in texts]
