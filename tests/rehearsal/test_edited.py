"""Ordinary edits of a pack change the run, with no code: ratio, stage, form field, opinion cell."""

from dataclasses import replace

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.models import Case, Opinion
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise

EDITS = (
    (
        "{id: per_place_expert, label: 专家评审推荐人选（每名额）, value: 1.5,",
        "{id: per_place_expert, label: 专家评审推荐人选（每名额）, value: 1.75,",
    ),
    (
        "  - {id: works_in_city, label: 工作单位在南宁市区域内,",
        "  - {id: tool, label: 最称手的工具, type: text, max: 20, assumed: 演示改动}\n"
        "  - {id: works_in_city, label: 工作单位在南宁市区域内,",
    ),
    ("[works_in_city, on_frontline, union_member]", "[works_in_city, on_frontline, union_member, tool]"),
    (
        "      - {id: city_union, label: 市总工会, by: city_union, at: joint_sign,",
        "      - {id: mentor, label: 师傅的话, by: receivers, at: qualify, assumed: 演示改动}\n"
        "      - {id: city_union, label: 市总工会, by: city_union, at: joint_sign,",
    ),
    (
        "  - {id: joint_sign, type: opinion,",
        "  - {id: second_look, type: select, label: 现场复核, by: office, from: final_review, keep: {places: 3},"
        " rank: [{order: final_review}], ties: meeting, assumed: 演示改动}\n  - {id: joint_sign, type: opinion,",
    ),
    ("    from: final_review\n    after: joint_sign", "    from: second_look\n    after: joint_sign"),
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.ledger("X-04")
def test_an_edited_pack_runs_as_edited() -> None:
    source = find("nanning-2026")
    text = source.text
    for before, after in EDITS:
        assert before in text, before
        text = text.replace(before, after)
    world = rehearse(replace(source, text=text), nominees=6, pairs=["places=2"])
    summary = summarise(world, seed=1)
    outs = {one["id"]: one["out"] for one in summary["stages"]}
    assert outs["initial"] == 4
    assert outs["expert"] == 4  # 2 × 1.75 = 3.5, upwards
    assert outs["second_look"] == 3
    assert summary["named"] == 2
    submitted = Case.objects.filter(submitted_at__isnull=False)
    assert submitted.count() == 6
    assert all(one.values["tool"] for one in submitted)
    assert Opinion.objects.filter(sheet="application", party="mentor", verdict="同意").count() == 6
