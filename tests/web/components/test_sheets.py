"""Stylesheets and templates keep to the security policy and to what exists."""

import re
from pathlib import Path

import pytest

import gongjiang
from gongjiang.web.components.geometry import TILES
from gongjiang.web.components.marks import OUTCOMES, STATES

PACKAGE = Path(gongjiang.__file__).parent
SHEETS = sorted((PACKAGE / "static/css").glob("*.css"))
PARTS = sorted((PACKAGE / "templates/components").rglob("*.html")) + sorted(
    (PACKAGE / "templates/layouts").glob("*.html")
)
ALL_CSS = "".join(sheet.read_text("utf-8") for sheet in SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_is_short_and_fetches_only_our_own_files(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    for address in re.findall(r"url\(\"?([^\")]+)", text):
        assert (sheet.parent / address).is_file(), address


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part.relative_to(PACKAGE)))
def test_part_has_nothing_inline(part: Path) -> None:
    assert re.findall(r"\sstyle=|\son[a-z]+=|<script>|<style|javascript:", part.read_text("utf-8")) == []


def test_every_sheet_is_linked() -> None:
    linked = re.findall(r"css/([a-z]+\.css)", (PACKAGE / "templates/layouts/styles.html").read_text("utf-8"))
    assert sorted(linked) == [sheet.name for sheet in SHEETS]


def test_every_state_outcome_and_tile_has_a_look() -> None:
    assert [value for value in STATES if f'.tag[data-s="{value}"]' not in ALL_CSS] == []
    assert [value for value in OUTCOMES if f'.outcome[data-o="{value}"]' not in ALL_CSS] == []
    assert [code for code in TILES if f".p-{code} {{ grid-area" not in ALL_CSS] == []


def test_every_icon_named_exists() -> None:
    used = {name for part in PARTS for name in re.findall(r'{% icon "([a-z]+)" %}', part.read_text("utf-8"))}
    used |= set(re.findall(r"--i: var\(--i-([a-z]+)\)", ALL_CSS))
    assert [name for name in sorted(used) if not (PACKAGE / f"static/icons/{name}.svg").is_file()] == []
    classes = set(re.findall(r"\.i-([a-z]+) {", ALL_CSS))
    assert sorted(used - classes - {"doc"}) == []
