"""For whom an event is held: reach, edition, level, invitation, days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.cultivation.audience import COMING, Audience, Candidate, may_come

DAY = date(2026, 7, 1)
EVENT = Audience(organisation=7, begins=DAY, ends=DAY + timedelta(days=2), last_day=DAY - timedelta(days=3))
ONE = Candidate(edition=3, level="city", state="trainee", around=frozenset({1, 7}))
TODAY = DAY - timedelta(days=10)


@pytest.mark.ledger("M-08")
@pytest.mark.parametrize(
    ("event", "one", "today", "why"),
    [
        (EVENT, ONE, TODAY, ""),
        (EVENT, ONE, DAY - timedelta(days=3), ""),
        (EVENT, ONE, DAY - timedelta(days=2), "报名已于6月28日截止，请联系主办单位。"),
        (replace(EVENT, last_day=None), ONE, DAY + timedelta(days=2), ""),
        (replace(EVENT, last_day=None), ONE, DAY + timedelta(days=3), "活动已经结束。"),
        (replace(EVENT, open=False), ONE, TODAY, "活动没有发布，或已经取消。"),
        (EVENT, replace(ONE, around=frozenset({1, 8})), TODAY, "这次活动不面向这位工匠所在的地区和单位。"),
        (replace(EVENT, editions=frozenset({4})), ONE, TODAY, "这次活动面向其他届次的工匠。"),
        (replace(EVENT, editions=frozenset({3, 4})), ONE, TODAY, ""),
        (replace(EVENT, level="province"), ONE, TODAY, "这次活动面向另一级别的工匠。"),
        (replace(EVENT, invited_only=True), ONE, TODAY, "这次活动只对受邀的工匠开放。"),
        (replace(EVENT, invited_only=True), replace(ONE, invited=True), TODAY, ""),
        (EVENT, replace(ONE, invited=True, around=frozenset()), TODAY, ""),
        (EVENT, replace(ONE, state="suspended"), TODAY, "称号已经终止或暂停，不再参加培育活动。"),
        (EVENT, replace(ONE, state="ended", invited=True), TODAY, "称号已经终止或暂停，不再参加培育活动。"),
    ],
)
def test_who_may_sign_up(event: Audience, one: Candidate, today: date, why: str) -> None:
    decision = may_come(event, one, today)
    assert decision.allowed is (not why)
    assert [reason.text for reason in decision.reasons] == ([why] if why else [])


@given(
    editions=st.frozensets(st.integers(1, 4)),
    level=st.sampled_from(["", "city", "province"]),
    invited_only=st.booleans(),
    around=st.frozensets(st.integers(1, 9)),
    state=st.sampled_from(["trainee", "stands", "suspended", "ended", "revoked"]),
    ahead=st.integers(-5, 15),
)
def test_an_invitation_only_ever_opens_and_never_revives(
    editions: frozenset[int], level: str, invited_only: bool, around: frozenset[int], state: str, ahead: int
) -> None:
    event = replace(EVENT, editions=editions, level=level, invited_only=invited_only, last_day=None)
    plain = Candidate(3, "city", state, around)
    today = DAY - timedelta(days=ahead)
    without, with_one = (may_come(event, replace(plain, invited=one), today).allowed for one in (False, True))
    assert without <= with_one
    assert with_one is (state in COMING and today <= event.ends)
