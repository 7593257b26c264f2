"""An environment of its own for OpenFisca-core, in .tools/bench: it is AGPL and no part of this project.

Made from requirements/bench.txt (exact versions with hashes) by the first way that works, by whatever index the
machine's own clients are set to. Where none works, the benchmark says so and does not pass.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "bench.txt"
HOME = ROOT / ".tools" / "bench"
PYTHON = HOME / "bin" / "python"
STAMP = HOME / ".locked"


class NotHad(Exception):
    """The environment could not be made; says why."""


def openfisca_python() -> Path:
    """The interpreter that has OpenFisca. Raises NotHad."""
    want = sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == want:
        return PYTHON
    said = []
    for way in _ways():
        problem = _run(way)
        if not problem:
            STAMP.write_text(want, "utf-8")
            return PYTHON
        said.append(problem)
    raise NotHad("；".join(said) or "no uv and no pip")


def _ways() -> list[list[list[str]]]:
    """Commands that make the environment, best first."""
    install = ["--quiet", "--require-hashes", "-r", str(LOCK)]
    uvs = [shutil.which("uv"), ROOT / ".tools" / "uv-bin" / "uv", ROOT / ".tools" / "uv" / "bin" / "uv"]
    bare = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(HOME)]
    found = [
        [
            [str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(HOME)],
            [str(uv), "pip", "install", "--python", str(PYTHON), *install],
        ]
        for uv in uvs
        if uv and Path(uv).exists()
    ]
    pip = [str(PYTHON), "-m", "pip", "install", *install]
    found.append([[sys.executable, "-m", "venv", "--clear", str(HOME)], pip])
    found += [
        [bare, [python, "-m", "pip", "--python", str(PYTHON), "install", *install]]
        for python in (sys.executable, "python3.11", "python3")
        if shutil.which(python)
    ]
    wheels = sorted(ROOT.glob(".tools/apt/root/usr/share/python-wheels/pip-*.whl"))
    found += [[bare, [str(PYTHON), f"{wheel}/pip", "install", *install]] for wheel in wheels]
    return found


def _run(commands: list[list[str]]) -> str:
    """'' if all went well, else what the one that failed said last."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "UV_PYTHON_DOWNLOADS": "never"}
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=quiet, timeout=600)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{Path(command[0]).name}: {error}"
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines() or ["failed"]
            return f"{Path(command[0]).name}: {last[-1][:200]}"
    return ""
