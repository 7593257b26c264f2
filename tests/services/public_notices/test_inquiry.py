"""Files, steps and merging of objections: what was looked into, by whom, when; each objector answered."""

import io
from datetime import date, timedelta

import pytest
from django.test import TestCase
from PIL import Image
from tests.services.public_notices.stage import DEEDS, Ground, ground, moment

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Case, Message, Objection, ObjectionFile, ObjectionStep
from gongjiang.services.public_notices.decide import confirm, decide
from gongjiang.services.public_notices.handle import admit, verify
from gongjiang.services.public_notices.inquire import SUPPLEMENTS, look, supplement
from gongjiang.services.public_notices.merge import merge, split
from gongjiang.services.public_notices.object import Receipt
from gongjiang.services.public_notices.objection_files import named, open_objection_file
from gongjiang.services.public_notices.pages import follow
from gongjiang.services.public_notices.steps import steps_done

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONDAY = date(2026, 9, 21)
PDF = compile_pdf({"main.typ": "证据".encode()})


def pdf(name: str = "何焊平考勤.pdf", data: bytes = PDF) -> tuple[str, io.BytesIO]:
    return name, io.BytesIO(data)


def photo() -> tuple[str, io.BytesIO]:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "SHU SHIMING"
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    return "现场.jpg", out


def posted(people: int = 4) -> Ground:
    here = ground(people=people)
    here.post()
    return here


def by_unit(here: Ground, **more) -> Receipt:
    who = {"signed": "unit", "name": "舒实名", "contact": "0000-000", "unit": "望澜市某厂"}
    return here.object(0, moment(MONDAY), **(who | more))


def matter(receipt: Receipt) -> Objection:
    return Objection.objects.get(receipt=receipt.number)


def test_a_unit_objects_under_its_seal() -> None:
    here = posted()
    with pytest.raises(BadInput, match="盖公章"):
        by_unit(here)
    made = matter(by_unit(here, stamped=[pdf("盖章件.pdf")], files=[pdf()]))
    assert [(one.kind, one.name) for one in named(made.files.order_by("id"))] == [
        ("evidence", "何焊平考勤.pdf"), ("stamped", "盖章件.pdf"),
    ]  # fmt: skip
    row, content = open_objection_file(here.world.actor("zhang"), made.files.latest("id").pk)
    assert (row.kind, content.read()) == ("stamped", PDF)
    for who in ("wen", "lan"):
        with pytest.raises(NotFound):
            open_objection_file(here.world.actor(who), row.pk)


def test_nobodys_files_tell_nobodys_name() -> None:
    here = posted()
    made = matter(here.object(0, moment(MONDAY), files=[pdf("舒实名的材料.pdf"), photo()]))
    assert [one.name for one in named(made.files.order_by("id"))] == ["材料1.pdf", "材料2.jpg"]
    _, content = open_objection_file(here.world.actor("zhang"), made.files.latest("id").pk)
    assert b"SHIMING" not in content.read()


def test_files_are_judged_by_their_bytes_and_bounded() -> None:
    here = posted()
    for files, message in (([pdf(data=b"MZ")], "何焊平考勤"), ([pdf() for _ in range(6)], "最多传 5 个")):
        with pytest.raises(BadInput, match=message):
            here.object(0, moment(MONDAY), files=files)
    assert not ObjectionFile.objects.exists()
    assert not Objection.objects.exists()


def test_the_same_words_of_the_same_objector_are_one_matter() -> None:
    here = posted()
    said = {"signed": "named", "name": "舒实名", "contact": "0000-000"}
    first = here.object(0, moment(MONDAY), **said)
    again = here.object(0, moment(MONDAY, 11), files=[pdf()], **said)
    assert (again.number, again.merged) == (first.number, True)
    assert here.object(0, moment(MONDAY, 11), files=[pdf()], **said).merged
    other = here.object(0, moment(MONDAY), **(said | {"name": "石另人"}))
    assert other.number != first.number
    one = matter(first)
    assert (one.times, one.files.count(), matter(other).times) == (3, 1, 1)


def test_steps_are_written_down_in_order_and_sealed() -> None:
    here = posted()
    pk = here.admitted(0, MONDAY)
    officer = here.world.actor("zhang")
    given = {"actor": officer, "at": moment(MONDAY, 14), "objection_id": pk}
    with pytest.raises(BadInput, match="方式只能选"):
        look(**given, way="打听", text="问过。")
    with pytest.raises(BadInput, match="晚于今天"):
        look(**given, way="谈话了解", text="问过。", on=MONDAY + timedelta(days=1))
    with pytest.raises(NotAllowed):
        look(**(given | {"actor": here.world.actor("wen")}), way="谈话了解", text="问过。")
    with pytest.raises(Stale):
        look(**given, way="谈话了解", text="问过。", version=1)
    look(**given, way="谈话了解", text="与车间主任谈话。", files=[pdf("谈话记录.pdf")])
    verify(**given, finding="考勤属实。")
    done = steps_done(Objection.objects.get())
    assert [one.title for one in done] == ["收到", "受理", "查证：谈话了解", "核实情况"]
    assert (done[2].text, done[2].files[0].name, done[2].step.on) == ("与车间主任谈话。", "谈话记录.pdf", MONDAY)
    assert "车间主任" not in ObjectionStep.objects.get(kind="look").text
    assert follow(*followed(here)).state == "verifying"


