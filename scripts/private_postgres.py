"""A PostgreSQL cluster of one's own, in a temporary folder, gone afterwards.

From a shell: `python scripts/private_postgres.py -- .venv/bin/pytest tests/services` runs the command with
DATABASE_URL pointing at it. From Python: `with private_postgres() as url: ...`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the run, so nothing has to reach the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}


def programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest PostgreSQL installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def unprivileged() -> tuple[str, list[str]]:
    """Who owns the cluster and the words before its commands: PostgreSQL refuses to run as root."""
    if os.getuid():
        return pwd.getpwuid(os.getuid()).pw_name, []
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in names else "nobody"
    runuser = shutil.which("runuser", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "runuser"
    return owner, [runuser, "-u", owner, "--"]


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(command: list[str], log: Path) -> None:
    """Run a step, and show its log where it fails."""
    with log.open("ab") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{log.read_text('utf-8', 'replace')[-3000:]}")


@contextmanager
def private_postgres() -> Iterator[str]:
    """Start a cluster, give its DATABASE_URL, stop and remove it at the end."""
    folder_of_programs = programs()
    if folder_of_programs is None:
        raise RuntimeError("PostgreSQL is not installed (Debian: apt install postgresql)")
    owner, as_owner = unprivileged()
    base = Path(tempfile.mkdtemp(prefix="gongjiang-pg-"))
    data, log = base / "data", base / "log"
    log.touch()
    for path in (base, log):
        shutil.chown(path, owner)
    control = [*as_owner, str(folder_of_programs / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
    try:
        initdb = [*as_owner, str(folder_of_programs / "initdb"), "-D", str(data), "-U", "gongjiang", "-A", "trust"]
        run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], log)
        port = free_port()
        settings = {**SETTINGS, "port": str(port), "unix_socket_directories": str(base)}
        with (data / "postgresql.auto.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        run([*control, "-l", str(base / "server.log"), "start"], log)
        try:
            yield f"postgres://gongjiang@127.0.0.1:{port}/postgres"
        finally:
            run([*control, "-m", "immediate", "stop"], log)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def main() -> int:
    """Run the command given after `--` against a cluster of its own."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with private_postgres() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
