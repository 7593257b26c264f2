"""The matrix of units: ranges as ranges, alternates beside, what is used and left (ledger J-08)."""

import pytest
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, ground

from gongjiang.kernel.errors import Refused
from gongjiang.services.nominations.matrix import matrix
from gongjiang.services.rounds.close import close_list

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LEAST = "\n  - {id: least, label: 推荐人数, on: recommend, per: case.nominator, at_least: 3, force: soft, ask: Q3}"


@pytest.mark.ledger("J-08")
def test_a_range_is_a_range_and_fewer_asks_a_reason() -> None:
    found = ground(changed={"\npools:": f"\npools:{LEAST}"})
    for name in NAMES[:4]:
        found.add(name, "recommend")
    rows = {row.name: row for row in matrix(found.programme)[0].rows}
    assert {name: row.range for name, row in rows.items()} == {
        "青屿区": "3–4",
        "远岸区": "3–4",
        "望澜市机械产业工会": "3–4",
    }
    assert (rows["青屿区"].used, rows["青屿区"].waiting, rows["青屿区"].left) == (0, 4, 4)
    closing = {
        "actor": found.actor("jiang"),
        "at": AT,
        "programme": found.programme,
        "stage_id": "recommend",
        "kept": found.pks(*NAMES[:2]),
        "alternates": found.pks(NAMES[2]),
        "meeting": MEETING,
        "group": "青屿区",
    }
    with pytest.raises(Refused, match=r"推荐人数（青屿区）不少于3人：2人.*请写明理由"):
        close_list(**closing)
    close_list(**closing, reasons={"pool:least": "宁缺勿滥"})
    row = next(one for one in matrix(found.programme)[0].rows if one.name == "青屿区")
    assert (row.used, row.beside, row.left) == (2, 1, 2)


def test_a_unit_sees_its_own_rows() -> None:
    found = ground()
    mine = matrix(found.programme, {found.world["county"].pk})
    assert [row.name for sheet in mine for row in sheet.rows] == ["青屿区"]
    assert matrix(found.programme, {found.world["plant"].pk}) == ()
