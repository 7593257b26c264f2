"""Working on an artisan's public profile: the draft, the artisan's consent, the union's review, the export."""

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.profile import FILM_SECONDS, PICTURES, WORDS, WORK_TEXT, WORK_TITLE, WORKS
from gongjiang.services.cultivation.profile import consent, draft
from gongjiang.services.cultivation.profile.export import export
from gongjiang.services.cultivation.profile.queries import WRITING, counts, draft_of, listed, reviewed_by
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.evidence.views import guarded
from gongjiang.web.numbers import whole

STATES = {"consent": ("waiting", "待本人同意"), "review": ("submitted", "待工会审核"), "shown": ("public", "已公开")}
TABS = (("review", "待审核"), ("shown", "已公开"), ("consent", "待本人同意"))
PLACES = {"风采介绍": "words", "代表成果": "works"}
PAGE = 30


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On both pages: how the profile stands, and where it is worked on."""
    if not hands & set(WRITING) or honour.state in ("revoked", "suspended"):
        return None
    found = draft_of(honour)
    begun = found.profile.pk is not None
    context = {
        "honour": honour,
        "draft": found,
        "begun": begun,
        "mark": STATES[found.state] if begun else ("draft", "还没有开始"),
        "own": Hand.ARTISAN in hands,
    }
    link = reverse("artisan-profile", args=[honour.pk])
    return Section("profile", "风采展示", "cultivation/profile_part.html", context, link=link, link_label="查看和修改")


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The draft as it would be shown, with what may be done by whom."""
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    if not hands & {*WRITING, Hand.UNION}:
        raise NotFound()
    if request.method == "GET":
        return _show(request, honour, hands)
    step = request.POST.get("step", "")
    act = {
        "save": _save, "agree": _agree, "withdraw": _withdraw, "publish": _publish, "back": _back, "off": _off,
        "drop": _drop,
    }.get(step)  # fmt: skip
    if act is None:
        return redirect("artisan-profile", honour_id)
    try:
        said = act(request, honour_id)
    except NotFound:
        raise
    except told_here(request) as error:
        return _show(request, honour, hands, error)
    messages.success(request, said)
    return redirect("artisan-profile", honour_id)


def _show(request: HttpRequest, honour: Any, hands: Hands, error: GongjiangError | None = None) -> HttpResponse:
    found = draft_of(honour)
    typed = request.POST if error is not None and request.POST.get("step") == "save" else None
    works = _works(typed) if typed is not None else list(found.profile.works)
    works += [{"title": "", "text": ""}] * (min(WORKS, max(3, len(works) + 1)) - len(works))
    place = PLACES.get(error.place.split("第")[0].strip(), "") if error is not None else ""
    context: dict[str, Any] = {
        "honour": honour,
        "draft": found,
        "profile": found.profile,
        "begun": found.profile.pk is not None,
        "mark": STATES[found.state],
        "own": Hand.ARTISAN in hands,
        "office": Hand.UNION in hands and Hand.ARTISAN not in hands,
        "words": typed.get("words", "") if typed is not None else found.profile.words,
        "works": list(enumerate(works)),
        "problem": error,
        "caption": request.POST.get("caption", "") if error is not None else "",
        "wrong": {place: error.text} if error is not None and place else {},
        "limits": {
            "words": WORDS, "title": WORK_TITLE, "text": WORK_TEXT, "works": WORKS, "pictures": PICTURES,
            "film": FILM_SECONDS // 60,
        },
        "consents": found.profile.consents.order_by("-pk")[:6] if found.profile.pk else (),
        "back": reverse("mine") if Hand.ARTISAN in hands else reverse("artisan", args=[honour.pk]),
    }  # fmt: skip
    return render(request, "cultivation/profile.html", context, status=error.status if error is not None else 200)


def _works(said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{key: said.get(f"{key}-{n}", "") for key in ("title", "text")} for n in range(WORKS)]


