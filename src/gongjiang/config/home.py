"""Where this installation keeps its data and secrets, and how it reaches its database."""

import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def home() -> Path:
    """The data folder: `GONGJIANG_HOME`, default `var/` in the current folder."""
    folder = Path(os.environ.get("GONGJIANG_HOME") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def load_secrets(folder: Path) -> dict[str, Any]:
    """What `_kept_secrets` holds, with what older installations lack."""
    kept = _kept_secrets(folder)
    for name in ("log", "credentials"):
        kept.setdefault(name, hmac.new(bytes.fromhex(kept["lookup"]), name.encode(), "sha256").hexdigest())
    return kept


def _kept_secrets(folder: Path) -> dict[str, Any]:
    """Secrets of this installation, made on first use and readable by the owner only.

    Keys: `django` (session signing), `sealing` (key id to hex AES-256 key), `current`
    (id of the key that seals), `lookup` (hex HMAC key of the identity look-up), `log` (hex Ed25519 seed that signs
    checkpoints of the log), `credentials` (the same for credentials of honours). An installation from before one of
    the last two draws its own from `lookup`.
    """
    path = folder / "secrets.json"
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        fresh = {
            "django": secrets.token_urlsafe(50),
            "sealing": {"k1": secrets.token_hex(32)},
            "current": "k1",
            "lookup": secrets.token_hex(32),
            "log": secrets.token_hex(32),
            "credentials": secrets.token_hex(32),
        }
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was first
        return dict(json.loads(path.read_text("utf-8")))
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(fresh, out, indent=1)
    return fresh


def database(folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry: `DATABASE_URL` (postgres://…), else SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "gongjiang.sqlite3"),
            "OPTIONS": {
                # IMMEDIATE takes the write lock at BEGIN: two writers queue instead of failing midway.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # A filled form is longer than half of SQLite's usual page of 4 kB: of each page half would be lost.
                "init_command": "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;",
            },
            # A file even for tests: threads of one test must see one database.
            "TEST": {"NAME": str(folder / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL 只支持 postgres://，现为 {parts.scheme}:// (only postgres:// is supported)")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(query.pop("port", parts.port or "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
    }
