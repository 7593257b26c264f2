"""The artisan's consent, given and taken back by themselves; the union's review in between."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Honour, Profile, ProfileConsent
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.profile import may_be_public
from gongjiang.services.cultivation.profile.draft import held, write
from gongjiang.services.cultivation.profile.queries import Draft, with_files
from gongjiang.services.cultivation.scope import get_honour, hands_of, need
from gongjiang.services.honours.scope import PUBLIC
from gongjiang.services.messages.send import tell


@transaction.atomic
def agree(*, actor: Actor, at: datetime, honour_id: int, content: int) -> Profile:
    """The artisan agrees to be shown with just this content. Refused where something is lacking or must not be public,
    Stale where it changed since they looked."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, Hand.ARTISAN)
    profile = held(honour)
    if profile.content != content:
        raise Stale("内容刚刚改过，请看过新的内容再同意。", "Changed meanwhile.")
    _require_fit(with_files(profile), at)
    profile.consented, profile.returned = content, ""
    ProfileConsent.objects.create(profile=profile, given=True, content=content, by_id=_own(actor), at=at)
    write(profile, actor, at, "agree")
    if honour.edition is not None:
        text = f"{honour.name}同意公开风采展示，请审核。"
        tell(at=at, text=text, link="profiles", organisation_id=honour.edition.organiser_id)
    return profile


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, honour_id: int) -> Profile:
    """The artisan withdraws: the public page is gone with this transaction."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, Hand.ARTISAN)
    profile = held(honour)
    if not profile.consented and profile.shown is None:
        raise Refused("您没有同意过公开。", "No consent stands.")
    ProfileConsent.objects.create(profile=profile, given=False, content=profile.content, by_id=_own(actor), at=at)
    profile.consented = profile.reviewed = 0
    profile.shown = profile.shown_at = None
    write(profile, actor, at, "withdraw")
    return profile


@transaction.atomic
def publish(*, actor: Actor, at: datetime, honour_id: int, content: int) -> Profile:
    """The union passes what the artisan agreed to: from now on the public sees it."""
    honour = get_honour(actor, honour_id)
    _require_office(actor, honour)
    profile = held(honour)
    if profile.content != content:
        raise Stale("内容刚刚改过，请看过新的内容再审核。", "Changed meanwhile.")
    if profile.consented != content:
        raise Refused("本人还没有同意公开现在的内容。", "The artisan hasn't agreed to this.")
    if honour.state not in PUBLIC:
        raise Refused("荣誉已暂停或撤销，不能公开展示。", "The honour doesn't stand.")
    draft = with_files(profile)
    _require_fit(draft, at)
    profile.shown, profile.shown_at, profile.reviewed = _copy(draft), at, content
    profile.returned, profile.reviewed_by_id = "", actor.user_id
    write(profile, actor, at, "publish")
    tell(at=at, text="您的风采展示已经公开，可以随时撤回同意。", user_id=honour.subject.user_id)
    return profile


@transaction.atomic
def send_back(*, actor: Actor, at: datetime, honour_id: int, reason: str, off: bool = False) -> Profile:
    """The union wants it mended, with the reason; `off`: what is shown is taken from the public page as well."""
    honour = get_honour(actor, honour_id)
    _require_office(actor, honour)
    said = clean(reason).strip()[:300]
    if not said:
        raise BadInput("请写明理由。", "Give the reason.", place="理由")
    profile = held(honour)
    if off and profile.shown is None:
        raise Refused("没有公开。", "It isn't shown.")
    if not off and not (profile.consented == profile.content > profile.reviewed):
        raise Refused("没有待审核的内容。", "Nothing waits.")
    profile.returned = said
    if off or profile.shown is None:
        profile.consented = profile.reviewed = 0
        profile.shown = profile.shown_at = None
    else:
        profile.consented = profile.reviewed
    write(profile, actor, at, "off" if off else "return", reason=said)
    tell(at=at, text=f"您的风采展示需要修改：{said}", user_id=honour.subject.user_id)
    return profile


def _own(actor: Actor) -> int:
    """Consent is a person's: never the platform's."""
    if actor.user_id is None:
        raise NotFound()
    return actor.user_id


def _require_office(actor: Actor, honour: Honour) -> None:
    need(actor, honour, Hand.UNION)
    if Hand.ARTISAN in hands_of(actor, honour):
        raise NotAllowed("不能审核自己的展示，请同事办理。", "Not one's own.")


def _require_fit(draft: Draft, at: datetime) -> None:
    profile = draft.profile
    captions = [one.caption for one in draft.pictures]
    day = timezone.localtime(at).date()
    decision = may_be_public(profile.words, profile.works, captions, draft.photo is not None, on=day)
    if not decision.allowed:
        raise Refused("；".join(one.text for one in decision.reasons), "Not fit to be shown.", reasons=decision.reasons)


def _copy(draft: Draft) -> dict[str, object]:
    """What the public sees, fixed: later drafts don't change it."""
    profile, honour = draft.profile, draft.profile.honour
    case = honour.case
    return {
        "content": profile.content,
        "name": honour.name,
        "title": honour.title,
        "unit": case.applying_unit.name if case is not None else "",
        "words": profile.words,
        "works": profile.works,
        "photo": draft.photo.pk if draft.photo is not None else None,
        "pictures": [one.pk for one in draft.pictures],
        "film": draft.film.pk if draft.film is not None else None,
    }
