"""A certificate's words have places that something fills, its number counts, an award has one certificate."""

import re
from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean
from gongjiang.rules.programmes.schema.certificate import NUMBER_PLACES, PLACE, PLACES

_NUMBER: Final = re.compile(r"[\w〔〕（）()第号字\-]{1,30}")


@lint("certificate.places", "证书文字里的花括号须是平台认得的词")
def places(draft: Draft) -> Iterator[Finding]:
    """`{name}` and the like; anything else would be printed as it stands."""
    for path, one in draft.items("certificates.*"):
        for key, known in (("text", PLACES), ("closing", PLACES), ("number", NUMBER_PLACES)):
            for word in PLACE.findall(str(one.get(key) or "")):
                if word not in known:
                    hint, english = did_you_mean(word, known)
                    yield Finding(
                        (*path, key),
                        f"证书“{one.get('id')}”里的 {{{word}}} 没有内容可填，可用：{'、'.join(known)}。{hint}",
                        f"Nothing fills {{{word}}} on certificate '{one.get('id')}'.{english}",
                    )


@lint("certificate.number", "证书编号的写法须含序号")
def number(draft: Draft) -> Iterator[Finding]:
    """Two certificates would else have the same number before their code."""
    for path, one in draft.items("certificates.*"):
        pattern = one.get("number")
        plain = PLACE.sub("", str(pattern or ""))
        if pattern is not None and ("{serial}" not in str(pattern) or (plain and not _NUMBER.fullmatch(plain))):
            yield Finding(
                (*path, "number"),
                f"证书“{one.get('id')}”的编号须含 {{serial}}，其余只用汉字、字母、数字、-、〔〕、（），不超过 30 字。",
                f"The number of certificate '{one.get('id')}' needs {{serial}} and plain characters.",
            )


@lint("certificate.award", "一个奖项只有一种证书")
def award(draft: Draft) -> Iterator[Finding]:
    """One for all who stand, or one for each award named."""
    seen: set[str] = set()
    for path, one in draft.items("certificates.*"):
        given = one.get("award")
        for word in given if isinstance(given, list) else [given or ""]:
            if str(word) in seen:
                whose = f"奖项“{word}”" if word else "未写明奖项的证书"
                yield Finding(path, f"{whose}已有一种证书。", f"A second certificate for '{word}'.")
            seen.add(str(word))
