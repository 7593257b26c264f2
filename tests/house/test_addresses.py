"""Every room brings its own addresses: none takes another's by coming first."""

import re
from collections import Counter

from tests.security.routes import all_routes


def test_no_two_routes_have_one_address() -> None:
    """Names of arguments don't count: `<int:edition_id>` and `<int:pk>` take the same addresses."""
    patterns = [re.sub(r"<(\w+):\w+>", r"<\1>", one.pattern) for one in all_routes()]
    assert [one for one, number in Counter(patterns).items() if number > 1] == []
