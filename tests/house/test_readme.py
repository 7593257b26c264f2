"""What README shows and names is there."""

import re
from pathlib import Path

import pytest
from PIL import Image
from tests.house.source import ROOT

LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|`|sudo |\d )make ([a-z-]+)", re.MULTILINE)
README = (ROOT / "README.md").read_text("utf-8")
PICTURES = sorted((ROOT / "docs" / "screenshots").glob("*.png"))


def named() -> list[str]:
    """The files of this project that README links to or shows."""
    return [one for one in LINK.findall(README) if "://" not in one]


def test_what_is_linked_is_there() -> None:
    assert [one for one in named() if not (ROOT / one).exists()] == []


def test_a_few_pictures_are_shown_each_with_words_for_who_cannot_see_it() -> None:
    shown = re.findall(r"!\[([^]]*)\]\(docs/screenshots/[^)]+\.png\)", README)
    assert 4 <= len(shown) <= 6
    assert all(shown)


def test_the_commands_named_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(COMMAND.findall(README)) - targets == set()
    assert "make test" in README
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.stem)
def test_a_picture_is_small_and_of_a_screen(picture: Path) -> None:
    assert picture.stat().st_size < 250_000
    with Image.open(picture) as image:
        assert image.width in {1280, 780}


def test_the_script_takes_just_these_pictures() -> None:
    script = (ROOT / "scripts" / "screenshots.py").read_text("utf-8")
    assert set(re.findall(r'Picture\("([a-z-]+)"', script)) == {one.stem for one in PICTURES}
