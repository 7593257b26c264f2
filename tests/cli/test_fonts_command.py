"""The command that tells what printed forms are set in."""

import pytest

from gongjiang.cli.main import main
from gongjiang.documents.pdf import faces


def test_each_official_typeface_is_told_and_how_to_bring_it(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["fonts"])
    told = capsys.readouterr().out.splitlines()
    assert [one.partition("\t")[0] for one in told[:4]] == ["小标宋", "仿宋", "楷体", "黑体"]
    assert code == int(any(stands_in for _, _, stands_in in faces()))


def test_a_name_is_looked_at_before_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fonts", "欧阳𬭎㙍·䶮𠅤"]) == 0
    assert capsys.readouterr().out == "都印得出来。\n"
    assert main(["fonts", "何\U0003134a平"]) == 1
    assert capsys.readouterr().out == "印不出来的字：\U0003134a\n"
