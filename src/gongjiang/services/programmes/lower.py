"""A lower office sets up its own programme under a framework, on screen (ledger M-02, G-17)."""

from datetime import datetime

from django.db import transaction

from gongjiang.catalogue.packs import PackText
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import Organisation, PackVersion
from gongjiang.rules.programmes.extending.lower import Wish, lower_data
from gongjiang.rules.programmes.source import read
from gongjiang.rules.programmes.writing import write
from gongjiang.services.programmes.packs import Offered, get_offered, organisers, take_in

SNIPPET = "补充片段"


def framework(actor: Actor, key: str) -> Offered:
    """A pack that others may extend. Raises Refused for one that is run itself."""
    found = get_offered(actor, key)
    if found.pack.pack.kind != "framework":
        raise Refused("这不是框架办法，不能在它之下另立项目。", "Not a framework.")
    return found


def offices(actor: Actor) -> list[Organisation]:
    """Where the actor may set one up: provinces and cities, as a framework knows levels."""
    return [one for one in organisers(actor) if one.level in {"province", "city"}]


def read_snippet(text: str) -> dict[str, object]:
    """Sections of a pack, written by hand. Raises PackError with the lines."""
    return dict(read(text, SNIPPET).data) if text.strip() else {}


def pack_text(upper: Offered, wish: Wish) -> str:
    """The pack as a file: what the form said, one item a line."""
    head = (f"{wish.title}：在“{upper.pack.pack.title}”之下另立，由平台按表单生成。",)
    return write(lower_data(upper.pack, wish), head)


@transaction.atomic
def make_lower(*, actor: Actor, at: datetime, key: str, wish: Wish, organiser: Organisation) -> PackVersion:
    """The lower programme's pack among those on offer. Raises BadInput, or PackError with lines of the made file."""
    if organiser.pk not in {one.pk for one in offices(actor)}:
        raise BadInput("请选择主办单位。", "Choose the organiser.", place="主办单位")
    upper = framework(actor, key)
    text = pack_text(upper, wish)
    return take_in(actor=actor, at=at, text=PackText(f"{wish.id}.yaml", text, upper=upper.text))
