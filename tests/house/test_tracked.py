"""What never lands in a tracked file: a path of one machine, the address of a registry, a real person's number."""

import re
import tomllib
import warnings
from datetime import date

from tests.house.source import ROOT, tracked, tracked_texts

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import parse

THIS = "tests/house/test_tracked.py"
MACHINE = re.compile(r"(?<![\w.~}])/(?:work|root|tmp|home/\w+|Users/\w+|mnt)/\w")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmmirror|crates\.io|proxy\.golang|pypi\.tuna|mirrors\.\w+\.(?:com|edu|cn)",
    re.I,
)
LEFTOVERS = re.compile(
    r"(?:#|//|<!--|/\*)\s*(?:TODO|FIXME|XXX)\b|\bpytest\.mark\.(?:skipif|xfail)\b|@pytest\.mark\.skip\b"
)
NUMBERS = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")


def places(pattern: re.Pattern[str]) -> list[str]:
    """`file:line text` for every hit in a tracked text."""
    return [
        f"{name}:{number} {hit.group()}"
        for name, text in tracked_texts()
        if name != THIS
        for number, line in enumerate(text.splitlines(), 1)
        if (hit := pattern.search(line))
    ]


def test_no_path_of_one_machine() -> None:
    assert places(MACHINE) == []


def test_no_address_of_a_registry() -> None:
    assert places(REGISTRIES) == []


def test_nothing_left_for_later() -> None:
    assert places(LEFTOVERS) == []


def test_no_large_or_foreign_file() -> None:
    large = [f"{path.relative_to(ROOT)} {path.stat().st_size}" for path in tracked() if path.stat().st_size > 1_500_000]
    assert large == []


def test_numbers_of_persons_are_plainly_invented() -> None:
    """Sample people live in region 99, which does not exist. A number elsewhere that would be valid is pointed out."""
    suspects = []
    for name, text in tracked_texts():
        if not name.endswith((".txt", ".lock")):
            suspects += [f"{name}: {hit}" for hit in NUMBERS.findall(text) if not hit.startswith("99") and valid(hit)]
    if suspects:
        warnings.warn(f"identity numbers of a real region: {suspects}", stacklevel=1)


def valid(number: str) -> bool:
    """Whether it could be somebody's."""
    try:
        parse(number, on=date(2026, 12, 31))
    except BadInput:
        return False
    return True


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {
        "app": project["project"]["dependencies"] + project["dependency-groups"]["build"],
        "dev": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    versions = {}
    for part, wanted in asked.items():
        lines = (ROOT / "requirements" / f"{part}.txt").read_text("utf-8").splitlines()
        versions[part] = dict(line.split(" ")[0].split("==") for line in lines if "==" in line)
        names = {re.split(r"[\[<>=~! ;]", one)[0].lower().replace(".", "-") for one in wanted}
        assert names - versions[part].keys() == set(), f"requirements/{part}.txt is behind: make lock"
    differing = {name for name, version in versions["app"].items() if versions["dev"].get(name) != version}
    assert differing == set()
