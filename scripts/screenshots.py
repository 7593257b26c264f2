"""`make screenshots`: pictures of the main pages, of the samples of `make run`, into docs/screenshots/.

scripts/screenshots.py [NAME …]: all of them, or those named. A server of its own, on a free port and in a folder of
its own, is filled with the samples; the cast signs in by the form and presses what people press.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "jiangxin-2026"  # noqa: S105  printed at every start with samples
CLOCK = "2026-06-24T10:30"  # the sample clock is put here: pictures taken on two days say the same


@dataclass(frozen=True)
class Picture:
    """A page: its file's name, who looks at it, where they begin and what they press from there."""

    name: str
    account: str
    start: str
    follow: tuple[str, ...] = ()
    height: int = 800
    phone: bool = False


PICTURES = (
    Picture("login", "", "/login/"),
    Picture("todo-filer", "jiangtianbao", "/todo/"),
    Picture("todo-officer", "wenheli", "/todo/"),
    Picture("todo-expert", "longgongqiao", "/todo/"),
    Picture("nomination-form", "hehanping", "/todo/", ("继续填报", "选填条件"), 1000),
    Picture("formality-desk", "wenheli", "/todo/", ("去审核",)),
    Picture("nominee", "wenheli", "/todo/", ("去审核", "办理"), 1000),
    Picture("unit-desk", "yinshengban", "/todo/", ("推荐",)),
    Picture("scoring", "longgongqiao", "/todo/", ("继续评分", "继续评分")),
    Picture("narrowing", "lingzonggong", "/todo/", ("去确定",), 1000),
    Picture("cockpit", "yanjinzhi", "/editions/", ("专家评审中",), 1000),
    Picture("public-notice", "", "/notices/", ("公示中",), 1100),
    Picture("register", "", "/register/"),
    Picture("artisan", "longcheng", "/artisans/", ("甘绣锦",), 1200),
    Picture("progress", "longcheng", "/progress/", height=1100),
    Picture("report", "longcheng", "/reports/", ("2026年上半年工匠培育工作报告",), 1000),
    Picture("phone-todo", "jiangtianbao", "/todo/", phone=True),
    Picture("phone-form", "hehanping", "/todo/", ("继续填报", "保存，下一步"), phone=True),
    Picture("phone-notice", "", "/notices/", ("公示中",), phone=True),
    Picture("phone-artisan", "jiangxin", "/mine/", phone=True),
)


def main(names: list[str]) -> int:
    """Take the pictures named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as address, chromium() as browser:
        put_clock(browser, address)
        for one in PICTURES:
            if not names or one.name in names:
                file = FOLDER / f"{one.name}.png"
                small(take(browser, address, one)).save(file, optimize=True)
                print(f"{file.name:20} {file.stat().st_size // 1024:4} KB", flush=True)
    return 0


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server with the samples; it and all it wrote are gone afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # a preview may be written until the very end
        command = [ROOT / ".venv/bin/gongjiang", "serve", "--sample", "--port", str(port)]
        server = subprocess.Popen(command, env={**os.environ, "GONGJIANG_HOME": home}, stdout=subprocess.DEVNULL)
        try:
            while not answers(port):
                if server.poll() is not None:
                    raise SystemExit("the server did not start")
                time.sleep(0.5)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def answers(port: int) -> bool:
    """Whether somebody listens there already."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's, or Playwright's own."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or playwright.chromium.executable_path
        if not Path(program).exists():
            raise SystemExit("缺少 Chromium：sudo make system-packages (Chromium is missing)")
        switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        yield playwright.chromium.launch(executable_path=program, args=switches)


def put_clock(browser: Browser, address: str) -> None:
    """The sample clock, to the same minute every time."""
    page = opened(browser, address, Picture("", "yanjinzhi", "/todo/"))
    page.fill(".clockstrip [name=to]", CLOCK)
    page.click(".clockstrip button[value=to]")
    page.context.close()


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """What is seen on that page, as PNG."""
    page = opened(browser, address, picture)
    for label in picture.follow:
        room = page.locator("main, .actionbar, .mainnav")
        room.get_by_role("link", name=label).or_(room.get_by_role("button", name=label)).first.click()
    page.wait_for_load_state("networkidle")
    wait_for_previews(page)
    taken = page.screenshot(animations="disabled", caret="hide")
    page.context.close()
    return taken


def wait_for_previews(page: Page) -> None:
    """Until none of the previews on the page is still to be made; for five minutes at most."""
    waiting: list[str] = []
    page.on("response", lambda answer: waiting.append(answer.url) if "preview-waiting" in answer.url else None)
    for _ in range(60):
        waiting.clear()
        page.reload(wait_until="networkidle")
        if not waiting:
            return
        page.wait_for_timeout(5_000)


def opened(browser: Browser, address: str, picture: Picture) -> Page:
    """The page where they begin, signed in."""
    device = {"device_scale_factor": 2, "is_mobile": True, "has_touch": True} if picture.phone else {}
    size = {"width": 390, "height": 844} if picture.phone else {"width": 1280, "height": picture.height}
    chinese = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
    page = browser.new_context(base_url=address, viewport=size, **device, **chinese).new_page()
    if picture.account:
        page.goto("/login/")
        page.fill("[name=username]", picture.account)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="登录").click()
    page.goto(picture.start)
    return page


def small(png: bytes) -> Image.Image:
    """The same picture with every third shade of each colour only: unseen, and smaller."""
    return Image.open(BytesIO(png)).convert("RGB").point([round(shade / 3) * 3 for shade in range(256)] * 3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
