"""OpenFisca-core beside us: a process of its own that runs once whenever it is asked."""

import json
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from benchmarks.support.openfisca_env import NotHad, openfisca_python

SIDE = Path(__file__).with_name("openfisca_side.py")


class OpenFisca:
    """The rules and the score over `columns`. Raises NotHad where it can't be had, or breaks."""

    def __init__(self, columns: dict[str, np.ndarray]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        data = Path(self._folder.name) / "people.npz"
        np.savez(data, **columns)
        self._said = Path(self._folder.name) / "said"
        with self._said.open("w", encoding="utf-8") as said:
            self._process = subprocess.Popen(
                [openfisca_python(), SIDE, data],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )
        self.calculation = float("inf")
        """Seconds of the fastest calculation alone, without giving it the inputs."""
        self.counts: dict[str, float] = {}

    def run(self) -> float:
        """Once; the seconds that it took by its own clock."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
            found: dict[str, Any] = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise NotHad((self._said.read_text("utf-8").strip().splitlines() or [str(error)])[-1][:300]) from error
        self.counts = found["counts"]
        self.calculation = min(self.calculation, found["calculation"])
        return float(found["seconds"])

    def __enter__(self) -> "OpenFisca":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()
