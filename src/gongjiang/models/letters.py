"""Letters of recommendation, each by one expert."""

from django.db import models


class Letter(models.Model):
    """A letter by one of the experts whom the form names (`row`: the row's id in the form).

    Either the expert writes it through a one-time link: what they confirm of themselves, the text (sealed), and the
    name they signed with, or `file` alone is the signed scan that the filer handed in. What was written is never
    changed: a withdrawn letter stays on record, and another is asked for.
    """

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="letters")
    row = models.CharField(max_length=40)
    name = models.CharField("姓名", max_length=40)
    employer = models.CharField("单位", max_length=60, blank=True)
    post = models.CharField("职务、职称", max_length=40, blank=True)
    trade = models.CharField("专业", max_length=30, blank=True)
    skill_level = models.CharField("技能等级", max_length=40, blank=True)
    contact = models.CharField("联系电话（密封）", max_length=200, blank=True)
    same_trade = models.BooleanField("与被推荐人同行", null=True)
    kin = models.BooleanField("与被推荐人有亲属关系", null=True)
    text = models.TextField("推荐意见（密封）", blank=True)
    signed_as = models.CharField("签名", max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey("gongjiang.File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(
        "gongjiang.Invitation", null=True, blank=True, on_delete=models.PROTECT, related_name="letter"
    )
    asked_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.CharField("不出具的理由", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "row"], condition=models.Q(withdrawn_at__isnull=True), name="one_letter_a_row"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True) | ~models.Q(signed_as=""), name="letter_signed_by_name"
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at__isnull=True) | models.Q(signed_at__isnull=True),
                name="letter_signed_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
