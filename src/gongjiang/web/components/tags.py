"""All tags of the components in one library, a builtin of every template (see settings.TEMPLATES)."""

from django import template

from gongjiang.web.components import blocks, called, charts, countdown, fields, gauges, lists, marks

register = template.Library()
for _room in (marks, blocks, called, lists, fields, gauges, charts, countdown):
    register.tags.update(_room.register.tags)
    register.filters.update(_room.register.filters)
