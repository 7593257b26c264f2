"""Rehearsals in the test database, and of the command in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Run:
    """One call of `gongjiang rehearse`."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def summary(self) -> dict[str, Any]:
        """What it wrote into `summary.json`."""
        return dict(json.loads((self.folder / "summary.json").read_text("utf-8")))

    def outs(self, *stages: str) -> list[int]:
        """How many each of these stages let through."""
        found = {one["id"]: one["out"] for one in self.summary["stages"]}
        return [found[one] for one in stages]


@pytest.fixture
def rehearse_command(tmp_path: Path) -> Callable[..., Run]:
    """`gongjiang rehearse` as people call it; a folder of results for each call."""
    count = iter(range(100))

    def call(*words: str) -> Run:
        folder = tmp_path / f"out-{next(count)}"
        command = [str(Path(sys.executable).parent / "gongjiang"), "rehearse", *words, "--out", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return Run(done.returncode, done.stdout, done.stderr, folder)

    return call
