"""Contact with artisans: who waits for a word, one form for one or many, what was asked and answered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.cultivation.contact import ANSWER_DAYS, LONGEST, MONTHS, waited
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation.contact import concerns, due, record
from gongjiang.services.cultivation.contact.queries import (
    KEEPERS,
    WAYS,
    concerns_visible_to,
    honours_kept,
    reads,
    visible_to,
)
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.accounts.views import safe_next
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.numbers import whole, whole_numbers

SHOWN = 3
PAGE = 30
TABS = (("due", "该联系的"), ("all", "全部工匠"), ("concerns", "待答复"), ("midterm", "待期中检查"))
PLACES = {"日期": "on", "方式": "way", "情况": "said", "联系人": "who", "诉求": "concern", "答复期限": "due"}
FIELDS = ("on", "way", "said", "who", "concern", "due")


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On the artisan's page: the last contacts, what waits for an answer, the mid-term check."""
    if not reads(hands):
        return None
    keeps = bool(hands & set(KEEPERS))
    context = {
        "honour": honour,
        "rows": visible_to(request.actor).filter(honour=honour).order_by("-on", "-pk")[:SHOWN],
        "concerns": concerns_visible_to(request.actor).filter(honour=honour, answered_at=None).order_by("due"),
        "checks": honour.midterm_checks.order_by("-on")[:1],
        "keeps": keeps,
        "today": timezone.localtime(request.at).date(),
        "back": reverse("artisan", args=[honour.pk]),
    }
    link = reverse("artisan-contacts", args=[honour.pk])
    return Section("contact", "联系", "cultivation/contact_part.html", context, link=link, link_label="全部记录")


