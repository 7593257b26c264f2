"""礼遇政策 and 宣传报道: lists, short forms, workbooks, and what of them stands on an artisan's pages."""

from typing import Any, BinaryIO, Final, cast
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.documents.xlsx.stream import stream_list
from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.hands import KEEPING
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.cultivation.publicity import queries, record
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.evidence.views import TYPES, guarded
from gongjiang.web.honours.document import XLSX
from gongjiang.web.numbers import whole, whole_numbers

PAGE: Final = 30
SHOWN: Final = 5
POLICY = ("level", "region", "title", "number", "body", "on", "until", "grants", "link")
PIECE = ("title", "kind", "outlet", "on", "link", "names")
#: Title, heads and rows of the workbooks.
SHEETS: Final[dict[str, tuple[str, tuple[str, ...], Any]]] = {
    "courtesies": (
        "礼遇政策",
        ("级别", "地区", "文件名称", "文号", "发文机关", "发文日期", "有效期", "礼遇内容", "网址", "登记单位"),
        queries.policy_rows,
    ),
    "publicity": (
        "宣传报道",
        ("刊播日期", "媒体类别", "媒体", "标题", "工匠", "网址或文件", "登记单位"),
        queries.piece_rows,
    ),
}
PLACES = {
    "级别": "level", "地区": "region", "文件名称": "title", "文号": "number", "发文机关": "body", "发文日期": "on",
    "有效期至": "until", "礼遇内容": "grants", "网址": "link", "标题": "title", "媒体类别": "kind", "媒体": "outlet",
    "刊播日期": "on", "工匠": "names", "版面或截图": "file",
}  # fmt: skip


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On both pages: what was published about the artisan, and the policies that hold for them."""
    pieces = list(queries.pieces_visible_to(request.actor).filter(honours=honour).order_by("-on", "-pk")[:SHOWN])
    policies = list(queries.policies_for(honour, timezone.localtime(request.at).date())[:SHOWN])
    writes = bool(hands & KEEPING) and bool(queries.seats(request.actor))
    if not (pieces or policies or writes):
        return None
    context = {"honour": honour, "pieces": pieces, "policies": policies, "writes": writes}
    return Section("publicity", "宣传报道和礼遇政策", "cultivation/publicity_part.html", context)


@signed_in
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Policies of one's line of unions, the newest first."""
    return _listed(
        request, "courtesies", queries.policies, list(LEVELS.items()), queries.seats(request.actor, queries.UNIONS)
    )


@signed_in
@require_safe
def pieces(request: HttpRequest) -> HttpResponse:
    """Pieces in the media, the newest first."""
    return _listed(request, "publicity", queries.pieces, queries.KINDS, queries.seats(request.actor))


def _listed(request: HttpRequest, name: str, find: Any, kinds: list[tuple[str, str]], seats: list[Any]) -> HttpResponse:
    if not queries.seats(request.actor):
        raise NotFound()
    asked = _asked(request)
    page = Paginator(find(request.actor, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"one": one, "level": LEVELS.get(getattr(one, "level", ""), "")} for one in page],
        "asked": asked,
        "kinds": kinds,
        "query": urlencode({key: value for key, value in vars(asked).items() if value}),
        "seats": {pk for pk, _ in queries.seats(request.actor)},
        "writes": bool(seats),
    }
    return render(request, f"cultivation/{name}.html", context)


def _asked(request: HttpRequest) -> queries.Asked:
    return queries.Asked(*(request.GET.get(key, "").strip()[:60] for key in ("text", "kind", "year")))


@signed_in
@require_http_methods(["GET", "POST"])
def new_policy(request: HttpRequest) -> HttpResponse:
    """Record a policy."""
    seats = queries.seats(request.actor, queries.UNIONS)
    if not seats:
        raise NotFound()
    said, problem = request.POST, None
    if request.method == "POST":
        try:
            texts = {key: said.get(key, "") for key in POLICY if key not in ("on", "until")}
            until = said.get("until", "").strip()
            policy = record.Policy(
                **texts,
                on=parse_day(said.get("on", ""), place="发文日期"),
                until=parse_day(until, place="有效期至") if until else None,
            )
            organisation = whole(said.get("organisation"), seats[0][0])
            record.record_policy(actor=request.actor, at=request.at, organisation_id=organisation, policy=policy)
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "礼遇政策已登记。")
            return redirect("courtesies")
    context = {"typed": said, "seats": seats, "levels": list(LEVELS.items()), **_wrong(problem)}
    return render(request, "cultivation/courtesy_new.html", context, status=problem.status if problem else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def new_piece(request: HttpRequest) -> HttpResponse:
    """Record a piece in the media, perhaps from an artisan's page."""
    seats = queries.seats(request.actor)
    if not seats:
        raise NotFound()
    said, problem = request.POST, None
    ids = whole_numbers((said if request.method == "POST" else request.GET).getlist("honour"))[: record.MOST]
    people = [get_honour(request.actor, one) for one in dict.fromkeys(ids)]
    if request.method == "POST":
        try:
            texts = {key: said.get(key, "") for key in PIECE if key != "on"}
            day = parse_day(said.get("on", ""), place="刊播日期")
            piece = record.Piece(**texts, on=day, honour_ids=tuple(one.pk for one in people))
            sent = request.FILES.get("file")
            record.record_piece(
                actor=request.actor,
                at=request.at,
                organisation_id=whole(said.get("organisation"), seats[0][0]),
                piece=piece,
                name=(sent.name or "") if sent is not None else "",
                content=cast(BinaryIO, sent) if sent is not None else None,
            )
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "宣传报道已登记。")
            return redirect(reverse("artisan", args=[people[0].pk]) if len(people) == 1 else reverse("publicity"))
    context = {"typed": said, "seats": seats, "people": people, "kinds": queries.KINDS, **_wrong(problem)}
    return render(request, "cultivation/media_new.html", context, status=problem.status if problem else 200)


def _wrong(problem: GongjiangError | None) -> dict[str, Any]:
    place = PLACES.get(problem.place, "") if problem is not None else ""
    return {"problem": problem, "wrong": {place: problem.text} if problem is not None and place else {}}


@signed_in
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take a policy or a piece off the list, with the reason."""
    what = "courtesy" if request.POST.get("what") == "courtesy" else "piece"
    key, reason = whole(request.POST.get("key"), 0), request.POST.get("reason", "")
    try:
        record.withdraw(actor=request.actor, at=request.at, what=what, key=key, reason=reason)
    except NotFound:
        raise
    except told_here(request) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已撤下，登记仍然留存。")
    return redirect("courtesies" if what == "courtesy" else "publicity")


@signed_in
@require_safe
def sheet(request: HttpRequest, what: str) -> HttpResponseBase:
    """What was looked for as a workbook."""
    if not queries.seats(request.actor) or what not in SHEETS:
        raise NotFound()
    title, labels, find = SHEETS[what]
    rows = find(request.actor, _asked(request))
    answer = StreamingHttpResponse(stream_list(title, labels, rows, title), content_type=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_safe
def download(request: HttpRequest, mediapiece_id: int) -> HttpResponseBase:
    """The page or picture as it was handed in, to keep."""
    row, content = queries.open_piece(request.actor, mediapiece_id)
    return guarded(FileResponse(content, as_attachment=True, filename=row.name, content_type=TYPES[row.format]))
