"""docs/bad-input.md names a test for every line: each is there."""

import re
from pathlib import Path

NAMED = re.compile(r"`((?:[a-z0-9_]+/)*test_\w+\.py)::(test_\w+)`")


def test_every_test_that_the_document_names_exists(root: Path) -> None:
    told = NAMED.findall((root / "docs/bad-input.md").read_text("utf-8"))
    written = {file: (root / "tests" / file) for file, _ in told}
    texts = {file: path.read_text("utf-8") if path.is_file() else "" for file, path in written.items()}
    assert [f"{file}::{name}" for file, name in told if f"def {name}(" not in texts[file]] == []
    assert len(told) > 80


def test_every_line_has_a_test(root: Path) -> None:
    rows = [one for one in (root / "docs/bad-input.md").read_text("utf-8").splitlines() if one.startswith("| ")]
    heads = {"| 输入", "| 事 |"}
    assert [one for one in rows if not NAMED.search(one) and not one.startswith(tuple(heads))] == []
