"""The tree of organisations: national – provincial – municipal – county – enterprise, beside it
industrial unions, departments and bodies, and across it corporate groups."""

from django.db import models


class Organisation(models.Model):
    """A union, department, body or enterprise. `path` holds the ids from the root, so that
    everything under a node is one prefix query: '/1/7/23/'."""

    class Level(models.TextChoices):
        NATIONAL = "national", "全国"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        INDUSTRY = "industry", "产业（系统）"
        UNIT = "unit", "直属基层"
        EMPLOYER = "employer", "单位"

    class Kind(models.TextChoices):
        UNION = "union", "工会"
        DEPARTMENT = "department", "部门"
        BODY = "body", "评审、议事机构"
        ENTERPRISE = "enterprise", "企事业单位"
        GROUP = "group", "企业集团"

    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("简称", max_length=60, help_text="名额表等处使用的称呼")
    level = models.CharField(max_length=12, choices=Level)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.UNION)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")
    region = models.CharField("地区", max_length=30, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    corp_group = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="companies")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="organisation_name_once_under_parent"),
            models.UniqueConstraint(
                fields=["credit_code"], condition=~models.Q(credit_code=""), name="organisation_credit_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to this one, itself included."""
        return [int(part) for part in self.path.split("/") if part]
