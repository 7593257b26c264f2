"""A benefit says what it is, whom it goes to, how often and until when, in words that the platform acts on."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.dates import iso_day
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import percent
from gongjiang.rules.programmes.benefits import AGAIN, LEVELS, MONEY, NOTED, ONCE, PAYEES, SINCE, STOPS
from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean

KINDS: Final = (*ONCE, *AGAIN, *NOTED)
WORDS: Final = (("to", tuple(PAYEES)), ("stops_on", STOPS), ("since", SINCE), ("fund", tuple(LEVELS)))


@lint("benefit.kind", "待遇的种类平台须认得，否则只作记录", "warning")
def kinds(draft: Draft) -> Iterator[Finding]:
    """An unknown kind is printed and kept, nothing acts on it."""
    for path, one in draft.items("benefits.*"):
        kind = one.get("kind", "honour")
        if kind not in KINDS:
            hint, english = did_you_mean(str(kind), dict.fromkeys(KINDS, ""))
            yield Finding(
                (*path, "kind") if "kind" in one else path,
                f"待遇“{one.get('id')}”的种类“{kind}”只作记录，平台不据此办理。{hint}",
                f"Nothing acts on a benefit of kind '{kind}'.{english}",
            )


@lint("benefit.word", "待遇中的用词须是约定的")
def words(draft: Draft) -> Iterator[Finding]:
    """Payees, what stops it, since which standing, whose money."""
    for path, one in draft.items("benefits.*"):
        for key, known in WORDS:
            for word in word_list(one.get(key)):
                if not word.startswith("$") and word not in known:
                    yield _unknown((*path, key), key, word, known)
        split = one.get("split")
        for word in split if isinstance(split, dict) else ():
            if word not in PAYEES:
                yield _unknown((*path, "split", word), "split", str(word), tuple(PAYEES))


@lint("benefit.split", "分配的各份合计须为 100%")
def splits(draft: Draft) -> Iterator[Finding]:
    """Each a percentage above 0, all of them the whole; of money only."""
    for path, one in draft.items("benefits.*"):
        split = one.get("split")
        if not isinstance(split, dict):
            continue
        if one.get("kind") not in MONEY:
            text = "只有发钱的待遇能写 split（once、bonus、monthly、yearly、service）。"
            yield Finding((*path, "split"), text, "Only sums of money are split.")
        try:
            shares = [percent(str(share)) for share in split.values()]
        except BadInput:
            shares = []
        if not shares or min(shares) <= 0 or sum(shares) != Fraction(1):
            text = f"待遇“{one.get('id')}”的分配须写成百分数，每份大于 0，合计 100%。"
            yield Finding((*path, "split"), text, "Shares are percentages above 0 that make up 100%.")


@lint("benefit.numbers", "待遇的金额、次数、期限须能读懂")
def numbers(draft: Draft) -> Iterator[Finding]:
    """`amount` not below 0, `times` a whole number of `yearly` and `service`, `until` term_end or a day."""
    for path, one in draft.items("benefits.*"):
        for amount in _amounts(one.get("amount")):
            number = draft.number(amount)
            if not draft.later(amount) and (number is None or not 0 <= number < 10**10):
                yield Finding((*path, "amount"), f"金额“{amount}”须是不小于 0 的数（元）。", "An amount in yuan.")
        yield from _times(draft, path, one)
        until = one.get("until")
        if until is not None and not _is_until(draft, until):
            text = f"期限“{until}”须写 term_end（管理期满）或某日，如 2031-12-31。"
            yield Finding((*path, "until"), text, "until: term_end or a day.")


def _times(draft: Draft, path: Any, one: dict[str, Any]) -> Iterator[Finding]:
    times = one.get("times")
    if times is None:
        return
    if one.get("kind") not in ("yearly", "service"):
        yield Finding((*path, "times"), "只有 yearly、service 能写 times（每年几次）。", "No times here.")
    number = draft.number(times)
    if not draft.later(times) and (number is None or number.denominator != 1 or not 0 <= number <= 366):
        yield Finding((*path, "times"), f"每年次数“{times}”须是 0 到 366 的整数。", "times: a whole number, 0 to 366.")


def _amounts(raw: Any) -> list[Any]:
    """The amount, or those of a table by tier."""
    if raw is None:
        return []
    return list(raw.values()) if isinstance(raw, dict) and "lookup" not in raw else [raw]


def _is_until(draft: Draft, raw: Any) -> bool:
    if draft.later(raw):
        return True
    if isinstance(raw, str) and raw.startswith("$"):
        raw = draft.params.get(raw[1:])
    if raw == "term_end" or isinstance(raw, date):
        return True
    return iso_day(str(raw)) is not None


def _unknown(path: Any, key: str, word: str, known: tuple[str, ...]) -> Finding:
    hint, english = did_you_mean(word, dict.fromkeys(known, ""))
    return Finding(
        path, f"“{word}”不是 {key} 能写的词（{'、'.join(known)}）。{hint}", f"'{word}' is no word of {key}.{english}"
    )
