"""A blind panel: no route, file, message or error tells a judge whom they judge, whatever else they are (TRUST 9)."""

import io
import re
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image
from tests.factories import AT
from tests.services.rounds.ground import Ground, ground

from gongjiang.kernel.errors import Refused
from gongjiang.models import Assignment, Expert, File, Grant, Message, RedactedCopy
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.evidence import storage
from gongjiang.services.scoring.panel import add_expert

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAME, UNIT, SHOP = "蒯焊琮", "澜江精铸有限公司", "蒯氏工坊"
SECRETS = ("蒯焊琮", "焊琮", "蒯师傅", "澜江精铸", "13800000000", SHOP, "原件里的字", "蒯照片")
#: Where they are from: known of the edition as a whole, never of the person.
PLACE = "青屿"
BLIND = {"jury: jury, scoring: total": "jury: jury, blind: true, scoring: total"}
DEEDS = "蒯师傅（蒯 焊琮）在澜江精铸二十年，攻关三十六项；电话13800000000。外号铁手，带徒九名。"


def pdf_with(text: str) -> bytes:
    """A page with words in it and in what it says of itself."""
    book = pypdfium2.PdfDocument.new()
    page = book.new_page(200, 200)
    font = pypdfium2.raw.FPDFText_LoadStandardFont(book, b"Helvetica")
    words = pypdfium2.raw.FPDFPageObj_CreateTextObj(book, font, 12.0)
    encoded = (text + "\0").encode("utf-16-le")
    pypdfium2.raw.FPDFText_SetText(words, (pypdfium2.raw.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded))
    pypdfium2.raw.FPDFPage_InsertObject(page, words)
    page.gen_content()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def panel() -> tuple[Ground, Assignment]:
    """One nominee with a file, two judges, blind."""
    found = ground(changed=BLIND)
    case = found.add(NAME, values={"employer": UNIT, "shop": SHOP, "deeds": DEEDS, "trade": "铸造工"})
    stored = storage.keep("1/original.pdf", io.BytesIO(pdf_with("ORIGINAL WORDS")))
    File.objects.create(
        case=case, attachment="deeds", title="蒯照片", name="蒯焊琮.pdf", kind="pdf", size=9, pages=1,
        digest="0" * 64, stored=stored, uploaded_at=AT,
    )  # fmt: skip
    found.seat("jia", "yi")
    found.assign()
    return found, Assignment.objects.get(expert__user__username="jia")


def addresses(found: Ground, mine: Assignment) -> list[str]:
    """Every route with ids of the case, its file, its copy, the panel."""
    case = mine.case
    ids: dict[str, Any] = {
        "edition_id": found.edition.pk, "stage_id": "panel", "case_id": case.pk, "assignment_id": mine.pk,
        "expert_id": mine.expert_id, "unit_id": case.nominator_id, "subject_id": case.subject_id, "number": 1,
        "size": 1,
        "kind": "pdf", "form_id": "form", "section_id": "form-1", "slug": found.edition.slug, "key": "qinglan-2031",
    }  # fmt: skip
    file = File.objects.get(case=case)
    copy = RedactedCopy.objects.filter(file=file).first()
    ids |= {"file_id": file.pk, "copy_id": copy.pk if copy else 1, "pack_id": found.edition.pack_id}

    def walk(resolver: Any, prefix: str) -> list[str]:
        told = []
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                told += walk(one, prefix + str(one.pattern))
            elif isinstance(one, URLPattern) and one.name and one.name not in {"logout"}:
                kinds = one.pattern.converters
                given = {k: ids.get(k, 1 if type(v).__name__ == "IntConverter" else "panel") for k, v in kinds.items()}
                told.append(reverse(one.name, kwargs=given))
        return told

    sheet = reverse("judging-sheet", args=[mine.pk])
    return [*walk(get_resolver(), ""), *(f"{sheet}?tab={tab}" for tab in ("files", "deeds", "form"))]


def leaks(client: Client, urls: list[str]) -> list[tuple[str, str, str]]:
    found = []
    for method in ("get", "post"):
        for url in urls:
            if method == "post" and ("/judging/" not in url or "submit" in url):
                continue
            answer = getattr(client, method)(url, {"go": "next"} if method == "post" else {}, follow=method == "post")
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode("utf-8", "replace") + str(dict(answer.headers))
            found += [(method, url, word) for word in SECRETS if word in text]
            if "/judging/" in url and PLACE in text:
                found.append((method, url, PLACE))
    return found


