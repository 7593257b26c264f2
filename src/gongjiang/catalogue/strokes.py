"""The order of Han characters by strokes, from the data file of the cn-sort distribution.

The file is read as data; the package itself is never imported, since that rewires the logging of the process.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from types import MappingProxyType

_FILE = "cn_sort/res/all_word.json"

#: The first character of each number of strokes in that order, from 二 (2) on; before it stand those of one.
_FIRST_OF_COUNT = "二三亖弍弎寿邼砉耕彗耠耢耤熭耩耫耮耯瓎耰耲瓚瓛纛驠"


@cache
def stroke_ranks() -> Mapping[str, int]:
    """A rank for each of about 21,000 characters: fewer strokes first, then 横竖撇点折 stroke by stroke."""
    path = distribution("cn-sort").locate_file(_FILE)
    with open(str(path), encoding="utf-8") as file:
        entries = json.load(file)["all_word"]
    return MappingProxyType({entry["chinese"]: entry["stroke_increment_level"] for entry in entries})


def stroke_count(char: str) -> int | None:
    """How many strokes a character has, None for letters and for characters without a rank.

    >>> stroke_count("陈")
    7
    """
    rank = stroke_ranks().get(char)
    if rank is None or char < "\u3400":
        return None
    return bisect_right(_starts(), rank) + 1


@cache
def _starts() -> list[int]:
    return [stroke_ranks()[char] for char in _FIRST_OF_COUNT]
