"""Packages: what is in them, byte for byte; who may have them; what becomes of them when something goes wrong."""

import hashlib
import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.conf import settings as django_settings
from python_calamine import CalamineWorkbook
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.sealing import SealBroken
from gongjiang.models import Case, Entry, File, Message, Package, PackagePart
from gongjiang.services.packages import shelf
from gongjiang.services.packages.ask import ask_archive, ask_book, take, take_back
from gongjiang.services.packages.build import KEPT, RENEW, STALE, TRIES, build, claim, next_job
from gongjiang.services.packages.queries import choices, chosen, list_packages
from gongjiang.services.people.sealing import opened

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Ground:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return ground()


def do_all(at: Any = AT) -> int:
    number = 0
    while (job := next_job(at)) is not None:
        job()
        number += 1
    return number


def asked(here: Ground, *cases: Case, who: str = "wen", **more: Any) -> Package:
    given = {"forms": ("pdf",), "evidence": True, "title": "青屿报送材料"} | more
    ids = [one.pk for one in cases]
    return ask_archive(actor=here.actor(who), at=AT, programme=here.programme, cases=ids, **given)


def content(here: Ground, package: Package, who: str = "wen") -> bytes:
    return b"".join(take(actor=here.actor(who), at=AT, package_id=package.pk)[1])


def lying(package: Package) -> list[Path]:
    folder = Path(django_settings.MEDIA_ROOT).parent / "packages" / str(package.pk)
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.ledger("X-03")
def test_an_archive_holds_forms_evidence_in_order_lists_index_and_hashes(here: Ground) -> None:
    first, second = here.filed("何焊平"), here.filed("何焊平")
    File.objects.filter(case=first, attachment="deeds").update(title="../../坏/名字\u202e")
    package = asked(here, first, second, forms=("pdf", "docx"))
    assert do_all() == 3
    package.refresh_from_db()
    assert (package.state, package.lost) == ("done", [])
    data = content(here, package)
    assert len(data) == package.size
    archive = ZipFile(BytesIO(data))
    assert archive.testzip() is None
    names = archive.namelist()
    folders = list(dict.fromkeys(one.partition("/")[0] for one in names if "/" in one))
    unit = first.nominator.short_name or first.nominator.name
    assert folders == [f"{unit}-何焊平", f"{unit}-何焊平 (2)"]
    forms = [one.partition("/")[2] for one in names if one.startswith(f"{folders[0]}/附件")]
    assert forms == [
        "附件2 “南宁工匠”推荐申请表.pdf",
        "附件2 “南宁工匠”推荐申请表.docx",
        "附件3 “南宁工匠”推荐部门意见表（县、市、区、开发区推荐对象）.pdf",
        "附件3 “南宁工匠”推荐部门意见表（县、市、区、开发区推荐对象）.docx",
    ]
    assert [one for one in names if "/" not in one] == ["目录.xlsx", "校验.sha256"]
    evidence = [one for one in names if one.startswith(f"{folders[0]}/支撑材料/")]
    rows = list(File.objects.filter(case=first).order_by("position"))
    assert len(evidence) == len(rows)
    assert not [one for one in names if ".." in one or one.startswith("/") or "\u202e" in one]
    assert {hashlib.sha256(archive.read(one)).hexdigest() for one in evidence} == {one.digest for one in rows}
    told = dict(reversed(line.split("  ")) for line in archive.read("校验.sha256").decode().splitlines())
    assert told == {one: hashlib.sha256(archive.read(one)).hexdigest() for one in names if one != "校验.sha256"}
    index = CalamineWorkbook.from_filelike(BytesIO(archive.read("目录.xlsx"))).get_sheet_by_index(0).to_python()
    assert [row[4] for row in index[2:]] == [one for one in names if "/" in one]
    number = str(opened(first.values, here.programme.pack.vocabulary)["id_number"])
    assert number not in str(index)
    word = ZipFile(BytesIO(archive.read(f"{folders[0]}/附件2 “南宁工匠”推荐申请表.docx")))
    assert number in word.read("word/document.xml").decode()


def test_what_lies_on_the_disk_is_sealed_and_bound_to_its_place(here: Ground) -> None:
    case = here.filed()
    package = asked(here, case)
    do_all()
    pieces = lying(package)
    assert [one.name for one in pieces] == ["000000.sealed", "000001.sealed"]
    for one in pieces:
        data = one.read_bytes()
        assert data.startswith(b"GJS1")
        assert b"%PDF" not in data
        assert "支撑材料".encode() not in data
    os.replace(pieces[0], pieces[1])
    with pytest.raises(SealBroken):
        b"".join(shelf.read(package.pk, 1))


