"""In which media a notice stood, and what shows it."""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from gongjiang.kernel.errors import BadInput

LONGEST_LINK: Final = 500


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
    try:
        parts = urlsplit(link)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good or any(one.isspace() or not one.isprintable() for one in link):
        raise BadInput("网址须以 http:// 或 https:// 开头。", "An address of a web page is needed.", place="网址")
    if len(link) > LONGEST_LINK:
        raise BadInput(f"网址太长，最多 {LONGEST_LINK} 个字符。", "Too long.", place="网址")
    return link
