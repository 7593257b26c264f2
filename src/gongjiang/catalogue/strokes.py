"""The order of Han characters by strokes, from the data file of the cn-sort distribution.

The file is read as data; the package itself is never imported, since that rewires the logging of the process.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from types import MappingProxyType

_FILE = "cn_sort/res/all_word.json"


@cache
def stroke_ranks() -> Mapping[str, int]:
    """A rank for each of about 21,000 characters: fewer strokes first, then 横竖撇点折 stroke by stroke."""
    path = distribution("cn-sort").locate_file(_FILE)
    with open(str(path), encoding="utf-8") as file:
        entries = json.load(file)["all_word"]
    return MappingProxyType({entry["chinese"]: entry["stroke_increment_level"] for entry in entries})
