"""What somebody trying out a sample installation has at hand; nothing of it is there in a real one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.samples.aids import PAPERS, Paper, numbers
from gongjiang.services.samples.load import accounts, password
from gongjiang.web.access import signed_in


@require_safe
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Accounts and what each does, numbers to type, files to upload."""
    _only_samples(request)
    context = {"accounts": accounts(), "password": password(), "numbers": numbers(), "papers": PAPERS}
    return render(request, "samples/aids.html", context)


@require_safe
@signed_in
def sheet(request: HttpRequest, asked: Paper) -> HttpResponse:
    """One of the files."""
    _only_samples(request)
    answer = HttpResponse(asked.make(), content_type=asked.kind)
    answer["Content-Disposition"] = f'attachment; filename="{asked.name}"'
    return answer


def _only_samples(request: HttpRequest) -> None:
    if not getattr(request, "sample_clock", False):
        raise NotFound()
