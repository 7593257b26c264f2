"""`gongjiang rehearse` as officials call it: the two notices whole, other numbers, what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rehearsal.conftest import Run

SMALL = Path(__file__).resolve().parents[1] / "packs" / "qinglan-2031.yaml"
FUNNEL = ("initial", "expert", "union_review", "final_review", "notice", "name")


@pytest.mark.slow
@pytest.mark.ledger("G-10", "G-12", "G-01")
def test_nanning_narrows_from_50_to_25(rehearse_command: Callable[..., Run]) -> None:
    run = rehearse_command("nanning-2026", "--seed", "1")
    assert (run.code, run.err) == (0, "")
    assert run.outs(*FUNNEL) == [50, 38, 33, 28, 25, 25]
    summary = run.summary
    assert (summary["named"], summary["tiers"]) == (25, {"南宁工匠": 25})
    assert summary["audit"]["ok"] is True
    assert {one["outcome"] for one in summary["objections"]} == {"upheld", "dismissed"}
    assert summary["dates"]["notice"]["published"] == "2026-09-01"
    assert next(one["refused"] for one in summary["stages"] if one["id"] == "qualify") != []
    assert any("37.5" in one and "38人" in one for one in summary["troubles"])
    assert all(one["pass"] + one["na"] >= 50 for one in summary["rules"] if one["force"] == "hard")
    names = {str(one.relative_to(run.folder)) for one in run.folder.rglob("*") if one.is_file()}
    assert {"summary.json", "timeline.md", "troubles.md", "notices/notice-1.html", "notices/notice-2.html"} <= names
    assert len([one for one in names if one.endswith("-application.pdf")]) == 25
    assert all((run.folder / one).read_bytes()[:5] == b"%PDF-" for one in names if one.endswith(".pdf"))
    assert (run.folder / "lists/08-final_review.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.slow
@pytest.mark.soak
def test_fifty_places_are_counted_exactly(rehearse_command: Callable[..., Run]) -> None:
    """50 × 1.1 is 55; binary floats would say 56."""
    run = rehearse_command("nanning-2026", "--set", "places=50", "--nominees", "101")
    assert run.outs(*FUNNEL) == [100, 75, 65, 55, 50, 50]
    assert run.summary["named"] == 50


@pytest.mark.slow
@pytest.mark.ledger("N-05", "N-09", "N-11")
def test_national_names_40_of_54_from_all_units(rehearse_command: Callable[..., Run]) -> None:
    """A fifth of the whole edition, which is rehearsed in the soak."""
    run = rehearse_command("national-2024", "--nominees", "54", "--set", "places=40")
    summary = run.summary
    assert run.outs("recommend", "formal", "panel", "approve") == [54, 54, 40, 40]
    assert summary["named"] == 40
    units = summary["units"]
    assert (len(units), sum(one["nominated"] for one in units)) == (43, 54)
    assert [one["unit"] for one in units if one["nominated"] > one["quota"]] == []
    xinjiang = next(one for one in units if one["unit"] == "新疆")
    assert (xinjiang["quota"], xinjiang["nominated"]) == (9, 2)
    assert [(one["unit"], one["nominated"]) for one in xinjiang["includes"]] == [("新疆生产建设兵团", 1)]
    assert [one for one in summary["pools"] if one["outcome"] == "broken"] == []
    assert any("星期日" in one for one in summary["troubles"])


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.ledger("N-05", "N-09", "N-11")
def test_national_names_200_of_270_and_no_unit_exceeds_its_quota(rehearse_command: Callable[..., Run]) -> None:
    run = rehearse_command("national-2024")
    summary = run.summary
    assert run.outs("recommend", "formal", "panel", "approve") == [270, 270, 200, 200]
    assert summary["named"] == 200
    units = summary["units"]
    assert len(units) == 43
    assert sum(one["nominated"] for one in units) == 270
    assert [one["unit"] for one in units if one["nominated"] > one["quota"]] == []
    xinjiang = next(one for one in units if one["unit"] == "新疆")
    assert (xinjiang["quota"], xinjiang["nominated"]) == (9, 9)
    assert [(one["unit"], one["nominated"]) for one in xinjiang["includes"]] == [("新疆生产建设兵团", 3)]
    assert [one for one in summary["pools"] if one["outcome"] == "broken"] == []
    assert any("星期日" in one for one in summary["troubles"])


def test_the_same_seed_gives_the_same_run_and_another_seed_another(rehearse_command: Callable[..., Run]) -> None:
    first, again, other = (rehearse_command(str(SMALL), "--nominees", "6", "--seed", seed) for seed in ("7", "7", "8"))
    told = {key: value for key, value in first.summary.items() if key != "seconds"}
    assert told == {key: value for key, value in again.summary.items() if key != "seconds"}
    lists = sorted(one.relative_to(first.folder) for one in first.folder.glob("lists/*.xlsx"))
    assert lists
    assert all((first.folder / one).read_bytes() == (again.folder / one).read_bytes() for one in lists)
    assert (first.folder / lists[-1]).read_bytes() != (other.folder / lists[-1]).read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--set", "plaecs=50"), "places"),
        (("--set", "places"), "places=50"),
        (("--set", "places=many"), "数字"),
        (("--set", "rounding=sideways"), "向上取整"),
        (("--from", "18/9/2026"), "2026-09-18"),
        (("--nominees", "0"), "至少为 1"),
    ],
)
def test_wrong_words_are_told(rehearse_command: Callable[..., Run], words: tuple[str, ...], told: str) -> None:
    run = rehearse_command("nanning-2026", *words)
    assert run.code == 1
    assert told in run.err
    assert not (run.folder / "summary.json").exists()


def test_an_undecreed_year_is_named_and_nothing_is_guessed(rehearse_command: Callable[..., Run]) -> None:
    run = rehearse_command("nanning-2026", "--from", "2026-12-28", "--nominees", "3", "--set", "places=1")
    assert run.code == 1
    assert "2027年" in run.err
    assert "Traceback" not in run.err
