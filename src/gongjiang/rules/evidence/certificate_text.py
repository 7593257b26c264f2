"""What stands on a certificate, out of the lines that a machine read; and what is an identity card, which nobody asked
for. A reading is a suggestion: people look at it and correct it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from gongjiang.kernel.identity_number import check_digit
from gongjiang.rules.evidence.certificates import LABELS, LEVELS, Certificate

_LONGEST: Final = 60
_SEP: Final = r"\s*[:：]\s*"
_NUMBER: Final = re.compile(
    rf"(?:证书?|编|专利|登记|注册|授权公告)?\s*(?:编号|号码|证号|专利号|字号|编码){_SEP}([A-Za-z0-9(（][A-Za-z0-9()（）.\-/第号]{{3,39}})"
)
_LOOSE_NUMBER: Final = re.compile(r"(?:^|\s)(?:ZL\s?\d{12}\.?[\dX]|No\.?\s?[A-Z0-9\-]{5,30})", re.IGNORECASE)
_HOLDER: Final = re.compile(
    rf"(?:姓\s*名|持\s*证\s*人|获\s*得\s*者|获奖者|发\s*明\s*人){_SEP}([\u3400-\u9fff\U00020000-\U0003ffff·]{{2,20}})"
)
_HONOURED: Final = re.compile(r"^(?:授予|兹授予)?\s*([\u3400-\u9fff·]{2,4})\s*(?:同志|同学|先生|女士)")
_DATED: Final = re.compile(rf"(?:发证|颁发|颁证|批准|授予|授权公告|签发|获奖|评定)(?:日期|时间|日){_SEP}(.*)")
_ISSUER: Final = re.compile(
    rf"(?:发证|颁发|颁证|授予|评定|签发|主管|认定)(?:单位|机关|机构|部门|者){_SEP}(.{{2,{_LONGEST}}})"
)
_DATE: Final = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_HAN_DATE: Final = re.compile(
    r"([〇零○OＯ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_TITLE: Final = re.compile(r"(?:[\u3400-\u9fff]{0,24}(?:证书|奖状|聘书|资格证|荣誉证|等级证))$")
_BODY: Final = re.compile(
    r"[\u3400-\u9fff]{2,28}(?:总工会|人民政府|委员会|委员会办公室|局|厅|部|中心|协会|学会|公司|集团|大学|学院)$"
)
_LEVEL: Final = re.compile("|".join(sorted(LEVELS, key=len, reverse=True)))
_DIGITS: Final = {one: n for n, one in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○OＯ", 0)
_CARD_WORDS: Final = ("公民身份号码", "居民身份证", "签发机关", "有效期限", "住址", "民族", "出生")
_CARD_NUMBER: Final = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")


def read_lines(lines: Sequence[str]) -> Certificate:
    """As much of a certificate as its lines tell, top to bottom; '' for the rest."""
    plain = [unicodedata.normalize("NFKC", one).strip() for one in lines]
    bare = [re.sub(r"\s+", "", one) for one in plain]
    return Certificate(
        holder=_first(_HOLDER, plain) or _first(_HONOURED, plain),
        paper=next((one for one in bare if _TITLE.fullmatch(one)), "")[:_LONGEST],
        number=_first(_NUMBER, plain).replace("(", "（").replace(")", "）") or _loose_number(plain),
        issued=_issued(plain),
        issuer=_first(_ISSUER, plain) or next((one for one in reversed(bare) if _BODY.fullmatch(one)), ""),
        level=_level(bare),
    )


def is_identity_card(lines: Sequence[str]) -> bool:
    """Either side of one: the words that stand on it together, or its number under its own heading."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", "".join(lines)))
    words = sum(one in text for one in _CARD_WORDS)
    numbers = [one for one in _CARD_NUMBER.findall(text) if check_digit(one[:17]) == one[17].upper()]
    heading = "公民身份号码" in text or "居民身份证" in text
    return (heading and (words >= 3 or bool(numbers))) or (bool(numbers) and words >= 3)


def differs(typed: Certificate, read: Certificate) -> tuple[str, ...]:
    """Where a typed text is another than the one that was read, a sentence each; nothing where either is blank."""
    return tuple(
        f"{label}填的是“{mine}”，图上识别为“{there}”，请核对。"
        for name, label in LABELS.items()
        if (mine := getattr(typed, name)) and (there := getattr(read, name)) and not same_text(mine, there)
    )


def same_text(one: str, other: str) -> bool:
    """Do they say the same, whatever the blanks, marks and widths?"""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _first(pattern: "re.Pattern[str]", lines: Sequence[str]) -> str:
    found = (pattern.search(one) for one in lines)
    return next((re.sub(r"\s+", "", one.group(1)) for one in found if one is not None), "")[:_LONGEST]


def _loose_number(lines: Sequence[str]) -> str:
    found = (_LOOSE_NUMBER.search(one) for one in lines)
    return next((one.group().strip() for one in found if one is not None), "")


def _issued(lines: Sequence[str]) -> str:
    """The day under its heading, else the last one on the paper: it stands by the seal."""
    headed = [day for one in lines if (found := _DATED.search(one)) and (day := _day(found.group(1)))]
    loose = [day for one in lines if (day := _day(one)) and "出生" not in one and "有效" not in one]
    return headed[0] if headed else loose[-1] if loose else ""


def _day(text: str) -> str:
    found, han = _DATE.search(text), _HAN_DATE.search(text)
    if found is not None:
        year, month, day = (int(one) for one in found.groups())
    elif han is not None:
        year = int("".join(str(_DIGITS[one]) for one in han.group(1)))
        month, day = _small(han.group(2)), _small(han.group(3))
    else:
        return ""
    try:
        return dt.date(year, month, day).isoformat() if 1949 <= year <= 2100 else ""
    except ValueError:
        return ""


def _small(text: str) -> int:
    """二十一 → 21."""
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _level(lines: Sequence[str]) -> str:
    named = [one for one in lines if "等级" in one or "级别" in one]
    found = (_LEVEL.search(one.partition("等级")[2] or one) for one in (*named, *lines))
    return next((one.group() for one in found if one is not None), "")
