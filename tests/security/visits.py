"""Asking the product as somebody, and reading whatever comes back as text: pages, workbooks, documents."""

import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from tests.security.world import House

SETTLING = ("django_session", "axes_", "gongjiang_message", "gongjiang_printedsheet", "gongjiang_failedcheck")
"""Tables that a mere look may write to: sessions, failed logins, what has been read, what was printed."""
WRITING = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')


@dataclass(frozen=True)
class Answer:
    """What came back. `fault` names the exception behind a 500."""

    status: int
    headers: Mapping[str, str]
    text: str
    fault: str = ""


def browser(house: House, username: str | None, **options: Any) -> Client:
    """A browser in which somebody is signed in (None: nobody)."""
    client = Client(raise_request_exception=False, **options)
    if username is not None and house.user(username).is_active:
        client.force_login(house.user(username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def visit(client: Client, method: str, url: str, data: Any = None, **more: Any) -> Answer:
    """One request, its answer read to the end."""
    faults: list[str] = []

    def note(sender: Any, request: Any, **_: Any) -> None:
        kind, error, trace = sys.exc_info()
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename.rpartition('gongjiang/')[2]}:{trace.tb_lineno}" if trace else ""
        faults.append(f"{kind.__name__ if kind else ''}: {error} at {where}")

    got_request_exception.connect(note)
    try:
        with transaction.atomic():
            found = (
                client.generic(method, url, **more)
                if data is None and method != "GET"
                else _send(client, method, url, data, more)
            )
            body = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[attr-defined]
    finally:
        got_request_exception.disconnect(note)
    text = text_of(body, found.headers.get("Content-Type", ""))
    return Answer(found.status_code, dict(found.headers), text, "; ".join(faults))


def _send(client: Client, method: str, url: str, data: Any, more: dict[str, Any]) -> Any:
    return client.get(url, data, **more) if method == "GET" else client.post(url, data, **more)


def text_of(body: bytes, kind: str) -> str:
    """The words in an answer, whatever it is written in."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(body)) as pack:
            parts = [
                pack.read(one).decode("utf-8", "replace") for one in pack.namelist() if one.endswith((".xml", ".rels"))
            ]
        return re.sub(r"<[^>]*>", "", "\n".join(parts))
    if body[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(body)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    return body.decode("utf-8", "replace")


class Writes:
    """Tables that were written to while it watched, the settling ones left out."""

    def __init__(self) -> None:
        self.tables: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITING.match(sql)
        if found and not found[1].startswith(SETTLING):
            self.tables.append(found[1])
        return execute(sql, params, many, context)


@contextmanager
def unchanged_after() -> Iterator[Writes]:
    """What is done inside is undone afterwards; the tables written to are told."""
    seen = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(seen):
            yield seen
        transaction.set_rollback(True)
