"""The one Django application."""

from django.apps import AppConfig


class GongjiangConfig(AppConfig):
    """Models, templates and commands of the whole house."""

    name = "gongjiang"
    verbose_name = "工匠人才推选培育平台"
    default_auto_field = "django.db.models.BigAutoField"
