"""The public page of what was signed."""

import pytest
from django.db import transaction
from django.test import Client
from tests.factories import AT

from gongjiang.kernel.actor import platform
from gongjiang.services.audit.append import append
from gongjiang.services.audit.checkpoints import make_checkpoint, note_of, verifier_key


@pytest.mark.django_db
def test_anybody_reads_and_downloads(client: Client) -> None:
    assert "还没有办结的环节" in client.get("/record/").content.decode()
    with transaction.atomic():
        append(actor=platform(), at=AT, action="test.note", kind="note", key=1)
        make_checkpoint(actor=platform(), at=AT, about="2026年样例 专家评审 名单确定")
    page = client.get("/record/").content.decode()
    assert "2026年样例 专家评审 名单确定" in page
    assert verifier_key() in page
    assert client.get("/record/1/").content.decode() == note_of(1)
    assert client.get("/record/2/").status_code == 404
    tool = client.get("/record/verify_log.py")
    assert tool.headers["Content-Disposition"] == 'attachment; filename="verify_log.py"'
    assert b"".join(tool.streaming_content).startswith(b"#!/usr/bin/env python3")
