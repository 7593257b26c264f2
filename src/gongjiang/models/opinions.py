"""Opinions of parties on a case, one for each box of a sheet."""

from django.db import models


class Opinion(models.Model):
    """Asked of an organisation; given by somebody there or by a one-time link, or recorded from the stamped sheet.

    `declined`: why the party gives no opinion; the box is empty then and goes back to whoever asked. `handed_to`: who
    of the organisation is to see to it. `signer`: who signed through a link, in their own words. `withdrawn`: what the
    last opinion said that was taken back, and why.
    """

    class Verdict(models.TextChoices):
        AGREE = "同意", "同意"
        DISAGREE = "不同意", "不同意"

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="opinions")
    sheet = models.CharField(max_length=40)
    party = models.CharField(max_length=40)
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    text = models.CharField(max_length=500, blank=True)
    on_behalf = models.BooleanField("据盖章件代录", default=False)
    scan = models.ForeignKey("gongjiang.File", null=True, blank=True, on_delete=models.PROTECT)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    declined = models.CharField("不出具意见的理由", max_length=300, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="opinions_to_give"
    )
    signer = models.CharField("经链接签署人", max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.CharField("撤回的意见和理由", max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "sheet", "party"], name="opinion_once"),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(given_at__isnull=False), name="opinion_given_has_time"
            ),
            models.CheckConstraint(condition=models.Q(verdict="") | models.Q(declined=""), name="opinion_or_declined"),
        ]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                name="opinion_waiting",
                condition=models.Q(verdict="", declined=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.sheet}.{self.party}"