def test_a_book_is_one_pdf_in_the_order_of_the_people(here: Ground) -> None:
    cases = [here.filed(name) for name in ("何焊平", "岑铸山", "温和礼")]
    ids = [one.pk for one in cases]
    package = ask_book(
        actor=here.actor("wen"), at=AT, programme=here.programme, title="合订", cases=ids, paper="application"
    )
    do_all()
    package.refresh_from_db()
    assert package.state == "done"
    with pypdfium2.PdfDocument(content(here, package)) as book:
        pages = [page.get_textpage().get_text_range() for page in book]
    firsts = [text for text in pages if "附件2" in text]
    assert len(firsts) == 3
    assert all(case.title in text and case.number in text for case, text in zip(cases, firsts, strict=True))
    assert [one.name for one in lying(package)] == ["000001.sealed"]


def test_a_form_that_nobody_has_makes_an_empty_book_that_says_so(here: Ground) -> None:
    case = here.filed()
    package = ask_book(
        actor=here.actor("wen"), at=AT, programme=here.programme, title="合订", cases=[case.pk], paper="expert_letter"
    )
    do_all()
    package.refresh_from_db()
    assert package.state == "failed"
    assert package.why == "选定的人都没有这张表。"
    assert lying(package) == []


def test_only_those_who_handle_every_nomination_may_have_it(here: Ground) -> None:
    case = here.filed()
    package = asked(here, case)
    do_all()
    for who in ("xiao", "ji", "ke"):
        with pytest.raises(NotFound):
            asked(here, case, who=who)
        with pytest.raises(NotFound):
            take(actor=here.actor(who), at=AT, package_id=package.pk)
        assert list_packages(here.actor(who), here.edition) == []
        assert choices(here.actor(who), here.edition) == []
    for who in ("wen", "lan"):
        assert [one.package for one in list_packages(here.actor(who), here.edition)] == [package]
    grant_of = here.world.people["wen"].grants.get()
    grant_of.until = AT - timedelta(days=1)
    grant_of.save()
    with pytest.raises(NotFound):
        take(actor=here.actor("wen"), at=AT, package_id=package.pk)


def test_choices_are_units_with_their_numbers(here: Ground) -> None:
    first, second = here.filed("何焊平"), here.filed("岑铸山")
    here.draft("温和礼")
    found = choices(here.actor("wen"), here.edition)
    assert [(one.name, one.number) for one in found] == [("本届全部", 2), (first.nominator.name, 2)]
    assert chosen(here.actor("wen"), here.edition, first.nominator_id) == [first.pk, second.pk]
    assert chosen(here.actor("wen"), here.edition, 999) == []


def test_asking_twice_is_asking_once_and_three_are_enough(here: Ground) -> None:
    cases = [here.filed(name) for name in ("何焊平", "岑铸山", "温和礼", "余定位")]
    assert asked(here, cases[0]) == asked(here, cases[0])
    asked(here, cases[1])
    asked(here, cases[2])
    with pytest.raises(Refused, match="正在生成"):
        asked(here, cases[3])
    with pytest.raises(BadInput, match="至少选一种"):
        asked(here, cases[3], forms=(), evidence=False)
    with pytest.raises(BadInput, match="没有可以放入"):
        asked(here)


def test_a_build_that_was_broken_off_is_taken_up_again(here: Ground) -> None:
    case = here.filed()
    package = asked(here, case)
    assert claim(AT) is not None  # and its worker dies
    assert claim(AT) is None
    later = AT + STALE + timedelta(seconds=1)
    assert do_all(later) == 2
    package.refresh_from_db()
    assert package.state == "done"
    assert ZipFile(BytesIO(content(here, package))).testzip() is None


def test_a_piece_that_gets_on_is_left_to_its_worker_however_long_it_takes(here: Ground) -> None:
    package = asked(here, here.filed())
    part = claim(AT)
    assert part is not None
    heard: list[datetime] = []

    def going() -> datetime:
        now = AT + (STALE - timedelta(minutes=1)) * (len(heard) + 1)
        assert claim(now) is None  # another worker looks for work
        heard.append(now)
        return now

    build(part, AT, going)
    assert heard[-1] - AT > 2 * STALE
    part.refresh_from_db()
    assert (part.state, part.tries, part.taken_at) == ("done", 1, heard[-1])
    do_all(heard[-1])
    assert ZipFile(BytesIO(content(here, package))).testzip() is None


def test_a_piece_whose_bytes_stand_still_is_given_to_another_and_the_first_gives_up(here: Ground) -> None:
    package = asked(here, here.filed())
    part = claim(AT)
    assert part is not None
    later = AT + STALE + timedelta(seconds=1)
    others: list[PackagePart] = []

    def going() -> datetime:
        if not others and (taken := claim(later)) is not None:
            others.append(taken)
        return later

    build(part, AT, going)
    part.refresh_from_db()
    assert (part.state, part.tries, part.size, lying(package)) == ("running", 2, 0, [])
    build(others[0], later)
    part.refresh_from_db()
    assert (part.state, len(lying(package))) == ("done", 1)


