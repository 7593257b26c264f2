"""What an edition being filed has on paper and by link: opinions asked of bureaus without an account, letters by
experts, papers that arrived, so that each page has something to show."""

from typing import Final

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.phone import sample as phone
from gongjiang.models import Case, Opinion, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.invitations.send import hand_out, office_of
from gongjiang.services.letters.ask import send_letter_link
from gongjiang.services.letters.asked import letters_asked
from gongjiang.services.letters.write import Said, sign_letter
from gongjiang.services.opinions.links import answer_by_link, send_link
from gongjiang.services.papers.expected import cases_by_unit, expected_of, paper_stages, receivers_of, units_named
from gongjiang.services.papers.register import Brought, register
from gongjiang.services.rehearsal.world import World

LETTER: Final = (
    "我与被推荐人在同一行当工作多年，亲眼见过其在一线解决难题、带徒传艺。其技艺扎实，肯钻研，"
    "所作改进已在多个班组推广，成效有目共睹。特此推荐。"
)


def opinions_by_link(world: World) -> None:
    """In the first nominations before departments: one box answered through a link, one whose link is still open."""
    rows = StageRow.objects.filter(process=world.programme.process, stage="dept_opinion", state=RowState.OPEN)
    for n, case in enumerate(Case.objects.filter(pk__in=rows.values("case_id")).order_by("id")[:2]):
        box = Opinion.objects.filter(case=case, verdict="", sheet__endswith="_sheet").select_related("organisation")
        asked = box.order_by("id").first()
        if asked is None or asked.organisation is None:
            continue
        runner = world.actor_for(world.programme.stage("dept_opinion").by, _fresh(case), "officer")
        _, token = send_link(
            actor=runner,
            at=world.clock.tick(600),
            case_id=case.pk,
            sheet=asked.sheet,
            party=asked.party,
            recipient=asked.organisation.name,
            days=14,
        )
        if n == 0 and box.count() > 1:
            answer_by_link(
                actor=nobody(),
                at=world.clock.tick(600),
                token=token,
                verdict=Opinion.Verdict.AGREE,
                text="经核实，情况属实，同意推荐。",
                signer="岑会签",
                post=f"{asked.organisation.short_name} 经办人",
            )


def letters_by_link(world: World) -> None:
    """For the first draft with experts: one letter written and signed, one asked for."""
    for case in Case.objects.filter(process=world.programme.process, state="draft").order_by("id"):
        fresh = _fresh(case)
        asked = letters_asked(world.programme, fresh)
        if asked is None or len(asked.rows) < 2 or case.filer is None:
            continue
        filer = world.offices.actor(case.applying_unit_id, "filer")
        first, second = asked.rows[:2]
        sent = send_letter_link(
            actor=filer,
            at=world.clock.tick(600),
            case_id=case.pk,
            row=str(first["id"]),
            contact=phone(771_001),
            days=14,
        )
        office = world.offices.actor(office_of(fresh), "officer")
        _, token = hand_out(actor=office, at=world.clock.tick(600), invitation_id=sent.pk)
        name = str(first["name"])
        who = {
            "name": name,
            "employer": str(first.get("employer") or "望澜船坞"),
            "post": str(first.get("post") or "首席技师"),
            "trade": str(fresh.values.get("trade") or "电焊工"),
        }
        sign_letter(
            actor=nobody(), at=world.clock.tick(600), token=token, said=Said(who, LETTER, "no", "yes", name, True)
        )
        send_letter_link(
            actor=filer,
            at=world.clock.tick(600),
            case_id=case.pk,
            row=str(second["id"]),
            contact=phone(771_002),
            days=14,
        )
        return


def papers_arrived(world: World) -> None:
    """The papers of one nomination of the first unit that sent any: complete but for the copies of one."""
    stage = next(iter(paper_stages(world.programme)), None)
    groups = cases_by_unit(world.programme, stage) if stage is not None else {}
    if stage is None or not groups:
        return
    unit_id, cases = min(groups.items())
    papers = [one for one in expected_of(world.programme, stage, cases) if one.case == cases[0]]
    counts = {one.key: (1, max(one.copies - 1, 0)) for one in papers}
    if papers:
        counts[papers[-1].key] = (1, 0)
    desk = world.offices.actor(min(receivers_of(world.programme, stage)), "officer")
    now = world.clock.tick(3600)
    register(
        actor=desk,
        at=now,
        programme=world.programme,
        stage=stage,
        unit=units_named([unit_id])[unit_id],
        brought=Brought("温和礼", now.date(), counts=counts, note="随申报一并送达"),
    )


def _fresh(case: Case) -> Case:
    return (
        Case.objects.select_related("process__edition__pack", "nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .get(pk=case.pk)
    )
