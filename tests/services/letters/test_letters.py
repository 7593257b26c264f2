"""Letters: written by the expert through a link, counted by the notice's rule, withdrawn, handed in as a scan."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from tests.factories import AT
from tests.rules.evidence import samples
from tests.services.formality.ground import EXPERTS, Ground, ground
from tests.services.invitations.outside import mailed_token

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.sealing import is_sealed
from gongjiang.models import Case, Entry, File, Letter
from gongjiang.services.evidence.upload import remove
from gongjiang.services.invitations.door import LinkEnded
from gongjiang.services.letters.ask import hand_in, send_letter_link, withdraw_letter
from gongjiang.services.letters.asked import letters_asked
from gongjiang.services.letters.overview import Expert, experts_of
from gongjiang.services.letters.write import Said, sign_letter, text_of
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.save import save_values

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXT = "我与何焊平同在焊接行当二十年，他解决厚壁管全位置焊接的难题，带徒十七名，技艺在本市同行里数得着。"


@pytest.fixture
def here() -> Ground:
    return ground()


@pytest.fixture
def case(here: Ground) -> Case:
    return here.draft("何焊平", route="专业人士推荐", experts=[dict(one) for one in EXPERTS])


def experts(here: Ground, case: Case) -> list[Expert]:
    case = Case.objects.select_related("process__edition__pack").get(pk=case.pk)
    asked = letters_asked(here.programme, case)
    assert asked is not None
    return experts_of(case, asked, AT)


def link(here: Ground, case: Case, n: int = 0, who: str = "lan", to: str = "") -> str:
    """The token that the expert gets by mail: who asks doesn't see it."""
    row = experts(here, case)[n].row
    to = to or f"expert{n}@example.org"
    send_letter_link(actor=here.actor(who), at=AT, case_id=case.pk, row=row, contact=to)
    return mailed_token()


def said(n: int = 0, **other: object) -> Said:
    who = {"name": EXPERTS[n]["name"], "employer": "望澜船坞有限公司", "post": "首席技师", "trade": "电焊工"}
    usual = {
        "who": who | {"skill_level": "高级技师"},
        "text": TEXT,
        "kin": "no",
        "same_trade": "yes",
        "signed_as": EXPERTS[n]["name"],
        "agreed": True,
    }
    return Said(**{**usual, **other})  # type: ignore[arg-type]


def sign(token: str, n: int = 0, **other: object) -> Letter:
    return sign_letter(actor=nobody(), at=AT, token=token, said=said(n, **other))


@pytest.mark.ledger("N-08", "G-07")
def test_an_expert_writes_signs_and_nobody_changes_it(here: Ground, case: Case) -> None:
    token = link(here, case)
    made = sign(token)
    assert (made.employer, made.post, made.signed_as, made.signed_at) == ("望澜船坞有限公司", "首席技师", "白引弧", AT)
    assert is_sealed(made.text)
    assert text_of(made) == TEXT
    assert made.file is not None
    assert made.file.kind == "pdf"
    with open(default_storage.path(made.file.stored), "rb") as raw:
        assert raw.read(5) != b"%PDF-"  # sealed at rest
    case.refresh_from_db()
    row = case.values["experts"][0]
    assert (row["employer"], row["post"], row["letter"]) == ("望澜船坞有限公司", "首席技师", TEXT)
    assert is_sealed(row["id_number"])
    assert Entry.objects.filter(action="letter.sign").get().actor_name == "白引弧（经链接）"
    with pytest.raises(LinkEnded):
        sign(token, text=TEXT + "改")
    with pytest.raises(Refused, match="已经有了"):
        link(here, case)
    with pytest.raises(Refused, match="在“推荐函”页上撤下"):
        remove(actor=here.actor("lan"), at=AT, case_id=case.pk, file_id=made.file.pk)


def test_what_is_missing_is_asked_and_costs_no_link(here: Ground, case: Case) -> None:
    token = link(here, case)
    for other, match in (
        ({"text": "好。"}, "至少 30 字"),
        ({"text": TEXT * 60}, "不超过2000字"),
        ({"kin": ""}, "亲属"),
        ({"same_trade": "也许"}, "同行"),
        ({"agreed": False}, "请勾选声明"),
        ({"signed_as": "白引"}, "签名须与上面填写的姓名一致"),
        ({"who": {"name": "白引弧"}}, "请填写工作单位"),
    ):
        with pytest.raises(BadInput, match=match):
            sign(token, **other)
    assert not File.objects.filter(case=case, attachment="letters").exists()
    assert sign(token).signed_at == AT


