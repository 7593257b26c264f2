"""A mentor says what they think on the page of the assessment, and sees no number there."""

import pytest
from django.test import Client
from tests.services.assessment.test_views import started

from gongjiang.models import Opinion

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("M-09", "M-13")
def test_a_mentor_signs_on_the_page_of_the_assessment() -> None:
    _, user, case, other = started()
    mentor = Client()
    mentor.force_login(user)
    assert f"签署{case.title}的“专业导师评价”" in mentor.get("/todo/").content.decode()
    page = mentor.get(f"/nominees/{case.pk}/").content.decode()
    assert "签署专业导师评价" in page
    assert mentor.get(f"/nominees/{other.pk}/").status_code == 404
    form = {"sheet": "said", "party": "professional", "verdict": "不同意", "text": ""}
    wrong = mentor.post(f"/nominees/{case.pk}/opinion/", form)
    assert (wrong.status_code, "不同意须写明理由" in wrong.content.decode()) == (400, True)
    assert mentor.post(f"/nominees/{case.pk}/opinion/", form | {"text": "攻关项目没有结题。"}).status_code == 302
    assert Opinion.objects.get(case=case, party="professional").by == user
    assert "攻关项目没有结题" in mentor.get(f"/nominees/{case.pk}/").content.decode()
    assert mentor.get(f"/nominees/{case.pk}/opinions/").status_code == 200
