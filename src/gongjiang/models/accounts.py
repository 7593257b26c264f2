"""Users, and what they were granted: a role in an organisation, perhaps for one edition."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who signs in. The display name is `full_name`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("姓名", max_length=40)
    large_type = models.BooleanField("大字", default=False)

    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class Grant(models.Model):
    """A user sees and does a thing ⇔ a grant says so (TRUST 9)."""

    class Role(models.TextChoices):
        FILER = "filer", "填报"
        OFFICER = "officer", "经办"
        APPROVER = "approver", "审批"
        EXPERT = "expert", "专家"
        DEPARTMENT = "department", "会签部门"
        OBSERVER = "observer", "纪检监督"
        ORG_ADMIN = "org_admin", "单位管理员"
        SYSTEM_ADMIN = "system_admin", "系统管理员"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=Role)
    edition = models.ForeignKey("gongjiang.Edition", null=True, blank=True, on_delete=models.CASCADE)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(until__isnull=True, edition__isnull=True),
                name="grant_once",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "edition"],
                condition=models.Q(until__isnull=True),
                name="grant_once_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.organisation} {self.get_role_display()}"


class Delegation(models.Model):
    """Somebody's part handed to a colleague for a time: the colleague's `grant` ends by itself, and earlier if it is
    taken back. The giver keeps their own."""

    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="delegation")
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.giver} → {self.grant}"
