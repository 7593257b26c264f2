"""Commands over large tables keep their memory, whoever set it otherwise is left alone; a server keeps its blocks."""

import os
import subprocess
import sys

import pytest

from gongjiang.cli.memory import KEPT, keep_memory

ASKED = "import os; from gongjiang.cli.main import main\ntry: main([{word!r}, '--help'])\nexcept SystemExit: pass\nprint(os.environ.get('_RJEM_MALLOC_CONF'))"  # noqa: E501


@pytest.mark.parametrize(("word", "set_to"), [("screen", KEPT), ("simulate", KEPT), ("pack", "None")])
def test_only_commands_over_large_tables_keep_it(word: str, set_to: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(word=word)], capture_output=True, check=True, encoding="utf-8", env=env
    )
    assert done.stdout.strip().endswith(set_to)  # polars puts its own before; the later holds


def test_what_was_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_RJEM_MALLOC_CONF", "narenas:1")
    keep_memory()
    assert os.environ["_RJEM_MALLOC_CONF"] == "narenas:1"


PIECES = """
import resource
from gongjiang.cli.memory import keep_blocks
keep_blocks()
bytearray(8 << 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
bytearray(8 << 20)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_a_servers_blocks_are_not_asked_of_the_system_again() -> None:
    done = subprocess.run([sys.executable, "-c", PIECES], capture_output=True, check=True, encoding="utf-8")
    assert int(done.stdout) < 8  # of 2,048 pages