def followed(here: Ground) -> tuple[str, str]:
    again = here.object(0, moment(MONDAY, 16))
    return again.number, again.code


def test_an_objector_adds_to_the_matter_until_it_is_over() -> None:
    here = posted()
    receipt = here.object(0, moment(MONDAY))
    given = {"actor": nobody(), "at": moment(MONDAY, 12), "receipt": receipt.number, "code": receipt.code}
    supplement(**given, text="补一份照片。", files=[photo()])
    with pytest.raises(NotFound):
        supplement(**(given | {"code": "AAAA-AAAA"}), text="别人的。")
    with pytest.raises(BadInput, match="补充情况"):
        supplement(**given, text=" ")
    for _ in range(SUPPLEMENTS - 1):
        supplement(**given, text="再补。")
    with pytest.raises(Refused, match="最多补充"):
        supplement(**given, text="再补。")
    assert [one.name for one in named(matter(receipt).files.all())] == ["材料1.jpg"]


def test_merged_matters_end_together_each_under_its_own_number() -> None:
    here = posted()
    main, other = here.admitted(0, MONDAY), here.object(0, moment(MONDAY, 12), DEEDS + "还有一件。")
    far = here.object(1, moment(MONDAY, 12))
    officer = here.world.actor("zhang")
    given = {"actor": officer, "at": moment(MONDAY, 13)}
    main_receipt = Objection.objects.get(pk=main).receipt
    with pytest.raises(BadInput, match="不是同一人"):
        merge(**given, objection_id=matter(far).pk, into=main_receipt)
    with pytest.raises(Refused, match="须先受理"):
        merge(**given, objection_id=main, into=other.number)
    with pytest.raises(NotAllowed):
        merge(**(given | {"actor": here.world.actor("lan")}), objection_id=matter(other).pk, into=main_receipt)
    merge(**given, objection_id=matter(other).pk, into=main_receipt.lower(), reason="同一件事")
    assert matter(other).state == "admitted"
    with pytest.raises(Refused, match=f"已并入{main_receipt}"):
        verify(**given, objection_id=matter(other).pk, finding="查过。")
    split(**given, objection_id=matter(other).pk)
    merge(**given, objection_id=matter(other).pk, into=main_receipt)
    decide(**given, objection_id=main, outcome="dismissed", answer="经核实不属实。", finding="查过。")
    closed = follow(other.number, other.code)
    assert (closed.state, closed.outcome, closed.answer) == ("decided", "dismissed", "经核实不属实。")
    assert [one.title for one in steps_done(closed)] == ["收到", "并案", "分开办理", "并案", "办结"]
    with pytest.raises(Refused, match="已经办结"):
        split(**given, objection_id=matter(other).pk)


@pytest.mark.ledger("G-12")
def test_striking_names_the_decision_it_rests_on_and_clearing_is_explained() -> None:
    here = posted()
    first, second = here.admitted(0, MONDAY), here.admitted(1, MONDAY)
    given = {"actor": here.world.actor("zhang"), "at": moment(MONDAY, 15), "answer": "已核实。", "finding": "查过。"}
    with pytest.raises(BadInput, match="会议或文号"):
        decide(**given, objection_id=first, outcome="upheld")
    decide(**given, objection_id=first, outcome="upheld", basis="领导小组〔2026〕3号纪要")
    confirm(actor=here.world.actor("yan"), at=moment(MONDAY, 15), objection_id=first)
    assert Objection.objects.get(pk=first).basis == "领导小组〔2026〕3号纪要"
    assert Case.objects.get(pk=here.cases[0].pk).state == "disqualified"
    with TestCase.captureOnCommitCallbacks(execute=True):
        decide(**given, objection_id=second, outcome="dismissed")
    assert Message.objects.filter(text__contains="对岑铸山公示的异议已核实办结：失实，人选不变").exists()


def test_an_objection_at_the_last_moment_holds_the_naming_back() -> None:
    here = posted()
    last = here.object(0, moment(date(2026, 9, 24), 23, 59, 59, 999_999), files=[pdf()])
    admit(actor=here.world.actor("zhang"), at=moment(date(2026, 9, 25)), objection_id=matter(last).pk)
    settled = here.settle(date(2026, 9, 28))
    assert [one.title for one in settled.held] == ["何焊平"]
