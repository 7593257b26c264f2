"""The verifier that outsiders run: one file of plain Python, and every touch of a log found (TRUST 11)."""

import ast
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongjiang.cli.standalone import verify_log as tool
from gongjiang.rules.audit.checkpoint import Checkpoint, hexes, signed, verifier_key
from gongjiang.rules.audit.merkle import consistency_proof, inclusion_proof, leaf_hash, root_of

FILE = Path(str(tool.__file__))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = verifier_key("sample", KEY.public_key().public_bytes_raw())


def entries(count: int, mark: str = "") -> list[bytes]:
    """A log of so many lines, each ending with its number as ours do."""
    return [f'{{"action":"test{mark}","data":{{"n":{n * n}}},"seq":{n}}}'.encode() for n in range(1, count + 1)]


def note(lines: list[bytes], size: int, key: Ed25519PrivateKey = KEY) -> str:
    """A signed checkpoint of the first `size`."""
    return signed(Checkpoint("sample", size, root_of([leaf_hash(one) for one in lines[:size]]), ("2026-09-18",)), key)


class Folder:
    """A log and checkpoints as files, and the program asked about them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, content: bytes | str) -> str:
        file = self.path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(file)

    def ask(self, *words: str, key: str = PUBLIC) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(FILE), *words, "--key", key], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_it_is_one_small_file_of_plain_python() -> None:
    text = FILE.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    named: set[str] = set()
    for one in ast.walk(ast.parse(text)):
        if isinstance(one, ast.Import):
            named |= {alias.name for alias in one.names}
        elif isinstance(one, ast.ImportFrom):
            named.add(str(one.module))
    assert named <= set(sys.stdlib_module_names)


def test_a_whole_log_agrees_with_what_was_handed_out(folder: Folder) -> None:
    lines = entries(21)
    log = folder.write("log", b"\n".join(lines) + b"\n")
    points = [folder.write(f"p{n}", note(lines, n)) for n in (1, 8, 13, 21)]
    code, told = folder.ask("log", log, *points)
    assert code == 0, told
    assert told.count("相符") == 4
    assert "共 21 条" in told


def test_a_superuser_who_rewrites_everything_is_caught_from_outside(folder: Folder) -> None:
    """Log, chain and signature made anew with the platform's own key: only what was kept outside tells."""
    honest, forged = entries(20), entries(20, "forged")
    kept = folder.write("kept", note(honest, 9))
    fresh = folder.write("fresh", note(forged, 20))
    log = folder.write("log", b"\n".join(forged) + b"\n")
    assert folder.ask("log", log, fresh)[0] == 0
    code, told = folder.ask("log", log, kept, fresh)
    assert (code, "前 9 条与检查点不符" in told) == (1, True)


def test_proofs_do_without_the_log(folder: Folder) -> None:
    lines = entries(30)
    leaves = [leaf_hash(one) for one in lines]
    old, new = folder.write("old", note(lines, 11)), folder.write("new", note(lines, 30))
    same = folder.write("same", json.dumps({"path": hexes(consistency_proof(leaves, 11))}))
    assert folder.ask("same", same, old, new)[0] == 0
    proof = {"index": 4, "entry": lines[4].decode(), "path": hexes(inclusion_proof(leaves, 4))}
    entry = folder.write("entry", json.dumps(proof))
    assert folder.ask("entry", entry, new)[0] == 0
    forged = folder.write("forged", json.dumps(proof | {"entry": lines[5].decode()}))
    assert folder.ask("entry", forged, new)[0] == 1
    rewritten = entries(30, "x")
    other = folder.write("other", note(rewritten, 30))
    path = hexes(consistency_proof([leaf_hash(one) for one in rewritten], 11))
    assert folder.ask("same", folder.write("bad", json.dumps({"path": path})), old, other)[0] == 1


def test_calls_and_files_that_make_no_sense_are_told(folder: Folder) -> None:
    lines = entries(3)
    log, point = folder.write("log", b"\n".join(lines) + b"\n"), folder.write("p", note(lines, 3))
    assert folder.ask("log", log, folder.write("q", note(lines, 3, OTHER)))[0] == 1
    assert folder.ask("log", log, point, key="sample+00+AA==")[0] == 2
    assert folder.ask("log", log)[0] == 2
    assert folder.ask("log", str(folder.path / "none"), point) == (
        2,
        f"{folder.path / 'none'}：打不开 / can't be opened: No such file or directory\n",
    )
    assert folder.ask("entry", folder.write("e", "[]"), point)[0] == 2
    assert folder.ask("log", log, folder.write("r", b"\xff\n\n"))[0] == 2


def _touched(chance: random.Random, lines: list[bytes]) -> bytes:
    """The log with one byte flipped, an entry deleted, two swapped, or its end cut off."""
    rows = list(lines)
    kind = chance.choice(["flip", "delete", "swap", "cut", "cut bytes"])
    if kind == "delete":
        del rows[chance.randrange(len(rows))]
    elif kind == "swap":
        one, two = chance.sample(range(len(rows)), 2)
        rows[one], rows[two] = rows[two], rows[one]
    elif kind == "cut":
        rows = rows[: chance.randrange(len(rows))]
    whole = b"".join(row + b"\n" for row in rows)
    if kind == "flip":
        place = chance.randrange(len(whole))
        whole = whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :]
    return whole[: chance.randrange(len(whole))] if kind == "cut bytes" else whole


def test_ten_thousand_touches_are_ten_thousand_finds() -> None:
    """Flip a byte, delete, swap, cut: found each time."""
    lines, chance = entries(24), random.Random(20260918)
    point = ("point", 24, root_of([leaf_hash(one) for one in lines]))
    assert tool.check_log(b"".join(one + b"\n" for one in lines), [point])[0] == []
    assert sum(bool(tool.check_log(_touched(chance, lines), [point])[0]) for _ in range(10_000)) == 10_000
