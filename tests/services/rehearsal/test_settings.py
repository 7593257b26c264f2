"""`--set`: values by the kind of their param or question."""

import pytest

from gongjiang.catalogue.packs import load_pack
from gongjiang.kernel.errors import BadInput
from gongjiang.services.rehearsal.settings import read_settings


def test_values_are_read_by_their_kind() -> None:
    pack = load_pack("nanning-2026")
    found = read_settings(pack, ["places=50", "per_place_expert=1.25", "first_day=counts", "Q14=否", "scorers=5"])
    assert found.params == {"places": 50, "per_place_expert": "1.25"}
    assert found.answers == {"Q13": "counts", "Q14": False, "Q11": "5"}


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="place"):
        read_settings(load_pack("nanning-2026"), ["place=50"])
