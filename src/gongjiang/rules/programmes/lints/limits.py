"""What a form prints about a limit is what the platform enforces."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.lints.draft import Draft, walk
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path

_CHARS: Final = re.compile(r"(不超过|不多于|限|最多)?([0-9]{2,5})\s*(?:个)?(?:汉)?字(以内|以下|之内|左右|上下)?")
_MINUTES: Final = re.compile(r"([0-9]{1,3})\s*分钟")
TEXTS: Final = ("label", "title", "text", "hint")
SECTIONS: Final = ("forms", "attachments", "fields")


@lint("limit.printed", "印出的字数、时长须与所执行的一致")
def printed(draft: Draft) -> Iterator[Finding]:
    """「300字以内」against `max`, 「800字左右」against `about`, 「5分钟」against `max_minutes`."""
    for section in SECTIONS:
        for path, one in walk(draft.data.get(section), (section,)):
            if isinstance(one, dict):
                for key in TEXTS:
                    if isinstance(one.get(key), str):
                        yield from _chars((*path, key), one[key], one, draft)
                        yield from _minutes((*path, key), one[key], one, draft)


@lint("limit.unlike", "同一字段的上限须处处一致")
def unlike(draft: Draft) -> Iterator[Finding]:
    """A field with one `max` in its definition and another in a form; `about` above `max`."""
    for section in SECTIONS:
        for path, one in walk(draft.data.get(section), (section,)):
            if not isinstance(one, dict):
                continue
            most, about = draft.number(one.get("max")), draft.number(one.get("about"))
            if most is not None and about is not None and about > most:
                yield Finding(
                    (*path, "about"),
                    f"“左右”{_n(about)}字，却以{_n(most)}字为上限。",
                    f"About {_n(about)} is above the maximum of {_n(most)}.",
                )
    first: dict[str, tuple[Fraction, Path]] = {}
    for path, name, most in _maxima(draft):
        if name in first and first[name][0] != most:
            line = draft.source.mark(first[name][1]).line
            yield Finding(
                path,
                f"“{name}”在这里至多{_n(most)}字，在第{line}行却是{_n(first[name][0])}字。",
                f"'{name}' is limited to {_n(most)} here but to {_n(first[name][0])} on line {line}.",
            )
        first.setdefault(name, (most, path))


def _maxima(draft: Draft) -> Iterator[tuple[Path, str, Fraction]]:
    for path, one in draft.items("fields.*"):
        most = draft.number(one.get("max"))
        if most is not None:
            yield (*path, "max"), str(one.get("id")), most
    for path, one in walk(draft.data.get("forms"), ("forms",)):
        if isinstance(one, dict) and isinstance(one.get("field"), str):
            most = draft.number(one.get("max"))
            if most is not None:
                yield (*path, "max"), one["field"], most


def _chars(path: Path, text: str, one: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    for no_more, digits, tail in _CHARS.findall(text):
        said = Fraction(int(digits))
        most, about = _limit("max", one, draft), _limit("about", one, draft)
        rough = tail in {"左右", "上下"}
        rule = about if rough and about is not None else most
        if not rough and not no_more and not tail and rule is None:
            continue
        if rule is None:
            yield Finding(
                path, f"印着{digits}字，却没有相应的上限。", f"Prints {digits} characters but enforces no limit."
            )
        elif rule != said:
            yield Finding(
                path,
                f"印着{digits}字{tail}，执行的却是{_n(rule)}字。",
                f"Prints {digits} characters but enforces {_n(rule)}.",
            )


def _minutes(path: Path, text: str, one: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    video = one.get("video")
    rule = draft.number(video.get("max_minutes")) if isinstance(video, dict) else None
    for digits in _MINUTES.findall(text):
        if rule is not None and rule != int(digits):
            yield Finding(
                path,
                f"印着{digits}分钟，执行的却是{_n(rule)}分钟。",
                f"Prints {digits} minutes but enforces {_n(rule)}.",
            )


def _limit(key: str, one: Mapping[str, Any], draft: Draft) -> Fraction | None:
    """The item's own limit, else that of the field it shows."""
    own = draft.number(one.get(key))
    if own is not None or not isinstance(one.get("field"), str):
        return own
    field = draft.names.field(one["field"])
    return draft.number(getattr(field, key)) if field else None


def _n(value: Fraction) -> str:
    return decimal_text(value)
