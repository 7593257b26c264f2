"""The world in which a browser walks jiangsu-2026: the sample organisations and accounts, three nominees.

One is a draft whose form is filled in but for the enterprise's procedure; two others come as far as the city union's
list by the same services as the pages, to save time.
"""

from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password
from tests.factories import PASSWORD, load_calendar, set_clock

from gongjiang.kernel import identity_number
from gongjiang.models import Case, Coverage, User
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.save import save_values
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.rehearsal.filing import attach
from gongjiang.services.rehearsal.world import Nominee, World
from gongjiang.services.samples.cast import engage
from gongjiang.services.samples.editions import Workshop, group_of
from gongjiang.services.samples.filing import file_up_to
from gongjiang.services.samples.jiangsu import not_yet
from gongjiang.services.samples.parties import jiangsu
from gongjiang.services.samples.tree import plant

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
NAME, OTHER = "何焊平", "岑铸山"


def built_world() -> World:
    """Everybody of the cast, able to sign in with PASSWORD; the edition, open since 26 June 2026. It is 1 July."""
    load_calendar()
    Coverage.objects.get_or_create(programme="*", defaults={"source": "名册齐全"})
    since = morning(date(2026, 1, 5))
    tree = plant(since)
    engage(tree, since)
    User.objects.update(password=make_password(PASSWORD))
    world = Workshop(tree, since).world("jiangsu-2026", jiangsu(tree), "jiangsu-2026", opened=date(2026, 6, 26))
    for name, firm, how in ((NAME, "heavy", "draft"), (OTHER, "cable", "recommend")):
        employer = tree[firm]
        unit = next(one for one in world.parties.units if employer in one.employers)
        nominee = Nominee("national", "企业工会推荐", unit, employer, 0.9, name=name, group=group_of(employer))
        case = file_up_to(world, nominee, how, date(2026, 6, 29))
        assert case is not None
        if how == "draft":
            attach_all(world, case)
    set_clock(NOW)
    return world


def attach_all(world: World, case: Case) -> None:
    """The draft's other files; nothing yet of the procedure. Somebody of 56, whose officials the enterprise manages."""
    union = world.actor_for(("enterprise_union",), case, "filer")
    attach(world, case, facts_of_one(world.programme, case), 1)
    born = date(1970, 3, 14)
    changes = {"birth": "1970-03", "id_number": identity_number.sample(460, born, "男"), "gender": "男"}
    save_values(actor=union, at=world.clock.tick(), case_id=case.pk, changes=changes | {"authority": "本企业"})
    not_yet(world, case, "draft")
