"""Whose profile somebody works on, and what the public sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

from django.db.models import Count, F, Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import EditionRole, Honour, Profile, ProfileFile
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.cultivation import scope
from gongjiang.services.evidence import storage
from gongjiang.services.honours.scope import PUBLIC

AREA: Final = "profiles"
WRITING: Final = (Hand.ARTISAN, *sorted(KEEPING))
"""Hands that work on the draft."""
PAGE: Final = 24
Kind = ProfileFile.Kind


def visible_to(actor: Actor) -> QuerySet[Profile]:
    """Drafts of artisans whom the actor looks after, and one's own."""
    return Profile.objects.filter(honour__in=scope.visible_to(actor))


def public() -> QuerySet[Profile]:
    """What anybody sees: reviewed, agreed to, and of an honour that the register shows."""
    return Profile.objects.filter(shown_at__isnull=False, honour__state__in=PUBLIC)


def reviewed_by(actor: Actor) -> QuerySet[Profile]:
    """Profiles that the actor's office reviews: of editions that it organises or holds a part of."""
    if actor.is_platform:
        return Profile.objects.all()
    ours = actor.organiser_ids(*HANDLING)
    if actor.anonymous or not ours:
        return Profile.objects.none()
    part = EditionRole.objects.filter(organisation_id__in=ours, per_case=False).values("edition")
    return Profile.objects.filter(Q(honour__edition__organiser_id__in=ours) | Q(honour__edition__in=part))


#: How profiles stand, as the office lists them.
STATES: Final = {
    "review": Q(consented=F("content"), reviewed__lt=F("content")),
    "shown": Q(shown_at__isnull=False),
    "consent": ~Q(consented=F("content")),
}


def listed(actor: Actor, state: str) -> QuerySet[Profile]:
    """Profiles of one state for the office that reviews them."""
    rows = reviewed_by(actor).filter(STATES[state], honour__state__in=PUBLIC)
    return rows.select_related("honour__case__applying_unit", "honour__edition").order_by("-shown_at", "-pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many there are of each state."""
    return {
        state: reviewed_by(actor).filter(asked, honour__state__in=PUBLIC).count() for state, asked in STATES.items()
    }


def own_to_decide(actor: Actor) -> list[Profile]:
    """The artisan's own profiles with words on which they haven't decided as they are now."""
    if actor.user_id is None:
        return []
    mine = Profile.objects.filter(STATES["consent"], honour__subject__user_id=actor.user_id, honour__state__in=PUBLIC)
    return list(mine.exclude(words="").filter(honour__edition__isnull=False).select_related("honour__edition")[:9])


def waiting_review(actor: Actor) -> dict[int, int]:
    """How many wait for review in each edition that the actor's office runs."""
    rows = reviewed_by(actor).filter(STATES["review"], honour__state__in=PUBLIC).order_by()
    return dict(rows.values_list("honour__edition_id").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Draft:
    """A profile with its files as they would be shown."""

    profile: Profile
    photo: ProfileFile | None
    pictures: tuple[ProfileFile, ...]
    film: ProfileFile | None

    @property
    def state(self) -> str:
        """consent (the artisan hasn't agreed to it as it is), review, shown (as it is)."""
        one = self.profile
        if one.consented != one.content:
            return "consent"
        return "shown" if one.shown is not None and one.reviewed == one.content else "review"


def draft_of(honour: Honour) -> Draft:
    """The draft of an honour that the viewer sees; an empty one where nobody began."""
    profile = Profile.objects.filter(honour=honour).first() or Profile(honour=honour)
    return with_files(profile)


def with_files(profile: Profile) -> Draft:
    """A profile with what belongs to its draft."""
    rows = list(profile.files.filter(dropped_at=None).order_by("pk")) if profile.pk else []
    photos, films = [[one for one in rows if one.kind == kind] for kind in (Kind.PHOTO, Kind.FILM)]
    pictures = tuple(one for one in rows if one.kind == Kind.WORK)
    return Draft(profile, photos[-1] if photos else None, pictures, films[-1] if films else None)


def public_page(text: str = "", after: tuple[datetime, int] | None = None) -> list[Profile]:
    """A page of the gallery, the latest first, one more than fits where there is more."""
    rows = public().select_related("honour")
    if text:
        rows = rows.filter(Q(honour__name__icontains=text) | Q(honour__title__icontains=text))
    if after is not None:
        rows = rows.filter(Q(shown_at__lt=after[0]) | Q(shown_at=after[0], pk__lt=after[1]))
    return list(rows.order_by("-shown_at", "-pk")[: PAGE + 1])


def get_public(profile_id: int) -> Profile:
    """One profile of the gallery. NotFound where it is not shown, whatever the reason."""
    found = public().select_related("honour").filter(pk=profile_id).first()
    if found is None:
        raise NotFound("没有这一页，或已不再公开。", "Not shown.")
    return found


def shown_files(profile: Profile) -> dict[int, ProfileFile]:
    """The files of what is shown, by key."""
    return profile.files.in_bulk(file_ids(profile.shown))


def file_ids(shown: dict[str, Any] | None) -> list[int]:
    """Keys of the files in what is shown."""
    if shown is None:
        return []
    return [one for one in (shown.get("photo"), shown.get("film"), *shown.get("pictures", ())) if one is not None]


def open_file(actor: Actor, file_id: int) -> tuple[ProfileFile, BinaryIO]:
    """A picture or film: of what is shown, for anybody; of a draft, for who works on it."""
    row = ProfileFile.objects.select_related("profile__honour").filter(pk=file_id).first()
    if row is None:
        raise NotFound()
    profile = row.profile
    shown = profile.honour.state in PUBLIC and row.pk in file_ids(profile.shown)
    if not shown and (actor.anonymous or not visible_to(actor).filter(pk=profile.pk).exists()):
        raise NotFound()
    try:
        return row, storage.opened(row.stored, AREA)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.name) from None
