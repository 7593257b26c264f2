"""In which media a notice stood, and what shows it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from gongjiang.kernel.errors import BadInput

LONGEST_LINK: Final = 500
_PAGE: Final = re.compile(r"https?://(\[[0-9a-f:.]+\]|[^\s/?#@\\\[\]:]+)(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)
"""Scheme, host, port, and whatever follows; no user before the host."""


def unposted(media: Sequence[str], posted: Iterable[str]) -> tuple[str, ...]:
    """Media that a pack names and in which the notice isn't known to have stood yet, in the pack's order.

    >>> unposted(("工人日报", "中工网"), ["中工网", "望澜晚报"])
    ('工人日报',)
    """
    known = set(posted)
    return tuple(one for one in media if one not in known)


def checked_link(text: str) -> str:
    """An address of a page on the web, as typed; BadInput for anything else, one with a password in it too."""
    link = text.strip()
    if not link:
        return ""
    if not _PAGE.fullmatch(link) or not link.isprintable():
        raise BadInput("网址须以 http:// 或 https:// 开头。", "An address of a web page is needed.", place="网址")
    if len(link) > LONGEST_LINK:
        raise BadInput(f"网址太长，最多 {LONGEST_LINK} 个字符。", "Too long.", place="网址")
    return link
