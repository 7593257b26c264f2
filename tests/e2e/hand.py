"""Somebody at a screen: signs in, fills in, presses, reads."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.factories import PASSWORD

Opener = Callable[..., Page]
SPACE = re.compile(r"\s+")


class Hand:
    """One browser window with cookies of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str) -> "Hand":
        """By the form, as everybody does."""
        self.page.goto("/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("登录")
        if self.page.url.endswith("/roles/"):
            self.page.goto("/todo/")
        self.sees_heading("待办")
        return self

    def act_for(self, organisation: str) -> "Hand":
        """Another of one's identities."""
        self.page.goto("/roles/")
        named = self.page.locator("button.role").filter(has=self.page.get_by_text(organisation, exact=True))
        named.first.click()
        return self.sees_heading("待办")

    def open(self, name: str, show: str = "all") -> "Hand":
        """The nominee's page, by way of 待办: one case is named there, several stand in a queue."""
        self.page.goto(f"/todo/?show={show}")
        named = self.page.locator("main li.todo").filter(has_text=name).first
        named.get_by_role("link").first.click()
        if "/nominees/" not in self.page.url:
            self.follow(name)
        return self.sees_heading(name)

    def agree(self, box: str, words: str = "") -> "Hand":
        """同意 in an opinion's box, by its dialog: the box of one's own stands in the bar, others in the list."""
        holder = self.page.locator(".boxes li, .actionbar").filter(has=self.page.locator("summary"), has_text=box).first
        holder.locator("summary").first.click()
        dialog = self.dialog()
        dialog.get_by_role("radio", name="同意", exact=True).check()
        dialog.locator("[name=text]").fill(words)
        dialog.get_by_role("button", name="签署").click()
        return self.told("意见已记录")

    def check_points(self) -> "Hand":
        """All points of a check at once; the box for it works by script, even if that comes later than the tick."""
        self.page.get_by_label("全部核对").check()
        for point in self.page.locator("input[name=point]").all():
            expect(point).to_be_checked()
        return self

    def dialog(self) -> Locator:
        """What lies over the page."""
        return self.page.get_by_role("dialog").filter(visible=True)

    def go(self, address: str) -> "Hand":
        """An address typed by hand."""
        self.page.goto(address)
        return self

    def follow(self, label: str, within: str = "main") -> "Hand":
        """The first link of this name on the page."""
        self.page.locator(within).get_by_role("link", name=label).first.click()
        return self

    def press(self, label: str) -> "Hand":
        """The first button (or opener of a dialog) that can be seen and whose words begin so."""
        found = self.page.locator("button:not(.sr), summary").filter(visible=True)
        found.filter(has_text=re.compile(rf"^\s*{re.escape(label)}")).first.click()
        return self

    def press_link(self, label: str) -> "Hand":
        """The first link that says this, anywhere on the page."""
        self.page.get_by_role("link", name=label).first.click()
        return self

    def fill(self, answers: Mapping[str, str]) -> "Hand":
        """Boxes by name; in a list one chooses, a radio or box is ticked by `name=value`."""
        for name, value in answers.items():
            box = self.page.locator(f'main [name="{name}"]').filter(visible=True)
            kind = box.first.evaluate("one => one.tagName + ':' + one.type")
            if kind.endswith((":radio", ":checkbox")):
                self.page.locator(f'main [name="{name}"][value="{value}"]').filter(visible=True).check()
            elif kind.startswith("SELECT"):
                box.first.select_option(value)
            else:
                box.first.fill(value)
        return self

    def sees(self, *texts: str, within: str = "main") -> "Hand":
        """The words stand on the page, whatever spaces are between."""
        for text in texts:
            expect(self.page.locator(within).first).to_contain_text(spaced(text))
        return self

    def told(self, text: str) -> "Hand":
        """The page confirms what was done, and its scripts have begun."""
        expect(self.page.locator(".messages")).to_contain_text(text)
        self.ready()
        return self

    def ready(self) -> "Hand":
        """The page's scripts have begun; until then keys would be lost."""
        self.page.locator("html[data-ready]").wait_for(state="attached")
        return self

    def sees_heading(self, text: str) -> "Hand":
        """The page's own heading."""
        expect(self.page.locator("h1").first).to_contain_text(text)
        return self

    def text(self, selector: str) -> str:
        """Words of one element without line ends."""
        return SPACE.sub(" ", self.page.locator(selector).first.inner_text()).strip()

    def texts(self, selector: str) -> list[str]:
        """Words of each element."""
        return [SPACE.sub(" ", one).strip() for one in self.page.locator(selector).all_inner_texts()]

    def row(self, text: str) -> Locator:
        """The row of a table that says this."""
        return self.page.locator("tr").filter(has_text=text).first

    def clock_to(self, moment: str) -> "Hand":
        """Move the sample clock by its strip on the page."""
        self.page.fill(".clockstrip [name=to]", moment)
        self.page.locator(".clockstrip button[value=to]").click()
        return self.told("演示时钟已拨到")


class Crowd:
    """Hands by username, each signed in once."""

    def __init__(self, open_page: Opener) -> None:
        self.open_page = open_page
        self.hands: dict[str, Hand] = {}

    def __call__(self, username: str, **options: Any) -> Hand:
        if username not in self.hands:
            self.hands[username] = Hand(self.open_page(**options)).sign_in(username)
        return self.hands[username]

    def visitor(self, **options: Any) -> Hand:
        """Somebody who doesn't sign in."""
        return Hand(self.open_page(**options))


def spaced(text: str) -> re.Pattern[str]:
    """The words, with any spaces between their characters or none."""
    return re.compile(r"\s*".join(re.escape(one) for one in text if not one.isspace()))
