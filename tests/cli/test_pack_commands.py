"""`gongjiang pack …` from a command line: output, errors with file and line, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongjiang.cli.main import commands, main

PERSON = """
works_in_city: true
years_in_trade: 9.5
on_frontline: true
case.route: 个人自主申报
"""


def test_list_names_every_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "list"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in lines] == [
        ["changzhou-2024", "1.0.0", "首批龙城工匠培育对象推荐"],
        ["jiangsu-2026", "1.0.0", "江苏省推荐2026年大国工匠人才"],
        ["measures-2025", "1.0.0", "工匠人才培育实施办法"],
        ["nanning-2026", "1.0.0", "2026年“南宁工匠”选树活动"],
        ["national-2024", "1.0.0", "2024年大国工匠培育对象推选"],
    ]


@pytest.mark.parametrize("words", [["pack", "check"], ["check"]])
def test_check_by_id_lists_the_open_questions(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "nanning-2026"]) == 0
    out = capsys.readouterr().out
    assert "没有错误" in out
    assert "Q2 " in out
    assert "（缺省：向上取整）" in out


def test_check_of_a_damaged_file_says_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tmp_path / "mine.yaml"
    assert main(["export", "national-2024", "--out", str(damaged)]) == 0
    text = damaged.read_text("utf-8").replace("shows: [name, gender,", "shows: [name, id_number,")
    damaged.write_text(text, "utf-8")
    assert main(["check", str(damaged)]) == 1
    line = text[: text.index("id_number, employer")].count("\n") + 1
    assert f"mine.yaml:{line}: 公示内容不得含“身份证号”" in capsys.readouterr().err


def test_check_against_another_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "notice.txt"
    other.write_text("另一份通知", "utf-8")
    assert main(["check", "national-2024", "--notice", str(other)]) == 1
    assert "通知原文与本包所据的不同" in capsys.readouterr().err


def test_the_notice_beside_a_file_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "mine.yaml"
    assert main(["export", "national-2024", "--out", str(pack)]) == 0
    assert main(["check", str(pack)]) == 0
    (tmp_path / "national-2024.txt").write_text("另一份通知", "utf-8")
    assert main(["check", str(pack)]) == 1
    assert "通知原文与本包所据的不同" in capsys.readouterr().err


def test_export_twice_is_export_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    assert main(["export", "nanning-2026", "--out", str(first)]) == 0
    assert main(["export", str(first), "--out", str(second)]) == 0
    one, two = (path.read_text("utf-8").split("\n") for path in (first, second))
    assert one[1:] == two[1:]
    assert "# 项目包" in one[1]


def test_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "national-2024"]) == 0
    assert "共35条" in capsys.readouterr().out


def test_explain_says_rule_by_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = tmp_path / "person.yaml"
    person.write_text(PERSON, "utf-8")
    assert main(["explain", "nanning-2026", "--person", str(person)]) == 0
    out = capsys.readouterr().out
    assert "[必须] 四(三)年限：从事本项（专业）工作年限须≥10年；申报9.5年 → 不符合" in out
    assert "不适用" in out


def test_explain_as_json_before_and_after_submission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = tmp_path / "person.yaml"
    person.write_text(PERSON, "utf-8")
    outcomes = []
    for more in ([], ["--submitted"]):
        assert main(["explain", "nanning-2026", "--person", str(person), "--json", *more]) == 0
        outcomes.append({one["rule"]: one["outcome"] for one in json.loads(capsys.readouterr().out)})
    draft, submitted = outcomes
    assert (draft["years_trade"], draft["in_city"], draft["consent_person"]) == ("fail", "pass", "na")
    assert (draft["one_of_six"], submitted["one_of_six"]) == ("unknown", "fail")


def test_explain_refuses_an_unknown_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = tmp_path / "person.yaml"
    person.write_text("yeers_in_trade: 9\n", "utf-8")
    assert main(["explain", "nanning-2026", "--person", str(person)]) == 1
    assert "yeers_in_trade" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 2), (["frob"], 2), (["check"], 2), (["pack"], 2), (["--help"], 0), (["check", "--help"], 0)],
)
def test_wrong_usage_is_2_and_help_is_0(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == code
    captured = capsys.readouterr()
    assert (captured.out if code == 0 else captured.err).startswith(("usage", "没有"))


def test_an_unknown_pack_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nanning-2027"]) == 1
    assert "是否想写“nanning-2026”" in capsys.readouterr().err


def test_a_file_that_is_not_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "gbk.yaml"
    pack.write_bytes("pack:\n  title: 南宁".encode("gbk"))
    assert main(["check", str(pack)]) == 1
    assert "gbk.yaml:2: 文件不是 UTF-8 编码" in capsys.readouterr().err


def test_pack_commands_do_not_load_django() -> None:
    code = "import sys; from gongjiang.cli.main import main; main(['pack', 'list']); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip().split("\n")[-1] == "False"


def test_commands_are_known_without_being_loaded() -> None:
    found = commands()
    assert not found["pack"].needs_django
    assert found["pack"].about


def test_diff_says_what_changed_and_its_exit_code_whether(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    assert main(["export", "changzhou-2024", "--out", str(mine)]) == 0
    assert main(["diff", "changzhou-2024", str(mine)]) == 0
    assert capsys.readouterr().out.endswith("两个项目包内容相同。\n")
    mine.write_text(mine.read_text("utf-8").replace("培育期, value: 2,", "培育期, value: 3,"), "utf-8")
    assert main(["pack", "diff", "changzhou-2024", str(mine)]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        "",
        "【参数】改动1，相同14",
        "～ 培育期（一）",
        "    数值：2年 → 3年",
        "",
        "【时间】改动1，相同3",
        "～ 培育期（一）",
        "    期间：恰为2年 → 恰为3年",
    ]
    assert main(["diff", "changzhou-2024", str(mine), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [one["section"] for one in data["parts"]] == ["params", "times"]
    assert main(["diff", "changzhou-2024", str(tmp_path / "none.yaml")]) == 2
    assert "没有这个文件" in capsys.readouterr().err


@pytest.mark.ledger("N-06")
def test_quotas_names_the_gaps_and_reads_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "quotas", "national-2024"]) == 0
    out = capsys.readouterr().out
    assert "空缺：产业工人数量1500至2000万人之间（不含两端），没有对应的档。（附件1注）" in out
    counts = tmp_path / "counts.csv"
    counts.write_text("单位,产业工人数量\n江苏,2100\n火星,3\n", "utf-8")
    assert main(["pack", "quotas", "national-2024", "--counts", str(counts), "--json"]) == 1
    told = capsys.readouterr()
    units = {one["unit"]: one for one in json.loads(told.out)["allocations"][0]["units"]}
    assert (units["江苏"]["verdict"], units["江苏"]["possible"]) == ("fits", [10])
    assert "没有“火星”这个单位" in told.err


def test_quotas_of_a_pack_without_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "quotas", "changzhou-2024"]) == 1
    assert "没有写名额怎样分配" in capsys.readouterr().err
