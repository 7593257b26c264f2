"""The one Django application."""

import os

from django.apps import AppConfig
from django.conf import settings


class GongjiangConfig(AppConfig):
    """Models, templates and commands of the whole house."""

    name = "gongjiang"
    verbose_name = "工匠人才推选培育平台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Printed forms use the unit's own typefaces, where it keeps some in its data folder."""
        os.environ.setdefault("GONGJIANG_FONTS", str(settings.GONGJIANG_HOME / "fonts"))
