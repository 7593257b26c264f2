"""The reference configuration in a real nginx, with no platform behind it: days, midnight, what is gone, headers."""

from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from benchmarks.support.front import Front, free_port
from tests.services.public_notices.stage import FRIDAY, ground, moment

from gongjiang.models import Notice
from gongjiang.services.public_notices.build import build
from gongjiang.web.security import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.needs("nginx")]


def ask(front: Front, path: str, time: str = "", **headers: str) -> tuple[HTTPResponse, str]:
    """What a reader gets whose request arrives at `time`."""
    line = HTTPConnection("127.0.0.1", front.port, timeout=5)
    line.request("GET", path, headers={"X-Clock": time, **headers})
    answer = line.getresponse()
    content = answer.read().decode("utf-8", "replace")
    line.close()
    return answer, content


def test_a_reader_before_and_after_midnight(tmp_path: Path, settings: Any) -> None:
    settings.PUBLIC_ROOT = tmp_path / "public"
    notice = ground().post()
    assert build(notice.pk, moment(FRIDAY))
    path = f"/notices/{notice.slug}/"
    with Front(tmp_path / "nginx", tmp_path / "public", tmp_path / "static", free_port(), clock="x_clock") as front:
        for time, said in {
            "2026-09-20T23:59:59+08:00": "还剩<b>5</b>个工作日",
            "2026-09-21T00:00:00+08:00": "还剩<b>4</b>个工作日",
            "2026-09-24T23:59:59+08:00": "还剩<b>1</b>个工作日",
            "2026-09-25T00:00:00+08:00": "已期满",
            "2027-02-28T12:00:00+08:00": "已期满",
        }.items():
            answer, content = ask(front, path, time)
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
            assert said in content
        # another zone, or before its day: not ours to say, the platform is asked (none runs here)
        for time in ("2026-09-20T15:59:59+00:00", "2026-09-17T23:59:59+08:00"):
            assert ask(front, path, time)[0].status == 502
        answer, content = ask(front, path, "2026-09-21T09:00:00+08:00", Cookie="a=b; type=large")
        assert 'data-type="large"' in content
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert (
            ask(front, path, "2026-09-21T09:00:00+08:00", **{"Accept-Encoding": "gzip"})[0].headers["Content-Encoding"]
            == "gzip"
        )
        answer, content = ask(front, f"{path}notice.docx", "2026-09-21T09:00:00+08:00")
        assert (answer.status, content[:2], answer.headers["Content-Disposition"]) == (200, "PK", "attachment")
        for hidden in ("/notices/state.json", f"{path}state.json", f"{path}over/", "/gone.html", "/seen.json"):
            assert ask(front, hidden, "2026-09-21T09:00:00+08:00")[0].status in {404, 502}

        Notice.objects.update(kept_until=date(2026, 10, 31))
        assert build(notice.pk, moment(date(2026, 11, 1)))
        for gone in (path, f"{path}notice.docx"):
            answer, content = ask(front, gone, "2026-11-01T00:00:00+08:00")
            assert answer.status == 410
            assert "保留期已满" in content
