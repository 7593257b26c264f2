"""Signing for several nominees at once, from the queue of their stage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.opinions.many import agree_to_many
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.reports.todo.item import few
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole_numbers

FEW = 3
"""Refusals told at once."""


@require_POST
@signed_in
def sign_many(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """同意 for whoever was ticked; back to the queue, which no longer offers them. A refusal gives back the words."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    stage = programme.stage(stage_id)
    signed = agree_to_many(
        actor=request.actor,
        at=request.at,
        programme=programme,
        stage=stage,
        chosen=whole_numbers(request.POST.getlist("box")),
        text=request.POST.get("text", ""),
    )
    if signed.left and not signed.done:
        told = "；".join(f"{title}：{reason}" for title, reason in signed.left[:FEW])
        raise Refused(f"一个也没有签成。{told}", "None could be signed.")
    if signed.done:
        messages.success(request, f"已签署同意 {len(signed.done)} 人：{few(signed.done)}。")
    for title, reason in signed.left:
        messages.error(request, f"{title}没有签成：{reason}")
    return redirect("nominees-queue", edition_id, stage_id)