def _acting(request: HttpRequest, honour_id: int) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at, "honour_id": honour_id}


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name), -1)


def _save(request: HttpRequest, honour_id: int) -> str:
    draft.save_draft(
        **_acting(request, honour_id),
        version=_number(request, "version"),
        words=request.POST.get("words", ""),
        works=_works(request.POST),
    )
    return "已保存。公开以前须本人同意、工会审核。"


def _agree(request: HttpRequest, honour_id: int) -> str:
    if request.POST.get("sure") != "on":
        raise BadInput("请先勾选同意。", "Tick the consent.", place="同意")
    consent.agree(**_acting(request, honour_id), content=_number(request, "content"))
    return "您已同意公开，工会审核以后展示。随时可以撤回。"


def _withdraw(request: HttpRequest, honour_id: int) -> str:
    consent.take_back(**_acting(request, honour_id))
    return "已撤回同意，公开页面上已经看不到。"


def _publish(request: HttpRequest, honour_id: int) -> str:
    consent.publish(**_acting(request, honour_id), content=_number(request, "content"))
    return "已审核通过，公开展示。"


def _back(request: HttpRequest, honour_id: int) -> str:
    consent.send_back(**_acting(request, honour_id), reason=request.POST.get("reason", ""))
    return "已退回修改。"


def _off(request: HttpRequest, honour_id: int) -> str:
    consent.send_back(**_acting(request, honour_id), reason=request.POST.get("reason", ""), off=True)
    return "已从公开页面撤下。"


def _drop(request: HttpRequest, honour_id: int) -> str:
    draft.drop_file(**_acting(request, honour_id), file_id=_number(request, "file"))
    return "已删去。"


@signed_in
@require_POST
def add(request: HttpRequest, honour_id: int) -> HttpResponse:
    """Take in a picture or the film. With script the refusal is JSON for the progress line."""
    honour = get_honour(request.actor, honour_id)
    try:
        sent = request.FILES.get("file")
        if sent is None:
            raise BadInput("请先选择文件。", "Choose a file.", place="文件")
        row = draft.add_file(
            **_acting(request, honour_id),
            kind=request.GET.get("kind", ""),
            name=sent.name or "",
            content=cast(BinaryIO, sent),
            caption=request.POST.get("caption", ""),
        )
    except NotFound:
        raise
    except GongjiangError as error:
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"text": str(error)}, status=error.status)
        return _show(request, honour, hands_of(request.actor, honour), error)
    messages.success(request, f"{row.get_kind_display()}“{row.name}”已收到。")
    return redirect("artisan-profile", honour_id)


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Profiles for the office: what waits for review first."""
    if not reviewed_by(request.actor).exists() and not request.actor.has("officer", "approver"):
        raise NotFound()
    show = request.GET.get("show", "review")
    show = show if show in dict(TABS) else "review"
    numbers = counts(request.actor)
    context = {
        "page": Paginator(listed(request.actor, show), PAGE).get_page(request.GET.get("page")),
        "show": show,
        "tabs": [
            {
                "n": numbers[key], "label": label, "url": f"?show={key}", "current": key == show,
                "hot": key == "review" and numbers[key] > 0,
            }
            for key, label in TABS
        ],
        "shown": numbers["shown"],
    }  # fmt: skip
    return render(request, "cultivation/profiles.html", context)


@signed_in
@require_POST
def archive(request: HttpRequest) -> HttpResponseBase:
    """What is shown of one's editions, as a file for an outside app."""
    with ExitStack() as held:
        sink = held.enter_context(tempfile.TemporaryFile())
        export(actor=request.actor, at=request.at, sink=sink)
        sink.seek(0)
        held.pop_all()  # the answer closes it when it is sent
    name = f"风采展示{timezone.localtime(request.at):%Y%m%d}.zip"
    return guarded(FileResponse(sink, as_attachment=True, filename=name, content_type="application/zip"))
