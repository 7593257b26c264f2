"""What enterprises are encouraged to do for their artisans (measures-2025 第二十一条; ledger M-18)."""

from typing import Final

BANDS: Final = {
    "above": "高于本单位同岗位平均",
    "technical": "与高级专业技术人员相当",
    "manager": "与中层管理人员相当",
    "average": "与本单位同岗位平均相当",
    "below": "低于本单位同岗位平均",
}
"""Pay by ability (落实薪酬待遇), as a band that may be told without the amount."""
STUDIO_LEVELS: Final = {
    "unit": "企业级",
    "county": "县（区）级",
    "city": "市级",
    "province": "省级",
    "national": "全国级",
}
MOST_PAY: Final = 100_000_000


def pay_of(text: str) -> int | None:
    """Yearly pay in yuan as typed (`186,000`, `18.6万`), None for a blank. ValueError for what is no amount.

    >>> pay_of("18.6万"), pay_of("186,000"), pay_of("")
    (186000, 186000, None)
    """
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元")
    if not plain:
        return None
    thousands = plain.removesuffix("万")
    whole, _, part = thousands.partition(".")
    if not (whole.isascii() and whole.isdecimal()) or (part and not (part.isascii() and part.isdecimal())):
        raise ValueError(text)
    if len(whole) > 12 or len(part) > 4:
        raise ValueError(text)
    scale = 10_000 if thousands != plain else 1
    amount = int(whole) * scale + int(part.ljust(4, "0") or "0") * scale // 10_000
    if amount > MOST_PAY:
        raise ValueError(text)
    return amount
