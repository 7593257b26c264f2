"""The signature of a webhook, against the example of the Standard Webhooks specification."""

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.messages.signature import key_of, secret_of, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_example_of_the_specification() -> None:
    body = b'{"test": 2432232314}'
    said = sign(key_of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_comes_back() -> None:
    assert secret_of(key_of(SECRET)) == SECRET


@pytest.mark.parametrize("secret", ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!", "whsec_YWJj"])
def test_weak_or_broken_secrets_are_refused(secret: str) -> None:
    with pytest.raises(BadInput):
        key_of(secret)
