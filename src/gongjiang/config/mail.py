"""How mail goes out, from one environment variable."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

CONSOLE = "gongjiang.services.messages.shown_mail.ShownMail"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail(said: str) -> dict[str, Any]:
    """`off` (empty), `console`, or `smtp://user:password@host:port?tls=1` (STARTTLS), `smtps://…` (TLS from the
    start)."""
    if said in {"", "off"}:
        return {}
    if said == "console":
        return {"backend": CONSOLE}
    parts = urlsplit(said)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("GONGJIANG_MAIL 只认 off、console、smtp://、smtps:// (off, console, smtp:// or smtps://)")
    secure = parts.scheme == "smtps"
    return {
        "backend": SMTP,
        "host": parts.hostname,
        "port": parts.port or (465 if secure else 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": secure,
        "tls": not secure and dict(parse_qsl(parts.query)).get("tls") == "1",
    }
