"""Ordinary edits of the real packs change the run, with no code: each loads, explains, and is rehearsed."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.unseen.packing import HERE

from gongjiang.catalogue.packs import PackText, find
from gongjiang.cli.main import main
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Notice, Opinion, ScoreSheet
from gongjiang.rules.programmes.source import read
from gongjiang.services.rehearsal.prepare import prepare
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.world import World

PERSON = "years_in_trade: 12\nemployer: 岚山重工\n"


@dataclass(frozen=True)
class Edit:
    """One edit; `change` are the places of the text."""

    name: str
    pack: str
    change: list[dict[str, str]]
    run: dict[str, Any] = field(default_factory=dict)
    expect: dict[str, Any] = field(default_factory=dict)
    soak: bool = False

    @property
    def text(self) -> PackText:
        """The pack, edited."""
        found = find(self.pack)
        text = found.text
        for one in self.change:
            assert text.count(one["old"]) == 1, f"the pack has changed: {one['old']}"
            text = text.replace(one["old"], one["new"])
        return replace(found, text=text, file="mine.yaml")


EDITS = [Edit(**one) for one in read((HERE / "edits.yaml").read_text("utf-8"), "edits.yaml").data["edits"]]


@pytest.mark.parametrize("edit", EDITS, ids=lambda one: one.name)
def test_the_edited_pack_is_taken_and_explains(edit: Edit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, person = tmp_path / "mine.yaml", tmp_path / "person.yaml"
    assert main(["pack", "export", edit.pack, "--out", str(mine)]) == 0
    head = mine.read_text("utf-8").split("\n", 1)[0]
    mine.write_text(f"{head}\n{edit.text.text}", "utf-8")
    person.write_text(PERSON, "utf-8")
    assert main(["pack", "check", str(mine)]) == 0
    assert main(["pack", "explain", str(mine), "--person", str(person)]) == 0
    told = capsys.readouterr()
    assert "没有错误" in told.out
    assert all("提醒：" in line for line in told.err.splitlines())


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    "edit",
    [pytest.param(one, marks=[pytest.mark.soak] * one.soak) for one in EDITS if one.run],
    ids=lambda one: one.name,
)
def test_the_edit_changes_the_run(edit: Edit) -> None:
    world = rehearse(edit.text, seed=3, nominees=edit.run["nominees"], pairs=edit.run["set"])
    summary = summarise(world, seed=3)
    assert summary["audit"]["ok"]
    for key, wanted in edit.expect.items():
        assert SEEN[key](world, summary, wanted) == wanted, key


def outs(world: World, summary: dict[str, Any], wanted: dict[str, int]) -> dict[str, int]:
    """How many left the stages asked about."""
    return {one["id"]: one["out"] for one in summary["stages"] if one["id"] in wanted}


def stages(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """The stages that ran, in order."""
    return [one["id"] for one in summary["stages"]]


def named(world: World, summary: dict[str, Any], wanted: int) -> int:
    """How many were named."""
    return summary["named"]


def marks(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Which of the leaves experts gave points for."""
    found = {name for one in ScoreSheet.objects.all() for name in one.scores}
    return [one for one in wanted if one in found]


def boxes(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Boxes of sheets that were signed."""
    found = {
        f"{sheet}.{party}" for sheet, party in Opinion.objects.exclude(given_at=None).values_list("sheet", "party")
    }
    return [one for one in wanted if one in found]


def values(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Fields that somebody filled in."""
    found = {name for one in Case.objects.all() for name, value in one.values.items() if value not in (None, "", [])}
    return [one for one in wanted if one in found]


def routes(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Ways in that somebody came by."""
    return [one for one in wanted if Case.objects.filter(route=one, submitted_at__isnull=False).exists()]


def forces(world: World, summary: dict[str, Any], wanted: dict[str, str]) -> dict[str, str]:
    """Force of rules."""
    return {one["id"]: one["force"] for one in summary["rules"] if one["id"] in wanted}


def pools(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Pools that were counted."""
    found = {one["pool"] for one in summary["pools"]}
    return [one for one in wanted if one in found]


def tiers(world: World, summary: dict[str, Any], wanted: dict[str, int]) -> dict[str, int]:
    """Named, by tier."""
    return summary["tiers"]


def days(world: World, summary: dict[str, Any], wanted: int) -> int:
    """Days that count in the first notice."""
    return len(summary["dates"]["notice"]["days"])


def published(world: World, summary: dict[str, Any], wanted: str) -> str:
    """When the first notice went up."""
    return summary["dates"]["notice"]["published"]


def unshown(world: World, summary: dict[str, Any], wanted: list[str]) -> list[str]:
    """Fields that no entry of a notice shows."""
    found = {name for notice in Notice.objects.all() for one in notice.entries.all() for name in one.shown}
    return [one for one in wanted if one not in found]


def quotas(world: World, summary: dict[str, Any], wanted: dict[str, int]) -> dict[str, int]:
    """Places of units."""
    return {one["unit"]: one["quota"] for one in summary["units"] if one["unit"] in wanted}


SEEN = {
    "outs": outs, "stages": stages, "named": named, "marks": marks, "boxes": boxes, "values": values,
    "routes": routes, "forces": forces, "pools": pools, "tiers": tiers, "days": days, "published": published,
    "unshown": unshown, "quotas": quotas,
}  # fmt: skip


@pytest.mark.once
@pytest.mark.django_db
def test_an_answer_that_the_edited_rubric_cannot_be_calibrated_by_is_refused_before_it_opens() -> None:
    """The notice's own rubric may be; one with a line that is counted, not judged, is asked for another answer."""
    edit = next(one for one in EDITS if one.name == "another rubric, other maxima")
    with pytest.raises(Refused, match=r"答复为校准汇总，但“.+”不是直接相加的打分项，请改答其他汇总办法"):
        prepare(edit.text, seed=3, pairs=["aggregate=linear"], start=None)
