"""What training has to say on an artisan's pages: results, what comes, the log."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.services.cultivation.keeping import looks_after, powers_of
from gongjiang.services.cultivation.log_list import Wanted, look
from gongjiang.services.cultivation.training.listing import upcoming
from gongjiang.services.cultivation.training.presence import now_open
from gongjiang.services.cultivation.training.rounds import learnt, measured_of, rounds_of
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.cultivation.training import chart
from gongjiang.web.cultivation.training.listing import PLACES
from gongjiang.web.cultivation.training.logbook import MARKS

ICONS = {"camp": "people", "course": "doc", "seminar": "people", "visit": "notice", "talk": "notice"}


def training(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """Where the round stands, the radar, hours so far. An artisan without any sees nothing of it."""
    views = rounds_of(honour)
    sums = learnt(honour)
    own = Hand.ARTISAN in hands
    if own and not views and not sums.times:
        return None
    powers, measured = powers_of(honour), measured_of(views)
    running = views[0] if views else None
    context = {
        "round": running.round if running else None,
        "steps": [{"title": one.label, "when": one.said, "state": one.state} for one in running.steps]
        if running
        else [],
        "radar": chart.radar(powers, measured),
        "lines": chart.lines(powers, measured),
        "table": chart.table(powers, measured),
        "heads": chart.heads(measured),
        "kpis": [
            {"value": chart.shown(sums.hours), "label": "学时"},
            {"value": sums.times, "label": "次活动"},
            {"value": sums.people, "label": "人受益"},
        ],
        "own": own,
        "todo": [task for one in views[:1] for task in one.tasks if task.state in {"set", "returned"}],
        "growth": reverse("artisan-growth", args=[honour.pk]),
    }
    link = reverse("artisan-growth", args=[honour.pk])
    return Section("training", "培训和成长", "training/_training.html", context, link=link, link_label="测—学—践—评")


def coming(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """近期安排: what one signed up for, what one may sign up for; the way to sign in stands first while it is open."""
    own = Hand.ARTISAN in hands
    rows = [
        {
            "event": event,
            "url": reverse("training-event", args=[event.pk]),
            "icon": ICONS.get(event.kind, "clock"),
            "mark": PLACES[place.state] if place is not None else None,
        }
        for event, place in upcoming(honour, request.at)
    ]
    here = [one for one, known in now_open(request.actor, request.at) if known is None or not known.here] if own else []
    if not rows and not here and own:
        return None
    context = {"rows": rows, "own": own, "here": here, "attend": reverse("mine-attend")}
    link = reverse("training")
    return Section("coming", "近期安排", "training/_coming.html", context, link=link, link_label="全部", wide=True)


def log(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """The latest entries, and where to enter another."""
    own = Hand.ARTISAN in hands
    page = look(request.actor, Wanted(), honour=honour, limit=5)
    waits = sum(one.state == "claimed" for one in page.rows)
    query = urlencode({"honour": honour.pk})
    link = f"{reverse('mine-log')}?{query}" if own else reverse("artisan-log", args=[honour.pk])
    context = {
        "rows": [
            {"one": one, "kind": label_of(one.kind), "mark": MARKS[one.state], "files": len(one.files.all())}
            for one in page.rows
        ],
        "own": own,
        "link": link,
        "waits": waits if looks_after(hands) else 0,
    }
    return Section("log", "活动记录", "training/_log.html", context, link=link, link_label="全部", wide=True)
