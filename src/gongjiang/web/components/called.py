"""What people call a case: 申报, or the word of the process that it belongs to."""

from typing import Any

from django import template

from gongjiang.services.programmes.programme import programme_of

register = template.Library()


@register.filter
def called(process: Any) -> str:
    """The word for one case of a process."""
    return programme_of(process).called
