"""The web server of the deployment guide, run by an ordinary user in a folder of its own.

The configuration is deploy/nginx/gongjiang.conf itself; only addresses, paths and, where a test drives the clock, the
source of the time are put in its place.
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "deploy" / "nginx" / "gongjiang.conf"
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
{more}
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gongjiang.conf;
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Front:
    """nginx before a platform on `platform` (port), with the data folder's `public` and `static`.

    `core`: the core it is kept to. `clock`: the header of which it takes the time instead of the clock.
    """

    def __init__(
        self, folder: Path, public: Path, static: Path, platform: int, *, core: int | None = None, clock: str = ""
    ) -> None:
        self.port = free_port()
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        said = REFERENCE.read_text("utf-8")
        for old, new in (
            ("listen 80;", f"listen 127.0.0.1:{self.port};"),
            ("server 127.0.0.1:8000;", f"server 127.0.0.1:{platform};"),
            ("/var/lib/gongjiang/public", str(public)),
            ("/var/lib/gongjiang/static", str(static)),
            ("$host;", "$host:$server_port;"),
            *([("$time_iso8601", f"$http_{clock}")] if clock else []),
        ):
            assert old in said, old
            said = said.replace(old, new)
        (folder / "gongjiang.conf").write_text(said, "utf-8")
        more = f"worker_cpu_affinity {1 << core:b};" if core is not None else ""
        if os.geteuid() == 0:  # else it would give up its rights and no longer reach this folder
            more += " user root;"
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, more=more), "utf-8")

    def __enter__(self) -> "Front":
        program = shutil.which("nginx", path=PATH)
        assert program is not None, "nginx is not installed (Debian: apt-get install nginx)"
        self.process = subprocess.Popen(
            [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")],
            env={**os.environ, "TZ": "Asia/Shanghai"},
            stderr=subprocess.PIPE,
        )
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        told = self.process.stderr.read().decode() if self.process.stderr else ""
        raise RuntimeError(f"nginx did not start: {told[-500:]}")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        if self.process.stderr:
            self.process.stderr.close()
