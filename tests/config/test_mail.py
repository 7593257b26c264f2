"""How mail goes out, read from one variable."""

import pytest

from gongjiang.config.mail import mail


def test_off_shown_and_sent() -> None:
    assert mail("off") == mail("") == {}
    assert mail("console")["backend"].endswith("ShownMail")
    told = mail("smtp://gj:p%40ss@mail.example.org:587?tls=1")
    assert (told["host"], told["port"], told["user"], told["password"]) == ("mail.example.org", 587, "gj", "p@ss")
    assert (told["tls"], told["ssl"]) == (True, False)
    told = mail("smtps://mail.example.org")
    assert (told["port"], told["tls"], told["ssl"]) == (465, False, True)


@pytest.mark.parametrize("said", ["mail.example.org", "http://mail.example.org", "smtp://", "on"])
def test_what_is_none_of_these_is_told_at_the_start(said: str) -> None:
    with pytest.raises(ValueError, match="GONGJIANG_MAIL"):
        mail(said)