def test_no_route_tells_a_judge_who_it_is() -> None:
    found, mine = panel()
    office = found.world.client("zhang")
    at = reverse("panel-blind-case", args=[found.edition.pk, "panel", mine.case_id])
    file = File.objects.get()
    judge = found.world.client("jia")
    judge.raise_request_exception = False
    sheet = reverse("judging-sheet", args=[mine.pk])
    page = judge.get(sheet).content.decode()
    assert "文字材料暂不显示" in page
    assert "还有 1 件没有" in page
    office.post(at, {"do": "words", "words": "铁手"})
    shown = office.get(at)
    assert "蒯师傅" in shown.content.decode()  # the officer is told what was covered, and where
    office.post(at, {"do": "text", "digest": shown.context["found"].view.digest})
    office.post(at, {"do": "original", "of": file.pk})
    copy = RedactedCopy.objects.get()
    assert judge.get(reverse("judging-copy", args=[mine.pk, copy.pk, 1])).status_code == 404
    office.post(at, {"do": "approve", "of": copy.pk})
    page = judge.get(f"{sheet}?tab=deeds").content.decode()
    assert "攻关三十六项" in page
    assert "铁手" not in page
    picture = judge.get(reverse("judging-copy", args=[mine.pk, copy.pk, 1]))
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    with storage.opened(copy.stored) as content:
        drawn = content.read()
    assert b"ORIGINAL" not in drawn
    assert "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(drawn)) == ""
    Grant.objects.create(user=mine.expert.user, organisation=found.world["office"], role="officer", since=AT)
    assert leaks(judge, addresses(found, mine)) == []
    assert judge.get(reverse("evidence-file", args=[file.pk])).status_code == 404
    told = [one.text for one in Message.objects.filter(user=mine.expert.user)]
    assert not [one for one in told for word in SECRETS if word in one]


def test_the_sheet_on_paper_knows_the_code_only() -> None:
    found, mine = panel()
    judge = found.world.client("jia")
    assert judge.get(reverse("judging-print", args=[mine.pk])).status_code == 409
    judge.post(reverse("judging-sheet", args=[mine.pk]), {"s-craft": "9", "s-teach": "8.5", "go": "submit"})
    answer = judge.get(reverse("judging-print", args=[mine.pk]))
    assert b"/ByteRange" in answer.content
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(answer.content))
    text = re.sub(r"\s", "", text)
    assert "17.5" in text
    assert "人选" in text
    assert not [word for word in SECRETS if word in text]


def test_other_grants_rest_until_the_list_is_closed_and_keep_one_off_the_panel() -> None:
    found, mine = panel()
    user = mine.expert.user
    Grant.objects.create(user=user, organisation=found.world["office"], role="officer", since=AT)
    assert actor_of(user, AT).roles == {"expert"}
    with pytest.raises(Refused, match="不能参加匿名评审"):
        add_expert(
            actor=found.actor("zhang"), at=AT, programme=found.programme, stage_id="panel",
            user=found.world.people["yan"],
        )  # fmt: skip
    Expert.objects.filter(user=user).delete()
    assert "officer" in actor_of(user, AT).roles


def test_a_changed_text_is_withheld_again() -> None:
    found, mine = panel()
    office = found.world.client("zhang")
    at = reverse("panel-blind-case", args=[found.edition.pk, "panel", mine.case_id])
    digest = office.get(at).context["found"].view.digest
    office.post(at, {"do": "text", "digest": digest})
    judge = found.world.client("jia")
    sheet = f"{reverse('judging-sheet', args=[mine.pk])}?tab=deeds"
    assert "攻关三十六项" in judge.get(sheet).content.decode()
    mine.case.values |= {"deeds": "蒯家独门手艺，攻关三十六项。"}
    mine.case.save()
    assert "攻关三十六项" not in judge.get(sheet).content.decode()
    assert office.post(at, {"do": "text", "digest": digest}).status_code == 409


def test_what_an_officer_uploads_is_judged_and_taken_back() -> None:
    found, mine = panel()
    office = found.world.client("zhang")
    at = reverse("panel-blind-case", args=[found.edition.pk, "panel", mine.case_id])
    file = File.objects.get()

    def sent(name: str, content: bytes) -> Any:
        return office.post(at, {"do": "upload", "of": file.pk, "copy": SimpleUploadedFile(name, content)})

    answer = sent("遮盖.pdf", b"PK\x03\x04 no pdf at all")
    assert answer.status_code == 400
    assert "没有办成" in answer.content.decode()
    assert sent("遮盖.pdf", b"").status_code == 400
    assert not RedactedCopy.objects.exists()
    assert sent("遮盖.pdf", pdf_with("BLACK BARS")).status_code == 302
    first = RedactedCopy.objects.get()
    office.post(at, {"do": "approve", "of": first.pk})
    assert sent("遮盖二.pdf", pdf_with("MORE BARS")).status_code == 302
    first.refresh_from_db()
    assert first.removed_at is not None
    second = RedactedCopy.objects.get(removed_at=None)
    assert second.approved_at is None  # a new one has to be looked at again
    judge = found.world.client("jia")
    for one in (first, second):
        assert judge.get(reverse("judging-copy", args=[mine.pk, one.pk, 1])).status_code == 404
    office.post(at, {"do": "approve", "of": second.pk})
    assert judge.get(reverse("judging-copy", args=[mine.pk, second.pk, 1])).status_code == 200
    assert judge.get(reverse("judging-copy", args=[mine.pk, second.pk, 2])).status_code == 404
    office.post(at, {"do": "drop", "of": second.pk})
    assert judge.get(reverse("judging-copy", args=[mine.pk, second.pk, 1])).status_code == 404
