"""What every page's frame shows: who is here, where they may go."""

from typing import Any

from django.http import HttpRequest

from gongjiang.kernel.actor import nobody


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the layouts (see templates/layouts)."""
    actor = getattr(request, "actor", nobody())
    return {"actor": actor, "large_type": request.COOKIES.get("type") == "large"}
