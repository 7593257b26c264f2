"""The tables as the migrations make them, made once for everybody who needs them.

Migrating takes some fifteen seconds, and every worker of every part of a run begins with the same empty tables, as
does every installation in which a command is tried. Whoever comes first makes them in a process of its own; the others
copy SQLite's file or name PostgreSQL's database as their template. What is made bears a digest of the migrations.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

MIGRATIONS = Path(__file__).resolve().parents[1] / "src" / "gongjiang" / "migrations"


def sqlite_file(target: Path) -> None:
    """The empty tables as a SQLite file at `target`."""
    folder = Path(settings.GONGJIANG_HOME)
    made = folder / f"migrated-{digest()}.sqlite3"
    with alone():
        if not made.exists():
            for old in folder.glob("migrated-*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory() as home:
                migrate({"GONGJIANG_HOME": home, "DATABASE_URL": ""})
                shutil.move(Path(home) / "gongjiang.sqlite3", made)
        shutil.copy(made, target)


def postgres_template(url: str) -> str:
    """Name of the database with the empty tables, on the server that DATABASE_URL names."""
    name = f"gongjiang_migrated_{digest()}"
    with alone(), psycopg.connect(url, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            half = f"{name}_half"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            migrate({"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{half}"))})
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
    return name


def migrate(env: dict[str, str]) -> None:
    """`migrate` in a process of its own, so that none of its thousand model states stay with the caller."""
    command = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
    more = {"DJANGO_SETTINGS_MODULE": "gongjiang.config.settings", **env}
    done = subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time."""
    with (Path(settings.GONGJIANG_HOME) / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest() -> str:
    """Of all migrations: ours, and by their versions those of others."""
    found = hashlib.sha256()
    for path in sorted(MIGRATIONS.glob("*.py")):
        found.update(path.name.encode() + path.read_bytes())
    for name in ("django", "django-axes"):
        found.update(importlib.metadata.version(name).encode())
    return found.hexdigest()[:12]
