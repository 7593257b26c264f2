"""Commands about an installation's data: audit verify, check-invariants, calendar load, serve's refusals."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.migrated import sqlite_file

GONGJIANG = str(Path(sys.executable).parent / "gongjiang")
YEAR = """
year: 2027
source: 某部门关于2027年部分节假日安排的通知（测试用，并非真实安排）
holidays: [2027-01-01, 2027-02-08]
worked: [2027-02-06]
"""


def call(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command in an installation of its own, on SQLite."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {"GONGJIANG_HOME": str(home)}
    return subprocess.run([GONGJIANG, *words], capture_output=True, text=True, check=False, env=env | more)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with its tables and nothing in them."""
    sqlite_file(tmp_path / "gongjiang.sqlite3")
    return tmp_path


@pytest.mark.slow
def test_calendar_audit_and_invariants(home: Path) -> None:
    file = home / "2027.yaml"
    file.write_text(YEAR, "utf-8")
    loaded = call(home, "calendar", "load", str(file))
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert "已载入 2027 年：放假 2 天，调休上班 1 天" in loaded.stdout
    whole = call(home, "audit", "verify")
    assert (whole.returncode, "共 1 条" in whole.stdout) == (0, True)
    held = call(home, "check-invariants")
    assert (held.returncode, "全部成立" in held.stdout) == (0, True)
    worked = call(home, "work", "--once")
    assert (worked.returncode, worked.stdout) == (0, "已办理 1 件后台事项。\n")  # the page of what is taken down
    file.write_text(YEAR.replace("worked: [2027-02-06]", "worked: [2027-02-05]"), "utf-8")
    refused = call(home, "calendar", "load", str(file))
    assert (refused.returncode, "不是周末" in refused.stderr) == (1, True)


def test_serve_says_when_its_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        refused = call(tmp_path, "serve", PORT=str(port))
    assert refused.returncode == 1
    assert f"端口 {port} 已被别的程序占用" in refused.stderr
    assert call(tmp_path, "serve", PORT="no").returncode == 1


@pytest.mark.slow
def test_a_list_is_brought_in(home: Path) -> None:
    file = home / "list.csv"
    file.write_text("姓名,出生年月,工作单位\n何样板,1980-06,样例厂\n岑样例,某年,样例厂\n", "utf-8")
    words = ("register", "import", str(file), "--programme", "national-talent-plan", "--source", "入选名单")
    tried = call(home, *words, "--dry-run")
    assert (tried.returncode, tried.stderr) == (1, "")
    assert "第3行 B列（出生年月）：年月看不懂" in tried.stdout
    assert "预览“国家级人才计划”：新的人 1 行；须改正 1 处。" in tried.stdout
    assert "已导入“国家级人才计划”：新的人 1 行" in call(home, *words).stdout
    again = call(home, *words)
    assert (again.returncode, "再导一次不会有变化" in again.stderr) == (1, True)
