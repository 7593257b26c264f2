"""Editions under a framework: pinned with it, their answers bound to that version, old ones judged by their own."""

from dataclasses import replace

import pytest
from tests.factories import AT, World, prepared_edition, programme_at, small_world

from gongjiang.catalogue.packs import PackText, find
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import Refused
from gongjiang.models import Edition, Judgement, PackVersion
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, prepare_edition
from gongjiang.services.programmes.stored import store, with_upper

LOWER = """
pack:
  id: wanglan-2026
  version: 1.0.0
  status: released
  level: city
  year: 2026
  title: 望澜工匠
  extends: measures-2025@1
  issued_by: [望澜市总工会]
  issued_on: 2026-04-01
  as_of: {time: filing, ask: M1}
awards: [{id: municipal, label: 望澜工匠}]
times: [{id: filing, window: {from: 2026-05-01, to: 2026-06-30}, assumed: 本级通知}]
"""


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def prepared(world: World, slug: str, upper: PackText | None = None) -> Edition:
    return prepare_edition(
        actor=platform(),
        at=AT,
        organiser=world["city"],
        source=LOWER,
        filename="wanglan.yaml",
        notice_text="",
        slug=slug,
        upper=upper,
    )


@pytest.mark.ledger("M-20", "M-24")
def test_an_edition_keeps_the_measures_it_was_made_under(world: World) -> None:
    """Later measures that say otherwise change nothing that was pinned; each answer belongs to its version."""
    built_in = find("measures-2025")
    later = built_in.text.replace("version: 1.0.0", "version: 1.1.0").replace("default: 45", "default: 40")
    first, second = prepared(world, "first"), prepared(world, "second", replace(built_in, text=later))
    assert {one.slug: programme_at(one).params["youth_age"] for one in (first, second)} == {"first": 45, "second": 40}
    stored = PackVersion.objects.filter(pack_id="measures-2025").order_by("pk")
    assert [one.version for one in stored] == ["1.0.0", "1.1.0"]
    assert first.pack.digest != second.pack.digest
    answer_question(actor=platform(), at=AT, edition=first, question="M3", answer="35", basis="解释函")
    answered = Judgement.objects.get(question="M3")
    assert answered.process.edition.pack.upper == stored[0]
    assert programme_of(main_process(first)).params["youth_age"] == "35"
    assert programme_at(second).params["youth_age"] == 40


@pytest.mark.once
@pytest.mark.ledger("M-20")
def test_what_was_opened_under_the_trial_measures_stays_under_them(world: World) -> None:
    edition = prepared_edition(world, pack="national-2024")
    assert programme_at(edition).params["min_years_site"] == 5
    assert edition.pack.upper is None


@pytest.mark.once
def test_an_upper_that_was_taken_in_is_found_by_its_version(world: World) -> None:
    built_in = find("measures-2025")
    store(replace(built_in, text=built_in.text.replace("version: 1.0.0", "version: 2.0.0")), AT)
    found = with_upper(PackText("x.yaml", LOWER.replace("measures-2025@1", "measures-2025@2")))
    assert found.upper is not None
    assert "version: 2.0.0" in found.upper.text
    first = with_upper(PackText("x.yaml", LOWER))
    assert first.upper is not None
    assert first.upper.built_in


def test_a_framework_itself_is_not_run(world: World) -> None:
    with pytest.raises(Refused, match="框架办法，不直接办届次"):
        prepared_edition(world, pack="measures-2025")
