"""The switch to large type."""

import pytest
from django.test import RequestFactory

from gongjiang.web.components.views import display


@pytest.mark.parametrize(
    ("asked", "target", "size"),
    [
        ({"type": "large", "next": "/todo/?a=1"}, "/todo/?a=1", "large"),
        ({"type": "usual", "next": "/"}, "/", "usual"),
        ({"type": "<x>", "next": "https://elsewhere.example/"}, "/", "usual"),
        ({"next": "//elsewhere.example/"}, "/", "usual"),
        ({}, "/", "usual"),
    ],
)
def test_size_is_kept_and_the_way_back_stays_on_this_site(asked: dict[str, str], target: str, size: str) -> None:
    response = display(RequestFactory().get("/display/", asked))
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert response.cookies["type"].value == size


def test_only_reading_methods() -> None:
    assert display(RequestFactory().post("/display/")).status_code == 405