def test_kin_and_other_trades_do_not_count_and_the_letter_stays_on_record(here: Ground, case: Case) -> None:
    kin = sign(link(here, case), kin="yes")
    other = sign(link(here, case, 1), 1, same_trade="no")
    assert (kin.file, other.file) == (None, None)
    found = experts(here, case)
    assert [[f.kind for f in one.findings if f.certain] for one in found] == [["kin"], ["trade"]]
    assert [one.counts for one in found] == [False, False]
    assert facts_of_one(here.programme, Case.objects.get(pk=case.pk)).documents.get("letters", 0) == 0


@pytest.mark.ledger("G-07")
def test_the_same_expert_twice_fails_the_rule_with_its_clause(here: Ground, case: Case) -> None:
    rows = [dict(one) for one in EXPERTS]
    rows[1] |= {"name": rows[0]["name"], "id_number": rows[0]["id_number"]}
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"experts": rows})
    found = Case.objects.get(pk=case.pk)
    told = [[f.kind for f in one.findings if f.certain] for one in experts(here, case)]
    assert told == [[], ["twice"]]
    facts = facts_of_one(here.programme, found, submitted=True)
    rule = next(one for one in outcomes(here.programme, facts) if one.rule == "expert_peers")
    assert (rule.outcome, rule.clauses) == ("fail", ("四(四)2(2)",))


def test_withdrawn_and_asked_again(here: Ground, case: Case) -> None:
    first = sign(link(here, case))
    with pytest.raises(BadInput, match="请写明撤下的原因"):
        withdraw_letter(actor=here.actor("lan"), at=AT, case_id=case.pk, letter_id=first.pk, reason=" ")
    withdraw_letter(actor=here.actor("lan"), at=AT, case_id=case.pk, letter_id=first.pk, reason="单位名称有误")
    assert facts_of_one(here.programme, Case.objects.get(pk=case.pk)).documents.get("letters", 0) == 0
    second = sign(link(here, case))
    assert Letter.objects.filter(case=case, row=first.row).count() == 2
    assert Letter.objects.get(case=case, row=first.row, withdrawn_at=None) == second


def test_a_scan_is_handed_in_for_an_expert(here: Ground, case: Case) -> None:
    row = experts(here, case)[1].row
    token = link(here, case, 1)
    with pytest.raises(BadInput):
        hand_in(actor=here.actor("lan"), at=AT, case_id=case.pk, row=row, name="函.svg", content=BytesIO(b"<svg/>"))
    made = hand_in(
        actor=here.actor("lan"), at=AT, case_id=case.pk, row=row, name="函.pdf", content=BytesIO(samples.pdf())
    )
    assert made.file is not None
    assert (made.file.attachment, experts(here, case)[1].state) == ("letters", "handed_in")
    with pytest.raises(LinkEnded):
        sign(token, 1)


def test_who_asks_for_letters_and_until_when(here: Ground, case: Case) -> None:
    for who in ("wen", "yin", "zhang"):
        with pytest.raises(NotAllowed):
            link(here, case, who=who)
    other = here.draft("岑铸山")
    with pytest.raises(Refused, match="不需要推荐函"):
        send_letter_link(actor=here.actor("lan"), at=AT, case_id=other.pk, row="x", contact="a@example.org")
    with pytest.raises(BadInput, match="请先在表上填好"):
        send_letter_link(actor=here.actor("lan"), at=AT, case_id=case.pk, row="x")


@pytest.mark.ledger("G-07")
def test_what_the_form_says_otherwise_after_the_expert_signed_is_pointed_out(here: Ground, case: Case) -> None:
    """The letter holds; one by somebody else than the form names doesn't count."""
    sign(link(here, case))
    sign(link(here, case, 1), 1)
    assert [one.findings for one in experts(here, case)] == [(), ()]
    case.refresh_from_db()
    rows = [dict(one) for one in case.values["experts"]]
    rows[0] |= {"letter": "换了一段话。", "post": "总工程师"}
    rows[1] |= {"name": "余不定"}
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"experts": rows})
    found = experts(here, case)
    assert [[(f.kind, f.certain, f.text) for f in one.findings] for one in found] == [
        [("differs", False, "表上的职务、职称、推荐意见在专家签署后改过，与推荐函不一致，以推荐函为准。")],
        [("differs", True, "表上填的是余不定，推荐函是余定位出具的。")],
    ]
    assert [one.counts for one in found] == [True, False]
    facts = facts_of_one(here.programme, Case.objects.get(pk=case.pk))
    assert facts.documents["letters"] == 1  # of two on file


def test_an_expert_whom_the_form_names_no_more_writes_nothing(here: Ground, case: Case) -> None:
    token = link(here, case, 1)
    case.refresh_from_db()
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"experts": case.values["experts"][:1]})
    with pytest.raises(Refused, match="这封推荐函已经不需要了"):
        sign(token, 1)