def mine(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On the artisan's own page: what they asked, what was answered, a way to ask."""
    if Hand.ARTISAN not in hands:
        return None
    rows = list(concerns_visible_to(request.actor).filter(honour=honour).order_by("-pk")[:SHOWN])
    return Section("contact", "有话要说", "cultivation/contact_mine.html", {"honour": honour, "rows": rows})


@signed_in
@require_safe
def index(request: HttpRequest, show: str = "due") -> HttpResponse:
    """Who waits longest first; `show`: due, all, concerns, midterm."""
    actor, at = request.actor, request.at
    editions = due.editions_kept(actor)
    if not editions and not due.own_editions(actor).exists():
        raise NotFound()
    asked = due.Asked(*(request.GET.get(key, "").strip()[:60] for key in ("text", "edition")))
    show = request.GET.get("show", show)
    show = show if show in dict(TABS) else "due"
    kept = {key: value for key, value in vars(asked).items() if value}
    counted = due.counts(actor, at, asked)
    numbers = dict(zip(dict(TABS), (counted.due, counted.every, counted.concerns, counted.midterm), strict=True))
    context: dict[str, Any] = {
        "asked": asked,
        "show": show,
        "editions": [("", "全部届次"), *((str(pk), title) for pk, title in editions)],
        "tabs": [
            {
                "n": numbers[key], "label": label, "current": key == show, "hot": key != "all" and numbers[key] > 0,
                "url": f"?{urlencode({**kept, 'show': key})}",
            }
            for key, label in TABS
        ],
        "rhythms": _rhythms(request),
        "longest": LONGEST,
        "here": request.get_full_path(),
        **_listed(request, show, asked, kept),
    }  # fmt: skip
    return render(request, "cultivation/contacts.html", context)


def _listed(request: HttpRequest, show: str, asked: due.Asked, kept: dict[str, str]) -> dict[str, Any]:
    actor, at, today = request.actor, request.at, timezone.localtime(request.at).date()
    if show == "concerns":
        page = Paginator(due.open_concerns(actor, asked), PAGE).get_page(request.GET.get("page"))
        return {"concerns": page, "today": today}
    if show == "midterm":
        return {"midterm": Paginator(due.midterm_owed(actor, at), PAGE).get_page(request.GET.get("page"))}
    day, _, key = request.GET.get("after", "").partition("_")
    found = due.contact_page(actor, at, asked, every=show == "all", after=(day, whole(key, 0)) if key else None)
    rows = [{"one": one, "months": waited(one.since, today)} for one in found.rows]
    after = f"?{urlencode({**kept, 'show': show, 'after': '_'.join(map(str, found.after))})}" if found.after else ""
    return {"rows": rows, "next_url": after}


def _rhythms(request: HttpRequest) -> list[dict[str, Any]]:
    own = due.rhythms()
    rows = due.own_editions(request.actor).values_list("pk", "title")[:50]
    return [{"value": pk, "label": f"{title}（现为 {own.get(pk, MONTHS)} 个月）"} for pk, title in rows]


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a contact with one artisan or with several."""
    said = request.POST if request.method == "POST" else request.GET
    ids = list(dict.fromkeys(whole_numbers(said.getlist("honour"))))[: record.MOST + 1]
    people = list(honours_kept(request.actor).filter(pk__in=ids).select_related("case__applying_unit").order_by("pk"))
    back = safe_next(request, said.get("back", "")[:300]) or reverse("artisans-contacts")
    if not ids:
        messages.warning(request, "请先勾选要记录的工匠。")
        return redirect(back)
    if len(people) != len(ids):
        raise NotFound()
    wrong: BadInput | None = None
    if request.method == "POST":
        try:
            made = record.note(actor=request.actor, at=request.at, honour_ids=ids, spoken=_spoken(request))
        except BadInput as error:
            wrong = error
        else:
            told = f"{people[0].name}等 {len(made)} 人" if len(made) > 1 else people[0].name
            messages.success(request, f"已记下与{told}的联系。")
            return redirect(back)
    today = timezone.localtime(request.at).date()
    typed = {key: said.get(key, "") for key in FIELDS} if wrong else {"on": today.isoformat(), "way": "call"}
    context = {
        "people": people,
        "one": people[0] if len(people) == 1 else None,
        "back": back,
        "typed": typed,
        "wrong": {PLACES.get(wrong.place, "said"): wrong.text} if wrong else {},
        "ways": WAYS,
        "today": today.isoformat(),
        "answer_days": ANSWER_DAYS,
        "usual_due": (today + timedelta(days=ANSWER_DAYS)).isoformat(),
    }
    return render(request, "cultivation/contact_new.html", context, status=422 if wrong else 200)


def _spoken(request: HttpRequest) -> record.Spoken:
    said = request.POST
    limit = said.get("due", "").strip()
    return record.Spoken(
        parse_day(said.get("on", ""), place="日期"),
        said.get("way", ""),
        said.get("said", ""),
        said.get("who", ""),
        said.get("concern", ""),
        parse_day(limit, place="答复期限") if limit else None,
    )


@signed_in
@require_safe
def history(request: HttpRequest, honour_id: int) -> HttpResponse:
    """All contacts and points of one artisan, the latest first."""
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    if not reads(hands):
        raise NotFound()
    rows = visible_to(request.actor).filter(honour=honour).order_by("-on", "-pk")
    context = {
        "honour": honour,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "concerns": concerns_visible_to(request.actor).filter(honour=honour).order_by("-pk")[:100],
        "checks": honour.midterm_checks.order_by("-on")[:20],
        "keeps": bool(hands & set(KEEPERS)),
        "today": timezone.localtime(request.at).date(),
        "back": request.get_full_path(),
    }
    return render(request, "cultivation/contact_history.html", context)


def _attempt(request: HttpRequest, otherwise: str, act: Callable[[], str]) -> HttpResponse:
    back = safe_next(request, request.POST.get("back", "")[:300]) or otherwise
    try:
        messages.success(request, act())
    except NotFound:
        raise
    except told_here(request) as error:
        messages.error(request, str(error))
    return redirect(back)


@signed_in
@require_POST
def withdraw(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Take back a contact that was written by mistake."""

    def act() -> str:
        said = request.POST
        record.withdraw(
            actor=request.actor,
            at=request.at,
            contact_id=contact_id,
            version=whole(said.get("version"), 0),
            reason=said.get("reason", ""),
        )
        return "这条联系记录已撤回。"

    return _attempt(request, reverse("artisans-contacts"), act)


@signed_in
@require_POST
def answer(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Answer what an artisan asked. What was typed stands again on a page of its own if it was not taken."""
    said = request.POST
    back = safe_next(request, said.get("back", "")[:300]) or f"{reverse('artisans-contacts')}?show=concerns"
    try:
        made = concerns.answer(
            actor=request.actor,
            at=request.at,
            concern_id=concern_id,
            version=whole(said.get("version"), 0),
            text=said.get("answer", ""),
        )
    except NotFound:
        raise
    except GongjiangError as error:
        one = concerns_visible_to(request.actor).select_related("honour").get(pk=concern_id)
        context = {
            "concern": one,
            "problem": str(error),
            "typed": said.get("answer", ""),
            "today": timezone.localtime(request.at).date(),
            "back": back,
        }
        return render(request, "cultivation/concern_answer.html", context, status=error.status)
    messages.success(request, f"已答复{made.honour.name}。")
    return redirect(back)


@signed_in
@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    """Set after how many months an edition's artisans are due."""

    def act() -> str:
        made = due.set_rhythm(
            actor=request.actor,
            at=request.at,
            edition_id=whole(request.POST.get("edition"), 0),
            months=whole(request.POST.get("months"), 0),
        )
        return f"超过 {made.months} 个月没有联系的，列入“该联系的”。"

    return _attempt(request, reverse("artisans-contacts"), act)


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The artisan says what they need."""
    honour = get_honour(request.actor, honour_id)
    if Hand.ARTISAN not in hands_of(request.actor, honour):
        raise NotFound()
    problem: GongjiangError | None = None
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            made = concerns.raise_concern(actor=request.actor, at=request.at, honour_id=honour_id, text=text)
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"已转给工会，{made.due.month}月{made.due.day}日前答复您。")
            return redirect("mine")
    context = {"honour": honour, "text": request.POST.get("text", ""), "problem": problem}
    return render(request, "cultivation/contact_ask.html", context, status=problem.status if problem else 200)
