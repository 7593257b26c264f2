"""Cases that come as far as the first review by services, so that a browser needn't type five forms."""

from datetime import timedelta
from io import BytesIO

from tests.e2e.filing import SENTENCE, Nominee
from tests.factories import AT, World

from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Edition
from gongjiang.services.evidence.upload import upload
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.submit import submit
from gongjiang.services.nominations.transition import move
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.programmes.programme import main_process, programme_of

DEPARTMENTS = ("discipline", "miit", "sci", "hrss")


def reported(world: World, edition: Edition, who: Nominee) -> Case:
    """One nominee of the enterprise, passed by the county union and sent up."""
    case = submitted(world, edition, who)
    at, given = AT + timedelta(hours=1), {"actor": platform(), "case_id": case.pk}
    judge_case(**given, at=at, question="character", answer="yes", basis="民主测评")
    move(**given, at=at, stage_id="qualify", action="pass")
    for party in DEPARTMENTS:
        give_opinion(**given, at=at, sheet="county_sheet", party=party, verdict="同意", text="")
    given["actor"] = world.actor("wen")
    give_opinion(**given, at=at, sheet="application", party="union", verdict="同意", text="同意推荐。")
    move(**given, at=at, stage_id="report_up", action="report")
    return case


def submitted(world: World, edition: Edition, who: Nominee) -> Case:
    """Filled in, with its files, and handed in by the enterprise."""
    lan = world.actor("lan")
    case = start_case(
        actor=lan,
        at=AT,
        programme=programme_of(main_process(edition)),
        award="craftsman",
        route="单位推荐",
        unit=world["plant"],
        title=who.name,
    )
    save_values(actor=lan, at=AT, case_id=case.pk, changes=answers(who))
    for attachment, (name, content, title) in who.files.items():
        upload(
            actor=lan, at=AT, case_id=case.pk, attachment=attachment, name=name, content=BytesIO(content), title=title
        )
    submit(actor=lan, at=AT, case_id=case.pk)
    return case


def answers(who: Nominee) -> dict[str, object]:
    """The whole form as one post."""
    resume = [{"id": f"r{n}", **row} for n, row in enumerate(who.resume, 1)]
    return {
        "name": who.name,
        "employer": who.employer,
        **who.basic,
        **who.supplement,
        "craft_speciality": {"unique": "厚板单面焊双面成形"},
        "skill_standing": {"china_lead": ""},
        "breakthroughs": f"{who.trade}打底工艺改进三项",
        "resume": resume,
        "deeds": SENTENCE * 44,
        "brief": SENTENCE * 17,
    }
