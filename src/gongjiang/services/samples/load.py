"""Load the samples into an empty installation: tree, cast, editions, clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Edition, File, Organisation, SampleClock, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.messages.channels import choose
from gongjiang.services.programmes.load_calendar import load_decreed
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.samples import jiangsu, matters, midterm, nanning, national, packing, registers
from gongjiang.services.samples.cast import CAST, PASSWORD, engage
from gongjiang.services.samples.editions import Workshop
from gongjiang.services.samples.tree import plant

#: The sample clock stands here when the samples are loaded.
NOW = datetime(2026, 6, 24, 2, 0, tzinfo=UTC)  # 10 o'clock in Beijing
FOUNDED = date(2024, 10, 8)
"""The day since which the organisations and people of the samples are there."""
MAILED = ("wenheli", "yinshengban")
"""Who of the cast wants mail."""
EDITIONS: tuple[tuple[str, Callable[[Workshop], None]], ...] = (
    ("2026年“南宁工匠”：申报中", nanning.filing),
    ("演示：专家评审中", nanning.scoring),
    ("演示：市总工会评定中", nanning.deciding),
    ("演示：四部门签署中", nanning.signing),
    ("演示：公示中", nanning.posted),
    ("演示：已命名", nanning.named),
    ("2024年大国工匠：申报中", national.filing),
    ("演示：大国工匠评审中", national.scoring),
    ("江苏推荐2026年大国工匠：企业推荐程序中", jiangsu.procedure),
    ("演示：江苏已报全国总工会", jiangsu.handed_over),
    ("首批龙城工匠：申报中", jiangsu.local),
    ("演示：龙城工匠已公布", jiangsu.trainees),
    ("演示：龙城工匠培育中", midterm.cultivated),
)


def ensure_samples(real: datetime, tell: Callable[[str], None] | None = None) -> bool:
    """Load the samples if the installation is empty; says whether it holds samples. `real`: the real time."""
    if SampleClock.objects.exists():
        return True
    if Organisation.objects.exists() or Edition.objects.exists() or User.objects.exists():
        return False
    _sweep("")
    try:
        load_samples(actor=platform(), at=morning(FOUNDED), real=real, tell=tell)
    except BaseException:
        _sweep("")
        raise
    return True


@transaction.atomic
def load_samples(*, actor: Actor, at: datetime, real: datetime, tell: Callable[[str], None] | None = None) -> None:
    """All or nothing: an interrupted load leaves an empty installation behind. `at`: since when the organisations
    and people are there; `real`: the real time, from which the sample clock is set."""
    load_decreed(actor=actor, at=at, calendar="cn-state-council", decreed=decreed_calendar())
    tree = plant(at)
    engage(tree, at)
    _want_mail(at)
    registers.bring(at)
    shop = Workshop(tree, at)
    for label, make in EDITIONS:
        if tell is not None:
            tell(label)
        make(shop)
    registers.bring_late(NOW - timedelta(days=1))
    matters.bring(NOW)
    packing.bring(NOW)
    SampleClock.objects.create(offset_seconds=int((NOW - real) / timedelta(seconds=1)))


def _want_mail(at: datetime) -> None:
    """Some of the cast want reminders by mail, too: what would go out is shown where the server runs."""
    for user in User.objects.filter(username__in=MAILED):
        choose(
            actor=actor_of(user, at),
            at=at,
            address=f"{user.username}@example.invalid",
            mail="reminder",
            phone="reminder",
            quiet_from="22:00",
            quiet_until="7:00",
        )


def accounts() -> list[tuple[str, str, str]]:
    """Account, name and what waits, for everybody of the cast and the artisan who has an account of their own."""
    artisan = User.objects.filter(username=midterm.ACCOUNT).values_list("username", "full_name").first()
    own = [(*artisan, "龙城工匠培育对象本人：我的培育（手机）")] if artisan is not None else []
    return [*((one.account, one.name, one.does) for one in CAST), *own]


def password() -> str:
    """The password of all sample accounts."""
    return PASSWORD


def _sweep(folder: str) -> None:
    """Files of a load that was undone."""
    known = set(File.objects.values_list("stored", flat=True))
    if not default_storage.exists(folder or "."):
        return
    folders, files = default_storage.listdir(folder)
    for one in files:
        name = f"{folder}/{one}" if folder else one
        if name not in known:
            default_storage.delete(name)
    for one in folders:
        _sweep(f"{folder}/{one}" if folder else one)
