"""Debian's Chromium, driven by Playwright, against the live server of the test.

`page` is a desktop (1440×900), `phone` a telephone (390×844); `open_page` opens more of them, each signed in on its
own. A test fails on whatever the browser complains about: errors on the console, uncaught exceptions, breaches of
the content security policy. What a test provokes on purpose it forgives: `complaints.forgive("404")`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

# Playwright's synchronous interface runs a loop in this thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A limit for what hangs, not a measure of speed: the machine of a run may be busy with other things.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
]
WATCH_POLICY = """
document.addEventListener('securitypolicyviolation', event =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Complaints(list[str]):
    """What the browser complained about in this test."""

    def forgive(self, words: str) -> None:
        """Strike the complaints that contain these words; there must be one."""
        forgiven = [text for text in self if words in text]
        assert forgiven, f"no complaint contains {words!r}: {list(self)}"
        self[:] = [text for text in self if words not in text]

    def watch(self, page: Page) -> None:
        """Listen to a page."""

        def on_console(message: ConsoleMessage) -> None:
            # Chromium asks for it by itself, whenever it likes, where a page names no icon.
            asked_unbidden = message.location["url"].endswith("/favicon.ico")
            if message.type == "error" and not asked_unbidden:
                self.append(f"console: {message.text} ({page.url})")

        page.add_init_script(WATCH_POLICY)
        page.on("console", on_console)
        page.on("pageerror", lambda error: self.append(f"uncaught: {error} ({page.url})"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fails the test if the browser complained and nobody forgave it."""
    found = Complaints()
    yield found
    assert not found, "the browser complained:\n" + "\n".join(found)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Opens a page with cookies of its own; options are those of Playwright's `new_context`."""
    contexts = []

    def opened(**options: Any) -> Page:
        defaults = {"viewport": DESKTOP, "base_url": live_server.url, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = browser.new_context(**{**defaults, "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        complaints.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desktop."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A telephone."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
