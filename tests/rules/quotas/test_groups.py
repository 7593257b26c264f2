"""Corporate groups as groups of a pool: one name however it is written, 「无」 none, a blank unknown (ledger J-03)."""

from collections.abc import Mapping
from typing import Any

import pytest

from gongjiang.catalogue.packs import find, load_text
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import hard_maxima
from gongjiang.rules.quotas.members import Member
from gongjiang.rules.quotas.near import near_names
from gongjiang.rules.quotas.pools import Outcome, evaluate_pool

PACK = load_text(find("jiangsu-2026"))
POOL = next(one for one in PACK.pools if one.id == "one_a_group")
SPEC = pool_spec(PACK, POOL, {"group_most": 1}, Facts(PACK.vocabulary))


def member(key: str, group: str | None, unit: str = "云湖市", aliases: Mapping[str, str] | None = None) -> Member:
    subject: dict[str, Any] = {} if group is None else {"corp_group": group}
    facts = Facts(PACK.vocabulary, subject=subject, case={"nominator": unit}, submitted=group is not None)
    return pool_member(PACK, POOL, facts, key=key, chain=(unit,), aliases=aliases)


def outcomes(*members: Member) -> dict[tuple[str | None, ...], Outcome]:
    return {one.key: one.outcome for one in evaluate_pool(SPEC, members)}


@pytest.mark.ledger("J-03")
@pytest.mark.parametrize("other", ["样例重工集团", "样例 重工集团", "　样例重工集团", "样例重工​集团"])
def test_a_name_written_otherwise_splits_no_group(other: str) -> None:
    found = outcomes(member("a", "样例重工集团"), member("b", other))
    assert found == {("云湖市", "样例重工集团"): Outcome.BROKEN}


@pytest.mark.ledger("J-03")
def test_half_and_full_width_letters_and_brackets_are_one() -> None:
    found = outcomes(member("a", "ＡＢ集团（华东）"), member("b", "ab集团(华东)"))
    assert found == {("云湖市", "AB集团（华东）"): Outcome.BROKEN}


@pytest.mark.ledger("J-03")
def test_a_known_short_name_is_the_group_s() -> None:
    aliases = {"样例重工": "样例重工集团有限公司"}
    found = outcomes(member("a", "样例重工", aliases=aliases), member("b", "样例重工集团有限公司", aliases=aliases))
    assert found == {("云湖市", "样例重工集团有限公司"): Outcome.BROKEN}


@pytest.mark.ledger("J-03")
def test_another_unit_may_name_one_of_the_same_group() -> None:
    found = outcomes(member("a", "样例重工集团"), member("b", "样例重工集团", "桐江市"))
    assert set(found.values()) == {Outcome.MET}


@pytest.mark.ledger("J-03")
def test_no_group_is_a_value_and_no_group_at_all() -> None:
    assert [hard_maxima(SPEC, member(one, "无")) for one in "ab"] == [(), ()]
    assert Outcome.BROKEN not in outcomes(member("a", "无"), member("b", "无")).values()


@pytest.mark.ledger("J-03")
def test_a_missing_group_counts_at_the_guard_and_is_open_on_the_list() -> None:
    blank = member("b", None)
    assert [one.key for one in hard_maxima(SPEC, blank)] == [("云湖市", None)]
    found = outcomes(member("a", "样例重工集团"), blank)
    assert found[("云湖市", "样例重工集团")] is Outcome.UNKNOWN


def test_names_that_may_be_one_are_shown() -> None:
    lathe = ["样例重工集团", "样例重工集团有限公司", "样例重工股份有限公司", "无锡样例重工"]
    names = [*lathe, "青屿印染集团", "青屿印然集团", "云湖电子"]
    assert near_names(names) == (
        ("无锡样例重工", "样例重工股份有限公司", "样例重工集团", "样例重工集团有限公司"),
        ("青屿印染集团", "青屿印然集团"),
    )
    assert near_names(["甲集团", "乙集团", "甲集团"]) == ()
