"""Words of a certificate: the pack's, filled once; none for trainees unless the pack gives one."""

from datetime import date

import pytest

from gongjiang.rules.honours.certificates.words import addressed, certificate_for, chinese_date, filled
from gongjiang.rules.programmes.schema.certificate import Certificate
from gongjiang.rules.programmes.schema.pack import PackFile


def pack(*certificates: Certificate) -> PackFile:
    return PackFile.model_construct(certificates=certificates)


@pytest.mark.ledger("X-06")
def test_a_trainee_has_a_certificate_only_where_the_pack_gives_one() -> None:
    plain = certificate_for(pack(), "craftsman", "stands")
    assert plain is not None
    assert plain.shown == "荣誉证书"
    assert certificate_for(pack(), "master", "trainee") is None
    all_stand = Certificate(id="any", label="证书")
    assert certificate_for(pack(all_stand), "craftsman", "stands") == all_stand
    assert certificate_for(pack(all_stand), "master", "trainee") is None
    theirs = Certificate(id="t", label="培育对象证书", award=("master",))
    assert certificate_for(pack(all_stand, theirs), "master", "trainee") == theirs


def test_what_is_filled_in_is_never_read_again() -> None:
    text = filled("{name}获“{title}”，{other}", {"name": "{title}", "title": "{{ x }}{name}"})
    assert text == "{title}获“{{ x }}{name}”，{other}"
    assert addressed("何焊平", True) == "何焊平 同志："
    assert addressed("焊接一班", False) == "焊接一班："


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 12), "二〇二六年十月十二日"),
        (date(2030, 1, 1), "二〇三〇年一月一日"),
        (date(2026, 11, 20), "二〇二六年十一月二十日"),
        (date(2026, 12, 31), "二〇二六年十二月三十一日"),
    ],
)
def test_dates_are_in_chinese_numerals(day: date, said: str) -> None:
    assert chinese_date(day) == said
