"""Damage to a pack is refused with file, line and cause."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from gongjiang.catalogue.packs import PackText, catalogue, find
from gongjiang.rules.programmes.load import load
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.source import read

TABLE = Path(__file__).parent / "damages.yaml"


@dataclass(frozen=True)
class Damage:
    """One row of the table."""

    name: str
    pack: str
    code: str
    old: str
    new: str
    at: str = ""

    def line(self, before: str) -> int:
        """The line of the damaged text where the problem is: at `at`, else where `new` first differs from `old`."""
        text = before.replace(self.old, self.new)
        if self.at:
            return text[: text.index(self.at)].count("\n") + 1
        same = next((i for i, (a, b) in enumerate(zip(self.old, self.new, strict=False)) if a != b), 0)
        return text[: before.index(self.old) + same].count("\n") + 1


DAMAGES = [Damage(**one) for one in read(TABLE.read_text("utf-8"), TABLE.name).data["damages"]]


@pytest.fixture(scope="module")
def packs() -> dict[str, PackText]:
    return {name: find(name) for name in ("nanning-2026", "national-2024")}


def problems(text: str, found: PackText) -> tuple[PackProblem, ...]:
    with pytest.raises(PackError) as caught:
        load(text, found.file, catalogue(), found.notice)
    return caught.value.problems


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.name)
def test_damage_is_refused_with_file_line_and_cause(damage: Damage, packs: dict[str, PackText]) -> None:
    found = packs[damage.pack]
    assert found.text.count(damage.old) == 1, "the pack has changed: choose another place for this damage"
    line = damage.line(found.text)
    told = problems(found.text.replace(damage.old, damage.new), found)
    assert (found.file, line, damage.code) in {(one.file, one.line, one.code) for one in told}, [*map(str, told)]
    cause = next(one for one in told if (one.code, one.line) == (damage.code, line))
    assert str(cause).startswith(f"{found.file}:{line}: ")
    assert cause.text
    assert cause.english
    assert cause.severity == "error"


def test_the_table_has_no_name_twice() -> None:
    assert len({one.name for one in DAMAGES}) == len(DAMAGES) >= 30


def test_a_changed_notice_is_refused_and_the_first_moved_clause_named(packs: dict[str, PackText]) -> None:
    found = packs["nanning-2026"]
    assert found.notice is not None
    changed = found.notice.replace("三、选树名额", "三、评选名额")
    with pytest.raises(PackError) as caught:
        load(found.text, found.file, catalogue(), changed)
    told = {one.code: one for one in caught.value.problems}
    line = found.text[: found.text.index("  source: {file: nanning-2026.txt")].count("\n") + 1
    assert told["notice.changed"].line == line
    assert "最先变动的条款是“三”" in told["notice.changed"].text
    assert "重新签认" in told["notice.changed"].text
    anchor = found.text[: found.text.index("{id: 三, starts")].count("\n") + 1
    assert told["clause.missing"].line == anchor


def test_a_word_changed_inside_a_clause_is_refused_too(packs: dict[str, PackText]) -> None:
    found = packs["nanning-2026"]
    assert found.notice is not None
    with pytest.raises(PackError) as caught:
        load(found.text, found.file, catalogue(), found.notice.replace("应为工会会员", "应为工会会员、团员", 1))
    assert [one.code for one in caught.value.problems] == ["notice.changed"]


def test_anchors_out_of_order_are_told_with_what_was_found(packs: dict[str, PackText]) -> None:
    found = packs["nanning-2026"]
    lines = found.text.split("\n")
    first = next(i for i, line in enumerate(lines) if "{id: 四(三)会员, starts" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    told = problems("\n".join(lines), found)
    cause = next(one for one in told if one.code == "clause.order")
    assert cause.line == first + 2
    assert "应为工会会员" in cause.text
    assert "四(三)品德" in cause.text


def test_two_damages_are_both_told(packs: dict[str, PackText]) -> None:
    found = packs["nanning-2026"]
    text = found.text.replace("type: check\n", "type: chek\n").replace("shows: [name, gender,", "shows: [name, mobile,")
    assert {"schema.stage_type", "public.personal"} <= {one.code for one in problems(text, found)}
