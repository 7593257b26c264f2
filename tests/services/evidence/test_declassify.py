"""Hints of secrecy: typed texts and files, with places, for filer and checker only; answered by name; no verdict."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples
from tests.rules.evidence.test_office_text import words

from gongjiang.kernel import phone
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Case, Entry, File, FileHint
from gongjiang.services.evidence.declassify import answer, secrecy
from gongjiang.services.evidence.prepare import prepare_all
from gongjiang.services.evidence.upload import remove, upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEEDS = "二十年钻研焊接。\n参与涉密工程两项，保守国家秘密。"


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    rows = [{"id": "r1", "from": "2004-02", "org": "澜江重工，不得外传", "post": "电焊工"}]
    values = {"deeds": DEEDS, "resume": rows, "mobile": phone.sample(8)}
    return case_at(world, opened_edition(world), "apply", values=values)


def letter(world: World, case: Case, text: str) -> File:
    """A Word file, looked through."""
    return stored(case, "docx", samples.office(word__document_DOT_xml=words(text)), "推荐信")


def stored(case: Case, kind: str, body: bytes, title: str) -> File:
    """A file of any kind, looked through."""
    name = default_storage.save(f"{case.pk}/{title}.{kind}", ContentFile(body))
    given = {"title": title, "name": f"x.{kind}", "kind": kind, "size": len(body), "pages": 1, "digest": title * 9}
    row = File.objects.create(case=case, attachment="letters", stored=name, uploaded_at=AT, **given)
    assert prepare_all(AT) == 1
    return row


def printed(text: str) -> bytes:
    """A PDF with one line of plain letters."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    lines = DecodedStreamObject()
    lines.set_data(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(lines)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def told(world: World, case: Case, who: str = "lan") -> list[tuple[str, str, str]]:
    """Kind, place and words of every hint."""
    return [(one.kind, one.place, one.words) for one in secrecy(world.actor(who), case.pk).hints]


def test_typed_texts_and_files_with_their_places(world: World, case: Case) -> None:
    row = letter(world, case, f"密级：机密  联系{phone.sample(8)}")
    assert told(world, case) == [
        ("涉密项目或代号", "主要事迹", "涉密工程"),
        ("内部材料字样", "学习工作经历第1行，单位或学校", "不得外传"),
        ("密级标志", "推荐信", "密级：机密"),
        ("手机号", "推荐信", "100****0008"),
    ]
    assert not FileHint.objects.filter(around__contains=phone.sample(8)).exists()
    stored(case, "pdf", printed(f"tel {phone.sample(9)} end"), "证书")
    assert told(world, case)[-1] == ("手机号", "证书，第1页", "100****0009")
    File.objects.filter(title="证书").update(removed_at=AT)
    remove(actor=world.actor("lan"), at=AT, case_id=case.pk, file_id=row.pk)
    assert len(told(world, case)) == 2


def test_a_hint_is_answered_once_by_name_and_only_for_these_words(world: World, case: Case) -> None:
    first = secrecy(world.actor("lan"), case.pk).hints[0]
    given = answer(actor=world.actor("lan"), at=AT, case_id=case.pk, key=first.key, note="已脱密审查")
    assert answer(actor=world.actor("lan"), at=AT, case_id=case.pk, key=first.key, note="再来") == given
    found = secrecy(world.actor("lan"), case.pk)
    shown = found.hints[0].answer
    assert shown is not None
    assert (shown.by, shown.at, shown.note) == (world.people["lan"], AT, "已脱密审查")
    assert first.key not in {one.key for one in found.open}
    assert Entry.objects.filter(action="hint.answer", case_id=case.pk).count() == 1
    case.values["deeds"] = DEEDS.replace("涉密工程", "涉密任务")
    case.save()
    assert secrecy(world.actor("lan"), case.pk).hints[0].answer is None
    with pytest.raises(BadInput, match="不在了"):
        answer(actor=world.actor("lan"), at=AT, case_id=case.pk, key=first.key)


def test_for_those_who_fill_in_and_those_who_check_and_nobody_else(world: World, case: Case) -> None:
    sent = case_at(world, case.process.edition, "qualify", "岑铸山", values={"deeds": DEEDS})
    assert len(told(world, sent, "wen")) == 1
    for who in ("yin", "yuan", "zhang", "jia", "ji"):
        with pytest.raises(NotFound):
            secrecy(world.actor(who), sent.pk)
        with pytest.raises(NotFound):
            answer(actor=world.actor(who), at=AT, case_id=sent.pk, key="x")


def test_files_that_wait_and_files_without_words_are_counted(world: World, case: Case) -> None:
    said = {"case_id": case.pk, "attachment": "photo", "name": "近照.jpg"}
    upload(actor=world.actor("lan"), at=AT, content=BytesIO(samples.picture("JPEG")), **said)
    found = secrecy(world.actor("lan"), case.pk)
    assert (found.unread, found.unreadable) == (1, 1)
    prepare_all(AT)
    assert secrecy(world.actor("lan"), case.pk).unread == 0
