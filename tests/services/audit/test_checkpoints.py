"""The log is signed at each close of a stage, and what was signed can be shown and compared (TRUST 11)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from tests.factories import AT

from gongjiang.cli.main import main
from gongjiang.cli.standalone import verify_log
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Checkpoint, Entry
from gongjiang.services.audit.append import append
from gongjiang.services.audit.checkpoints import (
    entry_proof,
    last_of,
    log_lines,
    make_checkpoint,
    note_of,
    same_proof,
    verifier_key,
)
from gongjiang.services.audit.verify import verify


def _write(count: int) -> None:
    for n in range(count):
        with transaction.atomic():
            append(actor=platform(), at=AT, action="test.note", kind="note", key=n, data={"n": n, "字": "名单\n"})


def _sign(about: str = "评审 名单确定", edition_id: int | None = None) -> Checkpoint | None:
    return make_checkpoint(actor=platform(), at=AT, about=about, edition_id=edition_id)


def _ask(*words: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", str(verify_log.__file__), *words, "--key", verifier_key()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.django_db
def test_each_is_a_tree_grown_from_the_last() -> None:
    assert _sign() is None
    _write(3)
    first = _sign("一", 4)
    assert first is not None
    assert (first.size, _sign()) == (3, first), "nothing was written since"
    _write(6)
    second = _sign("二", 4)
    assert second is not None
    assert (second.size, len(second.peaks)) == (9, 2)
    assert note_of(9).splitlines()[4] == "二"
    assert last_of(4, AT) == second
    assert last_of(5, AT) is None
    with pytest.raises(NotFound):
        note_of(4)
    assert verify().ok


@pytest.mark.django_db
def test_outsiders_compare_with_a_program_of_their_own(tmp_path: Path) -> None:
    _write(5)
    _sign()
    _write(7)
    _sign()
    log, old, new = tmp_path / "log", tmp_path / "old", tmp_path / "new"
    log.write_bytes(b"".join(log_lines()))
    old.write_text(note_of(5), "utf-8")
    new.write_text(note_of(12), "utf-8")
    assert _ask("log", str(log), str(old), str(new))[0] == 0
    same, entry = tmp_path / "same", tmp_path / "entry"
    same.write_text(json.dumps(same_proof(5, 12)), "utf-8")
    entry.write_text(json.dumps(entry_proof(8, 12)), "utf-8")
    assert _ask("same", str(same), str(old), str(new))[0] == 0
    assert _ask("entry", str(entry), str(new)) == (0, "第 8 条在检查点之内 / entry 8 is within the checkpoint\n")
    for bad in ((0, 12), (6, 13)):
        with pytest.raises(NotFound):
            same_proof(*bad)


@pytest.mark.django_db
def test_a_rewritten_or_shortened_log_is_told_by_what_was_signed() -> None:
    _write(4)
    _sign()
    Entry.objects.filter(seq=4).delete()
    assert any("检查点的条数" in one for one in verify().problems)
    _write(1)
    assert any("前 4 条与当时签署的检查点不符" in one for one in verify().problems)


@pytest.mark.django_db
def test_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "checkpoint"]) == 1
    capsys.readouterr()
    _write(2)
    assert main(["audit", "checkpoint", "--about", "巡检"]) == 0
    assert capsys.readouterr().out == note_of(2)
    assert main(["audit", "export", str(tmp_path / "log")]) == 0
    assert (tmp_path / "log").read_bytes() == b"".join(log_lines())
    _write(1)
    assert main(["audit", "proof", "2", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == same_proof(2, 3)
    assert main(["audit", "entry", "1", "3"]) == 0
    assert main(["audit", "entry", "4", "3"]) == 1
    capsys.readouterr()
    assert main(["audit", "key"]) == 0
    assert capsys.readouterr().out.strip() == verifier_key()