def test_a_package_taken_back_stops_in_the_midst_of_a_large_piece(here: Ground) -> None:
    package = asked(here, here.filed())
    part = claim(AT)
    assert part is not None
    heard: list[datetime] = []

    def going() -> datetime:
        if not heard:
            take_back(actor=here.actor("wen"), at=AT, package_id=package.pk)
        heard.append(AT + RENEW)
        return heard[-1]

    build(part, AT, going)
    assert (len(heard), lying(package)) == (1, [])


def test_a_piece_that_kills_three_workers_ends_the_package(here: Ground) -> None:
    package = asked(here, here.filed())
    at = AT
    for _ in range(TRIES):
        assert claim(at) is not None
        at += STALE + timedelta(seconds=1)
    assert claim(at) is None
    package.refresh_from_db()
    assert package.state == "failed"
    assert "三次都没有做成" in package.why


def test_a_full_disk_is_told_and_leaves_nothing(here: Ground, django_capture_on_commit_callbacks: Any) -> None:
    package = asked(here, here.filed("何焊平"), here.filed("岑铸山"))
    first = claim(AT)
    assert first is not None
    build(first, AT)
    assert len(lying(package)) == 1
    os.symlink("/dev/full", lying(package)[0].with_name("000001.new"))
    with django_capture_on_commit_callbacks(execute=True):
        do_all()
    package.refresh_from_db()
    assert package.state == "failed"
    assert package.why.startswith("平台的存储空间不足")
    assert lying(package) == []
    told = Message.objects.get(user=here.world.people["wen"], link=f"packages:{here.edition.pk}")
    assert "存储空间不足" in told.text
    with pytest.raises(Refused):
        content(here, package)


def test_evidence_whose_bytes_are_not_those_handed_in_is_left_out_and_named(here: Ground) -> None:
    case = here.filed()
    gone, altered = File.objects.filter(case=case).order_by("id")[:2]
    folder = Path(django_settings.MEDIA_ROOT)
    (folder / gone.stored).unlink()
    kept = (folder / altered.stored).read_bytes()
    (folder / altered.stored).write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    package = asked(here, case)
    do_all()
    package.refresh_from_db()
    assert package.state == "done"
    assert sorted(one.title for one in (gone, altered) for text in package.lost if one.title in text) == sorted(
        (gone.title, altered.title)
    )
    assert all("没有放入" in one for one in package.lost)
    evidence = [one for one in ZipFile(BytesIO(content(here, package))).namelist() if "支撑材料" in one]
    assert len(evidence) == File.objects.filter(case=case).count() - 2


def test_a_photograph_altered_on_the_disk_costs_its_own_form_only(here: Ground) -> None:
    broken, whole = here.filed("何焊平"), here.filed("岑铸山")
    photo = File.objects.get(case=broken, attachment="photo")
    stored = Path(django_settings.MEDIA_ROOT) / photo.stored
    data = stored.read_bytes()
    stored.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    package = asked(here, broken, whole)
    do_all()
    package.refresh_from_db()
    assert package.state == "done"
    assert any("推荐表没有印出来" in one for one in package.lost)
    names = ZipFile(BytesIO(content(here, package))).namelist()
    assert not [one for one in names if "-何焊平/附件2" in one]
    assert [one for one in names if "-岑铸山/附件2" in one]


def test_after_some_days_it_is_cleared(here: Ground) -> None:
    package = asked(here, here.filed())
    do_all()
    assert next_job(AT + KEPT - timedelta(seconds=1)) is None
    assert do_all(AT + KEPT) == 1
    package.refresh_from_db()
    assert (package.state, lying(package), package.parts.count()) == ("gone", [], 0)
    with pytest.raises(NotFound):
        take(actor=here.actor("wen"), at=AT, package_id=package.pk)


def test_taken_back_while_it_is_made(here: Ground) -> None:
    package = asked(here, here.filed())
    part = claim(AT)
    assert part is not None
    take_back(actor=here.actor("wen"), at=AT, package_id=package.pk)
    build(part, AT)
    assert lying(package) == []
    assert next_job(AT) is None


def test_every_step_is_on_record_without_a_number(here: Ground) -> None:
    case = here.filed()
    package = asked(here, case)
    do_all()
    content(here, package)
    entries = Entry.objects.filter(kind="package", key=str(package.pk)).order_by("seq")
    assert [one.action for one in entries] == ["package.ask", "package.done", "package.take"]
    assert str(opened(case.values, here.programme.pack.vocabulary)["id_number"]) not in str(
        [one.body for one in entries]
    )


def test_the_list_takes_as_many_queries_for_twenty_as_for_one(here: Ground, django_assert_num_queries: Any) -> None:
    case = here.filed()
    actor = here.actor("wen")
    asked(here, case)
    with django_assert_num_queries(2):
        assert len(list_packages(actor, here.edition)) == 1
    Package.objects.bulk_create(
        [Package(edition=here.edition, kind="archive", title="x", cases=[case.pk], asked_at=AT) for _ in range(19)]
    )
    with django_assert_num_queries(2):
        assert len(list_packages(actor, here.edition)) == 20
